"""A grid as small as a word, to see where the holes are before reading."""

from collections.abc import Sequence
from functools import lru_cache
from xml.etree import ElementTree as ET

from jonction.ui.charts.chart import markup, path, rect

SIDE, GAP = 13, 3


def mini_grid(statuses: Sequence[str], *, down: int) -> str:
    """Return the drawing of the states, column by column; words beside it say what it shows.

    Each state has its shape: full, edged, a cross in an outline, a dot.
    """
    return _drawn(tuple(statuses), down)


@lru_cache(maxsize=1_000)  # a process looks today as it did yesterday
def _drawn(statuses: tuple[str, ...], down: int) -> str:
    across = -(-len(statuses) // down)
    width, height = (n * (SIDE + GAP) - GAP + 2 for n in (across, down))
    svg = ET.Element(
        "svg",
        {
            "class": "mini",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "aria-hidden": "true",
        },
    )
    for rank, status in enumerate(statuses):
        x, y = (n * (SIDE + GAP) + 1 for n in divmod(rank, down))
        svg.extend(_shape(status, x, y))
    return markup(svg)


def _shape(status: str, x: float, y: float) -> list[ET.Element]:
    if status == "hole":
        cross = path("l-hole", f"M{x + 3} {y + 3}l7 7m0-7l-7 7")
        return [rect("c-warm", x, y, (SIDE, SIDE), 2), cross]
    if status == "unneeded":
        return [rect("c-dot", x + 5, y + 5, (3, 3), 1.5)]
    shown = [rect(f"c-{status}", x, y, (SIDE, SIDE), 2)]
    if status == "thin":
        shown.append(rect("c-edge", x, y, (4, SIDE), 1))
    return shown
