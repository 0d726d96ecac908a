from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jonction.engines.coverage import (
    Clause,
    Done,
    Planned,
    Status,
    Thresholds,
    Window,
    combine,
    judge,
)

few = settings(max_examples=40)

TODAY = date(2026, 11, 23)
RULES = Thresholds()
CURRENT = Window(date(2026, 9, 1), date(2027, 1, 31))
COMING = Window(date(2027, 1, 19), date(2027, 6, 30))
RANK = {Status.HOLE: 0, Status.THIN: 1, Status.COVERED: 2}
FULL = Planned(1, 1, date(2026, 9, 1), date(2027, 6, 30), 4 * 720, is_continuous=True)


def verdict(window=CURRENT, planned=(), done=(), on=TODAY, **more):
    return judge(window, planned, done, on=on, thresholds=RULES, **more)


days = st.dates(date(2026, 6, 1), date(2027, 9, 1))


@st.composite
def mandates(draw):
    start = draw(days)
    away = draw(st.lists(st.tuples(days, st.integers(0, 60)), max_size=1))
    return Planned(
        draw(st.integers(1, 99)),
        draw(st.integers(1, 4)),
        start,
        start + timedelta(draw(st.integers(0, 400))),
        draw(st.integers(0, 8 * 720)),
        draw(st.booleans()),
        tuple((day, day + timedelta(n)) for day, n in away),
    )


@st.composite
def works(draw):
    parts = draw(st.integers(1, 100_000))
    recent = draw(st.integers(0, parts))
    return Done(draw(st.integers(1, 4)), parts, recent, draw(st.dates(date(2026, 6, 1), TODAY)))


windows = st.sampled_from([CURRENT, COMING, Window(date(2026, 3, 1), date(2026, 8, 31))])


@few
@given(windows, st.lists(mandates(), max_size=4), st.lists(works(), max_size=4), mandates())
def test_one_more_mandate_never_makes_a_cell_worse(window, planned, done, more):
    before, after = verdict(window, planned, done), verdict(window, [*planned, more], done)

    assert RANK[after.status] >= RANK[before.status]


@few
@given(windows, st.lists(mandates(), max_size=4), st.lists(works(), max_size=4), works())
def test_one_more_intervention_never_makes_a_cell_worse(window, planned, done, more):
    before, after = verdict(window, planned, done), verdict(window, planned, [*done, more])

    assert RANK[after.status] >= RANK[before.status]


@few
@given(windows, st.lists(mandates(), min_size=1, max_size=4), st.lists(works(), max_size=3),
       st.integers(0, 400))  # fmt: skip
def test_ending_a_mandate_earlier_never_makes_a_cell_better(window, planned, done, cut):
    first = planned[0]
    shorter = replace(first, ends_on=max(first.starts_on, first.ends_on - timedelta(cut)))

    before, after = verdict(window, planned, done), verdict(window, [shorter, *planned[1:]], done)

    assert RANK[after.status] <= RANK[before.status]


@few
@given(st.lists(works(), max_size=6))
def test_a_cell_shows_the_sum_of_what_was_done(done):
    assert verdict(done=done).done_parts == sum(work.parts for work in done)


@pytest.mark.parametrize(
    ("window", "planned", "done", "clause"),
    [
        (None, [], [], Clause.NO_STAGE),
        (Window(date(2027, 3, 1), date(2027, 6, 30)), [], [], Clause.FAR_AHEAD),
        (CURRENT, [], [], Clause.NOBODY_NOW),
        (COMING, [], [], Clause.NOBODY_COMING),
        (COMING, [replace(FULL, ends_on=date(2027, 1, 25))], [], Clause.NOBODY_COMING),
        (CURRENT, [FULL], [], Clause.ONE_PERSON),
        (CURRENT, [], [Done(1, 720, 720, TODAY), Done(2, 720, 720, TODAY)], Clause.ONE_OFF),
        (CURRENT, [replace(FULL, parts_per_week=720), replace(FULL, mandate=2, resource=2,
         parts_per_week=720)], [], Clause.BELOW_FLOOR),
        (CURRENT, [replace(FULL, ends_on=date(2026, 12, 31)), replace(FULL, mandate=2, resource=2,
         ends_on=date(2026, 12, 31))], [], Clause.ENDS_EARLY),
        (CURRENT, [FULL, replace(FULL, mandate=2, resource=2)], [], Clause.HOLDS),
    ],
)  # fmt: skip
def test_the_clause_that_decides_is_said(window, planned, done, clause):
    assert verdict(window, planned, done).clause == clause


def test_somebody_may_say_that_a_cell_needs_nothing():
    assert verdict(is_waived=True).clause == Clause.WAIVED


