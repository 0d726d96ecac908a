import os
import shutil
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def launch(*words, folder=ROOT, **env):
    ran = subprocess.run(
        ["python3", str(folder / "jonction"), *words],
        capture_output=True,
        check=False,
        env={**os.environ, **env},
    )
    return ran.returncode, ran.stdout.decode()


def test_a_port_already_taken_is_said_before_the_long_work(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        code, said = launch("run", JONCTION_PORT=port, JONCTION_DATA_DIR=str(tmp_path))

    assert (code, said) == (
        1,
        f"Le port {port} est déjà pris : choisissez-en un autre avec JONCTION_PORT.\n",
    )


def test_a_port_that_is_no_number_is_said():
    assert launch("run", JONCTION_PORT="http")[1].startswith("JONCTION_PORT vaut « http »")


def test_help_works_from_a_path_with_spaces_and_accents_in_plain_c_locale(tmp_path):
    folder = tmp_path / "à l’essai ici"
    folder.mkdir()
    shutil.copy(ROOT / "jonction", folder)

    code, said = launch("--help", folder=folder, LC_ALL="C")

    assert code == 0
    assert said.startswith("Usage : ./jonction COMMANDE")


def test_an_unknown_command_is_said():
    assert launch("danse")[0] == 2
