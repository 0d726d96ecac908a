"""What territories shows: the official list is public."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from jonction.engines.words import fold
from jonction.territories.models import Figure, Place

FORMER_NAMES = Path(__file__).parent / "data/former_names.csv"


def regions() -> QuerySet[Place]:
    found: QuerySet[Place] = Place.objects.filter(kind=Place.Kind.REGION).order_by("code")
    return found


def places_below(place: Place) -> QuerySet[Place]:
    """Return the children of `place`, in French alphabetical order."""
    below = Place.objects.filter(path__startswith=place.path, depth=place.depth + 1)
    found: QuerySet[Place] = below.order_by("sort_key")
    return found


def counties() -> QuerySet[Place]:
    """Return the MRC and equivalents, in French alphabetical order."""
    kinds = [Place.Kind.MRC, Place.Kind.TERRITORY]
    found: QuerySet[Place] = Place.objects.filter(kind__in=kinds).order_by("sort_key")
    return found


def place_above(place: Place) -> Place | None:
    """Return the region of an MRC; the province and its regions need no way back but the list."""
    found: Place | None = Place.objects.filter(
        path=place.path[: -Place.steplen], kind=Place.Kind.REGION
    ).first()
    return found


def places_above(place: Place) -> QuerySet[Place]:
    """Return the province, the region and so on, down to `place` itself."""
    above = Place.objects.filter(path__in=_lines_up(place.path))
    found: QuerySet[Place] = above.order_by("depth")
    return found


def legal_zones(places: Iterable[Place]) -> dict[int, str]:
    """Return the legal time of each place: its own, or that of the nearest place above."""
    places = list(places)
    paths = {path for place in places for path in _lines_up(place.path)}
    said = dict(
        Place.objects.filter(path__in=paths).exclude(time_zone="").values_list("path", "time_zone")
    )
    return {
        place.pk: next(
            (said[path] for path in reversed(_lines_up(place.path)) if path in said),
            Place.Zone.EAST.value,
        )
        for place in places
    }


def legal_zone(place: Place) -> str:
    return legal_zones([place])[place.pk]


def _lines_up(path: str) -> list[str]:
    step = Place.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def counties_by_name() -> dict[str, Place]:
    """Return the MRC and equivalents by folded name, those they no longer bear included."""
    found = {place.code: place for place in counties()}
    names = {fold(place.name): place for place in found.values()}
    with FORMER_NAMES.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["code"] in found:
                names.setdefault(fold(row["former"]), found[row["code"]])
    return names


def figures_of(place: Place) -> QuerySet[Figure]:
    """Return the figures of the place itself, the latest of each indicator first."""
    found: QuerySet[Figure] = Figure.objects.filter(place=place).select_related("indicator")
    return found.order_by("indicator__name", "-period", "pk")


def places_by_name(above: Place) -> dict[str, Place]:
    """Return the places under `above`, and itself, by folded name and by code."""
    found = Place.objects.filter(path__startswith=above.path).order_by("depth", "sort_key")
    names: dict[str, Place] = {}
    for place in found:
        names.setdefault(fold(place.name), place)
    return names | {fold(place.code): place for place in found}


def figure_facts(figure: Figure) -> dict[str, Any]:
    """Return what a figure says, as an import says it."""
    return {
        "place": figure.place_id,
        "indicator": figure.indicator_id,
        "period": figure.period,
        "value": f"{figure.value:.4f}",
        "source": figure.source,
    }
