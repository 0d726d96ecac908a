"""Why each pair, and what would serve each need left: codes and numbers, never sentences (S7).

Method     a pair is explained by its terms. For a need left, the resources are counted by the first
           obstacle that stops each; the binding one is the farthest that anybody reaches. Then, the
           rest of the plan kept, the change that asks for the fewest hours (quarter hours a week
           times days) is found: from somebody who may already serve the need, else from somebody
           new. A refusal or an interest is never to be lifted.
Invariant  the change, applied, leaves room for all that the need lacks, and nothing less does.
Exactness  integers and fractions.
"""

from bisect import bisect_right
from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise

from jonction.engines.matching.draft import Draft
from jonction.engines.matching.grid import Edge, Grid, minutes, obstacle, offered, span
from jonction.engines.matching.problem import (
    POINTS,
    Because,
    Binding,
    Change,
    Kind,
    Pair,
    Reason,
    Resource,
    Terms,
    Unmet,
)

RARE = {
    Binding.LEVEL: Kind.EXPERT,
    Binding.LANGUAGE: Kind.SPEAKER,
    Binding.SKILLS: Kind.EXPERT,
    Binding.TERRITORY: Kind.NEARER,
    Binding.TRAVEL: Kind.NEARER,
    Binding.FORBIDDEN: Kind.NEWCOMER,
}


ASKS = {kind: rank for rank, kind in enumerate((Kind.TABLE, Kind.HOURS, Kind.HOURS_AND_TABLE))}


def pairs_of(draft: Draft) -> tuple[Pair, ...]:
    """Return the pairs of a plan, by need then resource, each with its value and reasons."""
    grid = draft.grid
    held = [(grid.edges[index], hours) for index, hours in draft.hours.items()]
    held.sort(key=lambda pair: (pair[0].need, pair[0].resource))
    return tuple(
        Pair(
            grid.needs[e.need].id,
            grid.resources[e.resource].id,
            hours,
            terms_of(grid, e, hours),
            _because(grid, e),
        )
        for e, hours in held
    )


def terms_of(grid: Grid, edge: Edge, hours: int) -> Terms:
    """Return the value of a pair; its unit is the quarter hour a week, one day, urgency 1."""
    w = grid.rules.weights
    weights = (w.served, w.skills, w.travel, w.affinity, w.continuity)
    amount = Fraction(hours * grid.weight[edge.need], grid.unit)
    return Terms(
        *(amount * a * Fraction(b, POINTS) for a, b in zip(weights, edge.points, strict=True))
    )


def summed(pairs: tuple[Pair, ...]) -> Terms:
    terms = [p.terms for p in pairs]
    return Terms(
        sum((t.served for t in terms), Fraction(0)),
        sum((t.skills for t in terms), Fraction(0)),
        sum((t.travel for t in terms), Fraction(0)),
        sum((t.affinity for t in terms), Fraction(0)),
        sum((t.continuity for t in terms), Fraction(0)),
    )


def _because(grid: Grid, edge: Edge) -> tuple[Reason, ...]:
    need, resource = grid.needs[edge.need], grid.resources[edge.resource]
    reasons = [
        Reason(Because.SKILLS, edge.points[1]),
        Reason(Because.TRAVEL, minutes(need, resource, grid.problem)),
    ]
    if resource.id in need.chosen:
        reasons.append(Reason(Because.CHOSEN, 1))
    if need.territory in resource.chosen_by:
        reasons.append(Reason(Because.TERRITORY, need.territory))
    if need.process is not None and need.process in resource.processes:
        reasons.append(Reason(Because.CONTINUITY, need.process))
    if len(grid.of_need[edge.need]) == 1:
        reasons.append(Reason(Because.ALONE, 1))
    return tuple(reasons)


