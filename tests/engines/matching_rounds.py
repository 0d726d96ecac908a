"""Small rounds of matching, and every plan that they allow, one by one."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from jonction.engines.matching.grid import fit, minutes, obstacle, points_of
from jonction.engines.matching.problem import (
    Forbidden,
    Need,
    Offer,
    Problem,
    Resource,
    Rules,
    Skill,
    Weights,
)

START = date(2026, 9, 7)


def day(weeks):
    return START + timedelta(weeks=weeks)


@st.composite
def needs(draw, number):
    first = draw(st.integers(0, 3))
    return Need(
        id=number,
        territory=draw(st.integers(1, 2)),
        quarters=draw(st.integers(1, 4)),
        starts_on=day(first),
        ends_on=day(first + draw(st.integers(1, 3))) - timedelta(1),
        urgency=draw(st.sampled_from((Fraction(1), Fraction(3, 2), Fraction(2)))),
        stages=draw(st.sampled_from((frozenset(), frozenset({"planning"})))),
        languages=draw(st.sampled_from((frozenset(), frozenset(), frozenset({"en"})))),
        process=draw(st.sampled_from((None, 1))),
        chosen=draw(st.sampled_from((frozenset(), frozenset({101})))),
    )


@st.composite
def resources(draw, number):
    offers = [Offer(day(0), day(6), draw(st.integers(1, 5)))]
    if draw(st.booleans()):
        offers.append(Offer(day(2), day(4) - timedelta(1), draw(st.integers(0, 3))))
    return Resource(
        id=number,
        offers=tuple(offers),
        territories=frozenset(draw(st.sets(st.integers(1, 2), min_size=1))),
        base=draw(st.integers(1, 2)),
        skills=(Skill("planning", mastery=draw(st.integers(0, 4))),),
        languages=draw(st.sampled_from((frozenset({"fr"}), frozenset({"fr", "en"})))),
        processes=draw(st.sampled_from((frozenset(), frozenset({1})))),
        forbidden=draw(st.sampled_from(((), (Forbidden(1, "refusal"),)))),
        tables=draw(st.sampled_from((None, 1))),
    )


@st.composite
def rounds(draw, most_needs=3, most_resources=2):
    wanted = range(1, draw(st.integers(1, most_needs)) + 1)
    there = range(101, 101 + draw(st.integers(1, most_resources)))
    rules = Rules(
        team=draw(st.integers(1, 2)),
        tables=draw(st.integers(1, 3)),
        chunk=draw(st.integers(1, 3)),
        give=draw(st.sampled_from((Fraction(0), Fraction(1, 10)))),
        weights=Weights(served=draw(st.integers(1, 10))),
    )
    return Problem(
        needs=tuple(draw(needs(n)) for n in wanted),
        resources=tuple(draw(resources(r)) for r in there),
        travel={(1, 2): 60, (2, 1): draw(st.sampled_from((60, 200)))},
        rules=rules,
    )


def is_within_limits(problem, hours):
    """Say whether these hours by (need, resource) keep every limit, read day by day."""
    need_of = {n.id: n for n in problem.needs}
    resource_of = {r.id: r for r in problem.resources}
    rules = problem.rules
    for (n, r), quarters in hours.items():
        need = need_of[n]
        if obstacle(need, resource_of[r], problem) is not None:
            return False
        if not min(rules.chunk, need.quarters) <= quarters <= need.quarters:
            return False
    for n, need in need_of.items():
        held = [quarters for (m, _), quarters in hours.items() if m == n]
        if sum(held) > need.quarters or len(held) > rules.team:
            return False
    for r, resource in resource_of.items():
        tables = rules.tables if resource.tables is None else resource.tables
        mine = [(need_of[n], quarters) for (n, who), quarters in hours.items() if who == r]
        for on in {day for need, _ in mine for day in days_of(need)}:
            there = [quarters for need, quarters in mine if need.starts_on <= on <= need.ends_on]
            offered = sum(o.quarters for o in resource.offers if o.starts_on <= on <= o.ends_on)
            if sum(there) > offered or len(there) > tables:
                return False
    return True


def days_of(need):
    return [need.starts_on + timedelta(i) for i in range(need.days)]


def every_plan(problem):
    """Return the hours of every plan within the limits."""
    pairs = [
        (n, r) for n in problem.needs for r in problem.resources if obstacle(n, r, problem) is None
    ]
    choices = [(0, *range(min(problem.rules.chunk, n.quarters), n.quarters + 1)) for n, _ in pairs]
    for quarters in product(*choices):
        hours = {(n.id, r.id): q for (n, r), q in zip(pairs, quarters, strict=True) if q}
        if is_within_limits(problem, hours):
            yield hours


def worth_of(problem, hours):
    """Return the share of each territory, the value and the number of pairs, by definition."""
    need_of = {n.id: n for n in problem.needs}
    resource_of = {r.id: r for r in problem.resources}
    w = problem.rules.weights
    asked, met, value = {}, {}, Fraction(0)
    for need in problem.needs:
        amount = need.urgency * need.days
        asked[need.territory] = asked.get(need.territory, 0) + amount * need.quarters
        met.setdefault(need.territory, Fraction(0))
    for (n, r), quarters in hours.items():
        need, resource = need_of[n], resource_of[r]
        amount = need.urgency * need.days * quarters
        met[need.territory] += amount
        points = points_of(need, resource, problem, fit(need, resource))
        weights = (w.served, w.skills, w.travel, w.affinity, w.continuity)
        value += sum(amount * a * Fraction(b, 1000) for a, b in zip(weights, points, strict=True))
    assert all(minutes(need_of[n], resource_of[r], problem) <= 180 for n, r in hours)
    return {t: met[t] / asked[t] for t in asked}, value, len(hours)
