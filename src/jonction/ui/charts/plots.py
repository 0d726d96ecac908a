"""The heat map and the bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from jonction.core.typography import figure
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
    link.extend(part for part in shown if part.tag != "text")
    words = [part for part in shown if part.tag == "text"]
    for part in words:  # said once and whole, by the name of the link that lies under them
        part.set("aria-hidden", "true")
    return [link, *words]


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
        said = bar.note or figure(float(bar.value))
        parts.append(text("t-strong", left + max(length, 1) + 8, y + 18, said))
    size = (left + width + 130, max(len(items), 1) * step + 4)
    rows = tuple((bar.label, bar.note or bar.value) for bar in items)
    return Chart(title, description, draw(title, description, size, parts), headers, rows)


@dataclass(frozen=True, slots=True)
class Pair:
    """What was promised and what was done of one thing."""

    label: str
    planned: Decimal | float | int
    done: Decimal | float | int


def pairs(
    title: str,
    description: str,
    *,
    items: Sequence[Pair],
    words: tuple[str, str],
    headers: tuple[str, str, str],
    unit: str = "",
) -> Chart:
    """Draw two bars for each thing, an outline for the promise and a full bar for what was done.

    `words` say at the end of each bar which of the two it is.
    """
    drawing = draw(title, description, *_pairs(items, words, unit, (196, 360)))
    narrow = draw(title, description, *_pairs(items, words, unit, (0, 190)), kind="phone")
    rows = tuple((item.label, item.planned, item.done) for item in items)
    return Chart(title, description, drawing, headers, rows, narrow)


def _pairs(
    items: Sequence[Pair], words: tuple[str, str], unit: str, across: tuple[float, float]
) -> tuple[tuple[float, float], list[ET.Element]]:
    """Draw the bars with their labels at the left, or above where there is no left."""
    left, width = across
    most = max((float(v) for i in items for v in (i.planned, i.done)), default=0) or 1
    parts: list[ET.Element] = []
    y = 2.0
    for item in items:
        lines = wrapped(item.label, width=(left or width + 150) - 12, size=14, most=2)
        top = y + (25 if left else 14)
        for n, line in enumerate(lines):
            start = top - (7 if left and len(lines) > 1 else 0) + 16 * n
            parts.append(text("t-strong", 0, start, line))
        y += 0 if left else 6 + 16 * len(lines)
        for kind, value, word in (
            ("r-proposed", item.planned, words[0]),
            ("c-covered", item.done, words[1]),
        ):
            length = max(width * float(value) / most, 2)
            parts.append(rect(kind, left + 1, y + 2, (length, 16), 4))
            said_so = f"{float(value):.0f}{unit} {word}".strip()
            parts.append(text("t-plain", left + length + 9, y + 15, said_so, size=13))
            y += 21
        y += 12
    return (left + width + 150, max(y, 20)), parts
