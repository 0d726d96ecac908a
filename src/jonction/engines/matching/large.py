"""A large round: prices first, then hours on few pairs, then whole quarter hours.

Method     the prices of the smallest shares, then those of the value with these shares kept, give
           the bounds and tell which pairs are worth while; linear programs on these give hours and
           settle on pairs that the rules allow; these are made whole, few resources at a time,
           then exchanged and repacked.
Exactness  numbers of passes are fixed, so that nothing depends on the speed of the machine.
"""

from fractions import Fraction

import numpy as np

from jonction.engines.matching.bounds import Marks, bound_of_level, bound_of_value, ceiling
from jonction.engines.matching.draft import Draft
from jonction.engines.matching.grid import Grid
from jonction.engines.matching.prices import Descent, Goal, Point, descend
from jonction.engines.matching.problem import Phase
from jonction.engines.matching.relaxed import SLIGHT, Arrays, Floats, Pool
from jonction.engines.matching.repacked import Reach, Repacking
from jonction.engines.matching.search import Search
from jonction.engines.matching.settled import Settling, places
from jonction.engines.matching.whole import Exchanges, rounded

LEVEL_PASSES = 5000
VALUE_PASSES = 2500
NEAR = 6  # pairs of each need that are always looked at
LAST_PASSES = 500
LEVEL_CLOSE, VALUE_CLOSE = 0.002, 0.0005
FAIR, RICH = (Reach(4, 24), Reach(5, 30)), (Reach(5, 30),)  # a sweep for each
TRIES = 4
BY_RAISE = 7  # resources of the round for each attempt to raise the territory that is last
LEVEL_MARK = 10**15
VALUE_MARK = 1000


def search_large(search: Search) -> None:
    grid = search.grid
    arrays = Arrays(grid)
    descent = Descent(arrays)
    at, floors = _levels(search, descent)
    if search.stop():
        return
    search.phase = Phase.VALUE
    goal, at = _values(search, descent, at, floors)
    if search.stop():
        return
    search.phase = Phase.WHOLE
    rank = _ranks(descent, goal, at)
    hours = _settled(search, arrays, rank, floors)
    near = places(arrays, rank) < NEAR
    rank[near] -= rank.max() - rank.min()  # each need has someone near
    rank[hours > SLIGHT] -= rank.max() - rank.min()  # what these hours hold comes first
    draft = rounded(grid, hours.tolist())
    draft.fill(sorted(range(len(grid.needs)), key=lambda n: (draft.share(grid.where[n]), n)))
    _raise_shares(search, draft, rank.tolist())
    if search.stop():
        return
    search.aims = [draft.smallest(group) for group in search.groups]
    reached = np.array([float(share) for share in search.floors(search.aims)])
    goal, at = _values(
        search, descent, _priced(search, descent, rank, reached), reached, LAST_PASSES
    )
    _raise_value(search, draft, _ranks(descent, goal, at).tolist())


def _raise_shares(search: Search, draft: Draft, rank: list[float]) -> None:
    """Make hours whole and repack them towards the shares that the prices promise."""
    for turn, reach in enumerate(FAIR):
        Repacking(draft, search.order, rank, search.stop, reach).sweep(turn)
        search.propose(draft.copy())
    Exchanges(draft, search.order, search.stop).raise_smallest()
    turns = len(search.grid.resources) // BY_RAISE
    repacking = Repacking(draft, search.order, rank, search.stop)
    repacking.raise_smallest(turns=turns, tries=TRIES)
    Exchanges(draft, search.order, search.stop).raise_smallest()
    search.propose(draft.copy())


def _raise_value(search: Search, draft: Draft, rank: list[float]) -> None:
    """Repack and exchange for the value, the shares reached kept."""
    for turn, reach in enumerate(RICH, len(FAIR)):
        Repacking(draft, search.order, rank, search.stop, reach).sweep(turn)
        search.propose(draft.copy())
    Exchanges(draft, search.order, search.stop).improve()
    search.propose(draft.copy())


