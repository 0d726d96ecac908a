import json
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jonction.engines.forecast.backward import ODDS, latest_start, starts_of
from jonction.engines.forecast.draws import at, quantiles
from jonction.engines.forecast.keeping import as_plain, from_plain
from jonction.engines.forecast.network import (
    Circular,
    Past,
    Pert,
    Project,
    Target,
    Task,
    in_order,
    position,
    working_days,
)
from jonction.engines.forecast.outlook import outlooks
from jonction.engines.forecast.records import (
    plain_outlook,
    plain_starts,
    read_outlook,
    read_starts,
)
from jonction.engines.forecast.results import Odds

TODAY = date(2026, 11, 23)
NOEL = frozenset({date(2026, 12, 25), date(2027, 1, 1)})
F = Fraction
SURE = Pert(F(1), F(1), F(1))
OPEN = Pert(F(4, 5), F(1), F(8, 5))


def seen(project, *, today=TODAY, off=NOEL, seed=1, draws=400):
    [found] = outlooks([project], today=today, off=off, seed=seed, draws=draws)
    return found


def a_task(key="planning", start=date(2026, 11, 30), end=date(2027, 2, 26), **facts):
    return Task(key, start, end, **{"spread": OPEN, "alone": F(5, 4), "support": F(1), **facts})


def chain(lengths, gaps, **facts):
    """Return stages one after the other, each waiting for the one before."""
    tasks, start = [], date(2026, 11, 30)
    for rank, (length, gap) in enumerate(zip(lengths, gaps, strict=True)):
        end = start + timedelta(days=length)
        after = (f"s{rank - 1}",) if rank else ()
        tasks.append(a_task(f"s{rank}", start, end, after=after, **facts))
        start = end + timedelta(days=1 + gap)
    return tasks


def spreads():
    points = st.lists(st.integers(50, 200), min_size=3, max_size=3).map(sorted)
    pert = points.map(lambda p: Pert(*(F(n, 100) for n in p)))
    past = st.lists(st.integers(50, 200), min_size=1, max_size=9)
    return pert | past.map(lambda p: Past(tuple(F(n, 100) for n in p)))


@st.composite
def projects(draw):
    count = draw(st.integers(1, 4))
    tasks = []
    for rank, task in enumerate(
        chain(
            draw(st.lists(st.integers(5, 120), min_size=count, max_size=count)),
            draw(st.lists(st.integers(-4, 30), min_size=count, max_size=count)),
        )
    ):
        meetings = draw(st.lists(st.integers(-5, 60), max_size=3))
        facts = {
            "spread": draw(spreads()),
            "alone": F(draw(st.integers(100, 200)), 100),
            "support": F(draw(st.integers(0, 4)), 4),
            "meetings": tuple(task.planned_to + timedelta(n) for n in meetings),
            "begun_on": TODAY - timedelta(draw(st.integers(0, 40))) if rank == 0 and draw(st.booleans()) else None,
        }  # fmt: skip
        same = {
            name: getattr(task, name) for name in ("key", "planned_from", "planned_to", "after")
        }
        tasks.append(Task(**same, **facts))
    due = draw(st.integers(0, 300))
    part = F(draw(st.integers(1, 4)), 4)
    return Project(7, tuple(tasks), (Target("d", TODAY + timedelta(due), tasks[-1].key, part),))


def changed(project, **facts):
    """Return the project with every stage changed."""
    names = Task.__dataclass_fields__
    tasks = (Task(**{**{n: getattr(t, n) for n in names}, **facts}) for t in project.tasks)
    return Project(project.key, tuple(tasks), project.targets)


def test_without_uncertainty_the_calendar_is_the_plan():
    tasks = chain([30, 60, 90], [0, 10, 0], spread=SURE)
    found = seen(Project(1, tuple(tasks)))

    for task, stage in zip(tasks, found.supported.stages, strict=True):
        worked = max(
            day
            for day in (task.planned_to - timedelta(n) for n in range(5))
            if day.weekday() < 5 and day not in NOEL
        )
        assert stage.dates.at_50 == stage.dates.at_95 == worked
        assert stage.delay == 0


def test_the_planned_overlap_of_two_stages_is_kept():
    first = a_task("s0", date(2026, 11, 30), date(2027, 1, 29), spread=SURE)
    second = a_task("s1", date(2027, 1, 18), date(2027, 3, 26), spread=SURE, after=("s0",))
    found = seen(Project(1, (first, second)))

    assert found.supported.end.at_50 == date(2027, 3, 26)


