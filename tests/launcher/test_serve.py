"""The platform starts, is watched over, and stops whole."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections import defaultdict
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.launcher.conftest import PATIENCE, ROOT, command, surroundings, until

WATCHED = """
import os, sys
from tools.serve import Watch
port, pids = sys.argv[1:]
jobs = f"import os, signal; print(os.getpid(), file=open({pids!r}, 'a'), flush=True); signal.pause()"
web = [sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1"]
watch = Watch(f"http://127.0.0.1:{port}/", dict(os.environ), web=web,
              jobs=[sys.executable, "-c", jobs])
sys.exit(watch.keep())
"""


# a server stopped before it knows how to stop: it dies alone, and its worker does not see it
HASTY = """
import subprocess, sys
worker = "import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
worker += f"print(os.getpid(), file=open({sys.argv[2]!r}, 'a'), flush=True); signal.pause()"
subprocess.run([sys.executable, "-c", worker])
"""


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Started:
    """A command under way; it is ended with the test."""

    def __init__(self, words, env, folder, standing):
        self.log = Path(folder) / "dit.txt"
        with self.log.open("w") as out:
            self.process = subprocess.Popen(words, env=env, stdout=out, stderr=out, cwd=standing)

    def said(self):
        return self.log.read_text()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(words, env, folder=tmp_path, standing=None):
        started.append(Started(words, env, folder, standing))
        return started[-1]

    yield begin
    for one in started:
        with suppress(ProcessLookupError):
            one.process.kill()
        one.process.wait()


@pytest.fixture
def serve(start):
    def begin(data, port, **more):
        env = surroundings(data, JONCTION_PORT=port, JONCTION_WORKERS="1", **more)
        return start([sys.executable, "-P", "-m", "tools.serve"], env, data)

    return begin


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=30) as page:
            return json.load(page)["vivant"]
    except OSError:
        return False


def sessions():
    """Return the processes that run, by the session in which they were started."""
    found = defaultdict(list)
    for facts in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, *_ids, session = facts.read_text().rpartition(")")[2].split()[:4]
            if state != "Z":
                found[int(session)].append(facts.parent.name)
    return found


def children_of(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_platform_serves_gives_its_address_and_stops_in_order(house, serve, port, number):
    platform = serve(house, port)
    until(lambda: answers(port))
    until(lambda: f"Jonction est à http://127.0.0.1:{port}/" in platform.said())

    code = platform.stop(number)

    assert code == 0
    assert platform.said().endswith("Jonction est arrêtée.\n")
    assert not answers(port)


def test_a_second_start_prepares_nothing_and_a_lost_database_is_made_again(house, serve, port):
    platform = serve(house, port)  # another start prepared that house
    until(lambda: answers(port))
    platform.stop()
    second = platform.said()
    for part in house.glob("jonction.sqlite3*"):
        part.unlink()
    platform = serve(house, port, JONCTION_DEMO="0")
    until(lambda: answers(port))
    platform.stop()

    assert "Préparation de la base…" not in second
    assert "Préparation de la base…" in platform.said()
    with closing(sqlite3.connect(house / "jonction.sqlite3")) as base:
        assert base.execute("SELECT count(*) FROM territories_place").fetchone()[0] > 100


def test_a_database_that_lacks_a_migration_is_prepared(house, serve, port):
    with closing(sqlite3.connect(house / "jonction.sqlite3")) as base, base:
        base.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        base.execute("DROP TABLE django_session")

    serve(house, port)
    until(lambda: answers(port))

    with closing(sqlite3.connect(house / "jonction.sqlite3")) as base:
        assert base.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


def test_two_platforms_serve_the_same_house_on_two_ports(house, serve, port, start):
    other = socket.socket()
    other.bind(("127.0.0.1", 0))
    second_port = str(other.getsockname()[1])
    other.close()

    first = serve(house, port)
    env = surroundings(house, JONCTION_PORT=second_port, JONCTION_WORKERS="1")
    second = start([sys.executable, "-P", "-m", "tools.serve"], env)

    until(lambda: answers(port) and answers(second_port))
    assert (first.stop(), second.stop()) == (0, 0)


def test_a_worker_that_dies_is_started_again_and_stops_with_the_rest(start, port, tmp_path):
    pids = tmp_path / "pids"
    env = surroundings(tmp_path)
    watch = start([sys.executable, "-c", WATCHED, port, str(pids)], env)
    until(lambda: pids.exists() and len(pids.read_text().split()) == 1)

    os.kill(int(pids.read_text()), signal.SIGKILL)
    until(lambda: len(pids.read_text().split()) == 2)
    code = watch.stop()

    assert code == 0
    assert "Le travail de fond s’est arrêté : il reprend dans un instant." in watch.said()
    assert not alive(int(pids.read_text().split()[1]))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_as_soon_as_a_worker_starts_the_platform_leaves_nobody_behind(
    house, serve, port, number
):
    platform = serve(house, port)
    until(lambda: any(children_of(child) for child in children_of(platform.process.pid)))
    started = children_of(platform.process.pid)

    code = platform.stop(number)

    assert code == 0
    until(lambda: not set(started) & set(sessions()))


def test_a_server_that_dies_before_its_workers_takes_them_along(start, port, tmp_path):
    pids = tmp_path / "pids"
    watched = WATCHED.replace(
        '"-m", "http.server", port, "--bind", "127.0.0.1"', f'"-c", {HASTY!r}, port, pids'
    )
    watch = start([sys.executable, "-c", watched, port, str(pids)], surroundings(tmp_path))
    until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    started = children_of(watch.process.pid)

    code = watch.stop()

    assert code == 0
    until(lambda: not set(started) & set(sessions()))


def test_a_command_killed_outright_leaves_no_server_behind(house, serve, port):
    platform = serve(house, port)
    until(lambda: answers(port))

    platform.stop(signal.SIGKILL)

    until(lambda: not answers(port))


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("JONCTION_DEMO", "oui", "JONCTION_DEMO vaut « oui » : écrivez 1 (oui) ou 0 (non).\n"),
        (
            "JONCTION_DATABASE_URL",
            "mysql://x/y",
            "JONCTION_DATABASE_URL doit désigner une base SQLite ou PostgreSQL.\n",
        ),
        (
            "JONCTION_WORKERS",
            "deux",
            "JONCTION_WORKERS vaut « deux » : écrivez un nombre de 1 à 64.\n",
        ),
        (
            "JONCTION_HOSTS",
            "localhost, https://jonction.org",
            (
                "JONCTION_HOSTS vaut « https://jonction.org » : écrivez des noms de machines séparés "
                "par des virgules, sans https:// ni port, par exemple jonction.exemple.org,localhost.\n"
            ),
        ),
        (
            "JONCTION_STORAGE_URL",
            "s3://seau",
            (
                "JONCTION_STORAGE_URL vaut « s3://seau » : dites le dossier où garder les fichiers "
                "déposés, par exemple file:///srv/jonction/fichiers.\n"
            ),
        ),
        (
            "JONCTION_EMAIL_URL",
            "smtp://machine:port",
            (
                "JONCTION_EMAIL_URL doit commencer par console:, smtp://, smtp+tls:// ou smtps://, "
                "suivi d’une machine et, au besoin, d’un port.\n"
            ),
        ),
        (
            "JONCTION_SECRET_KEY_FILE",
            "/dev/null/clé",
            (
                "La clé secrète (/dev/null, JONCTION_SECRET_KEY_FILE) n’est pas utilisable : ce n’est "
                "pas un dossier.\n"
            ),
        ),
        (
            "JONCTION_SECRET_KEY_FILE",
            "/dev/null",
            (
                "La clé secrète (/dev/null, JONCTION_SECRET_KEY_FILE) est vide : donnez un autre "
                "fichier.\n"
            ),
        ),
        (
            "JONCTION_STORAGE_URL",
            "file:///dev/null/fichiers",
            (
                "Le dossier des fichiers déposés (/dev/null/fichiers, JONCTION_STORAGE_URL) n’est pas "
                "utilisable : ce n’est pas un dossier.\n"
            ),
        ),
        (
            "JONCTION_DATABASE_URL",
            "sqlite:///",
            (
                "JONCTION_DATABASE_URL doit nommer le fichier de la base, par exemple "
                "sqlite:////srv/jonction/jonction.sqlite3.\n"
            ),
        ),
        (
            "JONCTION_DATA_DIR",
            "/dev/null/données",
            (
                "Le dossier des données (/dev/null/données, JONCTION_DATA_DIR) n’est pas utilisable : "
                "ce n’est pas un dossier.\n"
            ),
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path, name, value, sentence):
    assert command("serve", **{"data": tmp_path, name: value}) == (1, sentence)


def test_the_key_may_lie_far_from_data_that_are_not_there_yet(tmp_path):
    data, key = tmp_path / "données", tmp_path / "coffre" / "clé"

    code, said = command("backup", tmp_path / "copie", data=data, JONCTION_SECRET_KEY_FILE=key)

    assert (code, said) == (
        1,
        "Il n’y a pas encore de base à copier : lancez d’abord ./jonction run.\n",
    )
    assert key.read_text()


def test_a_key_said_to_be_in_an_empty_file_is_written_there(tmp_path):
    key = tmp_path / "clé"
    key.touch()

    command("backup", tmp_path / "copie", data=tmp_path / "neuve", JONCTION_SECRET_KEY_FILE=key)

    assert len(key.read_text()) > 50


def test_a_database_in_a_folder_that_is_not_there_is_said(tmp_path):
    path = tmp_path / "nulle part" / "base.sqlite3"

    answer = command("serve", data=tmp_path, JONCTION_DATABASE_URL=f"sqlite:///{path}")

    wrong = f"La base {path} ne s’ouvre pas : {path.parent} n’existe pas, ou l’accès y est refusé."
    assert (answer[0], answer[1].splitlines()[-1]) == (1, wrong)


def test_a_folder_said_from_where_one_stands_is_the_same_for_every_process(
    house, start, port, tmp_path
):
    env = surroundings(house.name, JONCTION_PORT=port, JONCTION_WORKERS="1")

    platform = start([sys.executable, "-P", "-m", "tools.serve"], env, standing=tmp_path)
    until(lambda: answers(port))

    assert platform.stop() == 0
    assert (house / "preparation.json").exists()
    assert not (ROOT / house.name).exists()


def test_a_file_that_is_no_database_is_said(house):
    (house / "jonction.sqlite3").write_text("Liste d’épicerie")

    code, said = command("serve", data=house)

    wrong = f"La base {house / 'jonction.sqlite3'} ne se lit pas : "
    assert code == 1
    assert said.endswith(f"{wrong}ce n’est pas une base SQLite, ou elle est abîmée.\n")
