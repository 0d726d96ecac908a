"""What a reading of the files alone can find: each function yields sentences, none is good news."""

import hashlib
import io
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from tools.house import ROOT
from tools.messages import HOLE

LONGEST = 400
# written so that this page does not find itself
PLACES = re.compile(r"(?<![\w.])/(?:home|Users|root|work|workspace)/[\w.]")
REGISTRIES = re.compile(
    r"pypi\.(?:org|python)|python[h]osted|npm[j]s|npm[m]irror|artifact[o]ry|dev[p]i"
)
NO_BREAK = re.compile("[\u00a0\u202f]")
LETTERS = re.compile(rb"\0")


def locks() -> Iterator[str]:
    for lock in sorted(ROOT.glob("requirements/*.txt")):
        text = lock.read_text()
        if re.search(r"https?://|^--(index|extra|find)", text, re.MULTILINE):
            yield f"{lock.name} contient une adresse"
        for name in re.findall(
            r"^([a-z0-9-]+(?:\[[^\]]+\])?==[^\n]*)\n(?!    --hash)", text, re.MULTILINE
        ):
            yield f"{lock.name} : {name} est sans empreinte"


def vendored() -> Iterator[str]:
    for table in sorted([*ROOT.glob("src/**/VENDORED.toml"), *ROOT.glob("tests/**/VENDORED.toml")]):
        folder = table.parent
        files = tomllib.loads(table.read_text())["file"]
        for entry in files:
            if hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]:
                yield f"{entry['file']} n’est plus le fichier de {entry['name']} {entry['version']}"
            if not entry.get("licence"):
                yield f"{entry['file']} est sans licence dans {table.relative_to(ROOT)}"
        known = {entry["file"] for entry in files} | {table.name}
        for path in folder.iterdir():
            if path.name not in known and path.suffix != ".LICENSE":
                yield f"{path.name} n’est pas déclaré dans {table.relative_to(ROOT)}"


def pages() -> Iterator[str]:
    for path in [*ROOT.glob("src/**/templates/**/*.html"), *ROOT.glob("src/**/ui/css/*.css")]:
        text = path.read_text()
        if re.search(r"""(src|href)=["']https?://|url\(["']?https?:""", text):
            yield f"{path.relative_to(ROOT)} demande quelque chose à un tiers"
        if re.search(r"""\s(style|on[a-z]+)=["']""", text):
            yield f"{path.relative_to(ROOT)} a un style ou un script dans une balise"
        if re.search(r"blocktranslate(?! trimmed)[^%]*%}", text.replace("endblocktranslate", "")):
            yield f"{path.relative_to(ROOT)} : blocktranslate sans trimmed"


def lengths() -> Iterator[str]:
    for path in [*ROOT.glob("src/**/*.py"), *ROOT.glob("tools/*.py"), ROOT / "jonction"]:
        lines = len(path.read_text().splitlines())
        if "migrations" not in path.parts and lines > LONGEST:
            yield f"{path.relative_to(ROOT)} a {lines} lignes"


def machines() -> Iterator[str]:
    """Find what belongs to one machine: its folders, the address of where it downloads."""
    for path in tracked():
        data = path.read_bytes()
        if LETTERS.search(data) or ".min." in path.name:
            continue
        yield from in_text(str(path.relative_to(ROOT)), data.decode("utf-8", "replace"))


def in_text(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if PLACES.search(line):
            yield f"{name}, ligne {number} : un dossier d’une machine"
        if REGISTRIES.search(line):
            yield f"{name}, ligne {number} : l’adresse d’un dépôt de bibliothèques"


def tracked() -> Iterator[Path]:
    """Give the files of the repository, those not yet added too; all but hidden ones outside git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    names = sorted(set(ran.stdout.decode().split("\0")) - {""})
    yield from (ROOT / name for name in names if (ROOT / name).is_file())


def catalogues() -> Iterator[str]:
    for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        try:
            with path.open("rb") as stream:
                catalog = read_po(stream, abort_invalid=True)
        except PoFileError as error:
            yield f"{path.relative_to(ROOT)} ne se lit pas : {error}"
            continue
        for message in catalog:
            if not HOLE.search(str(message.id)):  # babel takes « 12 % de » for a placeholder
                message.flags.discard("python-format")
        for message, errors in catalog.check():
            yield f"{path.relative_to(ROOT)}, « {message.id} » : {errors[0]}"
        for message in catalog:
            if message.id and message.fuzzy:
                yield f"{path.relative_to(ROOT)}, « {message.id} » : traduction incertaine"


def spaces() -> Iterator[str]:
    """Find sentences of the sources typed with the spaces that the catalogue prints by itself."""
    path = ROOT / "locale/fr/LC_MESSAGES/django.po"
    for message in read_po(io.StringIO(path.read_text())):
        forms = [message.id] if isinstance(message.id, str) else [*message.id]
        for form in forms:
            if NO_BREAK.search(form):
                yield f"une espace insécable est tapée à la main dans « {form} »"


ALL: dict[str, Callable[[], Iterator[str]]] = {
    "verrous": locks,
    "fournis": vendored,
    "pages": pages,
    "longueurs": lengths,
    "machines": machines,
    "catalogues": catalogues,
    "espaces": spaces,
}
