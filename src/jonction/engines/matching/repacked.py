"""Few resources at a time given their hours anew, together, the rest of the plan kept.

Method     large neighbourhood search (Shaw 1998): the pairs of a few resources that share needs are
           freed, and a mixed-integer program of whole quarter hours finds the best for them. What
           a territory misses of its aim costs more than any value; a plan is kept if it is better.
Invariant  the plan is within the limits after each turn, and never becomes worse.
Exactness  HiGHS in floats, with a number of nodes; hours are then read as whole numbers, and what
           the plan has no room for is left out. Same input, same output: no clock.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import highspy
import numpy as np

from jonction.engines.matching.draft import Draft
from jonction.engines.matching.grid import Cut, Edge, binding
from jonction.engines.matching.solver import quiet_solver
from jonction.engines.matching.whole import Order

AT_ONCE = 2  # programs solved at the same time, of groups that share no need
FROM = 37  # the first resource of a sweep is so many after that of the sweep before
NODES = 60
CLOSE = 0.003
DEAR = 50.0  # an hour that a territory misses, beside the value of an hour


@dataclass(frozen=True, slots=True)
class Reach:
    """How many resources are freed at a time (a quarter of them at most), and pairs by resource."""

    together: int
    pairs: int


ORDINARY = Reach(8, 24)


@dataclass(frozen=True, slots=True)
class Freed:
    """What some resources hold, what they might hold, and the program that finds the best."""

    held: list[tuple[Edge, int]]
    edges: list[Edge]
    solver: highspy.Highs


class Repacking:
    """A plan whose resources are repacked in turn; `rank` tells which pairs are worth a look."""

    def __init__(
        self,
        draft: Draft,
        order: Order,
        rank: Sequence[float],
        stop: Callable[[], bool],
        reach: Reach = ORDINARY,
    ) -> None:
        self.draft, self.order, self.rank, self.stop = draft, order, rank, stop
        grid = draft.grid
        self.together = max(2, min(reach.together, len(grid.resources) // 4))
        self.pairs = reach.pairs
        self.near = [sorted(es, key=self._rank)[: self.pairs] for es in grid.of_resource]
        self.aims = [0.0] * len(grid.territories)
        for group, aim in zip(order.groups, order.aims, strict=True):
            for territory in group:
                self.aims[territory] = float(aim)
        weights = sum(grid.weight[e.need] for e in grid.edges)
        self.worth = sum(e.value for e in grid.edges) / weights
        self.scale = sum(e.value for e in grid.edges) / len(grid.edges)

    def _rank(self, edge: Edge) -> tuple[float, int]:
        return self.rank[edge.index], edge.index

    def raise_smallest(self, *, turns: int, tries: int) -> None:
        """Repack those who may serve the territory that is last, until nobody raises it."""
        failed: Counter[int] = Counter()
        for _ in range(turns):
            low = [t for g in self.order.groups for t in g if self._lacks(t)]
            last = min(low, key=lambda t: (self.draft.share(t), t), default=None)
            if last is None or self.stop() or failed[last] >= tries:
                return
            if not self.repack(self._who_serves(last, failed[last])):
                failed[last] += 1

    def sweep(self, turn: int) -> None:
        """Repack each resource once at least, with those that share the most needs with it."""
        left = self._clusters(turn)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            while left and not self.stop():
                self._repack_apart(_apart(left), threads)

    def _clusters(self, turn: int) -> list[tuple[list[int], set[int]]]:
        """Return resources to be freed together, and the needs that they look at."""
        seen: set[int] = set()
        found = []
        everybody = len(self.near)
        for rank in range(everybody):
            seed = (rank + turn * FROM) % everybody
            if seed in seen or not self.near[seed]:
                continue
            some = self._around(seed, seen)
            seen.update(some)
            found.append((some, {e.need for r in some for e in self.near[r]}))
        return found

    def _lacks(self, territory: int) -> bool:
        return float(self.draft.share(territory)) < self.aims[territory] - CLOSE / 10

    def _who_serves(self, territory: int, skip: int) -> list[int]:
        grid = self.draft.grid
        near: Counter[int] = Counter()
        for edges in self.near:
            for e in edges:
                if grid.where[e.need] == territory:
                    near[e.resource] += 1 + 2 * (self.draft.missing(e.need) > 0)
        ordered = sorted(near, key=lambda r: (-near[r], r))
        first = skip * self.together // 2 % max(len(ordered), 1)
        return (ordered[first:] + ordered[:first])[: self.together]

    def _around(self, seed: int, seen: set[int]) -> list[int]:
        shared: Counter[int] = Counter()
        for edge in self.near[seed]:
            for other in sorted(self.draft.grid.of_need[edge.need], key=self._rank)[: self.pairs]:
                shared[other.resource] += 1
        shared.pop(seed, None)
        order = sorted(shared, key=lambda r: (r in seen, -shared[r], r))
        return [seed, *order[: self.together - 1]]

    def repack(self, resources: Iterable[int]) -> bool:
        """Give these resources their hours anew; keep them if the plan is better."""
        freed = self._freed(resources)
        freed.solver.run()
        return self._kept(freed)

    def _repack_apart(self, groups: list[list[int]], threads: ThreadPoolExecutor) -> None:
        """Repack groups that share no need, at the same time; the order of the answers is kept."""
        freed = [self._freed(some) for some in groups]
        list(threads.map(lambda one: one.solver.run(), freed))
        for one in freed:
            self._kept(one)

    def _freed(self, resources: Iterable[int]) -> Freed:
        """Write the program of these resources, as if they held nothing; the plan is unchanged."""
        draft, some = self.draft, sorted(resources)
        held = [(e, draft.of(e)) for r in some for _, e in sorted(draft.held[r].items())]
        smallest = [float(draft.smallest(g)) for g in self.order.groups]
        for edge, _ in held:
            draft.put(edge, 0)
        looked = {e.index for e, _ in held} | {e.index for r in some for e in self.near[r]}
        edges = [draft.grid.edges[i] for i in sorted(looked) if draft.room(draft.grid.edges[i])]
        solver = self._solver(edges, smallest, {e.index: q for e, q in held})
        for edge, quarters in held:
            draft.put(edge, quarters)
        return Freed(held, edges, solver)

    def _kept(self, freed: Freed) -> bool:
        """Give the hours found in place of those held, if the plan is better."""
        draft, before = self.draft, self._merit()
        found = freed.solver.getSolution().col_value[: len(freed.edges)]
        for edge, _ in freed.held:
            draft.put(edge, 0)
        hours = zip((round(x) for x in found), freed.edges, strict=bool(found))
        placed = sorted(hours, key=lambda pair: (-pair[0], pair[1].index))
        for quarters, edge in placed:
            given = min(quarters, draft.room(edge))
            if given >= edge.low:
                draft.put(edge, given)
        if placed and self._merit() > before:
            return True
        for _, edge in placed:
            draft.put(edge, 0)
        for edge, quarters in freed.held:
            draft.put(edge, quarters)
        return False

    def _merit(self) -> tuple[tuple[object, ...], float]:
        """Return the smallest shares, then the value less what territories miss."""
        draft = self.draft
        missed = sum(
            max(0.0, aim - float(draft.share(t))) * draft.grid.asked[t]
            for t, aim in enumerate(self.aims)
        )
        return self.order.merit(draft)[0], draft.value - DEAR * self.worth * missed

    def _solver(
        self, edges: list[Edge], smallest: list[float], start: dict[int, int]
    ) -> highspy.Highs:
        """Return a solver that knows the program, and the hours to begin with."""
        solver = quiet_solver()
        held = [float(start.get(e.index, 0)) for e in edges]
        worth = sum(e.value * q for e, q in zip(edges, held, strict=True)) / self.scale
        # beside the value alone: what territories still miss would hide it
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", CLOSE * max(worth, 1.0))
        solver.setOptionValue("mip_max_nodes", NODES)
        solver.passModel(self._program(edges, smallest))
        first = highspy.HighsSolution()
        places = self._places(edges)
        first.col_value = [*held, *(float(q > 0) for q in held), *self._missed(edges, held, places)]
        first.value_valid = True
        solver.setSolution(first)
        return solver

    def _places(self, edges: list[Edge]) -> list[int]:
        where = self.draft.grid.where
        return sorted({where[e.need] for e in edges if self.aims[where[e.need]]})

    def _missed(self, edges: list[Edge], held: list[float], places: list[int]) -> list[float]:
        grid = self.draft.grid
        found = []
        for t in places:
            mine = sum(
                q * grid.weight[e.need]
                for e, q in zip(edges, held, strict=True)
                if grid.where[e.need] == t
            )
            share = (self.draft.served[t] + mine) / grid.asked[t]
            found.append(100 * max(0.0, self.aims[t] - share))
        return [*found, max(found, default=0.0)]

    def _program(self, edges: list[Edge], smallest: list[float]) -> highspy.HighsLp:
        """Columns: hours, then pairs, then what each territory misses, then the most missed."""
        draft, grid, n = self.draft, self.draft.grid, len(edges)
        places = self._places(edges)
        top = 2 * n + len(places)
        above = highspy.kHighsInf
        rows = _limits(draft, edges)
        worst = dict.fromkeys(range(len(grid.territories)), 100.0)
        for group, share in zip(self.order.groups, smallest, strict=True):
            for t in group:
                worst[t] = 100 * max(0.0, self.aims[t] - share) + 1e-6
        hundredths = [grid.asked[t] * self.worth / 100 / self.scale for t in places]
        for i, t in enumerate(places):
            mine = {k: e for k, e in enumerate(edges) if grid.where[e.need] == t}
            row = {k: 100.0 * grid.weight[e.need] / grid.asked[t] for k, e in mine.items()}
            aim = 100 * (self.aims[t] - draft.served[t] / grid.asked[t])
            rows.append((aim, above, row | {2 * n + i: 1.0}))
            rows.append((0.0, above, {2 * n + i: -1.0, top: 1.0}))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = top + 1, len(rows)
        gains = [-e.value / self.scale for e in edges]
        dear = [DEAR * h for h in hundredths]
        lp.col_cost_ = np.array([*gains, *([0.0] * n), *dear, DEAR * max(hundredths, default=0.0)])
        lp.col_lower_ = np.zeros(top + 1)
        highs = [float(e.high) for e in edges]
        lp.col_upper_ = np.array([*highs, *([1.0] * n), *(worst[t] for t in places), 100.0])
        lp.row_lower_ = np.array([row[0] for row in rows])
        lp.row_upper_ = np.array([row[1] for row in rows])
        whole, free = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [whole if c < 2 * n else free for c in range(top + 1)]
        sizes = [len(row[2]) for row in rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
        lp.a_matrix_.index_ = np.array([c for row in rows for c in row[2]], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for row in rows for v in row[2].values()], dtype=float)
        return lp


def _apart(left: list[tuple[list[int], set[int]]]) -> list[list[int]]:
    """Take the first group, and those after it that share no need with the ones taken."""
    taken: list[list[int]] = []
    needs: set[int] = set()
    for some, looked in list(left):
        if len(taken) < AT_ONCE and not needs & looked:
            taken.append(some)
            needs |= looked
            left.remove((some, looked))
    return taken


Row = tuple[float, float, dict[int, float]]


def _limits(draft: Draft, edges: list[Edge]) -> list[Row]:
    """Return what these pairs may hold together, beside the rest of the plan."""
    grid, none, size = draft.grid, -highspy.kHighsInf, len(edges)
    rows: list[Row] = []
    of_need: dict[int, list[int]] = {}
    of_resource: dict[int, list[int]] = {}
    for k, e in enumerate(edges):
        of_need.setdefault(e.need, []).append(k)
        of_resource.setdefault(e.resource, []).append(k)
        most = min(e.high, draft.missing(e.need))
        rows.append((none, 0.0, {k: 1.0, size + k: -float(most)}))
        rows.append((0.0, highspy.kHighsInf, {k: 1.0, size + k: -float(e.low)}))
    for n, ranks in of_need.items():
        rows.append((none, float(draft.missing(n)), dict.fromkeys(ranks, 1.0)))
        left = grid.rules.team - draft.people[n]
        if len(ranks) > left:
            rows.append((none, float(left), {size + k: 1.0 for k in ranks}))
    for r, ranks in of_resource.items():
        days: list[Cut] = []
        seats: list[Cut] = []
        for c, cut in enumerate(grid.cuts[r]):
            there = frozenset(k for k in ranks if c in edges[k].cuts)
            days.append(Cut(c, c + 1, cut.hours, there))
        for s in range(len(grid.sittings[r])):
            there = frozenset(k for k in ranks if s in edges[k].sittings)
            seats.append(Cut(s, s + 1, grid.tables[r], there))
        binding_days = binding([c for c in days if c.edges], with_hours=True)
        rows += [(none, float(c.hours), dict.fromkeys(sorted(c.edges), 1.0)) for c in binding_days]
        crowded = binding([c for c in seats if len(c.edges) > c.hours], with_hours=False)
        rows += [(none, float(c.hours), {size + k: 1.0 for k in sorted(c.edges)}) for c in crowded]
    return rows
