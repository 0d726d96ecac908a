"""Hours that may be split at will, on the pairs that the prices leave worth while.

Method     a linear program on few columns, without teams nor fewest hours, which
           `settled` (beside) brings in few at a time. Interior points find the best hours
           and the prices, a crossover takes them to a vertex, where few pairs share a need.
Exactness  floats, from HiGHS (one thread, seeded, no limit of time: same input, same output).
           Nothing is claimed from them: plans and bounds are made again in whole numbers.
"""

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


@dataclass(frozen=True, slots=True)
class Split:
    """Hours of every pair, and the price of each limit, in the unit of a pair's value."""

    hours: Floats
    needs: Floats
    cuts: Floats
    sittings: Floats
    territories: Floats


class Pool:
    """The program of hours split at will; `lows` are the hours that pairs already opened keep.

    What the territories of a group miss of their floor is one number, the most that one misses.
    """

    def __init__(self, grid: Grid, arrays: Arrays, group: Ints, floors: Floats) -> None:
        self.grid, self.arrays, self.floors = grid, arrays, floors
        self.group = group
        self.groups = int(group.max()) + 1
        self.sittings = np.zeros(len(arrays.sit_tables), dtype=bool)
        self.scale = float(arrays.value.mean())
        best = [max((e.value * e.high for e in edges), default=0) for edges in grid.of_need]
        # a hundredth of a share costs as much as a tenth of all the value
        self.dear = max(1.0, sum(best) / self.scale / 10)

    def split(self, columns: Ints, lows: Floats) -> Split | None:
        """Return the best hours on these pairs, None when nothing keeps those opened."""
        solver = quiet_solver()
        solver.setOptionValue("solver", "ipm")
        cuts = _cuts_of(self.grid, columns)
        solver.passModel(self._program(columns, lows, cuts))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        a, found = self.arrays, solver.getSolution()
        hours = np.zeros(len(a.need))
        hours[columns] = np.maximum(0, np.array(found.col_value)[: len(columns)])
        sizes = (len(a.asked), a.places, int(cuts.sum()), int(self.sittings.sum()))
        prices = np.split(np.array(found.row_dual) * self.scale, np.cumsum(sizes)[:-1])
        by_cut, by_sitting = np.zeros(len(cuts)), np.zeros(len(self.sittings))
        by_cut[cuts] = np.maximum(0, -prices[2])
        by_sitting[self.sittings] = np.maximum(0, -prices[3])
        needs, territories = np.maximum(0, -prices[0]), np.maximum(0, prices[1]) * HUNDRED
        self._crowd(hours)
        return Split(hours, needs, by_cut, by_sitting, territories)

    def _crowd(self, hours: Floats) -> None:
        """Take in, from the next program on, the tables that these hours break."""
        a = self.arrays
        sat = spread(hours / a.high, a.sit_start, a.sit_stop, len(a.sit_tables))
        self.sittings |= sat > a.sit_tables + SLIGHT

    def _program(self, kept: Ints, lows: Floats, cuts: Flags) -> highspy.HighsLp:
        """Write the program: the hours of the pairs kept, then what each group misses."""
        a = self.arrays
        n, t, c = len(a.asked), a.places, int(cuts.sum())
        cut_row = np.cumsum(cuts) - 1 + n + t
        sitting_row = np.cumsum(self.sittings) - 1 + n + t + c
        last = n + t + c + int(self.sittings.sum())
        size = len(kept) + self.groups
        order = np.arange(len(kept))
        cuts_of, cut_rows = _ranges(a.cut_start[kept], a.cut_stop[kept])
        is_in = cuts[cut_rows]
        cuts_of, cut_rows = cuts_of[is_in], cut_rows[is_in]
        sits_of, sit_rows = _ranges(a.sit_start[kept], a.sit_stop[kept])
        is_in = self.sittings[sit_rows]
        sits_of, sit_rows = sits_of[is_in], sit_rows[is_in]
        needs, one = a.need[kept], np.ones
        entries = (
            (order, needs, one(len(kept))),
            (order, n + a.where_of_need[needs], a.part_of_need[needs] * HUNDRED),
            (cuts_of, cut_row[cut_rows], one(len(cut_rows))),
            (sits_of, sitting_row[sit_rows], 1 / a.high[kept][sits_of]),
            (len(kept) + self.group, n + np.arange(t), one(t)),
        )
        columns, rows, values = (np.concatenate(part) for part in zip(*entries, strict=True))
        by_column = np.lexsort((rows, columns))
        low, high = np.full(last, -highspy.kHighsInf), np.full(last, highspy.kHighsInf)
        low[n : n + t] = self.floors * HUNDRED
        high[:n], high[n + t : n + t + c] = a.asked, a.cut_hours[cuts]
        high[n + t + c : last] = a.sit_tables[self.sittings]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = size, last
        missed = np.full(self.groups, self.dear)
        lp.col_cost_ = np.concatenate((-a.value[kept] / self.scale, missed))
        lp.col_lower_ = np.concatenate((lows[kept], np.zeros(self.groups)))
        lp.col_upper_ = np.concatenate((a.high[kept], np.full(self.groups, HUNDRED)))
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
