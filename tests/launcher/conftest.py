"""Commands run as true processes: their clock runs, and they see only the settings given here."""

import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tools.house import held

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds: a whole platform starts on a machine that may be busy elsewhere


@pytest.fixture(autouse=True)
def _a_day_that_does_not_move():
    """Leave the clock alone: what is tested here waits for other processes."""


def surroundings(data, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JONCTION_", "DJANGO_"))}
    paths = f"{ROOT / 'src'}:{ROOT}"
    return {**kept, "PYTHONPATH": paths, "PYTHONUTF8": "1", "JONCTION_DATA_DIR": str(data), **more}


def command(name, *words, data, **more):
    """Run a module of tools/ to its end; return its code and what it said."""
    ran = subprocess.run(
        [sys.executable, "-P", "-m", f"tools.{name}", *map(str, words)],
        env=surroundings(data, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
    return ran.returncode, ran.stdout


def until(condition):
    """Look again and again until the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.05)


def prepared(data, **more):
    """Prepare a house as a first start does, and leave word of it: the next one prepares nothing."""
    ready = (
        "from tools import serve; from tools.house import settings; serve.prepare(settings(), '0')"
    )
    subprocess.run(
        [sys.executable, "-P", "-c", ready],
        env=surroundings(data, **more),
        check=True,
        stdout=subprocess.DEVNULL,
    )


@pytest.fixture(scope="session")
def first_house(tmp_path_factory, worker_id):
    """Prepare a house once, whoever needs it first; each test then works in a copy of it."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "maison"
    shared.mkdir(exist_ok=True)
    data, being_made = shared / "data", shared / "en cours"
    with held(shared, waiting="Un autre prépare la maison…"):
        if not data.exists():
            prepared(being_made)
            (being_made / "fichiers").mkdir()
            (being_made / "fichiers" / "procès-verbal.txt").write_text(
                "Présences : huit personnes."
            )
            being_made.rename(data)
    return data


@pytest.fixture
def house(first_house, tmp_path):
    return Path(shutil.copytree(first_house, tmp_path / "maison à nous"))


@pytest.fixture
def postgresql_address():
    """Give the address of an empty database of the cluster that these tests run on."""
    address = os.environ.get("JONCTION_DATABASE_URL", "")
    if not address.startswith("postgres"):
        pytest.skip("PostgreSQL n’est pas là : ./jonction test le lance")
    name = f"copie_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")
