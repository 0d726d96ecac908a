"""The public page of an Alliance: where each body stands, its map, and how little it weighs."""

import gzip
import re
from pathlib import Path

import pytest

from jonction.territories.actions import load_places
from jonction.territories.models import Place
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MandateFactory,
    ProcessFactory,
    TerritoryFactory,
)
from tools.messages import printed

pytestmark = pytest.mark.django_db

UI = Path(__file__).parents[2] / "src/jonction/ui/static/ui"


def an_alliance(count=1):
    alliance = AllianceFactory()
    for rank in range(count):
        territory = TerritoryFactory(alliance=alliance, name=f"Territoire {rank:02d}")
        body = BodyFactory(
            alliance=alliance,
            territory=territory,
            name=f"Table {rank:02d}",
            contact=f"Accueil, 418 555-{rank:04d}",
        )
        ProcessFactory(body=body)
    return alliance


def test_a_visitor_reads_where_each_body_stands_and_whom_to_call(client):
    alliance = an_alliance()

    page = client.get(alliance.get_absolute_url()).text

    assert printed("Qui appeler : Accueil, 418 555-0000") in page
    assert page.count('aria-current="step"') == 1
    assert "Plan d’action</strong>, depuis le 30 septembre 2026, jusqu’au 29 décembre" in page
    assert printed("plan d’action : en cours") in page


def test_the_public_page_names_nobody(client):
    mandate = MandateFactory(
        resource__name="Ginette Lavoie", resource__person__name="Ginette Lavoie"
    )

    page = client.get(mandate.process.body.alliance.get_absolute_url()).text

    assert "Ginette" not in page


def test_a_body_without_a_process_says_so(client):
    body = BodyFactory(territory=TerritoryFactory())
    body.alliance = body.territory.alliance
    body.save()
    TerritoryFactory(alliance=body.alliance, name="Seul")

    page = client.get(body.alliance.get_absolute_url())

    assert "Aucune démarche ouverte pour l’instant." in page.text
    rows = {row[0]: row[1:] for row in page.context["map"].rows}
    assert rows["Seul"] == ("", "sans instance")
    assert rows[body.territory.name] == ("", "étapes à prévoir")


@pytest.mark.parametrize(
    ("form", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")]
)
def test_the_map_leaves_as_a_file(client, form, start):
    alliance = an_alliance(2)

    page = client.get(f"/concertations/{alliance.pk}/carte/", {"forme": form})

    assert page.content.startswith(start)


def test_each_territory_stands_where_its_places_lie(client):
    load_places()
    alliance = an_alliance(2)
    for territory, name in zip(
        alliance.territories.order_by("name"), ["La Matanie", "Kamouraska"], strict=True
    ):
        territory.places.add(Place.objects.get(name=name))

    drawing = client.get(f"/concertations/{alliance.pk}/carte/").content.decode()

    def x_of(name):
        return float(re.search(rf'x="([\d.]+)"[^>]*>{name}<', drawing)[1])

    # Kamouraska lies up the river, west of La Matanie
    assert x_of("Territoire 01") < x_of("Territoire 00")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_body_or_thirty(
    client, django_assert_max_num_queries, count
):
    alliance = an_alliance(count)

    with django_assert_max_num_queries(10):
        assert client.get(alliance.get_absolute_url()).status_code == 200


def test_a_first_view_of_the_page_weighs_less_than_100_kb(client):
    alliance = an_alliance(12)
    page = client.get(alliance.get_absolute_url()).content

    sheets = [*(UI / "css").glob("*.css"), *(UI / "vendor").glob("*.js"), UI / "mark.svg"]
    letters = [path.stat().st_size for path in (UI / "vendor").glob("*.woff2")]
    packed = [len(gzip.compress(path.read_bytes(), 6)) for path in sheets]

    assert sum(packed) + sum(letters) + len(gzip.compress(page, 6)) <= 100_000
