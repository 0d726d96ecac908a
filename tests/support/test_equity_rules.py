"""Equity: what leaves the Alliance, nobody named, and the method that it chose."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

import jonction
from jonction.core.models import Trace
from jonction.core.taxonomy import Dimension
from jonction.core.verdicts import Refused
from jonction.support.actions.equity import set_method
from jonction.support.equity import equity_of, year_before
from jonction.support.models import EquityMethod, Intervention, Share, StartingProfile
from jonction.support.queries.equity import Received, received_by_process
from jonction.support.veil import veiled
from jonction.territories.models import Place
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    SeatFactory,
)
from tests.support.lands import (
    FACTS,
    LAND,
    MRC,
    WORKER,
    a_figure,
    a_land,
    a_territory,
    an_alliance,
    exported,
    picture_of,
)
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance():
    return an_alliance()


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


MODULES = [
    *("equity", "equity_bodies", "equity_compared", "equity_pictures", "equity_sizes"),
    *("equity_tables", "compared", "veil", "queries/claims", "queries/equity"),
    *("views/equity", "views/equity_compared"),
]
TEMPLATES = ["equity_list", "equity_detail", "equity_bodies", "equity_sizes"]
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
    said = {f.name: f.value() for f in form if f.value() is not None}
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

    assert (len(detail), len(whole)) == (19, 19)


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
