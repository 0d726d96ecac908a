"""Serve the platform: prepare it when something changed, then watch over the web and the jobs."""

import ctypes
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType, ModuleType

from tools import dumps
from tools.house import (
    FULL,
    ROOT,
    demo_marker,
    django,
    held,
    in_use,
    say,
    settings,
    speaking,
    stop,
    surroundings,
)

SETTINGS = "jonction.config.settings"
MOST_WORKERS = 64
PAUSE = 3.0  # seconds before a crashed worker starts again
TICK = 0.2
PATIENCE = 30.0  # seconds given to a child to end its work when we stop
PARENT_DEATH = 1  # PR_SET_PDEATHSIG, of Linux
# each thread would take memory aside for itself alone, and never give it back
FRUGAL = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "1000000"}
Command = list[str]


def main() -> int:
    port = os.environ.get("JONCTION_PORT") or "8000"
    wanted, house = workers(), settings()
    demo = os.environ.get("JONCTION_DEMO") or demo_by_default(house.DATA_DIR)
    with held(in_use(house.DATA_DIR), shared=True, waiting="Une restauration est en cours…"):
        prepare(house, demo)
        if demo == "1":
            tell_accounts()
        return Watch(
            f"http://127.0.0.1:{port}/",
            surroundings(JONCTION_DEMO=demo, DJANGO_SETTINGS_MODULE=SETTINGS, **FRUGAL),
            web=web_command(port, wanted),
            jobs=jobs_command(house),
        ).keep()


def workers() -> str:
    said = os.environ.get("JONCTION_WORKERS") or "2"
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= MOST_WORKERS):
        stop(f"JONCTION_WORKERS vaut « {said} » : écrivez un nombre de 1 à {MOST_WORKERS}.")
    return said


def web_command(port: str, wanted: str) -> Command:
    return [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi",
        "--host", "127.0.0.1", "--port", port,
        "--workers", wanted,
        "--blocking-threads", "3", "--no-ws", "--respawn-failed-workers",
        # a worker told to stop while it starts does not hear it
        "--workers-kill-timeout", "8",
        "--log-level", "warning", "jonction.config.wsgi:application",
    ]  # fmt: skip


def jobs_command(house: ModuleType) -> Command:
    """Return the worker of the queue of tasks and of each day, when the settings install one."""
    if "django_tasks_db" not in house.INSTALLED_APPS:
        return []
    return django("work")


def demo_by_default(data: Path) -> str:
    """A new database served to this machine alone shows the demonstration, and keeps showing it."""
    if os.environ.get("JONCTION_DATABASE_URL"):
        return "0"
    marker = demo_marker(data)
    if not (data / "jonction.sqlite3").exists():
        marker.touch()
    return "1" if marker.exists() else "0"


def tell_accounts() -> None:
    from jonction.accounts.demo_roles import DEMO_ROLES, demo_email

    say("Comptes de démonstration (à choisir sur la page d’accueil) :")
    for role, label in DEMO_ROLES.items():
        say(f"  {demo_email(role)} – {label}")


# --- Preparation ---------------------------------------------------------------------------
def prepare(house: ModuleType, demo: str) -> None:
    """Bring database and static files up to date; skip it when nothing moved since the last time.

    A start of Django costs a second. The stamp knows the sources (any file of the code, the
    catalogues), the migrations that the database itself says it holds, and the demonstration.
    """
    stamp = Path(house.DATA_DIR) / "preparation.json"
    wait = "Une autre commande prépare la plateforme : attente…"
    with held(ROOT, waiting=wait), held(house.DATA_DIR / ".preparation", waiting=wait):
        if state_of(house, demo) == read(stamp):
            return
        stamp.unlink(missing_ok=True)
        say("Préparation de la base…")
        env = surroundings(JONCTION_DEMO=demo, DJANGO_SETTINGS_MODULE=SETTINGS)
        ran = subprocess.run(
            django("prepare"),
            env=env,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            preexec_fn=die_with_parent,
        )
        if ran.returncode:
            if "No space left" in ran.stderr or "disk is full" in ran.stderr:
                stop(FULL)
            say(ran.stderr)
            stop("La préparation n’a pas abouti : la plateforme n’est pas démarrée.")
        sys.stderr.write(ran.stderr)
        stamp.write_text(json.dumps(state_of(house, demo)))


