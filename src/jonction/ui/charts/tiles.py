"""A map without borders: one tile per place, each about where it lies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from xml.etree import ElementTree as ET

from jonction.core.typography import colon
from jonction.ui.charts.chart import Chart, draw, path, rect, text, wrapped
from jonction.ui.charts.plots import linked

LETTERS = ((140, 16), (100, 14), (76, 12), (0, 11))  # the least width of a tile, its letters
MIDDLE, PHONE, LEAST = 100, 346, 64
ACROSS = 4
WORDS = {"covered": "t-covered", "hole": "t-hole"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One place of the map: `short` and `code` are written on it, `label` is its whole name.

    `value` is the strong word of the tile and `note` what it counts. Between two tiles of different
    `group`, a border is drawn.
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
    note: str = ""


def tile_map(
    title: str,
    description: str,
    *,
    tiles: Sequence[Tile],
    headers: tuple[str, ...],
    side: tuple[int, int] = (96, 76),
) -> Chart:
    """Draw the tiles, closed up to the corner; `headers` name the place, its value and its note."""
    across = len(range(*_ends([t.column for t in tiles])))
    narrow = None
    if across * side[0] > PHONE and (width := PHONE // max(across, 1)) >= LEAST:
        drawn = _drawn([replace(t, note="") for t in tiles], (width, width - 8))
        narrow = draw(title, description, *drawn, kind="phone")
    # a map that states no value has one column
    rows = tuple((t.label, t.value, t.note)[: len(headers)] for t in tiles)
    drawing = draw(title, description, *_drawn(tiles, side))
    return Chart(title, description, drawing, headers, rows, narrow)


def _drawn(
    tiles: Sequence[Tile], side: tuple[int, int]
) -> tuple[tuple[float, float], list[ET.Element]]:
    columns, rows = (_ends([t.column for t in tiles]), _ends([t.row for t in tiles]))
    corner = (columns[0], rows[0])
    parts = [e for t in tiles for e in _tile(t, (t.column - corner[0], t.row - corner[1]), side)]
    if borders := _borders(tiles, corner, side):
        parts.append(path("l-border", borders))
    across, down = (len(range(*ends)) for ends in (columns, rows))
    return (across * side[0] + 4, down * side[1] + 4), parts


def _ends(numbers: Sequence[int]) -> tuple[int, int]:
    return min(numbers, default=0), max(numbers, default=0) + 1


def _tile(tile: Tile, at: tuple[int, int], side: tuple[int, int]) -> list[ET.Element]:
    width, height = side
    x, y = at[0] * width + 2, at[1] * height + 2
    kind = WORDS.get(tile.status, "t-plain")
    strong = "t-strong" if kind == "t-plain" else f"{kind}-strong"
    small = next(size for least, size in LETTERS if width > least)
    shown = [rect(f"c-{tile.status}", x + 2, y + 2, (width - 4, height - 4), 7)]
    if tile.status == "thin":
        shown.append(rect("c-edge", x + 2, y + 2, (6, height - 4), 3))
    pad = 14 if tile.status == "thin" else 10 if width > MIDDLE else 7
    room = width - pad - (6 if width > MIDDLE else 3)
    foot = y + height - 10
    for line in reversed(
        wrapped(tile.note, width=room, size=small - 1, most=2) if tile.note else []
    ):
        shown.append(text(kind, x + pad, foot, line, size=small - 1))
        foot -= small + 2
    if tile.value:
        [word] = wrapped(tile.value, width=room, size=small + 1, most=1)
        shown.append(text(strong, x + pad, foot, word, size=small + 1))
        foot -= small + 4
    most = max(int((foot - y - 6) // (small + 3)), 1)
    names = wrapped(tile.short or tile.label, width=room, size=small, most=min(most, 3))
    for n, line in enumerate(names):
        shown.append(text(kind, x + pad, y + small + 8 + (small + 3) * n, line, size=small))
    facts = ", ".join(part for part in (tile.value, tile.note) if part)
    return linked(shown, tile.url, f"{tile.label}{colon()}{facts}" if facts else tile.label)


Place = tuple[int, int]


def settled(wanted: Mapping[str, Sequence[Place]]) -> dict[str, Place]:
    """Give each name a place of its own: the middle of those that it covers, or the nearest free.

    Names that know no place come last, in rows under the others.
    """
    found: dict[str, Place] = {}
    for name, places in sorted(wanted.items(), key=lambda item: (len(item[1]), item[0])):
        if places:
            middle = sorted(places)[len(places) // 2]
            free = (spot for spot in _around(middle) if spot not in found.values())
            found[name] = next(free)
    left = min((column for column, _ in found.values()), default=0)
    under = max((row for _, row in found.values()), default=-1) + 1
    for rank, name in enumerate(name for name, places in wanted.items() if not places):
        found[name] = (left + rank % ACROSS, under + rank // ACROSS)
    return found


def _around(middle: Place) -> Iterator[Place]:
    """Return the places from the nearest to the farthest, ring by ring."""
    for ring in count():
        side = range(-ring, ring + 1)
        places = [(c, r) for c in side for r in side if max(abs(c), abs(r)) == ring]
        for column, row in sorted(places, key=lambda p: (abs(p[0]) + abs(p[1]), p)):
            yield middle[0] + column, middle[1] + row


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
