"""Run every test: on SQLite, on PostgreSQL, then the journeys in a browser."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tools import packages, postgres
from tools.house import ROOT, say, speaking, surroundings

JOURNEYS = "tests/journeys"
MIGRATIONS = "tests/migrations"  # they take the database apart: nobody else is at work in it
# as many as there are cores; whoever has finished takes from the others, and none waits
TOGETHER = ["-n", "auto", "--dist", "worksteal"]
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
        codes += [pytest([*TOGETHER, *options, *(travels or [JOURNEYS])], JONCTION_BROWSER=browser)]
    green = all(code in (0, NOTHING_CHOSEN) for code in codes) and 0 in codes
    seconds = round(time.monotonic() - started)
    say(f"Tout est vert ({seconds} s)." if green else f"Des tests échouent ({seconds} s).")
    return 0 if green else 1


def on_both_databases(words: Sequence[str]) -> list[int]:
    folder = packages.needed(postgres.binaries, "postgresql", "Les tests ont besoin de PostgreSQL")
    chosen = any((ROOT / word.split("::")[0]).exists() for word in words)
    apart = [] if chosen else [f"--ignore={MIGRATIONS}"]
    command = [*TOGETHER, f"--ignore={JOURNEYS}", *apart, *words]
    say("Tests sur SQLite…")
    codes = [pytest(command)]
    say("Tests sur PostgreSQL…")
    with postgres.cluster(folder) as address:
        databases = {"SQLite": {}, "PostgreSQL": {"JONCTION_DATABASE_URL": address}}
        codes.append(pytest(command, **databases["PostgreSQL"]))
        return codes if chosen else [*codes, *migrations(words, databases)]


def migrations(words: Sequence[str], databases: Mapping[str, dict[str, str]]) -> list[int]:
    """Run them on every database at the same time: each one keeps a single core busy."""
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(told, [*words, MIGRATIONS], **more) for more in databases.values()]
    for name, run in zip(databases, runs, strict=True):
        say(f"Migrations sur {name}…")
        print(run.result()[1], flush=True)
    return [run.result()[0] for run in runs]


def pytest(words: Sequence[str], **more: str) -> int:
    """Run pytest with the settings of the tests alone: nobody's data are touched."""
    return subprocess.run(**_process(words, more), check=False).returncode


def told(words: Sequence[str], **more: str) -> tuple[int, str]:
    """Run pytest beside others; return its code, and what it said, to print in its turn."""
    ran = subprocess.run(
        **_process(words, more),
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return ran.returncode, ran.stdout


def _process(words: Sequence[str], more: Mapping[str, str]) -> dict[str, Any]:
    env = {k: v for k, v in surroundings().items() if not k.startswith(("JONCTION_", "DJANGO_"))}
    return {
        "args": [sys.executable, "-m", "pytest", *words],
        "env": {**env, **more},
        "cwd": ROOT,
    }


if __name__ == "__main__":
    speaking(main)
