"""Run every test: on SQLite, on PostgreSQL, then the journeys in a browser."""

import subprocess
import sys
import time
from collections.abc import Sequence

from tools import packages, postgres
from tools.house import ROOT, say, speaking, surroundings

JOURNEYS = "tests/journeys"
MIGRATIONS = "tests/migrations"  # they take the database apart: nobody else is at work in it
NOTHING_CHOSEN = 5  # what pytest answers when its arguments choose no test


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--"]
    started = time.monotonic()
    chosen = [word for word in words if (ROOT / word.split("::")[0]).exists()]
    travels = [word for word in chosen if JOURNEYS in word]
    options = [word for word in words if word not in chosen]
    codes: list[int] = []
    if not chosen or len(travels) < len(chosen):
        paths = [word for word in chosen if word not in travels]
        codes += on_both_databases([*options, *paths])
    if not chosen or travels:
        browser = packages.needed(
            packages.browser, "chromium", "Les parcours ont besoin d’un navigateur"
        )
        say("Parcours dans un navigateur…")
        codes += [pytest([*options, *(travels or [JOURNEYS])], JONCTION_BROWSER=browser)]
    green = all(code in (0, NOTHING_CHOSEN) for code in codes) and 0 in codes
    seconds = round(time.monotonic() - started)
    say(f"Tout est vert ({seconds} s)." if green else f"Des tests échouent ({seconds} s).")
    return 0 if green else 1


def on_both_databases(words: Sequence[str]) -> list[int]:
    folder = packages.needed(postgres.binaries, "postgresql", "Les tests ont besoin de PostgreSQL")
    say("Tests sur SQLite…")
    codes = on_one_database(words)
    say("Tests sur PostgreSQL…")
    with postgres.cluster(folder) as address:
        return [*codes, *on_one_database(words, JONCTION_DATABASE_URL=address)]


def on_one_database(words: Sequence[str], **more: str) -> list[int]:
    if any((ROOT / word.split("::")[0]).exists() for word in words):
        return [pytest(["-n", "auto", f"--ignore={JOURNEYS}", *words], **more)]
    apart = [f"--ignore={JOURNEYS}", f"--ignore={MIGRATIONS}"]
    return [
        pytest(["-n", "auto", *apart, *words], **more),
        pytest([*words, MIGRATIONS], **more),
    ]


def pytest(words: Sequence[str], **more: str) -> int:
    """Run pytest with the settings of the tests alone: nobody's data are touched."""
    env = {k: v for k, v in surroundings().items() if not k.startswith(("JONCTION_", "DJANGO_"))}
    command = [sys.executable, "-m", "pytest", *words]
    return subprocess.run(command, env={**env, **more}, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    speaking(main)
