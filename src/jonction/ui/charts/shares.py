"""Bars of one length each, cut in the parts of a whole: what something is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

from jonction.core.typography import colon, percentage
from jonction.ui.charts.chart import Chart, Value, draw, path, rect, said, text, wrapped

# a part after the other: two neighbours never look alike, without colour either
KINDS = ("c-covered", "c-thin", "c-dot", "c-warm", "c-unneeded")
LIGHT_WORDS = {"c-covered": "t-covered-strong", "c-dot": "t-covered-strong"}
ROOM = 44  # under that width, a percentage does not hold in its part
BAR = 30


@dataclass(frozen=True, slots=True)
class Made:
    """A thing, the percentage of each part in the order of the names, and what stands at its end."""

    label: str
    parts: tuple[float, ...]
    note: str = ""


class Part(NamedTuple):
    """A part as it is drawn, the same on both layouts: its look, its width and its words."""

    kind: str
    value: float
    percent: str
    words: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where bars stand: beside their names on a wide screen, under them on a phone."""

    left: float
    width: float
    right: float
    kind: str = ""

    @property
    def is_narrow(self) -> bool:
        return not self.left


WIDE, NARROW = Layout(200, 760, 90), Layout(0, 340, 0, "phone")


def shares(
    title: str,
    description: str,
    *,
    names: Sequence[str],
    items: Sequence[Made],
    headers: tuple[str, ...],
    threshold: tuple[float, str] | None = None,
) -> Chart:
    """Draw each whole on one line; `threshold` is where the first part becomes too much."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (item.label, *(round(part, 1) for part in item.parts), item.note) for item in items
    )
    bars = [(item, _parts(item, names)) for item in items]
    wide, narrow = (
        _drawn((title, description), layout, names, bars, threshold) for layout in (WIDE, NARROW)
    )
    return Chart(title, description, wide, headers, rows, narrow)


def _parts(item: Made, names: Sequence[str]) -> list[Part]:
    said, sign = percentage("{}"), colon()  # the language is looked up once a bar
    return [
        Part(kind, value, percent := said.format(f"{value:.0f}"), f"{name}{sign}{percent}")
        for kind, name, value in zip(KINDS, names, item.parts, strict=True)
        if value
    ]


def _drawn(
    words: tuple[str, str],
    layout: Layout,
    names: Sequence[str],
    bars: Sequence[tuple[Made, Sequence[Part]]],
    threshold: tuple[float, str] | None,
) -> ET.Element:
    parts, y = _legend(names, layout)
    at = layout.left + layout.width * threshold[0] / 100 if threshold else 0.0
    if threshold:
        parts.append(text("t-muted", at, y + 14, threshold[1], size=13, anchor="middle"))
        y += 20
    top = y
    for item, drawn in bars:
        parts += _words(item, layout, y)
        y += 24 if layout.is_narrow else 0
        parts += _bar(drawn, layout, y, at)
        y += BAR + 16
    if threshold and bars:
        # on a strip of paper: it is read over a dark part too
        parts.append(rect("c-plain", at - 2.5, top, (5, y - 12 - top), 0))
        parts.append(path("l-dashed", f"M{at:.1f} {top:.1f}V{y - 12:.1f}"))
    return draw(
        *words,
        (layout.left + layout.width + layout.right, y),
        parts,
        kind=layout.kind,
    )


def _legend(names: Sequence[str], layout: Layout) -> tuple[list[ET.Element], float]:
    parts, y = [], 4.0
    for kind, name in zip(KINDS, names, strict=True):
        parts.append(rect(kind, 1, y + 1, (20, 16), 3))
        width = layout.left + layout.width - 30
        for n, line in enumerate(wrapped(name, width=width, size=14, most=2)):
            parts.append(text("t-plain", 30, y + 14 + 18 * n, line))
            y += 18 if n else 0
        y += 24
    return parts, y + 8


def _words(item: Made, layout: Layout, y: float) -> list[ET.Element]:
    """Return the name of the bar and what is said at its end."""
    if layout.is_narrow:
        name = wrapped(item.label, width=layout.width - 90, size=14, most=1)[0]
        return [
            text("t-strong", 0, y + 16, name),
            text("t-muted", layout.width, y + 16, item.note, size=13, anchor="end"),
        ]
    lines = wrapped(item.label, width=layout.left - 12, size=14, most=2)
    first = y + 20 if len(lines) == 1 else y + 12
    names = [text("t-strong", 0, first + 16 * n, line) for n, line in enumerate(lines)]
    return [*names, text("t-muted", layout.left + layout.width + 8, y + 20, item.note)]


def _bar(drawn: Sequence[Part], layout: Layout, y: float, line: float) -> list[ET.Element]:
    """Return the parts of a bar; a percentage steps aside for the line of the threshold."""
    parts, x = [], layout.left
    for part in drawn:
        length = layout.width * part.value / 100
        parts.append(said(rect(part.kind, x, y, (length, BAR), 2), part.words))
        if length >= ROOM:
            aside = x < line < x + ROOM and length >= line - x + ROOM
            start = line if aside else x
            kind = LIGHT_WORDS.get(part.kind, "t-strong")
            parts.append(text(kind, start + 8, y + 20, part.percent))
        x += length
    return parts
