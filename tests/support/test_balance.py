"""From the journal to the balance of an Alliance, seen from inside and from outside."""

from datetime import date, timedelta

import pytest

from jonction.engines.balance import quarter_began
from jonction.support.balance import balance_of
from jonction.support.equity import year_before
from jonction.support.models import Assumptions
from tests.factories import TODAY, MandateFactory, ResourceFactory, TerritoryFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db


def seen(mandate, *, is_inside, since=None):
    alliance = mandate.process.body.alliance
    since = since or quarter_began(year_before(TODAY))
    return balance_of(alliance, since, TODAY, is_inside=is_inside)


def in_a_territory(**facts):
    """Return a mandate of a process that has a territory."""
    mandate = MandateFactory(**facts)
    body = mandate.process.body
    body.territory = TerritoryFactory(alliance=body.alliance, name="La Mitis")
    body.save()
    return mandate


def a_table_of(people, *, name="La Mitis", alliance=None, **line):
    """Return the first mandate of a territory where so many people noted the same line."""
    first = in_a_territory(**({"process__body__alliance": alliance} if alliance else {}))
    first.process.body.territory.name = name
    first.process.body.territory.save()
    others = [
        MandateFactory(
            process=first.process, resource=ResourceFactory(alliance=first.process.body.alliance)
        )
        for _ in range(people - 1)
    ]
    for mandate in (first, *others):
        log(mandate, **{"quarters": 40, "posture": "support", **line})
    return first


def test_what_was_noted_is_summed_and_coordination_is_seen_to_take_over():
    mandate = MandateFactory()
    log(mandate, posture="coordination", quarters=64)
    log(mandate, on=TODAY - timedelta(days=1), quarters=32)

    whole = seen(mandate, is_inside=True).whole

    assert (whole.functions.hours, whole.coordination) == (24, "yes")


def test_too_little_time_is_not_judged():
    mandate = MandateFactory()
    log(mandate, posture="coordination", quarters=8)

    found = seen(mandate, is_inside=True)

    assert (found.whole.coordination, found.whole.found, found.uneven) == ("nothing", (), [])


def test_what_lacks_and_what_weighs_is_said_for_the_territory_and_for_the_stage():
    mandate = in_a_territory()
    log(mandate, quarters=80, stages=["planning"])

    found = seen(mandate, is_inside=True)

    said = [(one.code, one.part) for one in found.uneven[0].found]
    assert said == [
        ("mediation", "absent"),
        ("information", "absent"),
        ("mobilising", "absent"),
        ("logistics", "heavy"),
    ]
    assert [stage.code for stage in found.uneven_stages] == ["planning"]


def test_the_thresholds_are_those_of_the_alliance():
    mandate = in_a_territory()
    alliance = mandate.process.body.alliance
    Assumptions.objects.create(alliance=alliance, least_hours=1, heavy_percent=100)
    log(mandate, quarters=8)

    [row] = seen(mandate, is_inside=True).uneven

    assert "heavy" not in {one.part for one in row.found}


def test_only_the_quarters_asked_are_counted():
    mandate = MandateFactory(starts_on=date(2026, 1, 1))
    log(mandate, on=date(2026, 9, 30), quarters=8)
    log(mandate, on=date(2026, 10, 1), quarters=4)

    asked = seen(mandate, is_inside=True, since=date(2026, 10, 1))
    more = seen(mandate, is_inside=True, since=date(2026, 7, 1))

    assert (asked.whole.hours, more.whole.hours) == (1, 3)
    assert [key for key, made in more.quarters.items() if made.total] == [(2026, 3), (2026, 4)]


def test_over_a_long_time_quarters_become_fiscal_years():
    mandate = MandateFactory(starts_on=date(2023, 1, 1))
    for on in (date(2024, 3, 31), date(2024, 4, 1), date(2026, 10, 1)):
        log(mandate, on=on, quarters=4)

    found = seen(mandate, is_inside=True, since=date(2024, 1, 1))

    assert {year: one.total // 2880 for year, one in found.quarters.items()} == {
        (2023, 0): 1,
        (2024, 0): 1,
        (2025, 0): 0,
        (2026, 0): 1,
    }


def test_a_reserved_line_counts_like_the_others():
    mandate = MandateFactory()
    log(mandate, quarters=8, audience="mine")

    assert seen(mandate, is_inside=True).whole.hours == 2


def test_stages_that_came_due_stand_beside_the_hours_noted_for_them():
    mandate = in_a_territory(starts_on=date(2026, 4, 1))
    stages = {stage.kind: stage for stage in mandate.process.stages.all()}
    for kind, late in (("mobilisation", -2), ("priorities", 9)):
        stage = stages[kind]
        stage.real_from = stage.planned_from
        stage.real_to = stage.planned_to + timedelta(days=late)
        stage.save()
    log(mandate, on=date(2026, 5, 1), quarters=8, stages=["mobilisation"])
    log(mandate, on=date(2026, 8, 1), quarters=20, stages=["priorities"])

    [row, *_] = seen(mandate, is_inside=True).rows

    assert (row.stages.counts["on_time"], row.stages.counts["late"], row.stages.due) == (1, 1, 2)
    assert (row.stages.on_time_hours, row.stages.late_hours) == (2, 5)
    assert row.stages.share_on_time * 2 == 1


def test_the_time_of_one_person_is_not_seen_from_outside():
    mandate = in_a_territory()
    log(mandate, quarters=96)

    found = seen(mandate, is_inside=False)

    assert (found.whole, found.grouped, found.stages, found.quarters) == (None,) * 4
    assert [row.functions.total for row in found.rows] == [0] * len(found.rows)
    assert (found.bars, found.uneven, found.uneven_stages) == ([], [], [])
    assert {row.stages.late_hours for row in found.rows} == {None}


def test_what_rests_on_enough_people_is_seen_from_outside():
    first = a_table_of(3)

    found = seen(first, is_inside=False)

    assert (found.whole.hours, found.grouped, len(found.bars)) == (30, None, 1)
    assert found.stages is not None
    assert found.quarters is not None


def test_a_small_territory_is_never_the_rest_of_a_subtraction():
    big = a_table_of(4, name="Bic")
    alliance = big.process.body.alliance
    a_table_of(3, name="Anse", alliance=alliance)
    a_table_of(1, name="Chic", alliance=alliance)

    found = seen(big, is_inside=False)

    shown = [row.name for row in found.rows if row.is_shown]
    assert shown == ["Bic"]
    assert found.grouped.hours == 40


@pytest.mark.parametrize("is_inside", [True, False])
@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_for_one_line_or_thirty(django_assert_max_num_queries, count, is_inside):
    mandate = MandateFactory()
    for _ in range(count):
        log(mandate, quarters=1)

    with django_assert_max_num_queries(15):
        seen(mandate, is_inside=is_inside)
