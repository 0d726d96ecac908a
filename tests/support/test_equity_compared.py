"""Equity between bodies, and between small and large promoters: from the rows to the page."""

from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO

import pytest
from django.core.management import call_command

from jonction.core.tables.reading import open_table
from jonction.governance.models import Alliance
from jonction.support.equity import year_before
from jonction.support.equity_bodies import bodies_of
from jonction.support.equity_sizes import sizes_of
from jonction.support.models import Intervention, Leave, Pause, Share, StartingProfile
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    OrganisationFactory,
    ProcessFactory,
    SeatFactory,
)
from tests.support.lands import MRC, WORKER, a_land, a_territory, an_alliance
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db
LAST_YEAR = (year_before(TODAY), TODAY)
A_YEAR_AGO = {"starts_on": date(2025, 4, 1), "ends_on": date(2025, 6, 30)}


@pytest.fixture
def alliance():
    return an_alliance()


def whole(alliance):
    return Alliance.objects.select_related("plan", "region").get(pk=alliance.pk)


def bodies(alliance, *, is_inside=True):
    return bodies_of(whole(alliance), *LAST_YEAR, is_inside=is_inside)


def sizes(alliance, *, is_inside=True):
    return sizes_of(whole(alliance), *LAST_YEAR, is_inside=is_inside)


def a_promoter(alliance, budget, *, rate=8, promised=None, process=None, **facts):
    """Return a need asked for an organisation over thirteen weeks, and who carries it if promised."""
    process = process or ProcessFactory(body__alliance=alliance)
    organisation = OrganisationFactory(annual_budget=budget, place=alliance.region)
    begins = TODAY - timedelta(weeks=20)
    run = {"starts_on": begins, "ends_on": begins + timedelta(days=90)}
    need = NeedFactory(
        process=process, organisation=organisation, quarters_per_week=rate, **{**run, **facts}
    )
    if promised is not None:
        name = f"{WORKER} {need.pk}"
        MandateFactory(
            process=process, need=need, quarters_per_week=promised, resource__name=name, **run
        )
    return need


def taken_away(client, alliance, name, kind="csv", **asked):
    page = client.get(f"/accompagnement/equite/{alliance.pk}/{name}/export.{kind}", asked)
    table = open_table(BytesIO(b"".join(page.streaming_content)), f"{name}.{kind}")
    return [row.values for row in table.rows]


# --- between bodies -------------------------------------------------------------------------


def test_a_body_is_due_its_need_by_the_weeks_of_its_processes(alliance):
    a_land(alliance)

    compared = bodies(alliance).compared

    assert [float(row.facts.need) for row in compared.rows] == [0.9, 0.5, 0.3]
    assert [float(row.hours) for row in compared.rows] == [6, 12, 30]
    weeks = {row.facts.weeks for row in compared.rows}
    assert len(weeks) == 1
    assert [row.stand.due for row in compared.rows] == [
        Fraction(9, 17),
        Fraction(5, 17),
        Fraction(3, 17),
    ]


def test_the_regional_body_takes_the_need_of_the_whole_alliance(alliance):
    a_land(alliance)
    table = BodyFactory(alliance=alliance, level="regional", name="La Table régionale")
    log(MandateFactory(process__body=table, level="regional"), quarters=8)

    [row] = [row for row in bodies(alliance).compared.rows if row.facts.level == "regional"]

    # 4 000 people at 0.3, 2 000 at 0.5, 3 000 at 0.9
    assert row.facts.need == Fraction(49, 90)
    assert row.hours == 2


def test_a_body_of_a_territory_that_nobody_weighed_stands_apart_with_its_hours(client, alliance):
    a_land(alliance)
    a_territory(alliance, "Les Basques", 900, None, 1, 5)
    signed_in(client, alliance_coordinator(alliance))

    compared = bodies(alliance).compared

    assert [float(row.hours) for row in compared.apart] == [5]
    assert compared.result.hours == 48
    page = client.get(f"/accompagnement/equite/{alliance.pk}/instances/").text
    assert "le besoin de son territoire n’est pas connu" in page


def test_a_body_whose_process_is_over_is_not_compared(alliance):
    a_land(alliance)
    body = alliance.bodies.first()
    for stage in body.processes.get().stages.all():
        stage.planned_from, stage.planned_to = date(2024, 1, 1), date(2024, 2, 1)
        stage.real_from = stage.real_to = None
        stage.save()

    compared = bodies(alliance).compared

    assert [(row.name, row.facts.weeks) for row in compared.apart] == [(body.name, 0)]


def test_two_tables_of_the_same_person_are_not_told_apart_from_outside(alliance):
    for name in MRC:
        a_territory(alliance, name, 1000, 3, 3, 2)
    first, second, *_others = alliance.bodies.order_by("pk")
    alone = MandateFactory(process=first.processes.get()).resource
    for body in (first, second):
        Intervention.objects.filter(process__body=body).update(resource=alone)
        Share.objects.filter(process__body=body).update(resource=alone)
    call_command("recount")

    compared = bodies(alliance, is_inside=False).compared

    shown = [row.name for row in compared.every]
    assert compared.together == 3
    assert first.name not in shown
    assert second.name not in shown
    assert sum(row.hours for row in compared.every) == 24


