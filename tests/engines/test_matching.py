from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jonction.engines.matching import compare, greedy_by_urgency, propose_matches
from jonction.engines.matching.draft import Draft
from jonction.engines.matching.greedy import greedy_draft
from jonction.engines.matching.grid import grid_of
from jonction.engines.matching.instances import Shape, instance
from jonction.engines.matching.problem import (
    Because,
    Binding,
    Forbidden,
    Kind,
    Need,
    Offer,
    Phase,
    Problem,
    Reason,
    Resource,
    Rules,
    Skill,
)
from jonction.engines.matching.repacked import Repacking
from jonction.engines.matching.whole import Order
from tests.engines.matching_rounds import every_plan, is_within_limits, resources, rounds, worth_of

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MIDDLE = Shape(seed=5, slack=0.9, needs=40, resources=12, territories=2)


def hours_of(plan):
    return {(p.need, p.resource): p.quarters for p in plan.pairs}


@pytest.fixture(scope="module")
def middle():
    problem = instance(MIDDLE)
    return problem, propose_matches(problem)


@few
@given(rounds())
def test_a_small_round_gets_the_best_of_all_its_plans(problem):
    plan = propose_matches(problem)

    worths = [worth_of(problem, hours) for hours in every_plan(problem)]
    assert is_within_limits(problem, hours_of(plan))
    for rank, floor in enumerate(plan.floors):
        before = plan.floors[:rank]
        kept = [w for w in worths if all(smallest(w, f) >= aim(f, problem) for f in before)]
        best = max(smallest(w, floor) for w in kept)
        assert floor.share.bound == best
        assert floor.share.reached >= aim(floor, problem)
    kept = [w for w in worths if all(smallest(w, f) >= aim(f, problem) for f in plan.floors)]
    value = max(value for _, value, _ in kept)
    assert (plan.value.reached, plan.value.bound) == (value, value)
    fewest = min(pairs for _, worth, pairs in kept if worth == value)
    assert (plan.count.reached, plan.count.bound) == (fewest, fewest)


def smallest(worth, floor):
    return min(worth[0][t] for t in floor.territories)


def aim(floor, problem):
    return floor.share.bound * (1 - problem.rules.give)


@few
@given(rounds())
def test_what_a_plan_says_of_itself_is_true(problem):
    for plan in (propose_matches(problem), greedy_by_urgency(problem)):
        shares, value, pairs = worth_of(problem, hours_of(plan))

        assert is_within_limits(problem, hours_of(plan))
        assert {s.territory: s.share for s in plan.shares} == shares
        assert plan.value.reached == value == plan.terms.total
        assert sum((p.terms.total for p in plan.pairs), Fraction(0)) == value
        assert plan.count.reached == pairs
        assert plan.value.bound >= value
        assert plan.count.bound <= pairs
        assert all(f.share.bound >= f.share.reached for f in plan.floors)


@few
@given(rounds(), resources(150))
def test_one_more_resource_never_lowers_the_smallest_share(problem, more):
    richer = replace(problem, resources=(*problem.resources, more))

    before, after = propose_matches(problem), propose_matches(richer)

    assert after.floors[0].share.bound >= before.floors[0].share.bound


@few
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(problem, draw):
    wanted, there = list(problem.needs), list(problem.resources)
    draw.shuffle(wanted)
    draw.shuffle(there)

    shuffled = replace(problem, needs=tuple(wanted), resources=tuple(there))

    assert propose_matches(shuffled) == propose_matches(problem)


@few
@given(rounds())
def test_the_smallest_change_serves_the_need_and_nothing_less_does(problem):
    plan = propose_matches(problem)
    assume(plan.unmet)

    for left in plan.unmet:
        assert serves(problem, plan, left, left.change)
        for less in lesser(left.change):
            assert not serves(problem, plan, left, less)


def lesser(change):
    if not change.quarters:
        return []
    found = [replace(change, quarters=change.quarters - 1)]
    if change.starts_on < change.ends_on:
        found.append(replace(change, starts_on=change.starts_on + timedelta(1)))
        found.append(replace(change, ends_on=change.ends_on - timedelta(1)))
    return found


def serves(problem, plan, left, change):
    """Say whether the change lets the need be whole, the rest of the plan kept."""
    need = next(n for n in problem.needs if n.id == left.need)
    changed, who = applied(problem, change, need)
    hours = hours_of(plan)
    hours[need.id, who] = hours.get((need.id, who), 0) + left.missing
    return is_within_limits(changed, hours)


