"""The desk of whoever observes or studies: totals, what may be taken along, and never a name."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from jonction.home.outside import outside_of
from jonction.support.models import Resource
from tests.factories import TODAY, AllianceFactory, BodyFactory, SeatFactory
from tests.support.lands import a_land, an_alliance
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 5, 3, 17, tzinfo=UTC)
EMPTY = [
    f"/accompagnement/{name}/"
    for name in (
        "journal",
        "besoins",
        "mandats",
        "ressources",
        "liberations",
        "passations",
        "exigences",
        "couverture",
    )
]


def looking(alliance, role):
    return SeatFactory(body=BodyFactory(alliance=alliance, level="regional"), role=role).person


def links_of(page):
    shown = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'href="(/accompagnement/[^"#]+)"', shown)


@pytest.mark.parametrize(("role", "reads_coverage"), [("observer", True), ("researcher", False)])
def test_the_totals_stand_on_the_desk_and_each_link_opens(client, role, reads_coverage):
    alliance = an_alliance()
    a_land(alliance)
    person = looking(alliance, role)

    with time_machine.travel(NEXT_YEAR, tick=False):  # what was noted is in a year that ended
        page = signed_in(client, person).get("/bureau/").text
        links = links_of(page)
        answers = {client.get(link).status_code for link in links}
        [seen] = outside_of(person, NEXT_YEAR.date())

    assert seen.veil.total > 0
    assert str(round(seen.veil.total)) in page
    assert "La courbe de Lorenz" in page
    assert f"/accompagnement/equite/{alliance.pk}/" in links
    assert (f"/accompagnement/couverture/alliance/{alliance.pk}/" in links) is reads_coverage
    assert answers == {200}
    assert not [name for name in Resource.objects.values_list("name", flat=True) if name in page]


def test_an_alliance_where_nobody_noted_anything_says_what_will_come(client):
    page = signed_in(client, looking(AllianceFactory(), "researcher")).get("/bureau/").text

    assert "apparaissent ici dès que des heures sont notées" in page
    assert "La courbe de Lorenz" not in page


def test_whoever_takes_part_has_the_desk_of_the_work_alone(client):
    coordinator = alliance_coordinator(AllianceFactory())

    assert outside_of(coordinator, TODAY) == []
    assert "Vue de l’extérieur" not in signed_in(client, coordinator).get("/bureau/").text


@pytest.mark.parametrize("path", EMPTY)
def test_a_page_that_names_people_says_so_and_where_the_totals_are(client, path):
    alliance = AllianceFactory()
    said = "De votre place, cette page reste vide"

    outside = signed_in(client, looking(alliance, "researcher")).get(path).text
    inside = signed_in(client, alliance_coordinator(alliance)).get(path).text

    assert (said in outside, said in inside) == (True, False)
    assert "/accompagnement/equite/" in outside