# --- between sizes of promoter --------------------------------------------------------------


def test_a_need_whose_hours_nobody_said_is_a_need_and_no_hours(alliance):
    a_promoter(alliance, 40_000)
    known = sizes(alliance)
    a_promoter(alliance, 40_000, rate=None, status="received")

    found = sizes(alliance)

    assert (found.needs, found.asked) == (known.needs + 1, known.asked)


def test_each_size_is_weighed_by_what_it_asked(alliance):
    for _ in range(2):
        a_promoter(alliance, 40_000)
    a_promoter(alliance, 40_000, promised=4)
    a_promoter(alliance, 900_000, promised=8)

    compared = sizes(alliance).compared

    assert [
        (row.key, row.facts.needs, row.facts.carried, row.facts.asked, row.hours)
        for row in compared.rows
    ] == [("small", 3, 1, 78, 13), ("large", 1, 1, 26, 26)]
    assert [row.stand.due for row in compared.rows] == [Fraction(3, 4), Fraction(1, 4)]


def test_what_is_promised_outside_the_days_asked_or_while_away_does_not_count(alliance):
    need = a_promoter(alliance, 40_000, promised=8)
    mandate = need.mandates.get()
    mandate.ends_on = TODAY
    mandate.save()
    first = need.starts_on
    Pause.objects.create(mandate=mandate, starts_on=first, ends_on=first + timedelta(days=6))
    Leave.objects.create(
        resource=mandate.resource,
        starts_on=first + timedelta(days=7),
        ends_on=first + timedelta(days=13),
    )

    [row] = sizes(alliance).compared.rows

    assert (row.facts.asked, row.hours) == (26, 22)


def test_an_organisation_without_a_budget_is_shown_and_measured_nowhere(client, alliance):
    a_promoter(alliance, 40_000, promised=8)
    a_promoter(alliance, None, promised=8)
    signed_in(client, alliance_coordinator(alliance))

    found = sizes(alliance)

    assert [(row.key, row.hours) for row in found.compared.apart] == [("unknown", 26)]
    assert found.compared.result.hours == 26
    assert (found.asked, found.promised) == (52, 52)
    assert "Taille inconnue" in client.get(f"/accompagnement/equite/{alliance.pk}/organismes/").text


def test_the_organisations_that_asked_nothing_are_counted(alliance):
    a_promoter(alliance, 40_000)
    OrganisationFactory.create_batch(3, annual_budget=5_000, place=alliance.region)
    OrganisationFactory(annual_budget=5_000)  # nobody said where it is

    [row] = sizes(alliance).compared.rows

    assert (row.facts.asking, row.facts.known) == (1, 4)


def test_hours_given_are_counted_until_today_and_promised_ones_to_the_end_of_the_year(
    client, alliance
):
    signed_in(client, alliance_coordinator(alliance))
    page = f"/accompagnement/equite/{alliance.pk}/"

    ends = [
        client.get(f"{page}{name}", {"annee": "2026"}).context["asked"].until
        for name in ("", "instances/", "organismes/")
    ]

    assert ends == [TODAY, TODAY, date(2027, 3, 31)]


@pytest.mark.parametrize(
    "dates",
    [
        {"du": "2026-06-01", "au": "2026-01-01"},
        {"du": "2027-01-01", "au": "2027-02-01"},
        {"du": "0020-04-01", "au": "2026-03-31"},  # a year typed in haste
    ],
)
def test_dates_that_make_no_period_are_said(client, alliance, dates):
    signed_in(client, alliance_coordinator(alliance))
    page = f"/accompagnement/equite/{alliance.pk}/"

    assert "ne font pas une période" in client.get(page, dates).text
    assert "ne font pas une période" not in client.get(page).text


def test_what_is_not_admissible_or_of_another_time_is_not_asked(alliance):
    a_promoter(alliance, 40_000, status="inadmissible")
    a_promoter(alliance, 40_000, **A_YEAR_AGO)
    NeedFactory(process__body__alliance=alliance)

    assert sizes(alliance).needs == 0


