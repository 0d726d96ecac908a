"""Copy a whole database out, and put one back: SQLite by its online copy, PostgreSQL by its own."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.house import FULL, stop

if TYPE_CHECKING:
    import psycopg

Base = Mapping[str, Any]
Rows = list[tuple[str, ...]]
KINDS = {"sqlite3": "SQLite", "postgresql": "PostgreSQL"}
QUERY = "SELECT app, name FROM django_migrations ORDER BY app, name"
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def kind_of(base: Base) -> str:
    return KINDS[base["ENGINE"].rsplit(".", 1)[1]]


def conninfo(base: Base) -> dict[str, str]:
    """Return what psycopg needs to reach the database of these Django settings."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    found = {ours: str(base[theirs]) for ours, theirs in names.items() if base[theirs]}
    return found | ({"port": str(base["PORT"])} if base["PORT"] else {})


def connected(base: Base) -> "psycopg.Connection[tuple[Any, ...]]":
    import psycopg
    from psycopg.conninfo import make_conninfo

    return psycopg.connect(make_conninfo(**conninfo(base), connect_timeout=10))


def migrations_in(base: Base) -> Rows:
    """Return the migrations that the database itself says it holds; none when it is new."""
    return _of_sqlite(base["NAME"]) if kind_of(base) == "SQLite" else _of_postgresql(base)


def _of_sqlite(path: str) -> Rows:
    file, folder = Path(path), Path(path).parent
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        stop(f"La base {path} ne s’ouvre pas : {folder} n’existe pas, ou l’accès y est refusé.")
    if not file.exists():
        return []
    if not os.access(file, os.R_OK | os.W_OK):
        stop(f"La base {path} ne s’ouvre pas : l’accès est refusé.")
    try:
        with closing(sqlite3.connect(path, timeout=20)) as link:
            return link.execute(QUERY).fetchall()
    except sqlite3.DatabaseError as error:
        if "no such table" in str(error):
            return []
        stop(f"La base {path} ne se lit pas : ce n’est pas une base SQLite, ou elle est abîmée.")


def _of_postgresql(base: Base) -> Rows:
    import psycopg

    try:
        with connected(base) as link:
            return link.execute(QUERY).fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    except psycopg.OperationalError as error:
        why = str(error).strip().splitlines()[0]
        stop(f"La base PostgreSQL ne répond pas (JONCTION_DATABASE_URL) : {why}")


def copy_out(base: Base, to: Path) -> None:
    """Write a consistent copy of the database, even while it is written to."""
    if kind_of(base) == "SQLite":
        source = sqlite3.connect(base["NAME"], timeout=20)
        with closing(source), closing(sqlite3.connect(to)) as copy:
            try:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError as error:
                stop(FULL if "full" in str(error) else f"La base n’a pas pu être copiée : {error}.")
        return
    command = [_program("pg_dump"), "-Fc", "--no-owner", "--no-privileges", "-f", str(to)]
    _run(command, base, "La base PostgreSQL n’a pas pu être copiée")


def broken(base: Base, copy: Path) -> bool:
    """Tell whether the copy of a database cannot be read from end to end."""
    if kind_of(base) == "PostgreSQL":
        command = [_program("pg_restore"), "--list", str(copy)]
        return subprocess.run(command, capture_output=True, check=False).returncode != 0
    try:
        with closing(sqlite3.connect(copy)) as link:
            return bool(link.execute("PRAGMA integrity_check").fetchone() != ("ok",))
    except sqlite3.DatabaseError:
        return True


def others_connected(base: Base) -> bool:
    """Tell whether somebody else is connected; only PostgreSQL knows."""
    if kind_of(base) == "SQLite":
        return False
    with connected(base) as link:
        return bool(link.execute(OTHERS).fetchone() != (0,))


def replace_postgresql(base: Base, copy: Path) -> None:
    """Put a copy in the place of everything, in one transaction: it holds whole or not at all."""
    script = copy.with_suffix(".sql")
    command = [_program("pg_restore"), "--no-owner", "--no-privileges", "-f", str(script)]
    _run([*command, str(copy)], base, "La copie de la base PostgreSQL ne se lit pas")
    command = [_program("psql"), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    said = "La base PostgreSQL n’a pas pu être remplacée ; elle est restée comme avant"
    _run([*command, "-c", EMPTY, "-f", str(script)], base, said)


def _program(name: str) -> str:
    """Find a program of PostgreSQL on the PATH, or where Debian puts the newest."""
    found = shutil.which(name)
    debian = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(debian, key=lambda path: int(path.parts[4]), default=None)
    if not found and not newest:
        stop(f"« {name} » est introuvable : installez le paquet « postgresql-client ».")
    return found or str(newest)


def _run(command: list[str], base: Base, sentence: str) -> None:
    names = {"dbname": "PGDATABASE"}
    told = {names.get(k, f"PG{k.upper()}"): v for k, v in conninfo(base).items()}
    env = {**os.environ, **told, "LC_ALL": "C"}
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if "No space left" in ran.stderr:
        stop(FULL)
    if ran.returncode:
        stop(f"{sentence} : {(ran.stderr.strip().splitlines() or ['raison inconnue'])[0]}")
