"""The heat map and the bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from jonction.ui.charts.chart import Chart, draw, rect, text, wrapped

HEAD, GAP = 48, 6
CELL = (136, 74)
MARGIN = 162


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `status` is covered, thin, hole, unneeded or plain; `word` says it."""

    status: str
    word: str
    note: str = ""
    url: str = ""


def heat_map(
    title: str,
    description: str,
    *,
    corner: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], Cell],
    now: str = "",
) -> Chart:
    """Draw one cell per (row, column); every state is a word and a shape before a colour."""
    parts: list[ET.Element] = []
    for rank, column in enumerate(columns):
        x = MARGIN + rank * (CELL[0] + GAP)
        kind = "t-now" if column == now else "t-muted"
        for n, line in enumerate(wrapped(column, width=CELL[0], size=14, most=2)):
            parts.append(text(kind, x + 2, 18 + 18 * n, line))
    for down, row in enumerate(rows):
        y = HEAD + down * (CELL[1] + GAP)
        for n, line in enumerate(wrapped(row, width=MARGIN - 12, size=15, most=2)):
            parts.append(text("t-strong", 0, y + 40 + 18 * n, line, size=15))
        for rank, column in enumerate(columns):
            parts += cell_at(MARGIN + rank * (CELL[0] + GAP), y, CELL, cells[row, column])
    size = (MARGIN + len(columns) * (CELL[0] + GAP), HEAD + len(rows) * (CELL[1] + GAP))
    table = tuple((row, *(_said(cells[row, column]) for column in columns)) for row in rows)
    return Chart(
        title, description, draw(title, description, size, parts), (corner, *columns), table
    )


def cell_at(x: float, y: float, size: tuple[float, float], cell: Cell) -> list[ET.Element]:
    """Draw the shape of the state, its word and its note; together they are a link, or not."""
    words = {"covered": "t-covered", "hole": "t-hole"}.get(cell.status, "t-plain")
    strong = {"t-plain": "t-strong"}.get(words, f"{words}-strong")
    shown = [rect(f"c-{cell.status}", x + 1, y + 1, (size[0] - 2, size[1] - 2), 8)]
    if cell.status == "thin":
        shown.append(rect("c-edge", x + 1, y + 1, (7, size[1] - 2), 3))
    shown.append(text(strong, x + 16, y + 26, cell.word, size=16))
    for n, line in enumerate(wrapped(cell.note, width=size[0] - 24, size=13, most=2)):
        shown.append(text(words, x + 16, y + 45 + 16 * n, line, size=13))
    return linked(shown, cell.url, f"{cell.word} {cell.note}".strip())


def linked(shown: list[ET.Element], url: str, name: str) -> list[ET.Element]:
    if not url:
        return shown
    link = ET.Element("a", {"href": url, "aria-label": name})
    link.extend(shown)
    return [link]


def _said(cell: Cell) -> str:
    return f"{cell.word} ({cell.note})" if cell.note else cell.word


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `note` is what is written at its end instead of the bare number."""

    label: str
    value: Decimal | float | int
    note: str = ""
    status: str = "covered"


def bars(title: str, description: str, *, items: Sequence[Bar], headers: tuple[str, str]) -> Chart:
    """Draw horizontal bars, in the order given, from zero."""
    left, width, step = 190, 400, 38
    most = max((float(bar.value) for bar in items), default=0) or 1
    parts: list[ET.Element] = []
    for rank, bar in enumerate(items):
        y = 4 + rank * step
        length = width * float(bar.value) / most
        for n, line in enumerate(wrapped(bar.label, width=left - 12, size=14, most=2)):
            parts.append(text("t-plain", 0, y + (19 if n == 0 else 34), line))
        parts.append(rect(f"c-{bar.status}", left, y, (max(length, 1), 26), 4))
        said = bar.note or f"{bar.value}".replace(".", ",")
        parts.append(text("t-strong", left + max(length, 1) + 8, y + 18, said))
    size = (left + width + 130, max(len(items), 1) * step + 4)
    rows = tuple((bar.label, bar.note or bar.value) for bar in items)
    return Chart(title, description, draw(title, description, size, parts), headers, rows)