def applied(problem, change, need):
    offer = Offer(change.starts_on, change.ends_on, change.quarters)
    if change.resource is None:
        new = Resource(
            999,
            (offer,),
            frozenset({need.territory}),
            need.territory,
            levels=frozenset({need.level}),
            languages=need.languages,
        )
        return replace(problem, resources=(*problem.resources, new)), new.id
    some = []
    for r in problem.resources:
        tables = problem.rules.tables if r.tables is None else r.tables
        more = change.kind in {Kind.TABLE, Kind.HOURS_AND_TABLE}
        grown = replace(r, offers=(*r.offers, offer), tables=tables + more)
        some.append(grown if r.id == change.resource else r)
    return replace(problem, resources=tuple(some)), change.resource


@few
@given(rounds())
def test_solved_again_with_its_change_a_need_is_served_or_others_gain_from_it(problem):
    plan = propose_matches(problem)
    assume(plan.unmet)
    left = plan.unmet[0]
    need = next(n for n in problem.needs if n.id == left.need)

    again = propose_matches(applied(problem, left.change, need)[0])

    assert again.floors[0].share.bound >= plan.floors[0].share.bound
    assert again.floors[0].share.bound > plan.floors[0].share.bound or total(again) > total(plan)


def total(plan):
    return plan.value.bound


def test_a_larger_round_keeps_its_limits_and_is_near_its_bounds(middle):
    problem, plan = middle

    assert is_within_limits(problem, hours_of(plan))
    assert plan.floors[-1].share.gap <= Fraction(1, 20)
    assert plan.value.gap <= Fraction(1, 10)
    for left in plan.unmet[:4]:
        assert serves(problem, plan, left, left.change)
        assert not any(serves(problem, plan, left, less) for less in lesser(left.change))


def test_a_larger_round_serves_the_last_territory_better_than_urgency_alone(middle):
    problem, plan = middle

    seen = compare(plan, greedy_by_urgency(problem))

    assert seen.one.smallest > seen.other.smallest
    assert seen.one.value > seen.other.value


def test_resources_repacked_together_keep_their_limits_and_never_worsen_the_plan(middle):
    problem, _ = middle
    grid = grid_of(problem)
    order = Order((tuple(range(len(grid.territories))),), (Fraction(9, 10),))
    draft = greedy_draft(grid)
    repacking = Repacking(draft, order, [-edge.value for edge in grid.edges], lambda: False)
    better = 0
    for first in range(0, 12, 4):
        before = order.merit(draft)[0]
        better += repacking.repack(range(first, first + 4))

        assert order.merit(draft)[0] >= before
        hours = {
            (grid.needs[grid.edges[i].need].id, grid.resources[grid.edges[i].resource].id): q
            for i, q in draft.hours.items()
        }
        assert is_within_limits(problem, hours)
        again = Draft(grid, draft.hours.items())
        assert (again.free, again.seats, again.met) == (draft.free, draft.seats, draft.met)
    assert better


def test_a_larger_round_is_the_same_again_and_in_any_order(middle):
    problem, plan = middle
    draw = Random(1)
    wanted, there = list(problem.needs), list(problem.resources)
    draw.shuffle(wanted)
    draw.shuffle(there)

    again = propose_matches(replace(problem, needs=tuple(wanted), resources=tuple(there)))

    assert again == plan


@pytest.mark.parametrize("phase", list(Phase)[:-1])
def test_stopped_at_any_moment_it_keeps_a_plan_within_the_limits(middle, phase):
    problem, whole = middle
    seen = []

    def stop(step):
        seen.append(step)
        return step.phase == phase

    plan = propose_matches(problem, progress=stop)

    assert plan.is_stopped
    assert is_within_limits(problem, hours_of(plan))
    assert plan.value.reached <= plan.value.bound
    assert plan.floors[0].share.reached <= plan.floors[0].share.bound
    assert seen[-1].phase == phase
    assert [step.turn for step in seen] == list(range(1, len(seen) + 1))
    assert not whole.is_stopped


def test_a_territory_at_its_own_ceiling_does_not_hold_the_others_back():
    problem = instance(replace(MIDDLE, seed=7, slack=0.8))
    desert = replace(problem.needs[0], id=1000, territory=1000)

    alone = propose_matches(problem)
    plan = propose_matches(replace(problem, needs=(*problem.needs, desert)))

    assert plan.floors[0].share.reached == plan.floors[0].share.bound == 0
    assert 1000 in plan.floors[0].territories
    assert 1000 not in plan.floors[1].territories
    assert plan.floors[1].share.reached > 0
    assert plan.value.reached >= alone.value.reached * Fraction(99, 100)


