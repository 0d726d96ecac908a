"""The map of tiles: every place once, about where it lies, reached by its link."""

import csv
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from jonction.territories import maps, queries
from jonction.territories.actions import load_places
from jonction.territories.models import Place

LISTS = Path(maps.__file__).parent / "data"
SVG = "{http://www.w3.org/2000/svg}"


def codes(name):
    with (LISTS / name).open(encoding="utf-8-sig", newline="") as stream:
        return [row["code"] for row in csv.DictReader(stream)]


def test_every_place_has_its_tile_once():
    official = [f"R{code}" for code in codes("regions.csv")] + codes("territories.csv")

    assert sorted(codes("tiles.csv")) == sorted(official)


@pytest.mark.parametrize("kind", ["regions", "counties"])
def test_no_tile_covers_another(kind):
    spots = [
        (spot.column, spot.row)
        for code, spot in maps.layout().items()
        if code.startswith("R") == (kind == "regions")
    ]

    assert len(spots) == len(set(spots))


@pytest.mark.parametrize(
    ("one", "side", "other"),
    [
        ("R09", "east", "R10"),
        ("R11", "east", "R07"),
        ("R16", "south", "R15"),
        ("020", "east", "840"),
        ("300", "south", "230"),
        ("992", "north", "660"),
    ],
)
def test_places_lie_about_where_they_are(one, side, other):
    here, there = maps.layout()[one], maps.layout()[other]

    assert {
        "east": here.column > there.column,
        "south": here.row > there.row,
        "north": here.row < there.row,
    }[side]


@pytest.mark.django_db
def test_the_map_of_a_region_shows_its_places_and_leads_to_each(client):
    load_places()
    region = Place.objects.get(code="R16")

    chart = maps.map_below(region, queries.places_below(region))

    links = [a.get("href") for a in fromstring(chart.svg()).iter(f"{SVG}a")]
    assert links == [place.get_absolute_url() for place in queries.places_below(region)]
    assert all(f'href="{link}"' in client.get("/territoires/R16/").text for link in links)


@pytest.mark.django_db
def test_the_whole_map_draws_a_line_between_regions_and_takes_values():
    load_places()
    shown = {"080": maps.Shown("hole", "0 h")}

    chart = maps.map_of_all(queries.counties(), queries.regions(), shown)

    drawing = fromstring(chart.svg())
    assert len(drawing.findall(f"{SVG}a")) == 104
    assert drawing.find(f"{SVG}path[@class='l-border']") is not None
    assert ("La Matanie", "0 h") in chart.rows
    assert chart.headers == ("Territoire", "Valeur")


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "rows"), [("", 17), ("?vue=mrc", 104)])
def test_the_map_leaves_as_a_table(client, address, rows):
    load_places()

    answer = client.get(f"/territoires/carte/{address}{'&' if address else '?'}forme=csv")

    assert answer.status_code == 200
    assert len(answer.content.decode("utf-8-sig").splitlines()) == rows + 1


@pytest.mark.django_db
def test_the_pages_of_places_cost_the_same_for_few_or_many(client, django_assert_num_queries):
    load_places()

    with django_assert_num_queries(5):
        client.get("/territoires/R16/")
    with django_assert_num_queries(5):
        client.get("/territoires/R06/")
