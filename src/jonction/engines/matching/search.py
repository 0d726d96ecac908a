"""Where a search stands: its best plan, the shares aimed at, what is proven so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from jonction.engines.matching.bounds import Marks, ceiling
from jonction.engines.matching.draft import Draft
from jonction.engines.matching.grid import Grid
from jonction.engines.matching.problem import Phase, Progress, Step
from jonction.engines.matching.whole import Order


@dataclass(slots=True)
class Search:
    """Where the search stands: the best plan, the groups of territories, what is proven."""

    grid: Grid
    progress: Progress | None
    best: Draft
    groups: list[tuple[int, ...]] = field(default_factory=list)
    aims: list[Fraction] = field(default_factory=list)
    level_bounds: list[Fraction] = field(default_factory=list)
    level_marks: list[Marks | None] = field(default_factory=list)
    value_marks: Marks | None = None
    value_bound: Fraction | None = None
    pairs_bound: int = 0
    is_proven: bool = False
    is_stopped: bool = False
    turn: int = 0
    phase: Phase = Phase.GREEDY

    @property
    def order(self) -> Order:
        if not self.groups:
            return Order((tuple(range(len(self.grid.territories))),), (Fraction(1),))
        return Order(tuple(self.groups), tuple(self.aims))

    def group(self, rising: tuple[int, ...], reached: Fraction, bound: Fraction) -> None:
        """Write that these territories may reach that share; aim at it, less what is given."""
        self.groups.append(rising)
        self.aims.append(reached * (1 - self.grid.rules.give))
        self.level_bounds.append(bound)

    def stop(self) -> bool:
        """Tell where the search stands; once asked to stop, it stays so."""
        if self.progress is not None and not self.is_stopped:
            self.turn += 1
            unit = self.grid.value_unit
            everywhere = range(len(self.grid.territories))
            step = Step(
                self.phase,
                self.turn,
                self.best.smallest(everywhere),
                Fraction(self.best.value, unit),
                None if self.value_bound is None else self.value_bound / unit,
            )
            self.is_stopped = self.progress(step)
        return self.is_stopped

    def propose(self, draft: Draft) -> None:
        order = self.order
        if order.merit(draft) > order.merit(self.best):
            self.best = draft

    def rising(self) -> tuple[int, ...]:
        """Return the territories to raise now: those that are not at their own ceiling."""
        everywhere = tuple(range(len(self.grid.territories)))
        if not self.groups:
            return everywhere
        last = self.groups[-1]
        reached = self.level_bounds[-1]
        return tuple(t for t in last if ceiling(self.grid, t) > reached)

    def floors(self, shares: Iterable[Fraction]) -> list[Fraction]:
        """Return the share of each territory, given one by group: that of the last it is in."""
        floors = [Fraction(0)] * len(self.grid.territories)
        for group, share in zip(self.order.groups, shares, strict=True):
            for t in group:
                floors[t] = share
        return floors
