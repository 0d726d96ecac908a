"""The maps of places, as tiles: nobody's borders are needed to see where one is.

`data/tiles.csv` says where each region and each MRC lies, regions among themselves and MRC among
themselves. Another area colours a map by giving `shown`: for each code, a status and a value.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from jonction.territories.models import Place
from jonction.ui.charts import Chart, Tile, tile_map

LAYOUT = Path(__file__).parent / "data" / "tiles.csv"
REGIONS_SIDE, PLACES_SIDE, ALL_SIDE = (160, 92), (132, 84), (70, 56)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a place shows: a status (ui.charts) and the word or figure written on its tile."""

    status: str
    value: str


@dataclass(frozen=True, slots=True)
class Spot:
    column: int
    row: int
    short: str


@cache
def layout() -> dict[str, Spot]:
    with LAYOUT.open(encoding="utf-8", newline="") as stream:
        return {
            row["code"]: Spot(int(row["column"]), int(row["row"]), row["short"])
            for row in csv.DictReader(stream)
        }


def map_of_regions(regions: Iterable[Place], shown: Mapping[str, Shown] | None = None) -> Chart:
    return _map(
        _("Les régions du Québec"),
        _("Une tuile par région, à peu près à sa place sur la carte."),
        _tiles(regions, shown or {}),
        REGIONS_SIDE,
        _("Région"),
    )


def map_of_all(
    places: Iterable[Place], regions: Iterable[Place], shown: Mapping[str, Shown] | None = None
) -> Chart:
    """Draw the 104 MRC and equivalents at once, with a line between regions."""
    parents = {region.path: region.code for region in regions}
    return _map(
        _("Les MRC et territoires équivalents"),
        _("Une tuile par territoire ; un trait sépare les régions."),
        _tiles(places, shown or {}, parents),
        ALL_SIDE,
        _("Territoire"),
    )


def map_below(
    place: Place, below: Iterable[Place], shown: Mapping[str, Shown] | None = None
) -> Chart:
    """Draw what lies in one region; places that the layout does not know are not drawn."""
    return _map(
        _("{place}, territoire par territoire").format(place=place.name),
        _("Une tuile par territoire, à peu près à sa place sur la carte."),
        _tiles(below, shown or {}),
        PLACES_SIDE,
        _("Territoire"),
    )


def _map(
    title: str, description: str, tiles: list[Tile], side: tuple[int, int], header: str
) -> Chart:
    headers = (header, _("Valeur")) if any(t.value for t in tiles) else (header,)
    return tile_map(title, description, tiles=tiles, headers=headers, side=side)


def _tiles(
    places: Iterable[Place], shown: Mapping[str, Shown], parents: Mapping[str, str] | None = None
) -> list[Tile]:
    known = layout()
    return [
        Tile(
            code=place.code,
            label=place.name,
            column=known[place.code].column,
            row=known[place.code].row,
            short=known[place.code].short,
            status=shown[place.code].status if place.code in shown else "place",
            value=shown[place.code].value if place.code in shown else "",
            url=place.get_absolute_url(),
            group=(parents or {}).get(place.path[: -Place.steplen], ""),
        )
        for place in places
        if place.code in known
    ]
