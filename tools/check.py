"""Everything that can be checked without running the product, fastest first."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src/jonction/ui/static/ui/vendor"
LONGEST = 400
PYTHON = sys.executable
BIN = Path(PYTHON).parent
COMMANDS = {
    "style": [
        [BIN / "ruff", "check", "src", "tests"],
        [BIN / "ruff", "format", "--check", "src", "tests"],
    ],
    "contrats": [[BIN / "lint-imports", "--no-cache"]],
    "types": [[BIN / "mypy"]],
    "migrations": [[PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"]],
}


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
    files = tomllib.loads((VENDOR / "VENDORED.toml").read_text())["file"]
    for entry in files:
        if hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]:
            yield f"{entry['file']} n’est plus le fichier de {entry['name']} {entry['version']}"
    known = {entry["file"] for entry in files} | {"VENDORED.toml"}
    for path in VENDOR.iterdir():
        if path.name not in known and path.suffix != ".LICENSE":
            yield f"{path.name} n’est pas déclaré dans VENDORED.toml"


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
    for path in ROOT.glob("src/**/*.py"):
        lines = len(path.read_text().splitlines())
        if "migrations" not in path.parts and lines > LONGEST:
            yield f"{path.relative_to(ROOT)} a {lines} lignes"


def main() -> int:
    failed = []
    for name, findings in {
        "verrous": locks,
        "fournis": vendored,
        "pages": pages,
        "longueurs": lengths,
    }.items():
        found = list(findings())
        print(*(f"{name} : {line}" for line in found), sep="\n", end="\n" if found else "")
        failed += [name] if found else []
    env = {"DJANGO_SETTINGS_MODULE": "jonction.config.test_settings", **os.environ}
    for name, commands in COMMANDS.items():
        print(f"{name}…", flush=True)
        codes = [
            subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
            for command in commands
        ]
        failed += [name] if any(codes) else []
    print("Tout est en ordre." if not failed else "À reprendre : " + ", ".join(failed) + ".")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
