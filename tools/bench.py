"""Measure the house on a province of rows: ratios on SQLite and on PostgreSQL, side by side."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import packages, postgres
from tools.house import ROOT, say, speaking, surroundings

Figures = dict[str, tuple[float, float, str]]  # value, budget, how to print


def main() -> int:
    parser = argparse.ArgumentParser(prog="./jonction bench", add_help=False)
    parser.add_argument("--scale", default="province", choices=["petite", "moyenne", "province"])
    parser.add_argument("--database", default="both", choices=["both", "sqlite", "postgresql"])
    parser.add_argument("--hour", action="store_true", help="charge d’une heure, non d’un instant")
    asked = parser.parse_args()
    more = ["--hour"] if asked.hour else []
    found = {}
    if asked.database != "postgresql":
        found["SQLite"] = on_sqlite(asked.scale, more)
    if asked.database != "sqlite":
        found["PostgreSQL"] = on_postgresql(asked.scale, more)
    broken = printed(found)
    say("Tous les budgets tiennent." if not broken else f"Budgets dépassés : {broken}.")
    return 1 if broken else 0


def on_sqlite(scale: str, more: list[str]) -> Figures:
    """Measure on a database kept from one run to the next: the same seed makes the same rows."""
    folder = kept_for("sqlite", scale)
    with populated(folder, scale, {}) as env:
        return measured(env, more)


def on_postgresql(scale: str, more: list[str]) -> Figures:
    binaries = packages.needed(postgres.binaries, "postgresql", "La mesure a besoin de PostgreSQL")
    folder = kept_for("postgresql", scale)
    kept = folder / "grappe"
    kept.mkdir(parents=True, exist_ok=True)
    with (
        postgres.cluster(binaries, kept) as address,
        populated(folder, scale, {"JONCTION_DATABASE_URL": address}) as env,
    ):
        return measured(env, more)


def kept_for(database: str, scale: str) -> Path:
    """Return where its rows are kept, empty when they are not those that would be made today."""
    folder = ROOT / "var/bench" / f"{database}-{scale}"
    if not (folder / marker_of_today()).exists():
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def marker_of_today() -> str:
    made_by = sorted((ROOT / "src/jonction/demo").glob("province*.py"))
    written = b"".join(one.read_bytes() for one in made_by)
    return f"peuplee-{hashlib.sha256(written).hexdigest()[:12]}"


@contextmanager
def populated(folder: Path, scale: str, more: dict[str, str]) -> Iterator[dict[str, str]]:
    env = surroundings(
        JONCTION_DATA_DIR=str(folder),
        JONCTION_DEMO="0",
        DJANGO_SETTINGS_MODULE="jonction.config.settings",
        **more,
    )
    marker = folder / marker_of_today()
    say(f"Préparation des données « {scale} » ({folder.name})…")
    steps = [["prepare"]]  # the tables of today, on the rows of an earlier run too
    if not marker.exists():
        steps.append(["populate", "--scale", scale, "--seed", "1", "--search"])
    for words in steps:
        subprocess.run([sys.executable, "-m", "django", *words], env=env, cwd=ROOT, check=True)
    marker.touch()
    yield env


def measured(env: dict[str, str], more: list[str]) -> Figures:
    say("Mesure…")
    command = [sys.executable, "-m", "tools.measures", *more]
    ran = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    figures = json.loads(ran.stdout.splitlines()[-1])
    return {name: tuple(value) for name, value in figures.items()}


def printed(found: dict[str, Figures]) -> int:
    """Print the table; return how many budgets are broken."""
    broken = 0
    names = list(next(iter(found.values())))
    say(f"\n{'':52}{'budget':>10}" + "".join(f"{name:>16}" for name in found))
    for name in names:
        cells = ""
        for figures in found.values():
            value, budget, unit = figures[name]
            holds = value <= budget
            broken += not holds
            cells += f"{value:>11.2f} {unit}{'✓' if holds else '✗'}".rjust(16)
        budget, unit = next(iter(found.values()))[name][1:]
        say(f"{name:52}{budget:>8g} {unit}{cells}")
    say("")
    return broken


if __name__ == "__main__":
    os.chdir(ROOT)
    speaking(main)
