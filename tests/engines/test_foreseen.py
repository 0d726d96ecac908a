from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jonction.engines.coverage import Thresholds, Window
from jonction.engines.foreseen import (
    Absence,
    Closing,
    Commitment,
    Kind,
    StageRun,
    Step,
    foreseen_breaks,
)

few = settings(max_examples=40)

TODAY = date(2026, 11, 23)
RULES = Thresholds()
ALL = ("governance", "management", "operations", "communication")
PLANNING = StageRun("planning", Window(date(2026, 9, 1), date(2027, 1, 31)), ALL)
CALLS = StageRun("calls", Window(date(2027, 2, 1), date(2027, 6, 30)), ALL)
DELIVERY = StageRun("delivery", Window(date(2027, 7, 1), date(2028, 6, 30)), ALL)
STAGES = [PLANNING, CALLS, DELIVERY]
FULL = Commitment(1, 1, date(2026, 9, 1), date(2027, 6, 30), 8, ("planning", "calls"), ALL)


def breaks(commitments=(), absences=(), today=TODAY, stages=STAGES):
    return foreseen_breaks(stages, commitments, absences, today=today, thresholds=RULES)


def only(commitments=(), absences=(), **more):
    (found,) = breaks(commitments, absences, **more)
    return found


days = st.dates(date(2026, 7, 1), date(2027, 9, 1))
codes = st.lists(st.sampled_from(["planning", "calls", "delivery"]), min_size=1, unique=True)


@st.composite
def commitment_lists(draw, min_size=0):
    found = []
    for number in range(draw(st.integers(min_size, 4))):
        start = draw(days)
        found.append(
            Commitment(
                number,
                draw(st.integers(1, 3)),
                start,
                start + timedelta(draw(st.integers(0, 400))),
                draw(st.integers(1, 8)),
                tuple(draw(codes)),
                tuple(draw(st.lists(st.sampled_from(ALL), min_size=1, unique=True))),
            )
        )
    return found


@st.composite
def absence_lists(draw):
    found = []
    for _ in range(draw(st.integers(0, 2))):
        start = draw(days)
        end = draw(st.none() | st.integers(0, 120))
        found.append(Absence(draw(st.integers(1, 3)), start,
                             None if end is None else start + timedelta(end)))  # fmt: skip
    return found


def empty_days(found, since=date.min):
    return {
        (cell.stage, cell.dimension, cell.starts_on + timedelta(n))
        for one in found
        for cell in one.cells
        for n in range((cell.ends_on - cell.starts_on).days + 1)
        if cell.starts_on + timedelta(n) >= since
    }


@few
@given(commitment_lists(min_size=1), absence_lists(), st.integers(1, 300), days)
def test_extending_a_mandate_never_adds_a_day_with_nobody(some, away, more, today):
    first, *others = some
    longer = replace(first, ends_on=first.ends_on + timedelta(more))

    before, after = breaks(some, away, today), breaks([longer, *others], away, today)

    assert empty_days(after) <= empty_days(before)


@few
@given(commitment_lists(), absence_lists(), days)
def test_every_day_with_nobody_is_told_once(some, away, today):
    cells = [(c.stage, c.dimension, c.starts_on) for b in breaks(some, away, today)
             for c in b.cells]  # fmt: skip

    assert len(cells) == len(set(cells))


@few
@given(commitment_lists(), absence_lists(), days)
def test_a_break_still_ahead_keeps_its_key_from_day_to_day(some, away, today):
    tomorrow = today + timedelta(1)
    later = {b.key: b for b in breaks(some, away, tomorrow)}

    for one in breaks(some, away, today):
        if one.breaks_on > tomorrow:
            assert later[one.key].breaks_on == one.breaks_on
    assert len(later) == len(breaks(some, away, tomorrow))


@few
@given(commitment_lists(), absence_lists(), days)
def test_the_order_of_what_is_given_does_not_matter(some, away, today):
    assert breaks(some, away, today) == breaks(some[::-1], away[::-1], today)


@few
@given(commitment_lists(), absence_lists(), days)
def test_doing_what_closes_the_breaks_leaves_nobody_missing(some, away, today):
    found = breaks(some, away, today)
    done = {c.mandate: c for c in some}
    for one in found:
        dimensions = tuple({c.dimension for c in (*one.cells, *one.alone)})
        stages = tuple({c.stage for c in (*one.cells, *one.alone)})
        for step in one.closing:
            if step.step == Step.EXTEND_MANDATE:
                held = done[step.mandate]
                done[step.mandate] = replace(held, ends_on=max(held.ends_on, step.until))
            else:
                new = 100 + len(done)
                done[new] = Commitment(new, new, step.starts_on, step.until, 4, stages, dimensions)

    after = breaks(list(done.values()), away, today)

    assert not empty_days(after, since=today) & empty_days(found)


def test_support_up_to_the_end_of_the_next_stage_foresees_nothing():
    assert breaks([FULL]) == []


