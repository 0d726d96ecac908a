"""Territories of one Alliance: what they need, what was done there, and a method to weigh it."""

from io import BytesIO

from jonction.core.tables.reading import open_table
from jonction.engines.words import fold_key
from jonction.governance.models import Alliance
from jonction.support.equity import equity_of, year_before
from jonction.territories.actions import load_indicators
from jonction.territories.models import Figure, Indicator, Place
from tests.factories import (
    TODAY,
    AllianceFactory,
    BodyFactory,
    MandateFactory,
    ProcessFactory,
    TerritoryFactory,
)
from tests.support.profiles import signed_profile
from tests.support.test_actions import log

MRC = ["La Mitis", "La Matanie", "La Matapédia", "Les Basques"]
WORKER = "Zénobie Quatremains"
# name, population, value of each factor, resources, hours of each
LAND = [
    ("La Mitis", 4000, 4, 3, 10),
    ("La Matanie", 2000, 3, 3, 4),
    ("La Matapédia", 3000, 1, 1, 6),
]


UNKNOWN = (None, None, 0, 1)


def an_alliance():
    """Return an Alliance of one region and four MRC, with every indicator: the official list of
    places is long to load.
    """
    load_indicators()
    alliance = AllianceFactory()
    for name in MRC:
        place = Place(code=name[-5:], name=name, sort_key=fold_key(name), kind="mrc")
        alliance.region.refresh_from_db()
        Place.objects.add_child(alliance.region, instance=place)
    return alliance


def a_territory(alliance, name, *known):
    """Open a territory of one MRC: its population, values, resources, and hours of each."""
    population, value, resources, hours = (*known, *UNKNOWN[len(known) :])
    territory = TerritoryFactory(alliance=alliance, name=name)
    place = Place.objects.filter(name=name).first() or Place.objects.get(name="Les Basques")
    territory.places.add(place)
    body = BodyFactory(alliance=alliance, territory=territory)
    process = ProcessFactory(body=body)
    if population:
        a_figure(place, "population", population)
    if value:
        signed_profile(body, values=[value] * 5)
    for rank in range(resources):
        mandate = MandateFactory(process=process, resource__name=f"{WORKER} {name} {rank}")
        log(mandate, quarters=hours * 4)
    return territory


def a_figure(place, code, value, period="2021"):
    Figure.objects.create(
        place=place,
        indicator=Indicator.objects.get(code=code),
        period=period,
        value=value,
        source="Chiffres inventés",
    )


def a_land(alliance):
    return [a_territory(alliance, *facts) for facts in LAND]


def picture_of(alliance):
    whole = Alliance.objects.select_related("plan", "region").get(pk=alliance.pk)
    [picture] = equity_of([whole], year_before(TODAY), TODAY)
    return picture


def exported(client, alliance, kind="csv", **asked):
    page = client.get(f"/accompagnement/equite/{alliance.pk}/export.{kind}", asked)
    table = open_table(BytesIO(b"".join(page.streaming_content)), f"equite.{kind}")
    return [row.values for row in table.rows]


FACTS = {
    "figures_percent": 0,
    "indicators": {"low_income": 2},
    "factors": {"release": 1},
    "size": "",
    "target": "0.1",
    "fewest_contributors": 3,
    "small_under": 100_000,
    "large_from": 500_000,
    "reason": "Décidé à la Table.",
}
