"""What support is made of: no hour is lost, and what nobody said stays apart."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.balance import (
    NOT_SAID,
    Dates,
    Limits,
    Line,
    Part,
    State,
    Taken,
    Whole,
    came_due,
    coordination,
    fiscal_year_of,
    is_judged,
    joined,
    kept_apart,
    part_of,
    quarter_began,
    quarters_between,
    results,
    state_of,
    wholes,
)

CODES = ["mediation", "information", "logistics", "mobilising"]
lines = st.lists(
    st.builds(
        Line,
        key=st.sampled_from([None, 1, 2]),
        code=st.sampled_from([*CODES, NOT_SAID, "gone"]),
        parts=st.integers(1, 5000),
        resources=st.frozensets(st.integers(1, 6), min_size=1),
    ),
    max_size=25,
)


def by_territory(some):
    return wholes(some, CODES)


@given(lines)
def test_the_parts_sum_to_the_whole_and_the_shares_to_one(some):
    found = by_territory(some)

    assert sum(whole.total for whole in found.values()) == sum(line.parts for line in some)
    for whole in found.values():
        assert sum(whole.share(code) for code in (*CODES, NOT_SAID)) == 1
    assert joined(found.values(), CODES).total == sum(line.parts for line in some)


@given(lines, st.randoms())
def test_the_order_of_the_lines_does_not_matter(some, random):
    mixed = list(some)
    random.shuffle(mixed)

    assert by_territory(mixed) == by_territory(some)


@given(lines, st.integers(1, 5000))
def test_a_line_that_says_nothing_changes_no_other_hours(some, parts):
    more = Line(1, NOT_SAID, parts)

    before, after = by_territory(some), by_territory([*some, more])

    for code in CODES:
        assert after[1].hours_of(code) == (before[1].hours_of(code) if 1 in before else 0)


@pytest.mark.parametrize(
    ("support", "coordinating", "unsaid", "taken"),
    [
        (0, 0, 0, Taken.NOTHING),
        (6, 4, 0, Taken.NO),  # at the threshold is not above it
        (5, 5, 0, Taken.YES),
        (5, 3, 2, Taken.PERHAPS),  # what is not said could pass it
        (8, 1, 1, Taken.NO),
    ],
)
def test_coordination_takes_over_only_when_what_is_said_proves_it(
    support, coordinating, unsaid, taken
):
    parts = {"support": support, "coordination": coordinating, NOT_SAID: unsaid}

    assert coordination(Whole(parts), Fraction(2, 5)) == taken


TODAY = date(2026, 11, 23)
PLAN = (date(2026, 9, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        (Dates(*PLAN, date(2026, 9, 1), date(2026, 10, 31)), State.ON_TIME),
        (Dates(*PLAN, date(2026, 9, 1), date(2026, 11, 1)), State.LATE),
        (Dates(*PLAN, date(2026, 9, 1)), State.LATE),  # begun, not ended, its end is past
        (Dates(*PLAN), State.UNKNOWN),
        (Dates(date(2026, 9, 1), date(2026, 12, 1)), State.UNDER_WAY),
        (Dates(date(2026, 12, 1), date(2027, 1, 1), date(2026, 11, 2)), State.UNDER_WAY),
        (Dates(date(2026, 12, 1), date(2027, 1, 1)), State.COMING),
        # it ended after the day of the page: that day, it was running
        (Dates(date(2026, 9, 1), date(2026, 12, 1), None, date(2026, 11, 30)), State.UNDER_WAY),
    ],
)
def test_a_stage_is_judged_on_its_dates(dates, state):
    assert state_of(dates, TODAY) == state
    assert sum(results([dates, dates], TODAY).values()) == 2


def test_quarters_are_all_there_even_those_without_an_hour():
    found = quarters_between(date(2025, 11, 24), TODAY)

    assert found == [(2025, 4), (2026, 1), (2026, 2), (2026, 3), (2026, 4)]


@given(lines)
def test_what_is_shown_outside_never_rests_on_too_few_nor_alone_on_a_rest(some):
    rows = {key: (whole,) for key, whole in by_territory(some).items()}

    apart = kept_apart(rows, 3)

    if apart is None:
        return
    shown = [whole for key, (whole,) in rows.items() if key not in apart]
    grouped = [rows[key][0] for key in apart]
    for whole in [*shown, *([joined(grouped, CODES)] if grouped else [])]:
        assert all(len(whole.resources[c]) >= 3 for c in whole.parts if whole.parts[c])
    assert len(apart) != 1


LIMITS = Limits(Fraction(1, 10), Fraction(1, 2), Fraction(2, 5), 20)
HOUR = 4 * 720


def made(*hours):
    return Whole({code: n * HOUR for code, n in zip((*CODES, NOT_SAID), hours, strict=True)})


def test_the_worked_example_of_the_method():
    whole = made(4, 30, 56, 8, 2)

    assert {code: part_of(whole, code, LIMITS) for code in CODES} == {
        "mediation": Part.THIN,
        "information": Part.FAIR,
        "logistics": Part.HEAVY,
        "mobilising": Part.PERHAPS,
    }
    assert coordination(
        Whole({"coordination": 38, "support": 57, NOT_SAID: 5}), LIMITS.coordination
    ) == (Taken.PERHAPS)


def test_a_function_without_an_hour_is_absent_unless_what_is_not_said_could_be_it():
    assert part_of(made(0, 50, 25, 20, 5), "mediation", LIMITS) == Part.ABSENT
    assert part_of(made(0, 50, 20, 20, 10), "mediation", LIMITS) == Part.PERHAPS
    assert part_of(made(0, 50, 25, 20, 5), "information", LIMITS) == Part.FAIR  # at its threshold
    assert part_of(made(0, 0, 0, 0, 0), "information", LIMITS) == Part.FAIR


def test_little_time_judges_nothing():
    assert not is_judged(made(0, 0, 0, 0, 0), LIMITS)
    assert not is_judged(made(0, 19, 0, 0, 0), LIMITS)
    assert is_judged(made(0, 20, 0, 0, 0), LIMITS)


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5), st.data())
def test_what_is_said_for_sure_stays_whatever_was_not_said(hours, data):
    whole = made(*hours)
    left, told = hours[4], []
    for _ in CODES:
        told.append(data.draw(st.integers(0, left)))
        left -= told[-1]
    after = made(*(hours[n] + told[n] for n in range(4)), left)

    for code in CODES:
        before = part_of(whole, code, LIMITS)
        if before == Part.HEAVY:
            assert part_of(after, code, LIMITS) == Part.HEAVY
        if before in {Part.ABSENT, Part.THIN}:
            assert part_of(after, code, LIMITS) in {Part.ABSENT, Part.THIN}


@pytest.mark.parametrize(
    ("dates", "is_there"),
    [
        (Dates(*PLAN), True),
        (Dates(*PLAN, None, date(2027, 2, 1)), True),  # due in it, ended after it
        (Dates(date(2026, 1, 1), date(2026, 3, 31), None, date(2026, 10, 1)), True),
        (Dates(date(2026, 1, 1), date(2026, 3, 31)), False),
        (Dates(date(2026, 9, 1), date(2027, 3, 31)), False),
    ],
)
def test_a_stage_comes_in_by_its_planned_or_its_real_end(dates, is_there):
    assert came_due(dates, date(2026, 7, 1), TODAY) is is_there


def test_a_fiscal_year_begins_in_april():
    found = [fiscal_year_of(quarter) for quarter in [(2026, 1), (2026, 2), (2026, 4), (2027, 1)]]

    assert found == [(2025, 0), (2026, 0), (2026, 0), (2026, 0)]


@pytest.mark.parametrize("day", [date(2026, 10, 1), TODAY, date(2026, 12, 31)])
def test_a_quarter_begins_on_its_first_day(day):
    assert quarter_began(day) == date(2026, 10, 1)
