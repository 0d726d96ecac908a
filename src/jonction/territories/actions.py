"""Loading the official list of places, and the indicators that everybody knows."""

import csv
from pathlib import Path

from django.db import transaction

from jonction.engines.words import fold_key
from jonction.territories.models import Indicator, Place

LISTS = Path(__file__).parent / "data"
# Legal time (T-5.1): where it is not that of the place above.
TIME_ZONES = {
    "010": Place.Zone.ISLANDS,
    "98005": Place.Zone.LOWER_NORTH_SHORE,
}


@transaction.atomic
def load_places() -> int:
    """Add the province, its regions and its MRC or equivalents that are missing, and the
    municipalities whose legal time is their own; return how many.

    Scheduled work of the installation: it takes no decision of a person, hence no rule.
    """
    before: int = Place.objects.count()
    province = Place.objects.filter(code="QC").first() or Place.objects.add_root(
        instance=Place(
            code="QC",
            name="Québec",
            sort_key="quebec",
            kind=Place.Kind.PROVINCE,
            time_zone=Place.Zone.EAST,
        )
    )
    regions = {r["code"]: _ensure(province, f"R{r['code']}", r["name"], Place.Kind.REGION)
               for r in _rows("regions.csv")}  # fmt: skip
    for row in _rows("territories.csv"):
        kind = Place.Kind.MRC if row["type"] == "MRC" else Place.Kind.TERRITORY
        _ensure(regions[row["region_code"]], row["code"], row["name"], kind)
    for row in _rows("municipalities.csv"):
        above = Place.objects.get(code=row["mrc_code"])
        _ensure(above, row["code"], row["name"], Place.Kind.MUNICIPALITY)
    load_indicators()
    after: int = Place.objects.count()
    return after - before


def load_indicators() -> None:
    """Add the indicators that are missing; one that was renamed here keeps its name.

    Scheduled work of the installation, as the places: no rule.
    """
    for row in _rows("indicators.csv"):
        facts = {**row, "is_count": row["is_count"] == "1"}
        Indicator.objects.get_or_create(code=facts.pop("code"), defaults=facts)


def _rows(name: str) -> list[dict[str, str]]:
    with (LISTS / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _ensure(parent: Place, code: str, name: str, kind: str) -> Place:
    found: Place | None = Place.objects.filter(code=code).first()
    if found:
        return found
    parent.refresh_from_db()
    zone = TIME_ZONES.get(code, "")
    child = Place(code=code, name=name, sort_key=fold_key(name), kind=kind, time_zone=zone)
    Place.objects.add_child(parent, instance=child)
    return child
