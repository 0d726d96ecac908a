"""Who has little and gets little: from the journal and the figures to the page."""

import pytest

from jonction.governance.models import Alliance
from jonction.support.equity import equity_of, year_before
from jonction.territories.models import Place
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
)
from tests.support.lands import (
    LAND,
    MRC,
    a_figure,
    a_land,
    a_territory,
    an_alliance,
    exported,
    picture_of,
)
from tests.support.profiles import signed_profile
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return an_alliance()


def test_the_least_served_comes_first_with_what_it_lacks(alliance):
    a_land(alliance)

    picture = picture_of(alliance)

    lines = [(one.name, float(one.need.index), float(one.facts.hours)) for one in picture.lines]
    assert lines == [("La Matapédia", 0.9, 6), ("La Matanie", 0.5, 12), ("La Mitis", 0.3, 30)]
    # due: 2700, 1000 and 1200 of 4900; 48 hours in all
    assert [round(float(one.standing.lacking), 2) for one in picture.lines] == [
        20.45,
        -2.2,
        -18.24,
    ]


def test_each_line_tells_how_varied_and_how_continuous_support_was_apart_from_the_rest(alliance):
    a_land(alliance)

    line = picture_of(alliance).lines[-1]

    assert (line.name, line.received.contributors) == ("La Mitis", 3)
    assert (line.functions, line.dimensions) == (1, 2)
    assert 0 < line.continuity < 1


def test_a_territory_of_several_mrc_adds_its_people_and_averages_its_rates(alliance):
    territory = a_territory(alliance, "La Mitis", 1000, 3)
    other = Place.objects.get(name="La Matanie")
    territory.places.add(other)
    a_figure(other, "population", 3000)
    a_figure(Place.objects.get(name="La Mitis"), "low_income", 20)
    a_figure(other, "low_income", 12)

    [line] = picture_of(alliance).lines

    assert line.facts.figures == {"population": 4000, "low_income": 14}


def test_what_one_of_its_mrc_lacks_is_said_and_not_guessed(alliance):
    territory = a_territory(alliance, "La Mitis", 1000, 3)
    territory.places.add(Place.objects.get(name="La Matanie"))

    picture = picture_of(alliance)

    assert picture.lines == ()
    assert [one.name for one in picture.apart] == ["La Mitis"]


def test_figures_of_different_years_are_not_compared(alliance):
    a_land(alliance)
    for name in MRC[:3]:
        a_figure(Place.objects.get(name=name), "low_income", 10, "2016")
    a_figure(Place.objects.get(name=MRC[0]), "low_income", 30, "2021")

    [known] = [k for k in picture_of(alliance).figures if k.indicator.code == "low_income"]

    assert known.period == "2016"


def test_the_profile_that_counts_is_the_one_in_force_on_the_last_day(alliance):
    territory = a_territory(alliance, "La Mitis", 1000)
    body = territory.bodies.get()
    signed_profile(body, values=[5] * 5, status="superseded", signed_on=year_before(TODAY))
    signed_profile(body, values=[1] * 5)
    before = year_before(TODAY)

    [then] = equity_of(list(Alliance.objects.select_related("region")), before, before)

    assert [float(one.need.index) for one in then.lines] == [0.1]
    assert [float(one.need.index) for one in picture_of(alliance).lines] == [0.9]


def test_hours_given_to_the_whole_alliance_are_in_no_share(alliance):
    a_land(alliance)
    regional = BodyFactory(alliance=alliance, level="regional")
    log(MandateFactory(process__body=regional, level="regional"), quarters=8)

    picture = picture_of(alliance)

    assert (picture.whole_hours, picture.result.hours) == (2, 48)


def test_the_page_says_it_all_in_order(client, alliance):
    a_land(alliance)
    signed_in(client, alliance_coordinator(alliance))

    page = client.get(f"/accompagnement/equite/{alliance.pk}/").text

    names = [page.index(f'<th scope="row">{name}<br>') for name, *_ in reversed(LAND)]
    assert names == sorted(names)
    for words in (
        "en manque",
        "20\N{NO-BREAK SPACE}h manquent",
        "Méthode usuelle",
        "Chiffres inventés",
    ):
        assert words in page, words


def test_what_if_tells_and_writes_nothing(client, alliance):
    territories = a_land(alliance)
    signed_in(client, alliance_coordinator(alliance))
    before = exported(client, alliance)

    page = client.get(
        f"/accompagnement/equite/{alliance.pk}/",
        {"territoire": territories[2].pk, "heures": "7", "du": "2026-11-17", "au": "2026-11-23"},
    )

    assert "Avec 7\N{NO-BREAK SPACE}h de plus sur la période" in page.text
    assert exported(client, alliance) == before


def test_a_what_if_that_cannot_be_read_says_so_on_the_page(client, alliance):
    a_land(alliance)
    signed_in(client, alliance_coordinator(alliance))

    page = client.get(
        f"/accompagnement/equite/{alliance.pk}/", {"territoire": "999", "heures": "beaucoup"}
    )

    assert printed("« beaucoup » n’est pas une durée") in page.text


@pytest.mark.parametrize(
    "asked",
    [
        {"annee": "abc"},
        {"annee": "1900"},
        {"du": "2026-99-99"},
        {"du": "2026-11-23", "au": "2026-01-01"},
        {"au": "hier"},
    ],
)
def test_a_period_that_does_not_stand_is_the_last_year(client, alliance, asked):
    a_land(alliance)
    signed_in(client, alliance_coordinator(alliance))

    assert exported(client, alliance, **asked)[0][0] == "La Matapédia"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_table_leaves_in_each_format(client, alliance, kind):
    a_land(alliance)
    signed_in(client, alliance_coordinator(alliance))

    assert [row[0] for row in exported(client, alliance, kind)] == [
        "La Matapédia",
        "La Matanie",
        "La Mitis",
    ]


@pytest.mark.parametrize("name", ["lorenz", "nuage"])
@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_the_pictures_leave_too(client, alliance, name, kind):
    a_land(alliance)
    signed_in(client, alliance_coordinator(alliance))

    page = client.get(f"/accompagnement/equite/{alliance.pk}/image/{name}/", {"forme": kind})

    starts = {"svg": b"<svg", "png": b"\x89PNG", "csv": b"\xef\xbb\xbf"}
    assert page.content.startswith(starts[kind])


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ([], "Aucun territoire ne peut encore être comparé"),
        ([("La Mitis", None, 3)], "la population n’est pas connue"),
        ([("La Mitis", 1000, None)], "ni chiffre ni profil de départ signé"),
        ([("La Mitis", 1000, 3)], "Aucune heure au journal sur cette période"),
        ([("La Mitis", 1000, 3, 1)], "Un seul territoire"),
    ],
)
def test_what_is_not_there_is_said(client, alliance, facts, sentence):
    for one in facts:
        a_territory(alliance, *one)
    signed_in(client, alliance_coordinator(alliance))

    assert sentence in client.get(f"/accompagnement/equite/{alliance.pk}/").text
