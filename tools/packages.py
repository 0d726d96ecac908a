"""Programs of the system that tests and catalogues need: found, installed as root, or named."""

import os
import shutil
import subprocess
from collections.abc import Callable

from tools.house import say, stop

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def needed(find: Callable[[], str | None], package: str, why: str) -> str:
    """Return what `find` finds, after an installation when root may do it."""
    found = find() or (installed(package) and find())
    return found or stop(f"{why} : installez le paquet « {package} ».")


def installed(package: str) -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installation de {package}…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", package]
    said = ""
    for command in (["apt-get", "update", "-q"], install):
        ran = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        said = ran.stdout + ran.stderr
    if ran.returncode:
        say(said[-1500:])
    return ran.returncode == 0


def browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def gettext() -> str | None:
    return shutil.which("xgettext")
