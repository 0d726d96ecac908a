"""Run every test: on SQLite, on PostgreSQL, then the journeys in a browser."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from tools import packages, postgres
from tools.house import ROOT, django, say, speaking, stop, surroundings

JOURNEYS = "tests/journeys"
MIGRATIONS = "tests/migrations"  # they take the database apart: nobody else is at work in it
# as many as there are cores; whoever has finished takes from the others, and none waits
TOGETHER = ["-n", "auto", "--dist", "worksteal"]
NOTHING_CHOSEN = 5  # what pytest answers when its arguments choose no test
SETTINGS = "jonction.config.test_settings"
Databases = Mapping[str, Mapping[str, str]]


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--"]
    started = time.monotonic()
    chosen = [word for word in words if (ROOT / word.split("::")[0]).exists()]
    travels = [word for word in chosen if JOURNEYS in word]
    options = [word for word in words if word not in chosen]
    codes: list[int] = []
    if not chosen:
        codes += everything(options)
    if len(travels) < len(chosen):
        with both_databases() as addresses:
            codes += one_by_one([word for word in words if word not in travels], addresses)
    if travels:
        codes.append(in_a_browser([*options, *travels], {}))
    green = all(code in (0, NOTHING_CHOSEN) for code in codes) and 0 in codes
    seconds = round(time.monotonic() - started)
    say(f"Tout est vert ({seconds} s)." if green else f"Des tests échouent ({seconds} s).")
    return 0 if green else 1


def everything(options: Sequence[str]) -> list[int]:
    with both_databases() as addresses, models(addresses) as made:
        return [
            *one_by_one([*options, f"--ignore={MIGRATIONS}"], made),
            *migrations(options, made),
            in_a_browser([*options, JOURNEYS], made["SQLite"]),
        ]


@contextmanager
def both_databases() -> Iterator[Databases]:
    """Give what tells pytest on which database to run; SQLite is that of the settings."""
    folder = packages.needed(postgres.binaries, "postgresql", "Les tests ont besoin de PostgreSQL")
    with postgres.cluster(folder) as address:
        yield {"SQLite": {}, "PostgreSQL": {"JONCTION_DATABASE_URL": address}}


@contextmanager
def models(databases: Databases) -> Iterator[Databases]:
    """Make the tables of each database once: every worker of every part begins with a copy.

    Making them keeps a core busy for six seconds; both databases do it at the same time.
    """
    with (
        tempfile.TemporaryDirectory(prefix="jonction-modele-") as folder,
        ThreadPoolExecutor() as pool,
    ):
        model = f"{folder}/modele.sqlite3"
        address = databases["PostgreSQL"]["JONCTION_DATABASE_URL"]
        say("Préparation des bases…")
        list(pool.map(migrated, [f"sqlite:///{model}", postgres.added(address, "modele")]))
        yield {
            "SQLite": {"JONCTION_TESTS_MODEL": model},
            "PostgreSQL": {**databases["PostgreSQL"], "JONCTION_TESTS_MODEL": "modele"},
        }


def migrated(address: str) -> None:
    env = _env({"JONCTION_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": SETTINGS})
    ran = subprocess.run(django("migrate", "--verbosity", "0"), env=env, cwd=ROOT, check=False)
    if ran.returncode:
        stop("Les tables ne se font pas : rien n’a été testé.")


def one_by_one(words: Sequence[str], databases: Databases) -> list[int]:
    codes = []
    for name, surrounding in databases.items():
        say(f"Tests sur {name}…")
        codes.append(pytest([*TOGETHER, f"--ignore={JOURNEYS}", *words], surrounding))
    return codes


def migrations(words: Sequence[str], databases: Databases) -> list[int]:
    """Run them on every database at the same time: each one keeps a single core busy."""
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(told, [*words, MIGRATIONS], more) for more in databases.values()]
    for name, run in zip(databases, runs, strict=True):
        say(f"Migrations sur {name}…")
        print(run.result()[1], flush=True)
    return [run.result()[0] for run in runs]


def in_a_browser(words: Sequence[str], surrounding: Mapping[str, str]) -> int:
    browser = packages.needed(
        packages.browser, "chromium", "Les parcours ont besoin d’un navigateur"
    )
    say("Parcours dans un navigateur…")
    return pytest([*TOGETHER, *words], {**surrounding, "JONCTION_BROWSER": browser})


def pytest(words: Sequence[str], more: Mapping[str, str]) -> int:
    """Run pytest with the settings of the tests alone: nobody's data are touched."""
    return subprocess.run(**_process(words, more), check=False).returncode


def told(words: Sequence[str], more: Mapping[str, str]) -> tuple[int, str]:
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
    return {"args": [sys.executable, "-m", "pytest", *words], "env": _env(more), "cwd": ROOT}


def _env(more: Mapping[str, str]) -> dict[str, str]:
    """Keep nothing that bears on a house; let Python keep what it compiled: it starts sixty times."""
    kept = {k: v for k, v in surroundings().items() if not k.startswith(("JONCTION_", "DJANGO_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**kept, **more}


if __name__ == "__main__":
    speaking(main)
