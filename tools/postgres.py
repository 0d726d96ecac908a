"""A throw-away PostgreSQL cluster for the tests."""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator


def binaries() -> str | None:
    """Return the folder of initdb and pg_ctl, the newest, or None."""
    found = shutil.which("initdb")
    if found:
        return os.path.dirname(os.path.realpath(found))
    folders = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    newest = sorted(folders, key=lambda path: int(path.split("/")[4]))
    return os.path.dirname(newest[-1]) if newest else None


@contextlib.contextmanager
def cluster(folder: str) -> Iterator[str]:
    """Start a cluster on a socket of its own; give its address; remove it."""
    home = tempfile.mkdtemp(prefix="jonction-pg-")
    data = os.path.join(home, "data")
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
    owner = {"user": user} if user else {}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **owner)
