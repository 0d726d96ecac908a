"""A throw-away PostgreSQL cluster for the tests."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def binaries() -> str | None:
    """Return the folder of initdb and pg_ctl, the newest, or None."""
    found = shutil.which("initdb")
    if found:
        return str(Path(found).resolve().parent)
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: int(path.parts[4]), default=None)
    return str(newest.parent) if newest else None


@contextlib.contextmanager
def cluster(folder: str) -> Iterator[str]:
    """Start a cluster on a socket of its own; give its address; remove it."""
    home = tempfile.mkdtemp(prefix="jonction-pg-")
    data = f"{home}/data"
    user = _owner(home)
    start = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off"
    try:
        _as(user, [f"{folder}/initdb", "-D", data, "-U", "jonction", "-A", "trust", "-E", "UTF8",
                   "--locale=C.UTF-8"])  # fmt: skip
        _as(user, [f"{folder}/pg_ctl", "-D", data, "-w", "-l", f"{home}/log", "-o", start, "start"])
        try:
            yield f"postgres://jonction@{home.replace('/', '%2F')}/postgres"
        finally:
            _as(user, [f"{folder}/pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner(home: str) -> str | None:
    """Return who must run the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    name = "postgres" if any(p.pw_name == "postgres" for p in pwd.getpwall()) else "nobody"
    os.chown(home, pwd.getpwnam(name).pw_uid, -1)
    return name


def _as(user: str | None, command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", user=user)
