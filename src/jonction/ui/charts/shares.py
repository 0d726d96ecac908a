"""Bars of one length each, cut in the parts of a whole: what something is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from jonction.ui.charts.chart import Chart, Value, draw, rect, said, text, wrapped

LEFT, WIDTH, RIGHT, ROW = 190, 560, 100, 46
KINDS = ("c-covered", "c-place", "c-thin", "c-warm", "c-hole")
WORDS = {"c-covered": "t-covered-strong"}
ROOM = 44  # under that width, a percentage does not hold in its part


@dataclass(frozen=True, slots=True)
class Whole:
    """A thing, the percentage of each part in the order of the names, and what stands at its end."""

    label: str
    parts: tuple[float, ...]
    note: str = ""


def shares(
    title: str,
    description: str,
    *,
    names: Sequence[str],
    items: Sequence[Whole],
    headers: tuple[str, ...],
) -> Chart:
    """Draw each whole on one line; the parts are named above, in their order."""
    parts = []
    y = 4.0
    for kind, name in zip(KINDS, names, strict=True):
        parts.append(rect(kind, 1, y + 1, (20, 16), 3))
        parts.append(text("t-plain", 30, y + 14, name))
        y += 24
    y += 10
    for item in items:
        for n, line in enumerate(wrapped(item.label, width=LEFT - 12, size=14, most=2)):
            parts.append(text("t-strong", 0, y + 16 + 16 * n, line))
        x = float(LEFT)
        for kind, name, value in zip(KINDS, names, item.parts, strict=True):
            length = WIDTH * value / 100
            if not length:
                continue
            shown = said(rect(kind, x, y, (length, 30), 2), f"{name} : {value:.0f} %")
            parts.append(shown)
            if length >= ROOM:
                words = WORDS.get(kind, "t-strong")
                parts.append(text(words, x + 8, y + 20, f"{value:.0f}\u00a0%"))
            x += length
        parts.append(text("t-muted", LEFT + WIDTH + 8, y + 20, item.note))
        y += ROW
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (item.label, *item.parts, item.note) for item in items
    )
    size = (LEFT + WIDTH + RIGHT, y)
    return Chart(title, description, draw(title, description, size, parts), headers, rows)
