"""A PostgreSQL cluster of our own: thrown away after the tests, kept for the measures."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

# of a cluster that is thrown away: nothing has to survive, and nothing is tidied for later
FLEETING = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"


def binaries() -> str | None:
    """Return the folder of initdb and pg_ctl, the newest, or None."""
    found = shutil.which("initdb")
    if found:
        return str(Path(found).resolve().parent)
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parts[4]), default=None)
    return str(newest.parent) if newest else None


@contextlib.contextmanager
def cluster(folder: str, kept: Path | None = None) -> Iterator[str]:
    """Start a cluster on a socket of its own and give its address.

    It is thrown away afterwards, and writes without waiting for the disk; one whose folder is
    `kept` stays from one time to the next, and writes as in real life.
    """
    home = tempfile.mkdtemp(prefix="jonction-pg-")
    data = str(kept or f"{home}/data")
    start = f"-c listen_addresses='' -c unix_socket_directories='{home}'"
    start += "" if kept else FLEETING
    user = _owner(home, *([data] if kept else []))
    try:
        if not Path(data, "PG_VERSION").exists():
            _as(user, [f"{folder}/initdb", "-D", data, "-U", "jonction", "-A", "trust",
                       "-E", "UTF8", "--locale=C.UTF-8"])  # fmt: skip
        _as(user, [f"{folder}/pg_ctl", "-D", data, "-w", "-l", f"{home}/log", "-o", start, "start"])
        try:
            yield f"postgres://jonction@{home.replace('/', '%2F')}/postgres"
        finally:
            mode = "fast" if kept else "immediate"
            _as(user, [f"{folder}/pg_ctl", "-D", data, "-m", mode, "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def added(address: str, name: str) -> str:
    """Add an empty database to the cluster, and give its address."""
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def _owner(*folders: str) -> str | None:
    """Return who must run the server, owner of its folders: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    name = "postgres" if any(p.pw_name == "postgres" for p in pwd.getpwall()) else "nobody"
    for folder in folders:
        os.chown(folder, pwd.getpwnam(name).pw_uid, -1)
    return name


def _as(user: str | None, command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", user=user)