def test_the_worked_example():
    """docs/engines/forecast.md: 20 working days, twice as long without support."""
    task = a_task(start=date(2026, 11, 30), end=date(2026, 12, 28), spread=SURE, alone=F(2))
    found = seen(Project(1, (task,), (Target("d", date(2026, 12, 31), "planning"),)))

    assert working_days((task.planned_from, task.planned_to), NOEL) == 20
    assert found.supported.end.at_50 == date(2026, 12, 28)
    assert found.alone.end.at_50 == date(2027, 1, 26)
    assert found.supported.targets[0].odds == Odds(400, 400)
    assert found.alone.targets[0].odds == Odds(0, 400)


def test_the_decision_waits_for_the_next_meeting_known():
    meetings = (date(2026, 12, 10), date(2027, 3, 9), date(2027, 4, 13))
    found = seen(Project(1, (a_task(spread=SURE, meetings=meetings),)))
    late = seen(Project(1, (a_task(spread=SURE, meetings=meetings[:1]),)))

    assert found.supported.end.at_50 == date(2027, 3, 9)
    assert late.supported.end.at_50 == date(2027, 2, 26)


def test_a_stage_begun_is_drawn_knowing_that_it_is_not_over():
    begun = date(2026, 8, 3)
    task = a_task(start=begun, end=date(2026, 12, 31), spread=SURE, begun_on=begun)

    assert seen(Project(1, (task,))).supported.end.at_95 == date(2026, 12, 31)


def test_a_stage_longer_than_all_that_is_known_still_asks_for_a_tenth_of_its_plan():
    begun = date(2026, 1, 5)
    task = a_task(start=begun, end=date(2026, 5, 22), spread=SURE, begun_on=begun)

    found = seen(Project(1, (task,)))
    assert found.supported.end.at_50 == date(2026, 12, 4)  # 100 days planned: 10 more from today


def test_what_is_over_keeps_its_dates():
    ended = a_task(
        "s0",
        date(2026, 6, 1),
        date(2026, 8, 28),
        begun_on=date(2026, 6, 8),
        ended_on=date(2026, 9, 18),
    )
    found = seen(Project(1, (ended,)))

    assert found.alone.end.at_50 == found.supported.end.at_95 == date(2026, 9, 18)


def test_the_stage_that_holds_the_end_back_is_told():
    slow = Pert(F(1), F(3, 2), F(2))
    tasks = chain([60, 60, 60], [0, 60, 0], spread=SURE)
    tasks[1] = a_task("s1", tasks[1].planned_from, tasks[1].planned_to, spread=slow, after=("s0",))
    first, second, third = seen(Project(1, tuple(tasks))).supported.stages

    # sixty days of slack are more than half of the sixty that s1 may take too long
    assert (first.critical.hits, first.delay) == (0, 0)
    assert second.critical.share == F(0)
    assert third.critical.share == 1

    tight = chain([60, 60, 60], [0, 0, 0], spread=SURE)
    tight[1] = a_task("s1", tight[1].planned_from, tight[1].planned_to, spread=slow, after=("s0",))
    first, second, third = seen(Project(1, tuple(tight))).supported.stages
    assert (first.delay, second.critical.share, third.delay) == (0, 1, 0)
    assert second.delay > 15  # half of its 42 working days more, on average


def test_three_points_have_the_mean_of_pert():
    drawn = at(quantiles(Pert(F(80, 100), F(1), F(160, 100))), np.linspace(0, 1, 20001))

    assert drawn.mean() == pytest.approx((0.8 + 4 + 1.6) / 6, abs=0.001)
    assert (drawn.min(), drawn.max()) == pytest.approx((0.8, 1.6), abs=0.001)


def test_a_past_is_drawn_around_what_was_seen():
    drawn = at(quantiles(Past((F(9, 10), F(1), F(6, 5), F(7, 5)))), np.linspace(0, 1, 20001))

    assert np.median(drawn) == pytest.approx(1.1, abs=0.03)
    assert drawn.min() > 0


@given(spreads())
def test_quantiles_never_decrease(spread):
    assert (np.diff(quantiles(spread)) >= 0).all()


