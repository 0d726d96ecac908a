"""A map without borders: one tile per place, each about where it lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from jonction.ui.charts.chart import Chart, draw, path, rect, text, wrapped
from jonction.ui.charts.plots import linked

SMALL, MIDDLE, SMALLEST, SIZES = 80, 140, 11, (14, 16)
WORDS = {"covered": "t-covered", "hole": "t-hole"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One place of the map: `short` and `code` are written on it, `label` is its whole name.

    Between two tiles of different `group`, a border is drawn.
    """

    code: str
    label: str
    column: int
    row: int
    short: str = ""
    value: str = ""
    status: str = "plain"
    url: str = ""
    group: str = ""


def tile_map(
    title: str,
    description: str,
    *,
    tiles: Sequence[Tile],
    headers: tuple[str, ...],
    side: tuple[int, int] = (96, 76),
) -> Chart:
    """Draw the tiles, closed up to the corner; `headers` name the place and, if any, its value."""
    left = min((t.column for t in tiles), default=0)
    top = min((t.row for t in tiles), default=0)
    across = max((t.column for t in tiles), default=0) - left + 1
    down = max((t.row for t in tiles), default=0) - top + 1
    parts = [e for t in tiles for e in _tile(t, (t.column - left, t.row - top), side)]
    if borders := _borders(tiles, (left, top), side):
        parts.append(path("l-border", borders))
    size = (across * side[0] + 4, down * side[1] + 4)
    # a map that states no value has one column
    rows = tuple((t.label, t.value)[: len(headers)] for t in tiles)
    return Chart(title, description, draw(title, description, size, parts), headers, rows)


def _tile(tile: Tile, at: tuple[int, int], side: tuple[int, int]) -> list[ET.Element]:
    width, height = side
    x, y = at[0] * width + 2, at[1] * height + 2
    kind = WORDS.get(tile.status, "t-plain")
    strong = "t-strong" if kind == "t-plain" else f"{kind}-strong"
    small = SIZES[width > MIDDLE] if width > SMALL else SMALLEST
    shown = [rect(f"c-{tile.status}", x + 2, y + 2, (width - 4, height - 4), 7)]
    if tile.status == "thin":
        shown.append(rect("c-edge", x + 2, y + 2, (6, height - 4), 3))
    pad = 14 if tile.status == "thin" else 10 if width > SMALL else 6
    most = 2 if tile.value else 3
    names = wrapped(tile.short or tile.label, width=width - pad - 4, size=small, most=most)
    for n, line in enumerate(names):
        shown.append(text(kind, x + pad, y + small + 8 + (small + 3) * n, line, size=small))
    if tile.value:
        shown.append(text(strong, x + pad, y + height - 10, tile.value, size=small + 1))
    return linked(shown, tile.url, f"{tile.label} : {tile.value}" if tile.value else tile.label)


def _borders(tiles: Sequence[Tile], corner: tuple[int, int], side: tuple[int, int]) -> str:
    """Return the lines around the groups, each drawn once."""
    groups = {(t.column, t.row): t.group for t in tiles if t.group}
    moves = set()
    for (column, row), group in groups.items():
        x, y = (column - corner[0]) * side[0] + 2, (row - corner[1]) * side[1] + 2
        for (right, below), move in {
            (-1, 0): f"M{x} {y}v{side[1]}",
            (1, 0): f"M{x + side[0]} {y}v{side[1]}",
            (0, -1): f"M{x} {y}h{side[0]}",
            (0, 1): f"M{x} {y + side[1]}h{side[0]}",
        }.items():
            if groups.get((column + right, row + below)) != group:
                moves.add(move)
    return "".join(sorted(moves))