def state_of(house: ModuleType, demo: str) -> dict[str, str]:
    folders = [ROOT / "src", ROOT / "locale", ROOT / "requirements"]
    sources = hashlib.sha256(repr(sorted(files_of(folders))).encode()).hexdigest()
    static = str((house.STATIC_ROOT / "staticfiles.json").exists())
    return {"sources": sources, "static": static, "demo": demo, "base": applied(house)}


def files_of(folders: list[Path]) -> Iterator[tuple[str, int, int]]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                facts = path.stat()
                yield str(path), facts.st_size, facts.st_mtime_ns


def read(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text())
    except (OSError, ValueError):
        return None


def applied(house: ModuleType) -> str:
    """Return which database this is and the migrations that it says it holds.

    A file is known by its place in the folder of data: that folder may be moved, or copied.
    """
    base = house.DATABASES["default"]
    name, data = Path(str(base["NAME"])), Path(house.DATA_DIR)
    within = name.relative_to(data) if name.is_relative_to(data) else name
    facts = [base["ENGINE"], base["HOST"], str(base["PORT"]), str(within)]
    return hashlib.sha256(repr([facts, dumps.migrations_in(base)]).encode()).hexdigest()


# --- Supervision ---------------------------------------------------------------------------
class Watch:
    """The web server and, beside it, the worker of the queue: they start and stop together."""

    def __init__(self, address: str, env: dict[str, str], *, web: Command, jobs: Command) -> None:
        self.address, self.env = address, env
        self.web_command, self.jobs_command = web, jobs
        self.jobs: subprocess.Popen[bytes] | None = None
        self.restart_at = 0.0
        self.told = False
        self.stopping = False

    def keep(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        web = self.start(self.web_command)
        try:
            while not self.stopping and web.poll() is None:
                self.keep_jobs()
                self.announce()
                time.sleep(TICK)
        finally:
            end([child for child in (web, self.jobs) if child])
        if not self.stopping:
            stop("Le serveur web s’est arrêté de lui-même : la plateforme n’est plus servie.")
        say("Jonction est arrêtée.")
        return 0

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self.stopping = True

    def start(self, command: Command) -> subprocess.Popen[bytes]:
        """Start a child that the keyboard does not reach and that does not outlive us."""
        return subprocess.Popen(
            command,
            env=self.env,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has one thread
        )

    def keep_jobs(self) -> None:
        """Start the worker; after a crash, start it again, not before a pause."""
        if not self.jobs_command or (self.jobs and self.jobs.poll() is None):
            return
        now = time.monotonic()
        if self.jobs:
            say("Le travail de fond s’est arrêté : il reprend dans un instant.")
            self.jobs, self.restart_at = None, now + PAUSE
        elif now >= self.restart_at:
            self.jobs = self.start(self.jobs_command)

    def announce(self) -> None:
        """Give the address once it answers, whatever it answers."""
        if self.told:
            return
        try:
            with urllib.request.urlopen(self.address + "sante/", timeout=2):  # noqa: S310
                pass
        except urllib.error.HTTPError:
            pass
        except OSError:
            return
        self.told = True
        say(f"Jonction est à {self.address} (Ctrl-C pour arrêter).")


def end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(deadline - time.monotonic(), 0.1))
        # a server stopped before it is ready leaves its workers behind: its whole group goes
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def die_with_parent() -> None:
    """Ask Linux to stop this child when the command is killed outright; elsewhere, do without."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)


if __name__ == "__main__":
    speaking(main)
