"""The two doors of the matching: the plan proposed, and the ordinary one to compare it with.

Method     docs/engines/matching.md.
Invariant  a plan is within the limits; each number of it is exact and comes with its bound.
Exactness  quarter hours are integers, shares and values fractions.
"""

from fractions import Fraction

from jonction.engines.matching.draft import Draft
from jonction.engines.matching.explain import pairs_of, summed, unmet_of
from jonction.engines.matching.greedy import greedy_draft
from jonction.engines.matching.grid import Grid, grid_of
from jonction.engines.matching.problem import Claim, Floor, Plan, Problem, Progress, Share
from jonction.engines.matching.search import Search
from jonction.engines.matching.solve import proven, searched

VERSION = "matching-1"


def propose_matches(problem: Problem, *, progress: Progress | None = None) -> Plan:
    """Return the best plan found, its proof, its reasons, and what each need left would take.

    `progress` is told where the search stands and may answer True to stop: the best plan is kept.
    """
    grid = grid_of(problem)
    return _plan(searched(grid, progress), VERSION)


def greedy_by_urgency(problem: Problem) -> Plan:
    """Return the plan of somebody who serves the most urgent first, without looking back."""
    grid = grid_of(problem)
    return _plan(proven(Search(grid, None, greedy_draft(grid))), "greedy-1")


def _plan(search: Search, version: str) -> Plan:
    grid, draft = search.grid, search.best
    pairs = pairs_of(draft)
    count = Claim(Fraction(len(pairs)), Fraction(search.pairs_bound))
    return Plan(
        version=version,
        pairs=pairs,
        shares=_shares(grid, draft),
        floors=tuple(
            Floor(Claim(draft.smallest(group), bound), tuple(grid.territories[t] for t in group))
            for group, bound in zip(search.groups, search.level_bounds, strict=True)
        ),
        value=Claim(
            Fraction(draft.value, grid.value_unit),
            (search.value_bound or Fraction(0)) / grid.value_unit,
        ),
        terms=summed(pairs),
        count=count,
        unmet=unmet_of(draft),
        is_stopped=search.is_stopped,
    )


def _shares(grid: Grid, draft: Draft) -> tuple[Share, ...]:
    return tuple(
        Share(code, Fraction(grid.asked[t], grid.unit), Fraction(draft.served[t], grid.unit))
        for t, code in enumerate(grid.territories)
    )
