"""Hours that may be split at will, on the pairs that the prices leave worth while.

Method     a linear program on few columns, whose pair y is replaced by x / high; tables and teams
           enter when they are broken. Interior points find the best hours, a crossover takes them
           to a vertex, where few pairs share a need.
Exactness  floats, from HiGHS (one thread, seeded, no limit of time: same input, same output).
           Nothing is claimed from them: `engines.matching.whole` and `repacked` make whole hours of these.
"""

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from jonction.engines.matching.grid import Cut, Edge, Grid, binding
from jonction.engines.matching.solver import quiet_solver

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SLIGHT = 1e-5
HUNDRED = 100.0  # shares of territories are in hundredths, near the size of hours


class Arrays:
    """The grid as flat arrays; days and tables of all resources follow one another."""

    def __init__(self, grid: Grid) -> None:
        edges = grid.edges
        self.need = np.array([e.need for e in edges], dtype=np.int64)
        self.low = np.array([e.low for e in edges], dtype=np.float64)
        self.high = np.array([e.high for e in edges], dtype=np.float64)
        self.value = np.array([e.value for e in edges], dtype=np.float64)
        self.asked = np.array([n.quarters for n in grid.needs], dtype=np.float64)
        self.places = len(grid.territories)
        self.team = grid.rules.team
        self.where_of_need = np.array(grid.where, dtype=np.int64)
        asked = np.array(grid.asked, dtype=np.float64)
        self.part_of_need = np.array(grid.weight, dtype=np.float64) / asked[self.where_of_need]
        resource = np.array([e.resource for e in edges], dtype=np.int64)
        cuts = np.cumsum([0, *(len(c) for c in grid.cuts)])[resource]
        self.cut_start = cuts + np.array([e.cuts.start for e in edges], dtype=np.int64)
        self.cut_stop = cuts + np.array([e.cuts.stop for e in edges], dtype=np.int64)
        sittings = np.cumsum([0, *(len(c) for c in grid.sittings)])[resource]
        self.sit_start = sittings + np.array([e.sittings.start for e in edges], dtype=np.int64)
        self.sit_stop = sittings + np.array([e.sittings.stop for e in edges], dtype=np.int64)
        self.cut_hours = np.array([c.hours for cs in grid.cuts for c in cs], dtype=np.float64)
        self.sit_tables = np.array(
            [t for t, cs in zip(grid.tables, grid.sittings, strict=True) for _ in cs],
            dtype=np.float64,
        )


def spread(amounts: Floats, starts: Ints, stops: Ints, size: int) -> Floats:
    """Return the sum of the amounts over each place of the ranges that hold it."""
    turns = np.bincount(starts, amounts, size + 1) - np.bincount(stops, amounts, size + 1)
    found: Floats = np.cumsum(turns)[:size]
    return found


def gathered(prices: Floats, starts: Ints, stops: Ints) -> Floats:
    """Return the sum of the prices over each range."""
    sums = np.concatenate(([0.0], np.cumsum(prices)))
    found: Floats = sums[stops] - sums[starts]
    return found