def test_a_person_on_leave_does_not_hold_the_cell():
    away = replace(FULL, away=((TODAY, TODAY + timedelta(30)),))

    assert verdict(planned=[away]).clause == Clause.NOBODY_NOW


def test_silence_makes_a_hole_the_day_after_the_permitted_gap():
    done = [Done(1, 720, 0, TODAY - timedelta(weeks=6) + timedelta(1))]

    assert verdict(done=done).status == Status.THIN
    assert verdict(done=done, on=TODAY + timedelta(1)).status == Status.HOLE


def test_a_finished_stage_keeps_the_judgement_of_its_last_day():
    over = Window(date(2026, 1, 5), date(2026, 6, 30))
    two = [Planned(n, n, date(2026, 1, 5), date(2026, 6, 30), 2880, is_continuous=True)
           for n in (1, 2)]  # fmt: skip

    assert verdict(over, two).status == Status.COVERED


def test_a_person_away_for_the_whole_stage_to_come_does_not_count():
    away = replace(FULL, mandate=2, resource=2, away=((COMING.starts_on, COMING.ends_on),))

    assert verdict(COMING, [FULL, away]).clause == Clause.ONE_PERSON


def test_a_person_back_before_the_end_of_the_stage_to_come_counts():
    back = replace(FULL, mandate=2, resource=2,
                   away=((date(2027, 1, 1), COMING.ends_on - timedelta(1)),))  # fmt: skip

    assert verdict(COMING, [FULL, back]).clause == Clause.HOLDS


@few
@given(windows, mandates())
def test_a_mandate_meets_a_stage_when_its_holder_is_there_one_day(window, planned):
    length = (window.ends_on - window.starts_on).days + 1
    there = [planned.holds_on(window.starts_on + timedelta(n)) for n in range(length)]

    assert planned.meets(window) == any(there)


@few
@given(st.lists(mandates(), max_size=4), st.integers(0, 200))
def test_a_stage_to_come_is_deserted_as_a_count_day_by_day_says(planned, length):
    window = Window(COMING.starts_on, COMING.starts_on + timedelta(length))
    alone = [not any(p.holds_on(window.starts_on + timedelta(n)) for p in planned)
             for n in range(length + 1)]  # fmt: skip
    runs = "".join("x" if day else " " for day in alone).split()
    longest = max(map(len, runs), default=0)

    expected = longest == length + 1 or longest > RULES.gap_weeks * 7

    assert (verdict(window, planned).clause == Clause.NOBODY_COMING) == expected


cases = st.tuples(
    st.sampled_from([None, CURRENT, COMING]),
    st.lists(mandates(), max_size=3),
    st.lists(works(), max_size=3),
)


def combined(processes):
    return combine([verdict(*process) for process in processes])


@few
@given(st.lists(cases, max_size=4))
def test_a_territory_counts_each_person_once_and_adds_up_the_rest(processes):
    cells = [verdict(*process) for process in processes]
    whole = combine(cells)

    assert whole.resources == tuple(sorted({r for cell in cells for r in cell.resources}))
    assert whole.done_parts == sum(cell.done_parts for cell in cells)
    assert whole.planned_parts_per_week == sum(cell.planned_parts_per_week for cell in cells)
    assert sum(number for _, number in whole.counts) == len(cells)
    assert combine(cells[::-1]) == whole


@few
@given(st.lists(cases, min_size=1, max_size=4), st.integers(0, 3), mandates(), works())
def test_more_support_anywhere_never_makes_a_territory_worse(processes, rank, mandate, work):
    window, planned, done = processes[rank % len(processes)]
    others = [p for n, p in enumerate(processes) if n != rank % len(processes)]
    rank_of = RANK | {Status.UNNEEDED: 3}

    before = combined([*others, (window, planned, done)])
    after = combined([*others, (window, [*planned, mandate], [*done, work])])

    assert rank_of[after.status] >= rank_of[before.status]
    assert after.count(Status.HOLE) <= before.count(Status.HOLE)


def test_one_hole_is_the_state_of_the_territory_and_its_neighbours_are_counted():
    second = replace(FULL, mandate=2, resource=2)
    whole = combined([(CURRENT, [FULL, second], []), (CURRENT, [], []), (CURRENT, [second], [])])

    assert whole.status == Status.HOLE
    assert [whole.count(s) for s in (Status.HOLE, Status.THIN, Status.COVERED)] == [1, 1, 1]
    assert (whole.resources, whole.mandates) == ((1, 2), (1, 2))


def test_a_territory_without_any_process_needs_nothing():
    assert combine([]).status == Status.UNNEEDED
