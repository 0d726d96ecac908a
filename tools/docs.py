"""Write the pages of docs/ that the code already says: the map, the rulebook, the states."""

import ast
import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from tools.house import ROOT, say, speaking

AREAS = ROOT / "src/jonction"
STATES = ROOT / "docs/states"
SAID_BY = "<!-- Written by ./jonction docs: change the code, not this page. -->\n"
# what opens the docstring of a rule: numbers of the sheet, or a law
SOURCE = re.compile(r"(?:[SR]\d+|(?:Loi|Charte|Code|Guide)\b[^:,]*)")
SIGNAL = re.compile(r"^(\w+)\s*(?::\s*\w+\s*)?=\s*(?:\w+\.)?Signal\(", re.MULTILINE)


def main() -> int:
    wanted = pages()
    stale = stale_pages(wanted)
    if "--check" in sys.argv[1:]:
        for path in stale:
            say(f"{path.relative_to(ROOT)} n’est plus à jour : lancez ./jonction docs")
        return 1 if stale else 0
    for path in stale:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path])
        else:
            path.unlink()
        say(f"{path.relative_to(ROOT)}")
    say("Les pages tirées du code sont à jour.")
    return 0


def pages() -> dict[Path, str]:
    return {
        ROOT / "docs/map.md": map_page(),
        ROOT / "docs/rulebook.md": rulebook(),
        **{STATES / f"{name}.md": text for name, text in states()},
    }


def stale_pages(wanted: dict[Path, str]) -> list[Path]:
    changed = [p for p, text in wanted.items() if not p.exists() or p.read_text() != text]
    return sorted([*changed, *(p for p in STATES.glob("*.md") if p not in wanted)])


# --- The map -------------------------------------------------------------------------------
def map_page() -> str:
    rows = layers()
    lines = [
        "# The areas and their arrows", "", SAID_BY,
        "Each area knows only those below it; areas side by side do not know each other. The contract",
        "stands in `pyproject.toml`, and `./jonction check` keeps it.", "",
        "```mermaid", "flowchart TD",
        *(f"    {above} --> {below}" for upper, lower in pairwise(rows)
          for above in upper for below in lower),
        "```", "", "| area | what it is for |", "|---|---|",
        *(f"| `{area}` | {purpose(area)} |" for row in rows for area in row),
        "", "## News that go upward", "",
        *(sorted(signals()) or ["None yet: every effect is called by the action that wants it."]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def layers() -> list[list[str]]:
    """Return the column of areas, highest first, as the import contract gives it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = project["tool"]["importlinter"]["contracts"]
    [column] = [c["layers"] for c in contracts if c.get("containers") == ["jonction"]]
    return [[area.strip() for area in row.split("|")] for row in column]


def purpose(area: str) -> str:
    """Return the first line of what the area says of itself."""
    for name in ("__init__", "models", "queries", "views"):
        for path in (AREAS / area / f"{name}.py", AREAS / area / name / "__init__.py"):
            if path.exists() and (said := ast.get_docstring(ast.parse(path.read_text()))):
                return said.splitlines()[0]
    return ""


def signals() -> Iterator[str]:
    for path in sorted(AREAS.glob("*/signals.py")):
        yield from (f"- `{path.parent.name}.{name}`" for name in SIGNAL.findall(path.read_text()))


# --- The rulebook --------------------------------------------------------------------------
def rulebook() -> str:
    by_source: dict[str, list[str]] = defaultdict(list)
    for area, name, said in rules():
        sources, sentence = split(said)
        for source in sources or ["No source cited"]:
            by_source[source].append(f"| `{area}.{name}` | {sentence} |")
    lines = ["# From the sources to the rules", "", SAID_BY]
    lines += [
        "S and R are the numbers of the sheet (what it states, what it recommends). Every rule"
    ]
    lines += ["guards the button, the page’s explanation, the address and the action at once.", ""]
    for source in sorted(by_source, key=by_number):
        lines += [f"## {source}", "", "| rule | what it says |", "|---|---|"]
        lines += [*sorted(by_source[source]), ""]
    return "\n".join(lines)


def rules() -> Iterator[tuple[str, str, str]]:
    for path in sorted([*AREAS.glob("*/rules.py"), *AREAS.glob("*/rules/*.py")]):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("can_"):
                said = " ".join((ast.get_docstring(node) or "").split())
                yield path.relative_to(AREAS).parts[0], node.name, said.replace("|", "\\|")


def split(said: str) -> tuple[list[str], str]:
    """Return the sources that open a docstring (« S9, R4: … ») and the sentence after them."""
    head, colon, sentence = said.partition(": ")
    sources = [source.strip() for source in head.split(",")]
    if colon and all(SOURCE.fullmatch(source) for source in sources):
        return sources, sentence[:1].upper() + sentence[1:]
    return [], said


def by_number(source: str) -> tuple[int, str, int]:
    rank = {"S": 0, "R": 1}.get(source[0], 2) if source[1:].isdigit() else 3
    return rank, "" if rank < 2 else source, int(source[1:]) if rank < 2 else 0  # noqa: PLR2004


# --- The states ----------------------------------------------------------------------------
def states() -> Iterator[tuple[str, str]]:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "jonction.config.test_settings"
    django.setup()
    from django.apps import apps
    from django.utils.translation import override

    with override("fr"):
        for model in apps.get_models():
            if hasattr(model, "MOVES"):
                name = f"{model._meta.app_label}.{model._meta.model_name}"
                yield name, diagram(model)


def diagram(model: Any) -> str:
    field = model._meta.get_field("status")
    order = list(model.Status)
    moves = {was: sorted(to, key=order.index) for was, to in model.MOVES.items() if to}
    arrows = [(was, to) for was in order for to in moves.get(was, ())]
    last = [state for state in order if state not in moves]
    return "\n".join(
        [
            f"# {model.__name__}", "", SAID_BY, (model.__doc__ or "").strip().splitlines()[0], "",
            "```mermaid", "stateDiagram-v2",
            *(f"    {state.value} : {state.label}" for state in order),
            f"    [*] --> {order[order.index(field.default)].value}",
            *arrows_of(arrows),
            *(f"    {state.value} --> [*]" for state in last),
            "```", "",
        ]
    )  # fmt: skip


def arrows_of(arrows: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    return (f"    {was.value} --> {to.value}" for was, to in arrows)


if __name__ == "__main__":
    speaking(main)
