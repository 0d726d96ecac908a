"""Where things lie, how a command speaks, and who may touch the data at one moment."""

import contextlib
import errno
import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import NoReturn
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
FULL = "Le disque est plein : faites de la place et recommencez."
REASONS = {
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.EROFS: "le disque ne s’écrit pas",
    errno.EEXIST: "ce n’est pas un dossier",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EISDIR: "c’est un dossier",
    errno.ENOENT: "il n’existe pas et ne peut pas être créé ici",
}


def say(text: str) -> None:
    print(text, flush=True)


def stop(text: str, code: int = 1) -> NoReturn:
    say(text)
    raise SystemExit(code)


def settings() -> ModuleType:
    """Read the settings, without starting Django: a wrong value is said in one sentence."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        from jonction.config import settings as read
    except ImproperlyConfigured as error:
        stop(str(error))
    except OSError as error:
        if error.errno == errno.ENOSPC:
            stop(FULL)
        stop(f"{what_failed(error)} : {REASONS.get(error.errno or 0, error.strerror)}.")
    return read


def what_failed(error: OSError) -> str:
    key = os.environ.get("JONCTION_SECRET_KEY_FILE") or ""
    if key and Path(key).is_relative_to(error.filename):
        return f"La clé secrète ({error.filename}, JONCTION_SECRET_KEY_FILE) n’est pas utilisable"
    files = unquote(urlsplit(os.environ.get("JONCTION_STORAGE_URL") or "").path)
    if files and Path(files).is_relative_to(error.filename):
        return (
            f"Le dossier des fichiers déposés ({error.filename}, JONCTION_STORAGE_URL) n’est pas "
            "utilisable"
        )
    return f"Le dossier des données ({error.filename}, JONCTION_DATA_DIR) n’est pas utilisable"


def speaking(command: Callable[[], int]) -> NoReturn:
    """Run a command to its end; the disk and the keyboard are answered with a sentence."""
    try:
        raise SystemExit(command())
    except KeyboardInterrupt:
        stop("Interrompu.", 130)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        stop(FULL)


@contextlib.contextmanager
def held(path: Path, *, shared: bool = False, waiting: str = "") -> Iterator[bool]:
    """Hold a lock on a file or a folder; give False when it is taken and nothing is to be waited.

    The lock dies with its holder, so a killed command leaves nothing behind.
    """
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT, 0o600)
    try:
        taken = True
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            taken = bool(waiting)
            if waiting:
                say(waiting)
                fcntl.flock(handle, kind)
        yield taken
    finally:
        os.close(handle)


def in_use(data: Path) -> Path:
    """Return the lock that every server holds, shared, while it serves these data."""
    return data / ".en-service"


def demo_marker(data: Path) -> Path:
    """Return the file whose presence says that these data are the demonstration."""
    return data / "demonstration"


def surroundings(**more: str) -> dict[str, str]:
    """Return what a child command needs to find the code, whatever started this one."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", **more}


def django(*words: str) -> list[str]:
    """Return a command of Django, deaf to what lies in the folder where one stands."""
    return [sys.executable, "-P", "-m", "django", *words]