def unmet_of(draft: Draft) -> tuple[Unmet, ...]:
    """Return the needs not served in full, with what binds and what would serve them."""
    grid = draft.grid
    going: dict[int, list[int]] = {}
    for r, resource in enumerate(grid.resources):
        for territory in resource.territories:
            going.setdefault(territory, []).append(r)
    held: dict[int, list[tuple[Edge, int]]] = {}
    for index, hours in draft.hours.items():
        held.setdefault(grid.edges[index].resource, []).append((grid.edges[index], hours))
    return tuple(
        _unmet(draft, n, going.get(need.territory, []), held)
        for n, need in enumerate(grid.needs)
        if draft.missing(n)
    )


def _unmet(
    draft: Draft, n: int, going: list[int], held: dict[int, list[tuple[Edge, int]]]
) -> Unmet:
    grid, need = draft.grid, draft.grid.needs[n]
    counts = Counter({Binding.TERRITORY: len(grid.resources) - len(going)})
    changes = []
    for r in going:
        binding = obstacle(need, grid.resources[r], grid.problem)
        if binding is None:
            binding, change = _nearest(draft, n, r, held.get(r, []))
            changes += [change] if change else []
        counts[binding] += 1
    found = tuple((b, counts[b]) for b in Binding if counts[b])
    binding = found[-1][0] if found else Binding.TERRITORY
    if changes:
        change = min(changes, key=lambda c: (_size(c), ASKS[c.kind], c.resource or 0))
    else:
        change = _newcomer(draft, n, binding)
    return Unmet(need.id, draft.met[n], draft.missing(n), binding, found, change)


def _size(change: Change) -> int:
    return change.quarters * ((change.ends_on - change.starts_on).days + 1)


def _nearest(
    draft: Draft, n: int, r: int, held: list[tuple[Edge, int]]
) -> tuple[Binding, Change | None]:
    """Return what stops a resource that may serve, and the least that would let it."""
    grid, need = draft.grid, draft.grid.needs[n]
    start, end = span(need)
    want = draft.missing(n)
    is_there = any(e.need == n for e, _ in held)
    days = _days(grid, grid.resources[r], held, start, end)
    lacking = max(want - free for _, _, free, _ in days)
    is_full = not is_there and max(seated for *_, seated in days) >= grid.tables[r]
    is_crowded = not is_there and draft.people[n] >= grid.rules.team
    is_splinter = not is_there and want < min(grid.rules.chunk, need.quarters)
    change = None
    if not is_crowded and not is_splinter:
        short = [(a, b) for a, b, free, _ in days if free < want]
        first, after = (short[0][0], short[-1][1]) if short else (start, end)
        change = Change(
            (Kind.HOURS_AND_TABLE if is_full else Kind.HOURS) if short else Kind.TABLE,
            need.territory,
            max(lacking, 0),
            date.fromordinal(first),
            date.fromordinal(after - 1),
            grid.resources[r].id,
        )
    if lacking > 0:
        return Binding.HOURS, change
    if is_splinter:
        return Binding.CHUNK, change
    return (Binding.TEAM if is_crowded else Binding.TABLES), change


def _days(
    grid: Grid, resource: Resource, held: list[tuple[Edge, int]], start: int, end: int
) -> list[tuple[int, int, int, int]]:
    """Return, over these days, periods with the hours still free and the tables taken."""
    days, hours = offered(resource)
    taken = [(*span(grid.needs[e.need]), quarters) for e, quarters in held]
    turns = {start, end, *days, *(day for a, b, _ in taken for day in (a, b))}
    found = []
    for first, after in pairwise(sorted(day for day in turns if start <= day <= end)):
        there = [quarters for a, b, quarters in taken if a <= first < b]
        free = hours[bisect_right(days, first) - 1] - sum(there)
        found.append((first, after, free, len(there)))
    return found


def _newcomer(draft: Draft, n: int, binding: Binding) -> Change:
    """Return the hours of somebody new, with what is rare about them."""
    need = draft.grid.needs[n]
    wanted = {
        Binding.LEVEL: {need.level},
        Binding.LANGUAGE: need.languages,
        Binding.SKILLS: need.stages | need.dimensions | need.functions,
    }.get(binding, frozenset())
    return Change(
        RARE[binding],
        need.territory,
        draft.missing(n),
        need.starts_on,
        need.ends_on,
        wanted=tuple(sorted(wanted)),
    )
