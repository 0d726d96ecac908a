"""Small rounds solved to the end: each claim in turn, by branch and bound on whole hours.

Method     one mixed-integer program per claim, those before it kept: the smallest share of each
           group of territories, then the value, then the number of pairs.
Exactness  HiGHS in floats, with gaps of zero and tolerances of 1e-9, or 1e-7 where it must; hours are then read as whole
           numbers, and every limit is checked again on integers by the plan that receives them.
           A bound is proven by the search itself, or left to the prices if it ran out of nodes.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

import highspy
import numpy as np

from jonction.engines.matching.grid import Grid
from jonction.engines.matching.solver import quiet_solver

NODES = 3000
TOLERANCES = (1e-9, 1e-7)  # the first is now and then too fine: HiGHS then answers "solve error"
Row = tuple[float, float, dict[int, float]]


class Program:
    """Columns: the hours of each edge, then its pair (0 or 1), then the level."""

    def __init__(self, grid: Grid, stop: Callable[[], bool]) -> None:
        self.grid, self.stop = grid, stop
        self.size = len(grid.edges)
        self.level = 2 * self.size
        self.rows = _limits(grid)
        self.scale = max((e.value for e in grid.edges), default=1)

    def raise_level(
        self, rising: Sequence[int], floors: Sequence[Fraction]
    ) -> list[tuple[int, int]] | None:
        """Return hours by edge with the largest smallest share, None when it is not proven."""
        rows = [*self.rows, *self._kept(floors, rising)]
        above = highspy.kHighsInf
        rows += [(0.0, above, self._share(t) | {self.level: -100.0}) for t in rising]
        return self._solved({self.level: -100.0}, rows)

    def raise_value(self, floors: Sequence[Fraction]) -> list[tuple[int, int]] | None:
        rows = [*self.rows, *self._kept(floors)]
        return self._solved(self._worth(-1.0), rows)

    def lower_pairs(self, floors: Sequence[Fraction], value: int) -> list[tuple[int, int]] | None:
        least = value / self.scale
        rows = [*self.rows, *self._kept(floors)]
        rows.append((least - 1e-9 * abs(least), highspy.kHighsInf, self._worth(1.0)))
        return self._solved({self.size + e: 1.0 for e in range(self.size)}, rows)

    def _worth(self, sign: float) -> dict[int, float]:
        return {e.index: sign * e.value / self.scale for e in self.grid.edges}

    def _share(self, territory: int) -> dict[int, float]:
        """Return what a quarter hour of each edge brings to a territory, in hundredths."""
        grid = self.grid
        return {
            e.index: 100.0 * grid.weight[e.need] / grid.asked[territory]
            for e in grid.edges
            if grid.where[e.need] == territory
        }

    def _kept(self, floors: Sequence[Fraction], but: Sequence[int] = ()) -> list[Row]:
        return [
            (float(share) * 100 - 1e-9, highspy.kHighsInf, self._share(t))
            for t, share in enumerate(floors)
            if share and t not in but
        ]

    def _solved(self, costs: dict[int, float], rows: Sequence[Row]) -> list[tuple[int, int]] | None:
        program = self._program(costs, rows)
        for tolerance in TOLERANCES:
            solver = quiet_solver()
            solver.setOptionValue("mip_rel_gap", 0.0)
            solver.setOptionValue("mip_abs_gap", 1e-9)
            solver.setOptionValue("mip_feasibility_tolerance", tolerance)
            solver.setOptionValue("primal_feasibility_tolerance", tolerance)
            solver.setOptionValue("mip_max_nodes", NODES)
            solver.passModel(program)
            solver.run()
            if self.stop():
                return None
            if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
                hours = solver.getSolution().col_value[: self.size]
                return [(e, round(x)) for e, x in enumerate(hours) if round(x)]
        return None

    def _program(self, costs: dict[int, float], rows: Sequence[Row]) -> highspy.HighsLp:
        columns = self.level + 1
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = columns, len(rows)
        cost, high = np.zeros(columns), np.ones(columns)
        cost[list(costs)] = list(costs.values())
        high[: self.size] = [e.high for e in self.grid.edges]
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(columns), high
        lp.row_lower_ = np.array([row[0] for row in rows])
        lp.row_upper_ = np.array([row[1] for row in rows])
        lp.integrality_ = [
            highspy.HighsVarType.kContinuous if c == self.level else highspy.HighsVarType.kInteger
            for c in range(columns)
        ]
        sizes = [len(row[2]) for row in rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        lp.a_matrix_.index_ = np.array([c for row in rows for c in row[2]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for row in rows for v in row[2].values()], dtype=float)
        return lp


def _limits(grid: Grid) -> list[Row]:
    """Return the rows of needs, teams, days, tables, and of what a pair may hold."""
    none, size = -highspy.kHighsInf, len(grid.edges)
    rows: list[Row] = []
    for n, edges in enumerate(grid.of_need):
        if edges:
            rows.append((none, float(grid.needs[n].quarters), {e.index: 1.0 for e in edges}))
        if len(edges) > grid.rules.team:
            rows.append((none, float(grid.rules.team), {size + e.index: 1.0 for e in edges}))
    for r, edges in enumerate(grid.of_resource):
        for c, cut in enumerate(grid.cuts[r]):
            held = {e.index: 1.0 for e in edges if c in e.cuts}
            rows.append((none, float(cut.hours), held))
        for s in range(len(grid.sittings[r])):
            held = {size + e.index: 1.0 for e in edges if s in e.sittings}
            rows.append((none, float(grid.tables[r]), held))
    for e in grid.edges:
        rows.append((none, 0.0, {e.index: 1.0, size + e.index: -float(e.high)}))
        rows.append((0.0, highspy.kHighsInf, {e.index: 1.0, size + e.index: -float(e.low)}))
    return rows
