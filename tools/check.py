"""Everything that can be checked without running the product, fastest first."""

import subprocess
import sys
from pathlib import Path

from tools import findings
from tools.house import ROOT, say, speaking, surroundings

PYTHON = sys.executable
BIN = Path(PYTHON).parent
CODE = ["src", "tests", "tools", "jonction"]
SETTINGS = "jonction.config.test_settings"


def commands() -> dict[str, list[list[str | Path]]]:
    templates = sorted(ROOT.glob("src/**/templates/**/*.html"))
    return {
        "style": [[BIN / "ruff", "check", *CODE], [BIN / "ruff", "format", "--check", *CODE]],
        "gabarits": [[BIN / "djade", "--check", "--target-version", "5.2", *templates]],
        "contrats": [[BIN / "lint-imports", "--no-cache"]],
        "pages tirées du code": [[PYTHON, "-m", "tools.docs", "--check"]],
        "catalogue": [[PYTHON, "-m", "tools.messages", "--check"]],
        "migrations": [[PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"]],
        "types": [[BIN / "mypy"]],
    }


def main() -> int:
    failed = []
    for name, find in findings.ALL.items():
        found = list(find())
        for line in found:
            say(f"{name} : {line}")
        failed += [name] if found else []
    for name, lines in commands().items():
        say(f"{name}…")
        codes = [
            subprocess.run(
                line, cwd=ROOT, env=surroundings(DJANGO_SETTINGS_MODULE=SETTINGS), check=False
            ).returncode
            for line in lines
        ]
        failed += [name] if any(codes) else []
    say("Tout est en ordre." if not failed else "À reprendre : " + ", ".join(failed) + ".")
    return 1 if failed else 0


if __name__ == "__main__":
    speaking(main)
