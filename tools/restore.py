"""Put back what a backup holds; what was there before is kept aside."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from tools import dumps
from tools.backup import DATABASE, FILES, FORMAT, KEY, MANIFEST, Summed, files_folder
from tools.house import (
    ROOT,
    demo_marker,
    django,
    held,
    in_use,
    say,
    settings,
    speaking,
    stop,
    surroundings,
)

WRONG = "Ce fichier n’est pas une copie de Jonction, ou il est abîmé : rien n’a été touché."
SERVED = "La plateforme est en service : arrêtez-la, puis recommencez. Rien n’a été touché."
Moves = list[tuple[Path, Path]]


def main() -> int:
    if len(sys.argv) != 2:  # noqa: PLR2004 - the command and its file
        stop("Usage : ./jonction restore FICHIER", 2)
    source = Path(sys.argv[1]).absolute()
    if not os.path.isfile(source):  # noqa: PTH113 - Path raises where one may not look
        stop(f"{source} n’existe pas, ou n’est pas un fichier.")
    if not os.access(source, os.R_OK):
        stop(f"{source} ne se lit pas : l’accès est refusé.")
    house = settings()
    base = house.DATABASES["default"]
    with (
        held(in_use(house.DATA_DIR)) as free,
        tempfile.TemporaryDirectory(prefix=".restauration-", dir=house.DATA_DIR) as name,
    ):
        if not free:
            stop(SERVED)
        folder = Path(name)
        say("Vérification de la copie…")
        manifest = unpack(source, folder)
        refuse_what_does_not_fit(manifest, base, folder)
        if dumps.migrations_in(base) and dumps.others_connected(base):
            stop(SERVED)
        moment = datetime.now().astimezone()
        aside = house.DATA_DIR / f"avant-restauration-{moment:%Y-%m-%d-%H%M%S}"
        aside.mkdir(mode=0o700)
        say("Mise en place des données de la copie…")
        put_in_place(house, folder, aside)
        demo_marker(house.DATA_DIR).unlink(missing_ok=True)
        if manifest["demonstration"]:
            demo_marker(house.DATA_DIR).touch()
    say("Mise à jour de la base…")
    (house.DATA_DIR / "preparation.json").unlink(missing_ok=True)
    env = surroundings(JONCTION_DEMO="0", DJANGO_SETTINGS_MODULE="jonction.config.settings")
    if subprocess.run(django("prepare"), env=env, check=False).returncode:
        stop(f"La base restaurée n’a pas pu être mise à jour ; les données d’avant : {aside}")
    say(
        f"La copie du {manifest['made_at'][:10]} est en place ; les données d’avant sont dans {aside}"
    )
    return 0


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack the archive in `folder`; stop unless each file is the one that the manifest sums."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            sums = dict(each(tar, folder))
        manifest = json.loads((folder / MANIFEST).read_text())
        sums.pop(MANIFEST)
        known = manifest["jonction"] <= FORMAT and {DATABASE, KEY} <= set(sums)
        whole = known and manifest["sha256"] == sums
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        whole, manifest = False, {}
    except OSError as error:
        if error.errno:  # a damaged gzip has no number; a full disk has one
            raise
        whole, manifest = False, {}
    if not whole:
        stop(WRONG)
    return dict(manifest)


def each(tar: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, str]]:
    for entry in tar:
        path = (folder / entry.name).resolve()
        content = tar.extractfile(entry)
        if content is None or not entry.isreg() or not path.is_relative_to(folder.resolve()):
            raise ValueError(entry.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        summed = Summed(content)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while data := summed.read(1 << 20):
                out.write(data)
        yield entry.name, summed.sum.hexdigest()


def refuse_what_does_not_fit(manifest: dict[str, Any], base: dumps.Base, folder: Path) -> None:
    ours, theirs = dumps.kind_of(base), manifest["database"]
    if ours != theirs:
        stop(
            f"Cette copie vient de {theirs} et la base d’ici est {ours} : une copie se remet dans "
            "une base de la même sorte (JONCTION_DATABASE_URL). Rien n’a été touché."
        )
    if dumps.broken(base, folder / DATABASE):
        stop(WRONG)
    for app, name in manifest["migrations"]:
        migrations = ROOT / "src/jonction" / app / "migrations"
        if migrations.is_dir() and not (migrations / f"{name}.py").exists():
            stop(
                f"Cette copie vient d’une version plus récente de Jonction "
                f"({manifest['version']}, {app} {name}). Rien n’a été touché."
            )


def put_in_place(house: ModuleType, folder: Path, aside: Path) -> None:
    """Swap the former data for those of the copy; a swap that fails is undone."""
    base = house.DATABASES["default"]
    key = Path(os.environ.get("JONCTION_SECRET_KEY_FILE") or house.DATA_DIR / KEY)
    (folder / FILES).mkdir(exist_ok=True)
    moves: Moves = [(key, aside / KEY), (folder / KEY, key)]
    moves += [(files_folder(house), aside / FILES), (folder / FILES, files_folder(house))]
    if dumps.kind_of(base) == "SQLite":
        path = Path(base["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
        moves += [(part, aside / part.name) for part in parts]
        moves += [(folder / DATABASE, path)]
    elif dumps.migrations_in(base):
        dumps.copy_out(base, aside / DATABASE)
    done: Moves = []
    try:
        for old, new in moves:
            if old.exists():
                shutil.move(old, new)
                done.append((old, new))
        if dumps.kind_of(base) == "PostgreSQL":
            dumps.replace_postgresql(base, folder / DATABASE)
    except BaseException:
        for old, new in reversed(done):
            shutil.move(new, old)
        raise


if __name__ == "__main__":
    speaking(main)