# The worked example of docs/engines/matching.md.

AUTUMN = {"starts_on": date(2026, 9, 7), "ends_on": date(2026, 12, 13)}
MARIE = Resource(
    1, (Offer(date(2026, 9, 7), date(2026, 12, 13), 24),), frozenset({10, 20}), 10,
    (Skill("planning", mastery=4),), languages=frozenset({"fr"}), processes=frozenset({7}),
)  # fmt: skip
OMAR = Resource(
    2, (Offer(date(2026, 9, 7), date(2026, 12, 13), 16),), frozenset({10}), 20,
    (Skill("planning", mastery=2),), languages=frozenset({"fr", "en"}),
    forbidden=(Forbidden(103, "interest"),),
)  # fmt: skip
EXAMPLE = Problem(
    needs=(
        Need(101, 10, 16, **AUTUMN, urgency=Fraction(2), languages=frozenset({"fr"})),
        Need(102, 20, 16, **AUTUMN, languages=frozenset({"fr"}), process=7),
        Need(103, 10, 8, **AUTUMN, languages=frozenset({"fr"})),
        Need(104, 20, 8, **AUTUMN, languages=frozenset({"cr"})),
    ),
    resources=(MARIE, OMAR),
    travel={(10, 20): 90, (20, 10): 90},
    rules=Rules(give=Fraction(0)),
)


def test_the_worked_example():
    plan = propose_matches(EXAMPLE)

    assert hours_of(plan) == {(101, 2): 16, (102, 1): 16, (103, 1): 8}
    assert {s.territory: s.share for s in plan.shares} == {10: 1, 20: Fraction(2, 3)}
    assert plan.floors[0].share.gap == plan.value.gap == 0
    assert plan.pairs[1].because == (
        Reason(Because.SKILLS, 1000),
        Reason(Because.TRAVEL, 90),
        Reason(Because.CONTINUITY, 7),
        Reason(Because.ALONE, 1),
    )
    (left,) = plan.unmet
    assert (left.need, left.missing, left.binding) == (104, 8, Binding.LANGUAGE)
    assert (left.change.kind, left.change.wanted) == (Kind.SPEAKER, ("cr",))
    assert (left.change.quarters, left.change.territory) == (8, 20)


def test_the_worked_example_by_urgency_leaves_the_second_territory_behind():
    seen = compare(propose_matches(EXAMPLE), greedy_by_urgency(EXAMPLE))

    assert (seen.one.smallest, seen.other.smallest) == (Fraction(2, 3), Fraction(1, 3))
    assert seen.other.last == 20


def test_a_table_more_or_hours_more_is_asked_of_who_may_serve():
    alone = replace(EXAMPLE, needs=EXAMPLE.needs[1:2], resources=(replace(MARIE, tables=0),))
    short = replace(EXAMPLE, needs=EXAMPLE.needs[1:2], resources=(replace(MARIE, offers=()),))

    (seated,), (given_hours,) = propose_matches(alone).unmet, propose_matches(short).unmet

    assert (seated.binding, seated.change.kind) == (Binding.TABLES, Kind.TABLE)
    assert (given_hours.binding, given_hours.change.kind) == (Binding.HOURS, Kind.HOURS)
    assert (given_hours.change.quarters, given_hours.change.resource) == (16, 1)


def test_a_refusal_or_an_interest_is_never_to_be_lifted():
    only = replace(EXAMPLE, needs=EXAMPLE.needs[2:3], resources=(OMAR,))

    (left,) = propose_matches(only).unmet

    assert (left.binding, left.change.kind) == (Binding.FORBIDDEN, Kind.NEWCOMER)
    assert left.change.resource is None


def test_a_need_without_hours_is_refused():
    with pytest.raises(ValueError, match="asks for hours"):
        propose_matches(replace(EXAMPLE, needs=(replace(EXAMPLE.needs[0], quarters=0),)))


def test_nothing_asked_is_an_empty_plan():
    plan = propose_matches(Problem((), ()))

    assert (plan.pairs, plan.unmet, plan.value.reached) == ((), (), 0)


def test_the_solver_prints_nothing(capfd):
    propose_matches(EXAMPLE)
    propose_matches(instance(MIDDLE), progress=lambda step: step.phase == Phase.WHOLE)

    assert capfd.readouterr() == ("", "")
