"""The command itself: what it says before anything is installed."""

import ast
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from hashlib import sha256

import pytest

from tests.launcher.conftest import ROOT, surroundings

NETWORK = "Les bibliothèques n’ont pas pu être installées : vérifiez l’accès au réseau."


def launch(*words, folder=ROOT, data=ROOT / "data", **env):
    ran = subprocess.run(
        [sys.executable, str(folder / "jonction"), *words],
        capture_output=True,
        check=False,
        env=surroundings(data, **env),
    )
    assert b"Traceback" not in ran.stdout + ran.stderr
    return ran.returncode, ran.stdout.decode()


def a_wheel(folder, name):
    path = folder / f"{name}-1-py3-none-any.whl"
    facts = f"{name}-1.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{facts}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        wheel.writestr(f"{facts}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{facts}/RECORD", "")
    return path


@pytest.fixture
def clone(tmp_path):
    """Return a clone where nothing was installed yet, in a folder such as people have."""
    folder = tmp_path / "à l’essai ici"
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "jonction", folder)
    return folder


def test_a_port_already_taken_is_said_before_the_long_work(clone):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        code, said = launch("run", folder=clone, JONCTION_PORT=port)

    assert (code, said) == (
        1,
        f"Le port {port} est déjà pris : choisissez-en un autre avec JONCTION_PORT.\n",
    )


@pytest.mark.parametrize("said", ["http", "²", "٣٤٥٦", "80 80", "65536", "0"])
def test_a_port_that_is_no_number_is_said(clone, said):
    answer = launch("run", folder=clone, JONCTION_PORT=said)

    assert answer == (1, f"JONCTION_PORT vaut « {said} » : écrivez un nombre de 1 à 65535.\n")


@pytest.mark.parametrize("word", ["run", "check", "messages", "docs"])
def test_a_word_too_many_is_said_rather_than_ignored(clone, word):
    code, said = launch(word, "--port=8500", folder=clone)

    assert code == 2
    assert said.startswith(f"« --port=8500 » n’est pas attendu ici.\n\nUsage : ./jonction {word}\n")


def test_help_works_from_a_path_with_spaces_and_accents_in_plain_c_locale(clone):
    code, said = launch("--help", folder=clone, LC_ALL="C", PYTHONUTF8="0")

    assert code == 0
    assert said.startswith("Usage : ./jonction COMMANDE")


@pytest.mark.parametrize(
    "word", ["run", "test", "check", "backup", "restore", "messages", "docs", "manage"]
)
def test_each_command_explains_itself_without_installing_anything(clone, word):
    code, said = launch(word, "--help", folder=clone)

    assert code == 0
    assert said.startswith(f"Usage : ./jonction {word}")
    assert not (clone / ".venv").exists()


def test_the_command_is_written_for_pythons_too_old_to_run_it():
    """Python 2 reads bytes, and tells what it is; Python 3.5 looks for a newer one."""
    source = (ROOT / "jonction").read_bytes()

    assert source.splitlines()[1] == b"# coding: utf-8"
    assert ast.parse(source, feature_version=(3, 5))


def test_an_unknown_command_is_said():
    assert launch("danse")[0] == 2


def test_a_machine_whose_python_is_too_old_is_told_so(clone, tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho False\n")
    old.chmod(0o755)

    code, said = launch("run", folder=clone, PATH=str(tmp_path), JONCTION_PORT="58123")

    assert (code, said) == (
        1,
        "Il faut Python 3.11 ou plus récent ; aucun n’a été trouvé sur cette machine.\n",
    )


def test_a_registry_out_of_reach_is_said_and_the_next_start_begins_again(clone):
    silence = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }

    answer = launch("manage", "check", folder=clone, **silence)

    assert answer == (1, f"Installation des bibliothèques (une seule fois)…\n{NETWORK}\n")
    assert not (clone / ".venv/jonction-stamp").exists()


def test_an_installation_says_how_far_it_is(clone, tmp_path):
    wheels = tmp_path / "roues"  # pip cuts a path at its spaces
    wheels.mkdir()
    lines = []
    for n in range(12):
        wheel = a_wheel(wheels, f"essai{n}")
        lines.append(f"essai{n}==1 --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}")
    (clone / "requirements/run.txt").write_text("\n".join(lines))
    here = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}

    _code, said = launch("manage", "check", folder=clone, **here)

    assert said.splitlines() == [
        "Installation des bibliothèques (une seule fois)…",
        "  10 bibliothèques reçues sur 12…",
        "  Mise en place…",
    ]


def test_two_first_commands_at_once_wait_for_one_another(clone, tmp_path):
    holder = os.open(clone, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    second = subprocess.Popen(
        [sys.executable, str(clone / "jonction"), "manage", "check"],
        env=surroundings(tmp_path, PATH=str(tmp_path)),
        stdout=subprocess.PIPE,
    )
    waits = second.stdout.readline().decode()

    os.close(holder)
    then = second.communicate()[0].decode()

    assert waits == "Une autre commande prépare ce dossier : attente…\n"
    assert then.startswith("Il faut Python 3.11")