def test_the_alliance_chooses_what_is_small(client, alliance):
    a_promoter(alliance, 40_000)
    signed_in(client, alliance_coordinator(alliance))
    address = f"/accompagnement/equite/{alliance.pk}/methode/choisir/"
    form = client.get(address).context["form"]
    said = {f.name: f.value() for f in form if f.value() is not None}
    said["reason"] = "Ici, c’est petit."

    refused = client.post(address, {**said, "small_under": "30000", "large_from": "29999"})
    done = client.post(address, {**said, "small_under": "30000", "large_from": "30000"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Un grand organisme commence où finit le petit, ou après." in refused.text
    assert [row.key for row in sizes(alliance).compared.rows] == ["large"]
    page = client.get(f"/accompagnement/equite/{alliance.pk}/methode/").text
    assert "petit sous 30\N{NO-BREAK SPACE}000" in page.replace("\u202f", "\N{NO-BREAK SPACE}")


def test_from_outside_a_size_in_which_few_asked_is_put_with_others(alliance):
    for budget, count in ((40_000, 6), (200_000, 5), (900_000, 1)):
        for _ in range(count):
            a_promoter(alliance, budget, promised=8)

    compared = sizes(alliance, is_inside=False).compared

    assert [(row.name, row.facts.needs) for row in compared.every] == [
        ("Petits organismes", 6),
        ("2 tailles regroupées", 6),
    ]


def test_from_outside_nothing_is_said_of_one_promoter(client, alliance):
    a_promoter(alliance, 40_000, promised=8, starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 1))
    table = BodyFactory(alliance=alliance, level="regional")
    signed_in(client, SeatFactory(body=table, role="observer").person)
    base = f"/accompagnement/equite/{alliance.pk}/organismes/"

    page = client.get(base).text

    assert "Trop peu de monde" in page
    assert taken_away(client, alliance, "organismes") == []
    assert client.get(f"{base}image/").status_code == 404


# --- the pages ------------------------------------------------------------------------------


def a_full_alliance(alliance):
    a_land(alliance)
    for budget in (40_000, 200_000, 900_000, None):
        a_promoter(alliance, budget, promised=8, process=alliance.bodies.first().processes.get())


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_tables_leave_in_each_format(client, alliance, kind):
    a_full_alliance(alliance)
    signed_in(client, alliance_coordinator(alliance))

    assert len(taken_away(client, alliance, "instances", kind)) == 3
    assert [row[0] for row in taken_away(client, alliance, "organismes", kind)] == [
        "Grands organismes",
        "Organismes moyens",
        "Petits organismes",
        "Taille inconnue",
    ]


@pytest.mark.parametrize("name", ["instances", "organismes"])
def test_the_pictures_leave_too(client, alliance, name):
    a_full_alliance(alliance)
    signed_in(client, alliance_coordinator(alliance))
    address = f"/accompagnement/equite/{alliance.pk}/{name}/image/"

    svg, png = (client.get(address, {"forme": kind}) for kind in ("svg", "png"))

    assert (svg.content[:4], png.content[:4]) == (b"<svg", b"\x89PNG")


def test_no_page_and_no_file_names_who_supports(client, alliance):
    a_full_alliance(alliance)
    signed_in(client, alliance_coordinator(alliance))

    for name in ("instances", "organismes"):
        page = client.get(f"/accompagnement/equite/{alliance.pk}/{name}/")
        cells = [str(cell) for row in taken_away(client, alliance, name) for cell in row]
        assert page.status_code == 200
        assert WORKER not in page.text + " ".join(cells)


@pytest.mark.parametrize(
    ("role", "leads"), [("researcher", 0), ("observer", 1), ("coordinator", 1)]
)
def test_only_who_reads_coverage_is_led_to_it(client, alliance, role, leads):
    body = BodyFactory(alliance=alliance, level="regional")
    signed_in(client, SeatFactory(body=body, role=role).person)

    page = client.get(f"/accompagnement/equite/{alliance.pk}/instances/").text

    assert page.count(f'href="/accompagnement/couverture/alliance/{alliance.pk}/"') == leads


def test_what_is_not_there_is_said(client, alliance):
    signed_in(client, alliance_coordinator(alliance))
    alliance.bodies.exclude(level="regional").delete()

    pages = [
        client.get(f"/accompagnement/equite/{alliance.pk}/{name}/").text
        for name in ("instances", "organismes")
    ]

    assert "Aucune démarche à comparer" in pages[0]
    assert "Aucun organisme n’a demandé d’accompagnement" in pages[1]
    assert client.get(f"/accompagnement/equite/{alliance.pk}/personnes/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_for_one_or_many(
    client, alliance, django_assert_max_num_queries, count
):
    for rank in range(count):
        territory = a_territory(alliance, f"Territoire {rank}", None, 3, 1)
        process = territory.bodies.get().processes.get()
        a_promoter(alliance, 1000 * rank, promised=4, process=process)
    signed_in(client, alliance_coordinator(alliance))

    with django_assert_max_num_queries(20) as between_bodies:
        client.get(f"/accompagnement/equite/{alliance.pk}/instances/")
    with django_assert_max_num_queries(20) as between_sizes:
        client.get(f"/accompagnement/equite/{alliance.pk}/organismes/")

    assert (len(between_bodies), len(between_sizes)) == (19, 11)


def test_a_period_of_before_reads_the_profile_of_then(alliance):
    a_land(alliance)
    StartingProfile.objects.update(signed_on=date(2026, 6, 1))

    then = bodies_of(whole(alliance), date(2025, 4, 1), date(2026, 3, 31), is_inside=True)

    assert then.compared.rows == ()
    assert len(then.compared.apart) == 3