def test_the_odds_of_a_beta_law_are_found_within_their_error():
    """PERT(0, 1/2, 1) is Beta(3, 3): half the draws are under one half."""
    pert = Pert(F(0), F(1), F(2))
    days = date(2030, 1, 1) - TODAY
    task = a_task(start=TODAY, end=TODAY + days, spread=pert)
    half = Target("d", TODAY + days, "planning")
    odds = (
        seen(Project(3, (task,), (half,)), draws=10_000, off=frozenset()).supported.targets[0].odds
    )

    low, high = odds.interval
    assert low - 0.01 < 0.5 < high + 0.01


@pytest.mark.parametrize("hits", [0, 1, 50, 99, 100])
def test_the_error_holds_the_share(hits):
    low, high = Odds(hits, 100).interval

    assert 0 <= low <= hits / 100 <= high <= 1
    assert high - low > 0.01


@settings(max_examples=20, deadline=None)
@given(projects(), st.integers(0, 3))
def test_more_support_never_lowers_the_odds(project, seed):
    levels = [seen(changed(project, support=F(n, 4)), seed=seed) for n in (0, 2, 4)]

    for less, more in pairwise(found.supported for found in levels):
        assert less.targets[0].odds.hits <= more.targets[0].odds.hits
        assert less.end.at_80 >= more.end.at_80
    assert levels[2].alone.targets[0].odds.hits <= levels[2].supported.targets[0].odds.hits


@settings(max_examples=20, deadline=None)
@given(projects(), st.integers(1, 60))
def test_a_later_deadline_never_lowers_the_odds(project, days):
    [target] = project.targets
    later = Target("d", target.on + timedelta(days), target.task, target.fraction)
    found = seen(Project(project.key, project.tasks, (target, later))).supported.targets

    assert found[0].odds.hits <= found[1].odds.hits
    delayed = [found[0].odds, *(odds for _on, odds in found[0].later)]
    assert all(a.hits <= b.hits for a, b in pairwise(delayed))


@settings(max_examples=15, deadline=None)
@given(projects().flatmap(lambda p: st.tuples(st.just(p), st.permutations(p.tasks))))
def test_the_order_of_the_stages_and_the_neighbours_do_not_matter(both):
    project, tasks = both
    other = Project(8, project.tasks)
    shuffled = Project(project.key, tuple(tasks), project.targets)
    found = outlooks([other, shuffled], today=TODAY, off=NOEL, seed=1, draws=200)

    assert found[1] == seen(project, draws=200)


@settings(max_examples=20, deadline=None)
@given(projects())
def test_the_same_seed_gives_the_same_answer_after_a_trip_in_json(project):
    assert from_plain(as_plain(project)) == project
    assert seen(from_plain(as_plain(project))) == seen(project)


def test_another_seed_gives_another_draw():
    project = Project(1, (a_task(),), (Target("d", date(2027, 3, 5), "planning"),))

    assert seen(project, seed=1) != seen(project, seed=2)


@settings(max_examples=6, deadline=None)
@given(projects())
def test_higher_odds_and_earlier_days_never_allow_a_later_start(project):
    starts = starts_of(project, today=TODAY, off=NOEL, seed=1, draws=100, is_supported=True)
    if not starts:
        return
    key = project.tasks[-1].key
    for one, other in pairwise(starts):
        assert all(a <= b for a, b in zip(one.ends[key], other.ends[key], strict=True))
    by = starts[40].ends[key][2]
    found = [latest_start(starts, key, by=by, odds=odds) for odds in ODDS]
    assert all(b is None or (a is not None and a >= b) for a, b in pairwise(found))
    assert found[2] >= starts[40].on


def test_the_work_due_on_a_day_is_what_the_plan_has_done_by_then():
    tasks = chain([41, 41], [10, 0])

    assert position(tasks, date(2026, 11, 1), NOEL) is None
    assert position(tasks, date(2026, 12, 18), NOEL) == ("s0", F(15, 28))
    assert position(tasks, date(2027, 1, 15), NOEL) == ("s0", F(1))
    assert position(tasks, date(2029, 1, 1), NOEL) == ("s1", F(1))


def test_a_stage_that_waits_for_itself_is_refused():
    with pytest.raises(Circular):
        in_order([a_task("s0", after=("s1",)), a_task("s1", after=("s0",))])


@settings(max_examples=5, deadline=None)
@given(projects())
def test_a_result_kept_is_read_back_the_same(project):
    found = seen(project, draws=50)
    starts = starts_of(project, today=TODAY, off=NOEL, seed=1, draws=50, is_supported=False)

    assert read_outlook(json.loads(json.dumps(plain_outlook(found)))) == found
    assert read_starts(json.loads(json.dumps(plain_starts(starts)))) == starts
