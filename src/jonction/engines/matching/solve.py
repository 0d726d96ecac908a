"""The search: a first plan at once, then better ones, then how far they may be from the best.

Method     docs/engines/matching.md. Small rounds are solved to the end (`exact`). Large ones get
           prices (`prices`), hours on the pairs that the prices leave (`relaxed`), pairs that the
           rules allow (`settled`), a plan in whole quarter hours (`whole`, `repacked`); the prices
           prove the bound (`bounds`).
Invariant  there is a plan within the limits from the first moment; stopping keeps the best one.
           Same input, same output, whatever its order: no clock, no limit of time, one thread.
Exactness  the plan, its shares, values and bounds are integers and fractions.
"""

from fractions import Fraction

from jonction.engines.matching.bounds import (
    Marks,
    bound_of_level,
    bound_of_pairs,
    bound_of_value,
    ceiling,
    plain_marks,
)
from jonction.engines.matching.draft import Draft
from jonction.engines.matching.greedy import greedy_draft
from jonction.engines.matching.grid import Grid
from jonction.engines.matching.problem import Phase, Progress
from jonction.engines.matching.search import Search

SMALL = 120  # edges under which a round is solved to the end


def searched(grid: Grid, progress: Progress | None) -> Search:
    """Return the search at its end, or where it was stopped."""
    search = Search(grid, progress, greedy_draft(grid))
    is_open = bool(grid.edges) and not search.stop()
    if is_open and (len(grid.edges) > SMALL or not _to_the_end(search)):
        from jonction.engines.matching.large import search_large

        search_large(search)
    return proven(search)


def _to_the_end(search: Search) -> bool:
    """Solve a small round claim by claim; say whether all of it was proven."""
    from jonction.engines.matching.exact import Program

    grid = search.grid
    program = Program(grid, search.stop)
    floors = [Fraction(0)] * len(grid.territories)
    search.phase = Phase.FLOORS
    while len(search.groups) < grid.rules.rounds and (rising := search.rising()):
        if search.groups and rising == search.groups[-1]:
            break
        hours = program.raise_level(rising, floors)
        if hours is None:
            return _given_up(search)
        draft = Draft(grid, hours)
        search.group(rising, draft.smallest(rising), draft.smallest(rising))
        floors = search.floors(search.aims)
        search.best = draft
    search.phase = Phase.VALUE
    hours = program.raise_value(floors)
    if hours is None:
        return _given_up(search)
    search.best = Draft(grid, hours)
    search.value_bound = Fraction(search.best.value)
    search.phase = Phase.PAIRS
    hours = program.lower_pairs(floors, search.best.value)
    if hours is None:
        return _given_up(search)
    search.best = Draft(grid, hours)
    search.pairs_bound = len(search.best.hours)
    search.is_proven = True
    return True


def _given_up(search: Search) -> bool:
    """Forget what was proven for plans with other floors; keep the plan."""
    search.groups, search.aims, search.level_bounds, search.value_bound = [], [], [], None
    return False


def proven(search: Search) -> Search:
    """Set the bounds of the plan found: those of the prices, at the shares that it reaches."""
    grid, best = search.grid, search.best
    if search.is_proven:
        return search
    search.groups = search.groups or list(search.order.groups)
    floors = search.floors([best.smallest(group) for group in search.groups])
    marks = search.level_marks + [None] * (len(search.groups) - len(search.level_marks))
    search.level_bounds = [
        _bound_of_group(grid, group, mark, floors)
        for group, mark in zip(search.groups, marks, strict=True)
    ]
    plain = bound_of_value(grid, plain_marks(grid), floors)
    search.value_bound = plain
    if search.value_marks is not None:
        search.value_bound = min(plain, bound_of_value(grid, search.value_marks, floors))
    search.pairs_bound = bound_of_pairs(grid, best.value)
    return search


def _bound_of_group(
    grid: Grid, group: tuple[int, ...], marks: Marks | None, floors: list[Fraction]
) -> Fraction:
    if marks is None:
        return min((ceiling(grid, t) for t in group), default=Fraction(0))
    return bound_of_level(grid, marks, floors, group)
