"""From hours split at will to a plan in whole quarter hours, then exchanges that make it better.

Method     pairs are taken by the share of them that the relaxed problem holds, rounded down, as
           far as the limits allow; what is left free is filled. Then three exchanges, each kept
           only if it makes the plan better: raise the territory with the smallest share, seat a
           need by moving or lessening pairs of one resource, join two pairs of a need in one.
Invariant  the plan is within the limits after each exchange, and never becomes worse; it is better
           when its smallest shares are larger, then its value, then when it has fewer pairs.
Exactness  integers and fractions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jonction.engines.matching.draft import Draft, by_worth
from jonction.engines.matching.grid import Edge, Grid

SPLINTER = 1e-6
Merit = tuple[tuple[tuple[Fraction, int], ...], int, int]


@dataclass(frozen=True, slots=True)
class Order:
    """The groups of territories whose smallest shares come first, up to the share aimed at."""

    groups: tuple[tuple[int, ...], ...]
    aims: tuple[Fraction, ...]

    def merit(self, draft: Draft) -> Merit:
        pairs = zip(self.groups, self.aims, strict=True)
        shares = tuple(_towards(draft, group, aim) for group, aim in pairs)
        return shares, draft.value, -len(draft.hours)


def _towards(draft: Draft, group: Iterable[int], aim: Fraction) -> tuple[Fraction, int]:
    """Return the smallest share, at most the aim, and how few have no more than it."""
    top, under = aim.numerator, aim.denominator
    asked, served = draft.grid.asked, draft.served
    short = [t for t in group if served[t] * under < top * asked[t]]
    if not short:
        return aim, 0
    shares = [draft.share(t) for t in short]
    return min(shares), -shares.count(min(shares))


def rounded(grid: Grid, hours: Sequence[float]) -> Draft:
    """Return these hours less their splinters, and less the pairs that may not hold them."""
    draft = Draft(grid)
    held = [e for e in grid.edges if hours[e.index] >= e.low - SPLINTER]
    for edge in sorted(held, key=lambda e: (-round(hours[e.index], 6), e.index)):
        quarters = min(int(hours[edge.index] + SPLINTER), draft.room(edge))
        if quarters >= edge.low:
            draft.put(edge, quarters)
    return draft


class Exchanges:
    """Exchanges on one plan, undone when they do not make it better."""

    def __init__(self, draft: Draft, order: Order, stop: Callable[[], bool]) -> None:
        self.draft, self.order, self.stop = draft, order, stop
        self.merit = order.merit(draft)
        self.undo: list[tuple[Edge, int]] = []
        self.touched: dict[int, int] = {}  # what territories had before the exchange under way
        self.ranks: dict[int, list[int]] = {}
        for rank, group in enumerate(order.groups):
            for territory in group:
                self.ranks.setdefault(territory, []).append(rank)
        self.best = [sorted(es, key=lambda e: (-e.value, e.resource)) for es in draft.grid.of_need]
        self.enough = [0] * len(draft.grid.territories)
        for group, aim in zip(order.groups, order.aims, strict=True):
            for territory in group:
                self.enough[territory] = int(aim * draft.grid.asked[territory])

    def improve(self) -> None:
        self.raise_smallest()
        self.seat_more()
        self.join_pairs()

    def raise_smallest(self) -> None:
        """Raise, group by group, the territory that is last, as long as one exchange does."""
        for group, aim in zip(self.order.groups, self.order.aims, strict=True):
            while not self.stop():
                last = min(group, key=lambda t: (self.draft.share(t), t))
                if self.draft.share(last) >= aim or not self._raise(last):
                    break

    def _raise(self, territory: int) -> bool:
        grid = self.draft.grid
        for need in by_weight(grid, territory):
            if self.draft.missing(need) and self._seat(need):
                return True
        return False

    def seat_more(self) -> None:
        for need in by_worth(self.draft.grid):
            if self.stop():
                return
            if self.draft.missing(need):
                self._seat(need)

    def _seat(self, need: int) -> bool:
        """Try each resource that may serve this need, the best first."""
        draft = self.draft
        for edge in self.best[need]:
            was = draft.of(edge)
            if not was and draft.people[need] >= draft.grid.rules.team:
                continue
            most = min(draft.missing(need), edge.high - was)
            if most + was < edge.low:
                continue
            for want in dict.fromkeys((most, max(1, edge.low - was))):
                if want <= most and self._tried(edge, want):
                    return True
        return False

    def _tried(self, edge: Edge, want: int) -> bool:
        """Give this pair so many hours more, others of its resource giving way; keep if better."""
        touched = self._make_way(edge, want)
        if touched is None:
            return self._take_back()
        self._set(edge, self.draft.of(edge) + want)
        for need in touched:
            for other in self.best[need]:
                if not self.draft.missing(need):
                    break
                if more := self.draft.room(other):
                    self._set(other, self.draft.of(other) + more)
        return self._keep_if_better()

    def _make_way(self, edge: Edge, want: int) -> list[int] | None:
        """Lessen or take away pairs, those of territories above their aim first, then those
        worth least; return their needs, None if in vain.
        """
        draft = self.draft
        held = draft.held[edge.resource].values()
        pairs = [e for e in held if e.need != edge.need and _meet(e, edge)]
        touched = []
        for other in sorted(pairs, key=lambda e: (self._is_short(e), e.value, e.index)):
            lacking = want - draft.spare(edge)
            no_seat = not draft.of(edge) and not draft.has_seat(edge)
            if lacking <= 0 and not no_seat:
                break
            left = draft.of(other) - max(lacking, 0)
            self._set(other, left if left >= other.low and not no_seat else 0)
            touched.append(other.need)
        fits = draft.spare(edge) >= want and (draft.of(edge) or draft.has_seat(edge))
        return touched if fits else None

    def _is_short(self, edge: Edge) -> bool:
        territory = self.draft.grid.where[edge.need]
        return self.draft.served[territory] <= self.enough[territory]

    def join_pairs(self) -> None:
        """Where one person can take the hours of another at no loss, one pair is enough."""
        for need, edges in enumerate(self.draft.grid.of_need):
            if self.draft.people[need] <= 1 or self.stop():
                continue
            held = sorted((e for e in edges if self.draft.of(e)), key=self.draft.of)
            for gone in held:
                hours = self.draft.of(gone)
                for other in held:
                    if other is gone or not self.draft.of(gone):
                        continue
                    self._set(gone, 0)
                    if self.draft.room(other) >= hours:
                        self._set(other, self.draft.of(other) + hours)
                    self._keep_if_better()

    def _set(self, edge: Edge, quarters: int) -> None:
        self.undo.append((edge, self.draft.of(edge)))
        territory = self.draft.grid.where[edge.need]
        self.touched.setdefault(territory, self.draft.served[territory])
        self.draft.put(edge, quarters)

    def _take_back(self) -> bool:
        for edge, quarters in reversed(self.undo):
            self.draft.put(edge, quarters)
        self.undo.clear()
        self.touched.clear()
        return False

    def _keep_if_better(self) -> bool:
        now = self._now()
        if now <= self.merit:
            return self._take_back()
        self.merit = now
        self.undo.clear()
        self.touched.clear()
        return True

    def _now(self) -> Merit:
        """Return the merit, the smallest shares read again only where they may have changed."""
        draft, (smallest, _, _) = self.draft, self.merit
        for territory, before in self.touched.items():
            lower = min(before, draft.served[territory])
            for rank in self.ranks[territory]:
                least = smallest[rank][0]
                if lower * least.denominator <= least.numerator * draft.grid.asked[territory]:
                    return self.order.merit(draft)
        return smallest, draft.value, -len(draft.hours)


def _meet(one: Edge, other: Edge) -> bool:
    """Say whether two edges of a resource have a day, or a sitting, in common."""
    return bool(_both(one.cuts, other.cuts) or _both(one.sittings, other.sittings))


def _both(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def by_weight(grid: Grid, territory: int) -> Iterable[int]:
    """Return the needs of a territory, the heaviest first."""
    some = [n for n, where in enumerate(grid.where) if where == territory]
    return sorted(some, key=lambda n: (-grid.weight[n], n))
