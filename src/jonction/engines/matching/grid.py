"""The problem as integers: who may serve what, what a quarter hour is worth, which days bind.

Method     ids are sorted, so that the order of the input does not matter. The days of a resource
           are cut where one of its possible needs or offers starts or ends; a cut whose needs are
           all in a neighbour with no more hours is dropped, since the neighbour says it all.
Exactness  integers: urgencies by their common denominator, terms in thousandths.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import lcm

from jonction.engines.matching.problem import (
    ANY,
    MASTERIES,
    POINTS,
    Binding,
    Need,
    Problem,
    Resource,
    Rules,
    Skill,
)


@dataclass(slots=True)
class Edge:
    """A pair that the rules allow: `low` and `high` bound its hours, `value` is that of one.

    `cuts` and `sittings` are the ranks, among those of its resource, that its days touch.
    """

    index: int
    need: int
    resource: int
    low: int
    high: int
    value: int
    points: tuple[int, int, int, int, int]
    cuts: range = range(0)
    sittings: range = range(0)


@dataclass(frozen=True, slots=True)
class Cut:
    """Days, the last one excluded, over which hours and possible needs do not change."""

    start: int
    end: int
    hours: int
    edges: frozenset[int]


@dataclass(slots=True)
class Grid:
    """Needs, resources and territories by rank; `unit` is the common denominator of urgencies.

    The days of `cuts` bind the hours of a resource, those of `sittings` its tables.
    """

    problem: Problem
    needs: list[Need]
    resources: list[Resource]
    territories: list[int]
    where: list[int]
    weight: list[int]
    asked: list[int]
    unit: int
    edges: list[Edge] = field(default_factory=list)
    of_need: list[list[Edge]] = field(default_factory=list)
    of_resource: list[list[Edge]] = field(default_factory=list)
    cuts: list[list[Cut]] = field(default_factory=list)
    sittings: list[list[Cut]] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)

    @property
    def value_unit(self) -> int:
        return self.unit * POINTS

    @property
    def rules(self) -> Rules:
        return self.problem.rules


def grid_of(problem: Problem) -> Grid:
    """Return the same problem in ranks and integers; every hour served must be worth something."""
    if any(n.urgency <= 0 or n.quarters < 1 or n.days < 1 for n in problem.needs):
        raise ValueError("a need asks for hours, over at least one day, with some urgency")
    if problem.rules.weights.served < 1:
        raise ValueError("an hour served is worth something")
    needs = sorted(problem.needs, key=lambda n: n.id)
    resources = sorted(problem.resources, key=lambda r: r.id)
    territories = sorted({n.territory for n in needs})
    rank = {t: i for i, t in enumerate(territories)}
    unit = lcm(*(n.urgency.denominator for n in needs))
    weight = [int(n.urgency * unit) * n.days for n in needs]
    where = [rank[n.territory] for n in needs]
    asked = [0] * len(territories)
    for i, n in enumerate(needs):
        asked[where[i]] += weight[i] * n.quarters
    grid = Grid(problem, needs, resources, territories, where, weight, asked, unit)
    grid.of_need = [[] for _ in needs]
    there: dict[int, list[int]] = {}
    for i, n in enumerate(needs):
        there.setdefault(n.territory, []).append(i)
    for r, resource in enumerate(resources):
        near = sorted(i for t in resource.territories for i in there.get(t, ()))
        _draw(grid, r, near)
    return grid


def obstacle(  # noqa: PLR0911 - one return per obstacle, in the order they are met
    need: Need, resource: Resource, problem: Problem, fitting: Fraction | None = None
) -> Binding | None:
    """Return what forbids the pair whatever the hours, None when nothing does."""
    rules = problem.rules
    if need.territory not in resource.territories:
        return Binding.TERRITORY
    if minutes(need, resource, problem) > rules.farthest:
        return Binding.TRAVEL
    if need.level and resource.levels and need.level not in resource.levels:
        return Binding.LEVEL
    if not need.languages <= resource.languages:
        return Binding.LANGUAGE
    if (fit(need, resource) if fitting is None else fitting) < rules.least_fit:
        return Binding.SKILLS
    if any(f.need == need.id for f in resource.forbidden):
        return Binding.FORBIDDEN
    return None


def minutes(need: Need, resource: Resource, problem: Problem) -> int:
    """Return the way there; one that nobody wrote down counts as the farthest allowed."""
    if resource.base is None:
        return problem.rules.farthest
    if resource.base == need.territory:
        return 0
    return problem.travel.get((resource.base, need.territory), problem.rules.farthest)


def fit(need: Need, resource: Resource) -> Fraction:
    """Return the mean, over all that the need asks for, of the best mastery, from 0 to 1."""
    wanted = [
        (stage, dimension, function)
        for stage in sorted(need.stages or {ANY})
        for dimension in sorted(need.dimensions or {ANY})
        for function in sorted(need.functions or {ANY})
    ]
    best = [
        max((s.mastery for s in resource.skills if _serves(s, cell)), default=0) for cell in wanted
    ]
    return Fraction(sum(best), MASTERIES * len(wanted))


def _serves(skill: Skill, cell: tuple[str, str, str]) -> bool:
    known = (skill.stage, skill.dimension, skill.function)
    return all(k in {ANY, c} or c == ANY for k, c in zip(known, cell, strict=True))


def points_of(
    need: Need, resource: Resource, problem: Problem, fitting: Fraction
) -> tuple[int, int, int, int, int]:
    """Return the five terms of a pair in thousandths: served, skills, travel, affinity, continuity.

    Asked for by the need counts whole, by its territory half.
    """
    way = minutes(need, resource, problem)
    farthest = problem.rules.farthest
    near = POINTS * (farthest - way) // farthest if farthest else POINTS
    asked_for = resource.id in need.chosen
    affinity = POINTS if asked_for else POINTS // 2 * (need.territory in resource.chosen_by)
    goes_on = need.process is not None and need.process in resource.processes
    return (POINTS, int(fitting * POINTS), near, affinity, POINTS * goes_on)


def offered(resource: Resource) -> tuple[list[int], list[int]]:
    """Return the days on which the hours offered change, and what they become."""
    turns: dict[int, int] = {}
    for offer in resource.offers:
        first, after = offer.starts_on.toordinal(), offer.ends_on.toordinal() + 1
        turns[first] = turns.get(first, 0) + offer.quarters
        turns[after] = turns.get(after, 0) - offer.quarters
    days, hours = [0], [0]
    for day in sorted(turns):
        days.append(day)
        hours.append(hours[-1] + turns[day])
    return days, hours


def span(need: Need) -> tuple[int, int]:
    """Return its days as numbers, the last one excluded."""
    return need.starts_on.toordinal(), need.ends_on.toordinal() + 1


def _draw(grid: Grid, r: int, near: Iterable[int]) -> None:
    """Write the edges of a resource, then the days that bind it."""
    problem, rules, resource = grid.problem, grid.rules, grid.resources[r]
    w = rules.weights
    weights = (w.served, w.skills, w.travel, w.affinity, w.continuity)
    days, hours = offered(resource)
    tables = rules.tables if resource.tables is None else resource.tables
    mine: list[Edge] = []
    fits: dict[tuple[frozenset[str], ...], Fraction] = {}
    for n in near if tables else ():
        need = grid.needs[n]
        start, end = span(need)
        least = min(hours[bisect_right(days, start) - 1 : bisect_left(days, end)])
        high, low = min(need.quarters, least), max(1, min(rules.chunk, need.quarters))
        if high < low:
            continue
        asked = (need.stages, need.dimensions, need.functions)
        fitting = fits.get(asked)
        if fitting is None:
            fitting = fits[asked] = fit(need, resource)
        if obstacle(need, resource, problem, fitting) is not None:
            continue
        points = points_of(need, resource, problem, fitting)
        value = grid.weight[n] * sum(a * b for a, b in zip(weights, points, strict=True))
        edge = Edge(len(grid.edges), n, r, low, high, value, points)
        grid.edges.append(edge)
        grid.of_need[n].append(edge)
        mine.append(edge)
    grid.of_resource.append(mine)
    grid.tables.append(tables)
    _cut(grid, mine, days, hours)


def _cut(grid: Grid, mine: list[Edge], days: list[int], hours: list[int]) -> None:
    """Keep the days that bind, and say which of them each edge touches."""
    spans = [span(grid.needs[e.need]) for e in mine]
    turns = sorted({day for pair in spans for day in pair} | set(days[1:]))
    every = _segments(spans, turns, days, hours)
    cuts = binding([c for c in every if c.edges], with_hours=True)
    sittings = binding([c for c in every if c.edges], with_hours=False)
    grid.cuts.append([c for c in cuts if sum(mine[i].high for i in c.edges) > c.hours])
    grid.sittings.append([c for c in sittings if len(c.edges) > grid.tables[-1]])
    for kept, name in ((grid.cuts[-1], "cuts"), (grid.sittings[-1], "sittings")):
        starts = [c.start for c in kept]
        for edge, (a, b) in zip(mine, spans, strict=True):
            setattr(edge, name, range(bisect_left(starts, a), bisect_left(starts, b)))


def _segments(
    spans: list[tuple[int, int]], turns: list[int], days: list[int], hours: list[int]
) -> list[Cut]:
    comes: dict[int, set[int]] = {}
    goes: dict[int, set[int]] = {}
    for i, (start, end) in enumerate(spans):
        comes.setdefault(start, set()).add(i)
        goes.setdefault(end, set()).add(i)
    there: set[int] = set()
    found = []
    for start, end in pairwise(turns):
        there = (there - goes.get(start, set())) | comes.get(start, set())
        hours_then = hours[bisect_right(days, start) - 1]
        found.append(Cut(start, end, hours_then, frozenset(there)))
    return found


def binding(cuts: Iterable[Cut], *, with_hours: bool) -> list[Cut]:
    """Drop each cut whose needs are all in its neighbour, with no more hours there."""
    kept: list[Cut] = []
    for cut in cuts:
        while kept and _says_all(cut, kept[-1], with_hours=with_hours):
            kept.pop()
        if not kept or not _says_all(kept[-1], cut, with_hours=with_hours):
            kept.append(cut)
    return kept


def _says_all(one: Cut, other: Cut, *, with_hours: bool) -> bool:
    return other.edges <= one.edges and (not with_hours or one.hours <= other.hours)