def _levels(search: Search, descent: Descent) -> tuple[Point, Floats]:
    """Find how high the smallest shares may be; return where the prices stand and the floors."""
    grid = search.grid
    search.phase = Phase.FLOORS
    at, balance = descent.start(), 0.005
    floors = np.zeros(len(grid.territories))
    while len(search.groups) < grid.rules.rounds and (rising := search.rising()):
        if search.groups and rising == search.groups[-1]:
            break
        level, marks, bound = 0.0, None, Fraction(0)
        if min(ceiling(grid, t) for t in rising):
            flags = np.zeros(len(floors))
            flags[list(rising)] = 1
            goal = Goal(np.zeros(len(grid.edges)), floors * (1 - flags), flags)
            at, best, balance = descend(
                descent,
                goal,
                at,
                balance=balance,
                most=LEVEL_PASSES,
                close=LEVEL_CLOSE,
                stop=search.stop,
            )
            level, marks = at.level, _marks(descent, grid, best, 1.0, LEVEL_MARK)
            bound = bound_of_level(grid, marks, _fractions(floors), rising)
        search.group(rising, min(Fraction(level), bound), bound)
        search.level_marks.append(marks)
        floors = np.array([float(share) for share in search.floors(search.aims)])
        if search.is_stopped:
            break
    return at, floors


def _priced(search: Search, descent: Descent, rank: Floats, floors: Floats) -> Point:
    """Return hours split at will and their prices, from a program on few pairs."""
    a, start = descent.arrays, descent.start()
    settling = Settling(search.grid, a, _pool(search, a, floors), rank)
    found = settling.first()
    if found is None:
        return start
    scale = _scale(a)
    return Point(
        found.hours / a.high,
        0.0,
        found.needs * a.asked / scale,
        found.cuts / descent.per_cut / scale,
        found.sittings * a.sit_tables / scale,
        found.territories / scale,
    )


def _scale(arrays: Arrays) -> float:
    return float((arrays.value * arrays.high).sum()) / 10


def _values(
    search: Search, descent: Descent, at: Point, floors: Floats, passes: int = VALUE_PASSES
) -> tuple[Goal, Point]:
    """Find the prices of the value, with these floors."""
    arrays = descent.arrays
    scale = _scale(arrays)
    goal = Goal(arrays.value * arrays.high / scale, floors, np.zeros(len(floors)))
    at, best, _ = descend(
        descent, goal, at, balance=1e-4, most=passes, close=VALUE_CLOSE, stop=search.stop
    )
    search.value_marks = _marks(descent, search.grid, best, scale, VALUE_MARK)
    search.value_bound = bound_of_value(search.grid, search.value_marks, _fractions(floors))
    return goal, at


def _ranks(descent: Descent, goal: Goal, at: Point) -> Floats:
    """Return how far the prices leave each pair from being worth while; those held come first."""
    reduced: Floats = goal.gain - descent.costs(at)
    return -reduced - at.parts * np.abs(goal.gain)


def _settled(search: Search, arrays: Arrays, rank: Floats, floors: Floats) -> Floats:
    """Return hours on pairs that the rules allow, near the best that could be split at will."""
    settling = Settling(search.grid, arrays, _pool(search, arrays, floors), rank)
    first = settling.first()
    if first is None:
        return np.zeros(len(rank))
    return settling.settle(first.hours, search.stop)


def _pool(search: Search, arrays: Arrays, floors: Floats) -> Pool:
    group = np.zeros(arrays.places, dtype=np.int64)
    for number, territories in enumerate(search.groups):
        group[list(territories)] = number
    return Pool(search.grid, arrays, group, floors)


def _marks(descent: Descent, grid: Grid, at: Point, scale: float, gain: int) -> Marks:
    """Return the prices as integers, by quarter hour, day, table and weighted quarter hour."""
    arrays = descent.arrays
    asked = np.array(grid.asked, dtype=np.float64)
    by_cut = _integers(at.cuts * descent.per_cut, scale * gain)
    by_sitting = _integers(at.sittings / np.maximum(arrays.sit_tables, 1), scale * gain)
    return Marks(
        gain,
        _integers(at.needs / arrays.asked, scale * gain),
        _split(by_cut, [len(cuts) for cuts in grid.cuts]),
        _split(by_sitting, [len(sittings) for sittings in grid.sittings]),
        _integers(at.territories / asked, scale * gain),
    )


def _integers(prices: Floats, scale: float) -> list[int]:
    return [round(price) for price in (prices * scale).tolist()]


def _split(prices: list[int], sizes: list[int]) -> list[list[int]]:
    """Return the prices of each resource in turn."""
    left = iter(prices)
    return [[next(left) for _ in range(size)] for size in sizes]


def _fractions(floors: Floats) -> list[Fraction]:
    return [Fraction(float(share)) for share in floors]
