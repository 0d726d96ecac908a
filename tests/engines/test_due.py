"""What a funder asks follows the dates of the process, or those of the calendar (S8)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.due import Anchor, Due, DueRule, Span, State, dues, fiscal_year, state_on

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
MOVING = [Anchor.STAGE_START, Anchor.STAGE_END, Anchor.PROCESS_START, Anchor.PROCESS_END]
STAGE = Span(date(2026, 9, 4), date(2027, 1, 21))
WHOLE = Span(date(2025, 7, 25), date(2029, 3, 29))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DueRule(Anchor.STAGE_END, -30), [Due(0, date(2026, 12, 22))]),
        (DueRule(Anchor.PROCESS_START, 60), [Due(0, date(2025, 9, 23))]),
        (DueRule(Anchor.FIXED, 0, date(2026, 3, 31)), [Due(0, date(2026, 3, 31))]),
        (
            DueRule(Anchor.FISCAL_YEAR, 30),
            [Due(year, date(year, 4, 30)) for year in (2026, 2027, 2028, 2029)],
        ),
    ],
)
def test_worked_examples(rule, expected):
    assert list(dues(rule, STAGE, WHOLE)) == expected


@given(DAYS, st.integers(0, 900), st.sampled_from(MOVING), st.integers(-90, 90), st.integers(0, 60))
def test_what_follows_the_process_moves_with_it(start, length, anchor, offset, moved):
    span = Span(start, start + timedelta(days=length))
    later = timedelta(days=moved)
    rule = DueRule(anchor, offset)

    [before] = dues(rule, span, span)
    [after] = dues(
        rule, Span(start + later, span.ends_on + later), Span(start + later, span.ends_on + later)
    )

    assert after.on - before.on == later


@given(DAYS, st.integers(0, 3000))
def test_a_yearly_rule_is_due_once_in_each_fiscal_year_touched(start, length):
    whole = Span(start, start + timedelta(days=length))

    found = dues(DueRule(Anchor.FISCAL_YEAR), None, whole)

    touched = {fiscal_year(start + timedelta(days=n)) for n in range(length + 1)}
    assert [due.period for due in found] == sorted(touched)
    assert all(due.on == date(due.period, 3, 31) for due in found)


@pytest.mark.parametrize("anchor", list(Anchor))
def test_nothing_is_due_while_the_dates_are_unknown(anchor):
    assert dues(DueRule(anchor), None, None) == ()


@pytest.mark.parametrize(
    ("due_in", "is_given", "is_ready", "expected"),
    [
        (-1, False, False, State.LATE),
        (-1, False, True, State.LATE),
        (-1, True, True, State.GIVEN),
        (0, False, True, State.READY),
        (30, False, False, State.SOON),
        (31, False, False, State.COMING),
    ],
)
def test_where_it_stands(due_in, is_given, is_ready, expected):
    today = date(2026, 11, 23)

    found = state_on(
        today,
        today + timedelta(days=due_in),
        is_given=is_given,
        is_ready=is_ready,
        soon_days=30,
    )

    assert found == expected
