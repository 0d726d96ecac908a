from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.continuity import (
    Break,
    Change,
    Handover,
    Presence,
    continuity,
    presences,
)
from jonction.engines.periods import days_of, left_of

START, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
FIRST = Presence(1, START, date(2026, 6, 30))
NEXT = Presence(2, date(2026, 9, 1), UNTIL)

days = st.dates(date(2025, 10, 1), date(2027, 3, 1))


@st.composite
def presence(draw):
    start = draw(days)
    return Presence(draw(st.integers(1, 4)), start, start + timedelta(draw(st.integers(0, 300))))


supports = st.lists(presence(), max_size=5)
interventions = st.lists(days, max_size=6)
untils = st.dates(START, UNTIL)


def of(supports=(), interventions=(), handovers=(), until=UNTIL, **rules):
    rules = {"gap_days": 42, "tolerance_days": 14} | rules
    return continuity(START, until, supports, interventions, handovers, **rules)


@given(supports, interventions, untils, st.integers(0, 90), st.integers(0, 60))
def test_the_index_lies_between_none_and_all_and_the_days_add_up(some, done, until, gap, tolerance):
    result = of(some, done, until=until, gap_days=gap, tolerance_days=tolerance)

    assert 0 <= result.index <= 1
    assert result.supported_days + sum(b.days for b in result.breaks) == result.length_days


@given(supports, interventions, untils, presence(), days)
def test_one_more_presence_or_intervention_never_lowers_the_index(some, done, until, more, day):
    before = of(some, done, until=until).index

    assert of([*some, more], done, until=until).index >= before
    assert of(some, [*done, day], until=until).index >= before


@given(supports, interventions, untils)
def test_the_order_of_the_evidence_does_not_matter(some, done, until):
    assert of(some, done, until=until) == of(some[::-1], done[::-1], until=until)


@given(supports, interventions)
def test_breaks_are_the_days_on_which_nobody_is_found_one_by_one(some, done):
    near = timedelta(21)
    alone = {
        day
        for day in (START + timedelta(n) for n in range((UNTIL - START).days + 1))
        if not any(p.starts_on <= day <= p.ends_on for p in some)
        and not any(d - near <= day <= d + near for d in done if d <= UNTIL)
    }
    found = {b.starts_on + timedelta(n) for b in of(some, done).breaks for n in range(b.days)}

    assert found == alone


def test_two_months_without_anybody_cost_what_passes_the_tolerance():
    result = of([FIRST, NEXT])

    assert result.breaks == (Break(date(2026, 7, 1), date(2026, 8, 31), 62),)
    assert result.longest_break == result.breaks[0]
    assert result.index == 1 - Fraction(62 - 14, 365)
    assert (result.supported_days, result.length_days) == (303, 365)
    assert result.changes_without_overlap == (Change(FIRST.ends_on, NEXT.starts_on, (1,), (2,)),)


def test_one_intervention_in_the_break_covers_half_a_gap_on_each_side():
    result = of([FIRST, NEXT], [date(2026, 8, 1)])

    assert [b.days for b in result.breaks] == [10, 9]
    assert result.index == 1


def test_what_is_written_for_later_is_not_yet_support():
    assert of([], [date(2026, 7, 5)], until=date(2026, 6, 30)).index < Fraction(1, 2)


def test_a_process_that_has_not_begun_has_no_index():
    result = of([FIRST], until=START - timedelta(1))

    assert (result.index, result.longest_break, result.length_days) == (None, None, 0)


def test_a_process_nobody_ever_supported_lacks_all_but_the_tolerance():
    assert of().index == Fraction(14, 365)


def test_an_overlap_of_one_day_is_a_change_with_overlap():
    assert of([FIRST, replace(NEXT, starts_on=FIRST.ends_on)]).changes_without_overlap == ()


def test_two_who_leave_on_the_same_day_do_not_cover_each_other():
    changes = of([FIRST, replace(FIRST, resource=3), NEXT]).changes_without_overlap

    assert changes == (Change(FIRST.ends_on, NEXT.starts_on, (1, 3), (2,)),)


def test_a_departure_that_nobody_follows_is_a_break_and_not_a_change():
    result = of([FIRST])

    assert result.changes_without_overlap == ()
    assert result.longest_break.ends_on == UNTIL


def test_a_mandate_prolonged_by_the_same_person_changes_nobody():
    assert of([FIRST, replace(NEXT, resource=1)]).changes_without_overlap == ()


@pytest.mark.parametrize(
    ("handovers", "share", "missing"),
    [
        ([], None, ()),
        ([Handover(7, is_done=False), Handover(4, is_done=True)], Fraction(1, 2), (7,)),
    ],
)
def test_the_share_of_hand_overs_done_names_those_that_miss(handovers, share, missing):
    result = of([FIRST], handovers=handovers)

    assert (result.handover_share, result.handovers_missing) == (share, missing)


def test_a_leave_is_taken_out_of_the_presence():
    away = ((date(2026, 3, 1), date(2026, 4, 30)), (date(2026, 6, 16), date.max))

    assert presences(1, (START, UNTIL), away) == [
        Presence(1, START, date(2026, 2, 28)),
        Presence(1, date(2026, 5, 1), date(2026, 6, 15)),
    ]


@given(st.tuples(days, st.integers(0, 200)), supports)
def test_what_is_taken_and_what_is_left_make_the_whole(whole, some):
    start, length = whole
    period = (start, start + timedelta(length))
    free = left_of(period, [(p.starts_on, p.ends_on) for p in some])

    taken = left_of(period, free)

    assert sum(days_of(p) for p in [*free, *taken]) == length + 1
