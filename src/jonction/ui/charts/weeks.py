"""Weeks side by side: what each asks, and a line for what was offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from jonction.ui.charts.chart import Chart, Value, draw, path, rect, text

STEP, BAR, HEIGHT, TOP, FOOT = 76, 56, 200, 44, 32


@dataclass(frozen=True, slots=True)
class Column:
    """One week; `value` and `limit` in hours, `note` is written above the bar."""

    label: str
    value: float
    note: str
    limit: float | None = None
    warning: str = ""
    cells: tuple[Value, ...] = ()


def weeks(
    title: str,
    description: str,
    *,
    columns: Sequence[Column],
    headers: tuple[str, ...],
) -> Chart:
    """Draw one bar per week; a week over its limit is dashed and says by how much."""
    most = max([*(c.value for c in columns), *(c.limit or 0 for c in columns)], default=0) or 1
    base = TOP + HEIGHT
    parts: list[ET.Element] = [path("l-grid", f"M0 {base}H{STEP * len(columns)}")]
    for rank, column in enumerate(columns):
        parts += _column(column, rank * STEP, base, HEIGHT / most)
    size = (max(len(columns), 1) * STEP, base + FOOT)
    rows = tuple((c.label, *c.cells) for c in columns)
    return Chart(title, description, draw(title, description, size, parts), headers, rows)


def _column(column: Column, x: float, base: float, scale: float) -> list[ET.Element]:
    length = column.value * scale
    middle = x + STEP / 2
    kind = "c-hole" if column.warning else "c-covered"
    left = x + (STEP - BAR) / 2
    parts = [rect(kind, left, base - length, (BAR, max(length, 1)), 4)]
    strong = "t-hole-strong" if column.warning else "t-strong"
    top = base - max(length, (column.limit or 0) * scale)
    above = [column.note, column.warning] if column.warning else [column.note]
    for n, words in enumerate(above):
        y = top - 8 - 16 * (len(above) - 1 - n)
        parts.append(text(strong, middle, y, words, size=14, anchor="middle"))
    if column.limit is not None:
        parts.append(path("l-today", f"M{x} {base - column.limit * scale:.1f}h{STEP}"))
    parts.append(text("t-muted", middle, base + 20, column.label, size=13, anchor="middle"))
    return parts
