"""Who has little and gets little: from the journal and the figures to the page, and who reads it."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command

import jonction
from jonction.core.models import Trace
from jonction.core.tables.reading import open_table
from jonction.core.taxonomy import Dimension
from jonction.core.verdicts import Refused
from jonction.engines.words import fold_key
from jonction.governance.models import Alliance
from jonction.support.actions.equity import set_method
from jonction.support.equity import equity_of, year_before
from jonction.support.models import EquityMethod, Intervention, Share, StartingProfile
from jonction.support.queries.equity import Received, received_by_process
from jonction.support.veil import veiled
from jonction.territories.actions import load_indicators
from jonction.territories.models import Figure, Indicator, Place
from tests.factories import (
    TODAY,
    AllianceFactory,
    BodyFactory,
    MandateFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
)
from tests.support.profiles import signed_profile
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

MRC = ["La Mitis", "La Matanie", "La Matapédia", "Les Basques"]
WORKER = "Zénobie Quatremains"
# name, population, value of each factor, resources, hours of each
LAND = [
    ("La Mitis", 4000, 4, 3, 10),
    ("La Matanie", 2000, 3, 3, 4),
    ("La Matapédia", 3000, 1, 1, 6),
]


UNKNOWN = (None, None, 0, 1)


@pytest.fixture
def alliance():
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

    assert "« beaucoup » n’est pas une durée" in page.text


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


# --- what leaves the Alliance ---------------------------------------------------------------


def outside(alliance, role="observer"):
    table = BodyFactory(alliance=alliance, level="regional")
    return SeatFactory(body=table, role=role).person


def a_known_land(alliance, land=LAND):
    """Return the land with its lines written in the fiscal year that is over."""
    for facts in land:
        a_territory(alliance, *facts)
    for model in (Intervention, Share):
        model.objects.update(on="2026-03-10")
    call_command("recount")
    StartingProfile.objects.update(signed_on="2026-03-01")


def test_a_territory_of_one_resource_takes_another_along_behind_the_veil(client, alliance):
    a_known_land(alliance)

    rows = exported(signed_in(client, outside(alliance)), alliance)

    assert [row[0] for row in rows] == ["La Mitis", "Territoires regroupés"]
    assert rows[-1][4] == "18"


@pytest.mark.parametrize("role", ["observer", "researcher"])
def test_nothing_hidden_shows_in_any_page_or_file_from_outside(client, alliance, role):
    a_known_land(alliance)
    signed_in(client, outside(alliance, role))
    base = f"/accompagnement/equite/{alliance.pk}/"

    seen = client.get(base).text
    seen += client.get(f"{base}image/lorenz/", {"forme": "svg"}).text
    seen += client.get(f"{base}image/nuage/", {"forme": "csv"}).text
    seen += client.get("/accompagnement/equite/").text

    assert "La Matapédia" not in seen
    assert "La Matanie" not in seen
    assert "La Mitis" in seen


def test_from_outside_the_period_is_a_whole_fiscal_year_whatever_is_asked(client, alliance):
    a_known_land(alliance)
    signed_in(client, outside(alliance))

    asked = exported(client, alliance, du="2026-03-10", au="2026-03-10")
    running = exported(client, alliance, annee="2026")

    assert asked == running == exported(client, alliance, annee="2025")


def test_a_small_room_hides_the_territory_too(alliance):
    a_known_land(alliance, [(name, 1000, 3, 3, 2) for name in MRC])
    StartingProfile.objects.filter(territory__name="La Mitis").update(present=4)

    [picture] = equity_of([alliance], year_before(TODAY), TODAY)

    assert veiled(picture).together == 2
    assert "La Mitis" not in [line.name for line in veiled(picture).shown]


def test_nothing_is_shown_when_the_sum_itself_would_tell_one_person(client, alliance):
    a_known_land(alliance, [("La Mitis", 1000, 3, 1, 2)])
    signed_in(client, outside(alliance))

    page = client.get(f"/accompagnement/equite/{alliance.pk}/").text

    assert "Trop peu de ressources" in page
    assert exported(client, alliance) == []


# --- never by person ------------------------------------------------------------------------


def test_no_page_and_no_file_of_equity_names_or_orders_those_who_support(client, alliance):
    a_known_land(alliance)
    base = f"/accompagnement/equite/{alliance.pk}/"
    people = [
        alliance_coordinator(alliance),
        coordinator_of(alliance.bodies.filter(territory__isnull=False).first()),
        outside(alliance),
        outside(alliance, "researcher"),
    ]
    addresses = ["/accompagnement/equite/", base, f"{base}methode/"]
    files = [f"{base}image/{name}/?forme=csv" for name in ("lorenz", "nuage")]

    for person in people:
        signed_in(client, person)
        for address in addresses + files:
            assert WORKER not in client.get(address).text, address
        assert all(WORKER not in cell for row in exported(client, alliance) for cell in row)


MODULES = ["queries/equity", "equity", "veil", "equity_tables", "equity_pictures", "views/equity"]
TEMPLATES = ["equity_list", "equity_detail"]
NAMING = re.compile(
    r"resource__|resource\.name|\.resource\b|\.person\b|person__|order_by\(.*quarters"
)


def test_the_code_of_equity_never_reaches_for_somebody():
    """The unit is the territory: of those who support, their number alone is read."""
    root = Path(jonction.__file__).parent / "support"
    files = [root / f"{name}.py" for name in MODULES]
    files += [root / f"templates/support/{name}.html" for name in TEMPLATES]

    assert [f.name for f in files if NAMING.search(f.read_text())] == []


# --- the method -----------------------------------------------------------------------------

FACTS = {
    "figures_percent": 0,
    "indicators": {"low_income": 2},
    "factors": {"release": 1},
    "size": "",
    "target": "0.1",
    "fewest_contributors": 3,
    "reason": "Décidé à la Table.",
}


def test_a_method_is_one_more_version_with_its_trace_and_changes_the_result(alliance):
    a_land(alliance)
    coordinator = alliance_coordinator(alliance)

    for _ in range(2):
        set_method(alliance, actor=coordinator, today=TODAY, **FACTS)

    assert list(EquityMethod.objects.values_list("number", flat=True)) == [2, 1]
    assert Trace.objects.filter(verb="support.equitymethod.set").count() == 2
    picture = picture_of(alliance)
    assert picture.method.number == 2
    assert {line.facts.size for line in picture.lines} == {1}


def test_only_the_coordination_of_the_alliance_chooses_the_weights(alliance):
    territory = a_territory(alliance, "La Mitis", 1000, 3)

    with pytest.raises(Refused, match="coordination de l’Alliance"):
        set_method(alliance, actor=coordinator_of(territory.bodies.get()), today=TODAY, **FACTS)


def typed_method(client, alliance, **changes):
    address = f"/accompagnement/equite/{alliance.pk}/methode/choisir/"
    form = client.get(address).context["form"]
    said = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    return client.post(address, {**said, "reason": "Essai", **changes})


def test_the_form_starts_from_the_method_in_force_and_refuses_weights_that_weigh_nothing(
    client, alliance
):
    signed_in(client, alliance_coordinator(alliance))
    none = {f"factors_{f}": 0 for f in ("community_capital", "resources", "expertise",
                                       "recognition", "release")}  # fmt: skip

    refused = typed_method(client, alliance, **none)
    done = typed_method(client, alliance, figures_percent="30", indicators_low_income="4")

    assert refused.status_code == 422
    assert "aucun facteur n’a de poids" in refused.text
    assert done.status_code == 302
    method = EquityMethod.objects.get()
    assert (method.figures_percent, method.indicators["low_income"]) == (30, 4)
    page = client.get(f"/accompagnement/equite/{alliance.pk}/methode/").text
    assert "Version 1" in page
    assert "Essai" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_for_one_or_many(
    client, alliance, django_assert_max_num_queries, count
):
    for rank in range(count):
        a_territory(alliance, f"Territoire {rank}", None, 3, 1)
    a_figure(Place.objects.get(name="Les Basques"), "population", 900)
    signed_in(client, alliance_coordinator(alliance))

    with django_assert_max_num_queries(20) as detail:
        client.get(f"/accompagnement/equite/{alliance.pk}/")
    with django_assert_max_num_queries(20) as whole:
        client.get("/accompagnement/equite/")

    assert (len(detail), len(whole)) == (20, 20)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2025-11-24", "2026-11-23"),
        ("2026-04-01", "2026-06-30"),
        ("2026-04-02", "2026-06-29"),
        ("2026-02-10", "2026-09-30"),
        ("2026-11-01", "2026-11-10"),
    ],
)
def test_the_sums_kept_and_the_ends_of_the_period_say_what_the_lines_say(since, until):
    mandate, other = MandateFactory(), MandateFactory()
    days = ["2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01", "2026-06-30", "2026-11-05"]
    for rank, day in enumerate(days):
        for one in (mandate, other):
            line = log(one, quarters=rank + 1, dimensions=[Dimension.values[rank % 4]])
            Intervention.objects.filter(pk=line.pk).update(on=day)
            Share.objects.filter(intervention=line).update(on=day)
    call_command("recount")
    start, end = date.fromisoformat(since), date.fromisoformat(until)

    found = received_by_process([mandate.process, other.process], start, end)

    for process in (mandate.process, other.process):
        lines = Intervention.objects.filter(process=process, on__range=(start, end))
        shares = Share.objects.filter(intervention__in=lines)
        received = found.get(process.pk, Received())
        assert received.quarters == sum(line.quarters for line in lines)
        assert received.contributors == min(len(lines), 1)
        assert received.dimensions == {share.dimension for share in shares}
