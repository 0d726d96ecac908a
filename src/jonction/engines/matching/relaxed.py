"""Hours that may be split at will, on the pairs that the prices leave worth while.

Method     a linear program on few columns, whose pair y is replaced by x / high; tables and teams
           enter when they are broken. Interior points find the best hours, a crossover takes them
           to a vertex, where few pairs share a need. Pairs that may not hold their hours (less than
           the least, one too many) are settled in a few turns, the program solved after each.
Exactness  floats, from HiGHS (one thread, seeded, no limit of time: same input, same output).
           Nothing is claimed from them: `engines.matching.whole` makes whole hours of these.
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
HALF = 0.5
SETTLED = 0.2  # part of the pairs in trouble settled at each turn
FEWEST = 5
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
    """The columns kept, the rows broken so far, and the shares that territories should keep.

    `lows` are hours that a pair must hold from now on; `owed` sums them by need and by day.
    """

    arrays: Arrays
    columns: Ints
    floors: Floats
    cuts: Flags
    sittings: Flags
    teams: Flags
    lows: Floats
    dropped: Flags
    owed_needs: Floats
    owed_cuts: Floats

    @classmethod
    def of(cls, grid: Grid, arrays: Arrays, columns: Ints, floors: Floats) -> "Pool":
        a, cuts = arrays, _cuts_of(grid, columns)
        sittings, teams = (
            np.zeros(len(a.sit_tables), dtype=bool),
            np.zeros(len(a.asked), dtype=bool),
        )
        owed = np.zeros(len(a.asked)), np.zeros(len(a.cut_hours))
        lows, dropped = np.zeros(len(a.need)), np.zeros(len(a.need), dtype=bool)
        return cls(a, columns, floors, cuts, sittings, teams, lows, dropped, *owed)

    def dived(self, stop: Callable[[], bool], *, turns: int) -> Floats:
        """Return hours that pairs may hold, after settling in turn those that they may not.

        At each turn, a part of what needs and tables have too many of is dropped, the least first;
        of the pairs with less than their least hours, the clearest get them or are dropped.
        """
        solver, hours = self._solved()
        while not stop() and self._break(hours):
            solver, hours = self._solved()
        solver.setOptionValue("solver", "simplex")  # it starts again from where it stands
        for turn in range(turns):
            settled = self._settle(hours, is_last=turn == turns - 1)
            if stop() or not settled:
                break
            rank = np.searchsorted(self.columns, settled).astype(np.int32)
            highs = np.where(self.dropped[settled], 0.0, self.arrays.high[settled])
            solver.changeColsBounds(len(rank), rank, self.lows[settled], highs)
            solver.run()
            hours = self._hours(solver)
        return hours

    def _settle(self, hours: Floats, *, is_last: bool) -> list[int]:
        """Settle a part of the pairs that may not hold these hours; return them."""
        a = self.arrays
        held = np.flatnonzero(hours > SLIGHT)
        people = np.bincount(a.need[held], minlength=len(a.asked))
        ones = np.ones(len(held))
        seated = spread(ones, a.sit_start[held], a.sit_stop[held], len(a.sit_tables))
        part = hours[held] / a.low[held]
        # the clearest of the short ones first; the others, too many, go last, the least first
        doubt = np.where(part < 1, HALF - np.abs(part - HALF), 1 + hours[held] / a.high[held])
        clear = held[np.lexsort((held, doubt))]
        wrong = [e for e in clear.tolist() if self._is_wrong(e, hours, people, seated)]
        most = len(wrong) if is_last else max(FEWEST, int(len(wrong) * SETTLED))
        settled = []
        for e in wrong[:most]:
            if not self._is_wrong(e, hours, people, seated):
                continue
            is_short = hours[e] < a.low[e] - SLIGHT
            if is_short and not is_last and hours[e] >= HALF * a.low[e] and self._owe(e):
                settled.append(e)
                continue
            self._owe_no_more(e)
            self.dropped[e] = True
            people[a.need[e]] -= 1
            seated[a.sit_start[e] : a.sit_stop[e]] -= 1
            settled.append(e)
        return sorted(settled)

    def _is_wrong(self, e: int, hours: Floats, people: Ints, seated: Floats) -> bool:
        """Say whether a pair holds too little, or is in a team or at a table too many."""
        a = self.arrays
        places = slice(a.sit_start[e], a.sit_stop[e])
        is_short = hours[e] < a.low[e] - SLIGHT
        is_crowded = people[a.need[e]] > a.team or (seated[places] > a.sit_tables[places]).any()
        return bool(is_short or is_crowded)

    def _owe(self, e: int) -> bool:
        """Promise its least hours to a pair, if its need and all its days still have them."""
        a, low = self.arrays, float(self.arrays.low[e])
        days = slice(a.cut_start[e], a.cut_stop[e])
        if self.lows[e] or self.owed_needs[a.need[e]] + low > a.asked[a.need[e]]:
            return False
        if (self.owed_cuts[days] + low > a.cut_hours[days]).any():
            return False
        self.lows[e] = low
        self.owed_needs[a.need[e]] += low
        self.owed_cuts[days] += low
        return True

    def _owe_no_more(self, e: int) -> None:
        a, low = self.arrays, self.lows[e]
        self.owed_needs[a.need[e]] -= low
        self.owed_cuts[a.cut_start[e] : a.cut_stop[e]] -= low
        self.lows[e] = 0

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

    def _solved(self) -> tuple[highspy.Highs, Floats]:
        solver = quiet_solver()
        solver.setOptionValue("solver", "ipm")
        solver.passModel(self._program())
        solver.run()
        return solver, self._hours(solver)

    def _hours(self, solver: highspy.Highs) -> Floats:
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
        lp.col_lower_ = np.concatenate((self.lows[kept], np.zeros(t)))
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