def test_a_mandate_that_ends_before_its_stages_is_one_break_and_not_eight():
    found = only([replace(FULL, ends_on=date(2026, 12, 31))])

    assert (found.kind, found.breaks_on, found.until) == (
        Kind.MANDATE_ENDS, date(2027, 1, 1), date(2027, 6, 30),
    )  # fmt: skip
    assert (found.stage, found.dimensions, len(found.cells)) == ("planning", ALL, 8)
    assert (found.mandates, found.resources) == ((1,), (1,))
    assert found.closing == (
        Closing(Step.EXTEND_MANDATE, date(2027, 1, 1), date(2027, 6, 30), 8, mandate=1, resource=1),
    )
    assert found.key == "mandate_ends:2027-01-01:communication+governance+management+operations"


def test_a_stage_that_opens_with_nobody_asks_for_a_mandate():
    found = only([replace(FULL, stages=("planning",))])

    assert (found.kind, found.breaks_on, found.stage) == (
        Kind.STAGE_UNATTENDED, date(2027, 2, 1), "calls",
    )  # fmt: skip
    assert found.closing == (
        Closing(Step.NEW_MANDATE, date(2027, 2, 1), date(2027, 6, 30), RULES.floor_quarters),
    )


def test_an_announced_departure_is_said_before_the_mandate_that_it_cuts():
    found = only([FULL], [Absence(1, date(2027, 1, 16))])

    assert (found.kind, found.breaks_on, len(found.cells)) == (
        Kind.DEPARTURE, date(2027, 1, 16), 8,
    )  # fmt: skip
    assert found.closing == (
        Closing(Step.REPLACE, date(2027, 1, 16), date(2027, 6, 30), 8, resource=1),
    )


def test_a_departure_that_leaves_one_person_alone_is_foreseen_too():
    two = [FULL, replace(FULL, mandate=2, resource=2)]
    found = only(two, [Absence(1, date(2027, 1, 16))])

    assert (found.kind, found.cells, len(found.alone)) == (Kind.DEPARTURE, (), 8)
    assert (found.mandates, found.resources) == ((1,), (1,))


def test_a_departure_that_leaves_two_people_foresees_nothing():
    three = [FULL, *(replace(FULL, mandate=n, resource=n) for n in (2, 3))]

    assert breaks(three, [Absence(1, date(2027, 1, 16))]) == []


def test_a_leave_longer_than_the_gap_is_a_break_and_a_shorter_one_is_not():
    assert breaks([FULL], [Absence(1, date(2027, 3, 1), date(2027, 4, 11))]) == []

    found = only([FULL], [Absence(1, date(2027, 3, 1), date(2027, 4, 12))])

    assert (found.kind, found.breaks_on, found.until) == (
        Kind.LEAVE, date(2027, 3, 1), date(2027, 4, 12),
    )  # fmt: skip
    assert [step.step for step in found.closing] == [Step.REPLACE]


def test_nobody_between_two_mandates_is_a_gap_closed_by_the_first():
    found = only(
        [
            replace(FULL, ends_on=date(2027, 2, 28)),
            replace(FULL, mandate=2, resource=2, starts_on=date(2027, 4, 15)),
        ]
    )

    assert (found.kind, found.breaks_on, found.until) == (
        Kind.GAP, date(2027, 3, 1), date(2027, 4, 14),
    )  # fmt: skip
    assert [(s.step, s.mandate, s.until) for s in found.closing] == [
        (Step.EXTEND_MANDATE, 1, date(2027, 4, 14))
    ]


def test_a_mandate_whose_holder_leaves_is_not_the_one_to_extend():
    found = only([replace(FULL, ends_on=date(2026, 12, 31))], [Absence(1, date(2027, 1, 10))])

    assert found.kind == Kind.MANDATE_ENDS
    assert [step.step for step in found.closing] == [Step.NEW_MANDATE]


def test_a_few_days_at_the_opening_of_a_stage_are_no_break():
    second = replace(FULL, mandate=2, stages=("calls",), starts_on=date(2027, 2, 15))
    first = replace(FULL, stages=("planning",))

    assert breaks([first, second]) == []
    assert only([first, replace(second, starts_on=date(2027, 2, 16))]).kind == Kind.STAGE_UNATTENDED


def test_a_dimension_that_needs_nothing_is_not_watched():
    waived = [replace(stage, dimensions=ALL[:1]) for stage in STAGES]

    assert breaks([replace(FULL, dimensions=ALL[:1])], stages=waived) == []


@pytest.mark.parametrize(
    ("today", "stages"),
    [
        (date(2026, 8, 1), {"planning"}),
        (TODAY, {"planning", "calls"}),
        (date(2027, 2, 1), {"calls", "delivery"}),
        (date(2028, 1, 1), {"delivery"}),
        (date(2028, 7, 1), set()),
    ],
)
def test_one_looks_up_to_the_end_of_the_next_stage(today, stages):
    assert {b.stage for b in breaks(today=today)} == stages


def test_a_break_that_runs_today_is_told_with_the_day_it_began():
    found = breaks([replace(FULL, ends_on=date(2026, 10, 31))])

    assert [b.breaks_on for b in found] == [date(2026, 11, 1)]
    assert found[0].closing[0].starts_on == date(2026, 11, 1)
