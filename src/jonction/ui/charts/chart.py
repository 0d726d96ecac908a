"""A picture with its words: what it shows, its drawing and its table."""

import csv
import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from xml.etree import ElementTree as ET

from jonction.ui.charts.palette import FONT, PALETTE

Value = str | int | float | Decimal | date | None
# below its size, a phone scrolls a picture; from `broad` on, paper lies on its side
SIZES = (("small", 640), ("wide", 1080), ("broad", 1200))
SOFT = "\u00ad"
NO_BREAK = "\u00a0\u202f"
NARROW, WIDE = frozenset(f"iIjlftr.,:;’'-–…() {NO_BREAK}"), frozenset("mwMW%")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, and the same facts as a table for those who read rather than look."""

    title: str
    description: str
    drawing: ET.Element
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    narrow: ET.Element | None = None

    def svg(self, *, standalone: bool = False) -> str:
        """Return the drawing: classes for a page, plain colours for a file."""
        drawing = self.drawing
        if standalone:
            drawing = deepcopy(drawing)
            _colour(drawing)
        return markup(drawing)

    def svg_for_phones(self) -> str:
        """Return the same picture laid out for a narrow screen, or nothing when one holds both."""
        return "" if self.narrow is None else markup(self.narrow)

    def csv(self) -> str:
        """Return the table as a spreadsheet opens it in French: semicolons, decimal commas."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerows([_cell(v) for v in row] for row in (self.headers, *self.rows))
        return stream.getvalue()


def markup(drawing: ET.Element) -> str:
    """Write a drawing. `ET.tostring` looks for namespaces first, and took a seventh of a page."""
    written: list[str] = []
    _write(drawing, written)
    return "".join(written)


def _write(shape: ET.Element, written: list[str]) -> None:
    said = "".join([f' {name}="{_escaped(value)}"' for name, value in shape.items()])
    if shape.text or len(shape):
        written.append(f"<{shape.tag}{said}>{_escaped(shape.text or '')}")
        for part in shape:
            _write(part, written)
        written.append(f"</{shape.tag}>")
    else:
        written.append(f"<{shape.tag}{said} />")
    if shape.tail:
        written.append(_escaped(shape.tail))


@lru_cache(maxsize=4_096)
def _escaped(words: str) -> str:
    return (
        words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def draw(
    title: str,
    description: str,
    size: tuple[float, float],
    parts: Sequence[ET.Element],
    *,
    kind: str = "",
) -> ET.Element:
    """Return the whole picture, named for those who do not see it.

    A picture with links is a group: inside an image, links would not be reached.
    """
    linked = any(part.tag == "a" for part in parts)
    width, height = (f"{side:g}" for side in size)
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"drawing {kind or _size_of(size[0])}",
            "viewBox": f"0 0 {width} {height}",
            "width": width,
            "height": height,
            "role": "group" if linked else "img",
            "aria-label": title,
        },
    )
    ET.SubElement(svg, "title").text = title
    ET.SubElement(svg, "desc").text = description
    svg.extend(parts)
    return svg


def _size_of(width: float) -> str:
    return next((name for name, most in SIZES if width <= most), "huge")


def rect(kind: str, x: float, y: float, size: tuple[float, float], radius: float = 6) -> ET.Element:
    width, height = size
    place = {"x": x, "y": y, "width": max(width, 0), "height": height, "rx": radius}
    return ET.Element("rect", {"class": kind, **{k: f"{v:g}" for k, v in place.items()}})


def text(
    kind: str, x: float, y: float, words: str, *, size: int = 14, anchor: str = "start"
) -> ET.Element:
    made = ET.Element(
        "text",
        {
            "class": kind,
            "x": f"{x:g}",
            "y": f"{y:g}",
            "font-size": str(size),
            "text-anchor": anchor,
        },
    )
    made.text = words
    return made


def path(kind: str, moves: str) -> ET.Element:
    return ET.Element("path", {"class": kind, "d": moves})


def said(shape: ET.Element, words: str) -> ET.Element:
    """Let the shape say its whole words to whoever points at it."""
    ET.SubElement(shape, "title").text = words
    return shape


def wrapped(words: str, *, width: float, size: int, most: int) -> list[str]:
    """Cut `words` in at most `most` lines that hold in `width`; the last one says it was cut.

    A line ends after a space or a hyphen; at a soft hyphen only when there is no other way.
    """
    whole = _lines(words.replace(SOFT, ""), width, size, most)
    return whole if "…" not in "".join(whole) else _lines(words, width, size, most)


def _lines(words: str, width: float, size: int, most: int) -> list[str]:
    lines = [""]
    for piece in _pieces(words):
        if not lines[-1] or length_of(_shown(lines[-1] + piece), size) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [_held(_shown(line), width, size) for line in lines]


def _pieces(words: str) -> list[str]:
    """Return the parts between which a line may end."""
    for mark in (" ", "-", "–", SOFT):
        words = words.replace(mark, mark + "\0")
    return [piece for piece in words.split("\0") if piece]


def _shown(line: str) -> str:
    """Return the line as it is read: a soft hyphen shows at its end alone."""
    end = "-" if line.endswith(SOFT) else ""
    return line.replace(SOFT, "").strip() + end


def _held(line: str, width: float, size: int) -> str:
    if length_of(line, size) <= width:
        return line
    held = line
    while held and length_of(held + "…", size) > width:
        held = held[:-1]
    # whole words when at least one holds
    if held != line and " " in held and line[len(held)] != " ":
        held = held.rsplit(" ", 1)[0]
    return held.rstrip(f" -–,;:{NO_BREAK}") + "…"


class _Widths(dict[str, float]):
    """How wide each letter is, found once: a drawing measures thousands of them."""

    def __missing__(self, c: str) -> float:
        self[c] = 0.29 if c in NARROW else 0.86 if c in WIDE else 0.64 if c.isupper() else 0.545
        return self[c]


WIDTHS = _Widths()


def length_of(line: str, size: int) -> float:
    """Return about how wide the line is in our letters: no font is read to draw."""
    return size * sum(map(WIDTHS.__getitem__, line))


def _colour(drawing: ET.Element) -> None:
    drawing.set("font-family", FONT)
    for element in drawing.iter():
        if kind := element.attrib.pop("class", None):
            element.attrib.update(PALETTE.get(kind, {}))


def _cell(value: Value) -> str:
    """Return what a spreadsheet reads, never a formula that someone typed as a name."""
    if isinstance(value, int | float | Decimal):
        return str(value).replace(".", ",")
    words = value.isoformat() if isinstance(value, date) else value or ""
    return f"'{words}" if words.startswith(FORMULA) else words
