"""A plan being made, in whole quarter hours: what it holds, and what is still free.

Invariant  hours of every day, tables and teams are never passed; a pair holds at least `low`.
Exactness  integers.
"""

from collections.abc import Iterable
from fractions import Fraction

from jonction.engines.matching.grid import Edge, Grid


class Draft:
    """Hours by edge; every change goes through `put`, which keeps the counts."""

    def __init__(self, grid: Grid, hours: Iterable[tuple[int, int]] = ()) -> None:
        self.grid = grid
        self.hours: dict[int, int] = {}
        self.met = [0] * len(grid.needs)
        self.people = [0] * len(grid.needs)
        self.served = [0] * len(grid.territories)
        self.free = [[cut.hours for cut in cuts] for cuts in grid.cuts]
        self.seats = [
            [tables] * len(cuts) for tables, cuts in zip(grid.tables, grid.sittings, strict=True)
        ]
        self.held: list[dict[int, Edge]] = [{} for _ in grid.resources]
        self.value = 0
        for index, quarters in hours:
            self.put(grid.edges[index], quarters)

    def of(self, edge: Edge) -> int:
        return self.hours.get(edge.index, 0)

    def put(self, edge: Edge, quarters: int) -> None:
        """Set the hours of a pair; none takes the pair away."""
        was = self.of(edge)
        more = quarters - was
        self.met[edge.need] += more
        self.served[self.grid.where[edge.need]] += more * self.grid.weight[edge.need]
        self.value += more * edge.value
        free = self.free[edge.resource]
        for cut in edge.cuts:
            free[cut] -= more
        joins = (quarters > 0) - (was > 0)
        if joins:
            self.people[edge.need] += joins
            seats = self.seats[edge.resource]
            for sitting in edge.sittings:
                seats[sitting] -= joins
        if quarters:
            self.hours[edge.index] = quarters
            self.held[edge.resource][edge.index] = edge
        elif was:
            del self.hours[edge.index], self.held[edge.resource][edge.index]

    def spare(self, edge: Edge) -> int:
        """Return the hours that its resource has free on all the days of the need."""
        free = self.free[edge.resource]
        return min((free[cut] for cut in edge.cuts), default=edge.high)

    def has_seat(self, edge: Edge) -> bool:
        seats = self.seats[edge.resource]
        return all(seats[sitting] > 0 for sitting in edge.sittings)

    def missing(self, need: int) -> int:
        return self.grid.needs[need].quarters - self.met[need]

    def room(self, edge: Edge) -> int:
        """Return how many more hours this pair could hold, the rest of the plan kept."""
        was = self.of(edge)
        most = min(self.missing(edge.need), edge.high - was)
        if was:
            return max(0, min(most, self.spare(edge)))
        if most < edge.low or self.people[edge.need] >= self.grid.rules.team:
            return 0
        most = min(most, self.spare(edge))
        return most if most >= edge.low and self.has_seat(edge) else 0

    def fill(self, needs: Iterable[int]) -> None:
        """Give each need, in this order, what its best pairs still have room for."""
        for need in needs:
            edges = sorted(
                self.grid.of_need[need], key=lambda e: (-(self.of(e) > 0), -e.value, e.resource)
            )
            for edge in edges:
                if not self.missing(need):
                    break
                more = self.room(edge)
                if more:
                    self.put(edge, self.of(edge) + more)

    def share(self, territory: int) -> Fraction:
        return Fraction(self.served[territory], self.grid.asked[territory])

    def smallest(self, territories: Iterable[int]) -> Fraction:
        return min((self.share(t) for t in territories), default=Fraction(0))

    def copy(self) -> "Draft":
        return Draft(self.grid, sorted(self.hours.items()))


def by_worth(grid: Grid) -> list[int]:
    """Return the needs, those whose best pair is worth most by quarter hour and day first."""
    best = [max((e.value for e in edges), default=0) for edges in grid.of_need]
    return sorted(range(len(grid.needs)), key=lambda n: (-Fraction(best[n], grid.needs[n].days), n))