@dataclass(slots=True)
class Pool:
    """The columns kept, the rows broken so far, and the shares that territories should keep."""

    arrays: Arrays
    columns: Ints
    floors: Floats
    cuts: Flags
    sittings: Flags
    teams: Flags

    @classmethod
    def of(cls, grid: Grid, arrays: Arrays, columns: Ints, floors: Floats) -> "Pool":
        a, cuts = arrays, _cuts_of(grid, columns)
        sittings, teams = (
            np.zeros(len(a.sit_tables), dtype=bool),
            np.zeros(len(a.asked), dtype=bool),
        )
        return cls(a, columns, floors, cuts, sittings, teams)

    def split(self, stop: Callable[[], bool]) -> Floats:
        """Return the best hours, tables and teams taken in as they are broken."""
        hours = self._solved()
        while not stop() and self._break(hours):
            hours = self._solved()
        return hours

    def _break(self, hours: Floats) -> bool:
        """Take in the tables and teams that these hours break; say whether there were any."""
        a = self.arrays
        pairs = hours / a.high
        sat = spread(pairs, a.sit_start, a.sit_stop, len(a.sit_tables))
        sittings = (sat > a.sit_tables + SLIGHT) & ~self.sittings
        crowd = np.bincount(a.need, pairs, len(a.asked))
        teams = (crowd > a.team + SLIGHT) & ~self.teams
        self.sittings |= sittings
        self.teams |= teams
        return bool(sittings.any() or teams.any())

    def _solved(self) -> Floats:
        solver = quiet_solver()
        solver.setOptionValue("solver", "ipm")
        solver.passModel(self._program())
        solver.run()
        columns = np.array(solver.getSolution().col_value)
        hours = np.zeros(len(self.arrays.need))
        hours[self.columns] = np.maximum(0, columns[: len(self.columns)])
        return hours

    def _program(self) -> highspy.HighsLp:
        """Write the program: the hours of the edges kept, then what each territory misses."""
        a, kept = self.arrays, self.columns
        n, t, c = len(a.asked), a.places, int(self.cuts.sum())
        cut_row = np.cumsum(self.cuts) - 1 + n + t
        sitting_row = np.cumsum(self.sittings) - 1 + n + t + c
        after = n + t + c + int(self.sittings.sum())
        team_row = np.cumsum(self.teams) - 1 + after
        size, last = len(kept) + t, after + int(self.teams.sum())
        order = np.arange(len(kept))
        cuts_of, cut_rows = _ranges(a.cut_start[kept], a.cut_stop[kept])
        is_in = self.cuts[cut_rows]
        cuts_of, cut_rows = cuts_of[is_in], cut_rows[is_in]
        sits_of, sit_rows = _ranges(a.sit_start[kept], a.sit_stop[kept])
        is_in = self.sittings[sit_rows]
        sits_of, sit_rows = sits_of[is_in], sit_rows[is_in]
        teamed = np.flatnonzero(self.teams[a.need[kept]])
        needs, one = a.need[kept], np.ones
        entries = (
            (order, needs, one(len(kept))),
            (order, n + a.where_of_need[needs], a.part_of_need[needs] * HUNDRED),
            (cuts_of, cut_row[cut_rows], one(len(cut_rows))),
            (sits_of, sitting_row[sit_rows], 1 / a.high[kept][sits_of]),
            (teamed, team_row[needs[teamed]], 1 / a.high[kept][teamed]),
            (len(kept) + np.arange(t), n + np.arange(t), one(t)),
        )
        columns, rows, values = (np.concatenate(part) for part in zip(*entries, strict=True))
        by_column = np.lexsort((rows, columns))
        low, high = np.full(last, -highspy.kHighsInf), np.full(last, highspy.kHighsInf)
        low[n : n + t] = self.floors * HUNDRED
        high[:n], high[n + t : n + t + c] = a.asked, a.cut_hours[self.cuts]
        high[n + t + c : after], high[after:last] = a.sit_tables[self.sittings], a.team
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = size, last
        gain = a.value[kept] / a.value[kept].mean()
        # a hundredth of a territory costs more than all the hours that could bring it
        dear = 2 * gain.max() / max(float(a.part_of_need.min()) * HUNDRED, 1e-3)
        lp.col_cost_ = np.concatenate((-gain, np.full(t, min(dear, 1e5))))
        lp.col_lower_ = np.zeros(size)
        lp.col_upper_ = np.concatenate((a.high[kept], np.full(t, HUNDRED)))
        lp.row_lower_, lp.row_upper_ = low, high
        starts = np.searchsorted(columns[by_column], np.arange(size + 1))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = starts.astype(np.int32)
        lp.a_matrix_.index_ = rows[by_column].astype(np.int32)
        lp.a_matrix_.value_ = values[by_column]
        return lp


def _cuts_of(grid: Grid, columns: Ints) -> Flags:
    """Return the days that bind these few pairs, fewer than those that bind them all."""
    of_resource: dict[int, list[Edge]] = {}
    for index in columns.tolist():
        edge = grid.edges[index]
        of_resource.setdefault(edge.resource, []).append(edge)
    flags = []
    for r, cuts in enumerate(grid.cuts):
        there: list[set[int]] = [set() for _ in cuts]
        for edge in of_resource.get(r, ()):
            for cut in edge.cuts:
                there[cut].add(edge.index)
        some = [
            Cut(rank, rank + 1, cut.hours, frozenset(there[rank])) for rank, cut in enumerate(cuts)
        ]
        kept = {cut.start for cut in binding([c for c in some if c.edges], with_hours=True)}
        flags += [rank in kept for rank in range(len(cuts))]
    return np.array(flags, dtype=bool)


def _ranges(starts: Ints, stops: Ints) -> tuple[Ints, Ints]:
    """Return, for each place of each range, the rank of the range and the place."""
    sizes = stops - starts
    owner = np.repeat(np.arange(len(starts)), sizes)
    begins = np.cumsum(sizes) - sizes
    return owner, np.arange(len(owner)) - begins[owner] + starts[owner]
