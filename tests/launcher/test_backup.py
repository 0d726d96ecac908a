"""What is copied comes back, and nothing is touched by a copy that is not whole."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing

import psycopg
import pytest

from tests.launcher.conftest import ROOT, command, prepared, surroundings

NAME = "SELECT name FROM territories_place WHERE code = 'R01'"
RENAME = "UPDATE territories_place SET name = 'Ailleurs' WHERE code = 'R01'"


def region(data):
    with closing(sqlite3.connect(data / "jonction.sqlite3")) as base:
        return base.execute(NAME).fetchone()[0]


def rename_region(data):
    with closing(sqlite3.connect(data / "jonction.sqlite3")) as base, base:
        base.execute(RENAME)


def asides(data):
    return sorted(data.glob("avant-restauration-*"))


def everything(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def rewritten(archive, to, **changes):
    """Write the archive again with other contents for the members named."""
    with tarfile.open(archive) as old, tarfile.open(to, "w:gz") as new:
        for entry in old:
            content = changes.get(entry.name, old.extractfile(entry).read())
            (to.parent / "membre").write_bytes(content)
            new.add(to.parent / "membre", entry.name)
    return to


def test_what_was_copied_comes_back_and_what_was_there_is_kept_aside(house, tmp_path):
    archive, minutes = tmp_path / "copie du soir.tar.gz", house / "fichiers/procès-verbal.txt"
    key = (house / "secret.key").read_text()

    saved = command("backup", archive, data=house)
    rename_region(house)
    minutes.write_text("Effacé par erreur.")
    (house / "fichiers/de trop.txt").write_text("Arrivé après la copie.")
    (house / "secret.key").write_text("une autre clé")
    restored = command("restore", archive, data=house)

    [aside] = asides(house)
    assert (saved[0], restored[0]) == (0, 0)
    assert restored[1].endswith(f"sont dans {aside}\n")
    assert region(house) == "Bas-Saint-Laurent"
    assert [p.read_text() for p in (house / "fichiers").iterdir()] == [
        "Présences : huit personnes."
    ]
    assert (house / "secret.key").read_text() == key
    assert region(aside) == "Ailleurs"
    assert (aside / "fichiers/de trop.txt").exists()
    assert (aside / "secret.key").read_text() == "une autre clé"


def test_a_copy_is_read_by_its_owner_alone_and_never_replaces_a_file(house, tmp_path):
    archive = tmp_path / "copie.tar.gz"
    command("backup", archive, data=house)
    before = archive.read_bytes()

    code, said = command("backup", archive, data=house)

    assert archive.stat().st_mode & 0o777 == 0o600
    assert code == 1
    assert said.endswith("existe déjà : choisissez un autre nom, rien n’a été remplacé.\n")
    assert archive.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if "copie" in p.name] == ["copie.tar.gz"]


def test_a_copy_is_whole_while_somebody_writes(house, tmp_path):
    with closing(sqlite3.connect(house / "jonction.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(RENAME)

        code, _ = command("backup", tmp_path / "copie.tar.gz", data=house)
        writer.commit()
    restored, _ = command("restore", tmp_path / "copie.tar.gz", data=house)

    assert (code, restored) == (0, 0)
    assert region(house) == "Bas-Saint-Laurent"


def test_a_copy_comes_back_in_a_new_house(house, tmp_path):
    command("backup", tmp_path / "copie.tar.gz", data=house)

    code, _ = command("restore", tmp_path / "copie.tar.gz", data=tmp_path / "neuve")

    assert code == 0
    assert region(tmp_path / "neuve") == "Bas-Saint-Laurent"
    assert (tmp_path / "neuve/fichiers/procès-verbal.txt").exists()


def test_a_demonstration_stays_one_and_a_true_house_never_becomes_one(house, tmp_path):
    command("backup", tmp_path / "copie.tar.gz", data=house)
    (house / "demonstration").touch()

    command("restore", tmp_path / "copie.tar.gz", data=house)

    assert not (house / "demonstration").exists()


def damaged(archive, folder):
    data = archive.read_bytes()
    (folder / "abîmé").write_bytes(data[: len(data) // 2])
    return folder / "abîmé"


def any_file(archive, folder):
    (folder / "note").write_text("Liste d’épicerie")
    return folder / "note"


def another_content(archive, folder):
    return rewritten(archive, folder / "autre", **{"secret.key": b"une autre"})


def outside(archive, folder):
    shutil.copy(archive, folder / "dehors")
    with tarfile.open(folder / "dehors", "w:gz") as tar:
        tar.add(ROOT / "README.md", "../../dehors.md")
    return folder / "dehors"


@pytest.mark.parametrize("wrong", [damaged, any_file, another_content, outside])
def test_a_wrong_file_is_said_in_one_sentence_and_touches_nothing(wrong, house, tmp_path):
    command("backup", tmp_path / "copie.tar.gz", data=house)
    before = everything(house)

    code, said = command("restore", wrong(tmp_path / "copie.tar.gz", tmp_path), data=house)

    sentence = "Ce fichier n’est pas une copie de Jonction, ou il est abîmé : rien n’a été touché."
    assert (code, said.splitlines()[1:]) == (1, [sentence])
    assert {k: v for k, v in everything(house).items() if k.name != ".en-service"} == before


def test_a_copy_from_a_newer_version_is_refused(house, tmp_path):
    command("backup", tmp_path / "copie.tar.gz", data=house)
    with tarfile.open(tmp_path / "copie.tar.gz") as tar:
        manifest = json.load(tar.extractfile("manifeste.json"))
    manifest["migrations"].append(["support", "0999_the_day_after_tomorrow"])
    newer = rewritten(
        tmp_path / "copie.tar.gz",
        tmp_path / "demain",
        **{"manifeste.json": json.dumps(manifest).encode()},
    )

    code, said = command("restore", newer, data=house)

    assert code == 1
    assert "Cette copie vient d’une version plus récente de Jonction" in said


def test_nothing_is_restored_under_a_platform_that_serves(house, tmp_path):
    command("backup", tmp_path / "copie.tar.gz", data=house)
    rename_region(house)
    serving = (
        "import sys; from pathlib import Path; from tools.house import held, in_use\n"
        "with held(in_use(Path(sys.argv[1])), shared=True): print(flush=True); sys.stdin.read()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", serving, house],
        env=surroundings(house),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    server.stdout.readline()

    code, said = command("restore", tmp_path / "copie.tar.gz", data=house)
    server.communicate()

    assert code == 1
    assert said.startswith("La plateforme est en service : arrêtez-la")
    assert region(house) == "Ailleurs"


def test_nothing_to_copy_is_said(tmp_path):
    code, said = command("backup", tmp_path / "copie.tar.gz", data=tmp_path / "neuve")

    assert (code, said) == (
        1,
        "Il n’y a pas encore de base à copier : lancez d’abord ./jonction run.\n",
    )


def test_a_copy_is_not_written_where_there_is_no_folder(house, tmp_path):
    answer = command("backup", tmp_path / "nulle part" / "copie.tar.gz", data=house)

    sentence = f"Le dossier {tmp_path / 'nulle part'} n’existe pas, ou l’accès y est refusé.\n"
    assert answer == (1, sentence)


@pytest.mark.skipif(os.geteuid() == 0, reason="rien n’est refusé à root")
def test_what_one_may_not_read_or_write_is_said(house, tmp_path):
    command("backup", tmp_path / "copie.tar.gz", data=house)
    (tmp_path / "copie.tar.gz").chmod(0)
    (tmp_path / "close").mkdir(mode=0)

    answers = [
        command("restore", tmp_path / "copie.tar.gz", data=house),
        command("restore", tmp_path / "close" / "copie", data=house),
        command("backup", tmp_path / "close" / "copie", data=house),
    ]
    (tmp_path / "close").chmod(0o700)

    assert [code for code, _said in answers] == [1, 1, 1]
    assert answers[0][1].endswith("ne se lit pas : l’accès est refusé.\n")


def test_a_copy_of_postgresql_comes_back_and_nothing_added_since_stays(
    postgresql_address, tmp_path
):
    house, archive = tmp_path / "maison", tmp_path / "copie.tar.gz"
    prepared(house, JONCTION_DATABASE_URL=postgresql_address)
    command("backup", archive, data=house, JONCTION_DATABASE_URL=postgresql_address)
    with psycopg.connect(postgresql_address) as base:
        base.execute(RENAME)
        base.execute("CREATE TABLE de_trop (id int)")

    codes = [
        command("restore", archive, data=house, JONCTION_DATABASE_URL=postgresql_address)[0]
        for _ in range(2)
    ]

    with psycopg.connect(postgresql_address) as base:
        assert base.execute(NAME).fetchone()[0] == "Bas-Saint-Laurent"
        assert base.execute("SELECT to_regclass('de_trop')").fetchone()[0] is None
    assert codes == [0, 0]
    assert all((aside / "base").exists() for aside in asides(house))


def test_a_copy_of_sqlite_is_not_put_in_postgresql(house, postgresql_address, tmp_path):
    command("backup", tmp_path / "copie.tar.gz", data=house)

    code, said = command(
        "restore",
        tmp_path / "copie.tar.gz",
        data=house,
        JONCTION_DATABASE_URL=postgresql_address,
    )

    assert code == 1
    assert "Cette copie vient de SQLite et la base d’ici est PostgreSQL" in said


def test_a_postgresql_that_does_not_answer_is_said_in_one_sentence(tmp_path):
    code, said = command(
        "backup",
        tmp_path / "copie.tar.gz",
        data=tmp_path / "maison",
        JONCTION_DATABASE_URL="postgres://quelqu-un@127.0.0.1:9/rien",
    )

    assert code == 1
    assert said.startswith("La base PostgreSQL ne répond pas (JONCTION_DATABASE_URL) : ")
    assert said.count("\n") == 1
