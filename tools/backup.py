"""Write one file that holds everything: the database, the files people gave, the secret key."""

import hashlib
import io
import json
import os
import sys
import tarfile
import tempfile
import tomllib
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import IO, cast

from tools import dumps
from tools.house import ROOT, demo_marker, say, settings, speaking, stop

FORMAT = 1
MANIFEST, DATABASE, KEY, FILES = "manifeste.json", "base", "secret.key", "fichiers"


def main() -> int:
    if len(sys.argv) != 2:  # noqa: PLR2004 - the command and its file
        stop("Usage : ./jonction backup FICHIER", 2)
    target = Path(sys.argv[1]).absolute()
    if os.path.lexists(target):
        stop(f"{target} existe déjà : choisissez un autre nom, rien n’a été remplacé.")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        stop(f"Le dossier {target.parent} n’existe pas, ou l’accès y est refusé.")
    if not target.parent.is_dir():
        stop(f"{target.parent} n’est pas un dossier.")
    house = settings()
    migrations = dumps.migrations_in(house.DATABASES["default"])
    if not migrations:
        stop("Il n’y a pas encore de base à copier : lancez d’abord ./jonction run.")
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as folder:
        archive = Path(folder, "archive")
        count = write(archive, house, migrations)
        if target.exists():
            stop(f"{target} vient d’être créé par quelqu’un d’autre : rien n’a été remplacé.")
        archive.rename(target)
    say(
        f"La copie est faite : {target} ({size_of(target)}, fichiers déposés : {count}). "
        "Elle contient la clé secrète : gardez-la à l’abri."
    )
    return 0


def write(archive: Path, house: ModuleType, migrations: dumps.Rows) -> int:
    """Write the archive, readable by its owner alone; return how many files people gave."""
    base = house.DATABASES["default"]
    copy = archive.with_name(DATABASE)
    say(f"Copie de la base {dumps.kind_of(base)}…")
    dumps.copy_out(base, copy)
    say("Copie des fichiers déposés…")
    given = sorted(p for p in files_folder(house).rglob("*") if p.is_file())
    with os.fdopen(os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w:gz") as tar:
            sums = {DATABASE: add(tar, DATABASE, copy.open("rb"))}
            sums[KEY] = add(tar, KEY, io.BytesIO(house.SECRET_KEY.encode()))
            for path in given:
                name = f"{FILES}/{path.relative_to(files_folder(house)).as_posix()}"
                sums[name] = add(tar, name, path.open("rb"))
            manifest = {
                "jonction": FORMAT,
                "version": version(),
                "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
                "demonstration": demo_marker(house.DATA_DIR).exists(),
                "database": dumps.kind_of(base),
                "migrations": migrations,
                "sha256": sums,
            }
            add(tar, MANIFEST, io.BytesIO(json.dumps(manifest, indent=1).encode()))
        stream.flush()
        os.fsync(stream.fileno())
    return len(given)


class Summed:
    """A stream that sums what is read from it: the sum is that of what was truly written."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.sum = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.sum.update(data)
        return data


def add(tar: tarfile.TarFile, name: str, stream: IO[bytes]) -> str:
    with stream:
        entry = tarfile.TarInfo(name)
        entry.mode = 0o600
        entry.size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        summed = Summed(stream)
        tar.addfile(entry, cast("IO[bytes]", summed))  # it only reads
    return summed.sum.hexdigest()


def files_folder(house: ModuleType) -> Path:
    return Path(house.STORAGES["default"]["OPTIONS"]["location"])


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def size_of(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} Mo".replace(".", ",")


if __name__ == "__main__":
    speaking(main)
