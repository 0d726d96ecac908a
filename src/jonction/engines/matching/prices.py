"""Prices of the limits of a large round, by steps downhill from both sides.

Method     primal-dual hybrid gradient on the relaxed problem (Chambolle and Pock 2011), with
           diagonal steps, steps as long as they hold, averages and restarts (PDLP, Applegate and
           others 2021). Each pass over the pairs costs a few sums, which is why thousands of them
           are cheaper than one exact program. Tables enter only if the hours break them.
Exactness  floats, a fixed number of passes at most: same input, same output. Nothing is claimed
           from them: `engines.matching.bounds` makes exact bounds of the prices.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from jonction.engines.matching.relaxed import Arrays, Floats, gathered, spread

LONGEST = 1000  # passes without a restart
STILL = 1e-12
PASSES = 50  # between two looks
CROWDED = 0.02  # tables enter when more than this share of them is broken


@dataclass(slots=True)
class Point:
    """Parts of each pair, level of the territories, and a price for each limit."""

    parts: Floats
    level: float
    needs: Floats
    cuts: Floats
    sittings: Floats
    territories: Floats

    def prices(self) -> tuple[Floats, ...]:
        return self.needs, self.cuts, self.sittings, self.territories


@dataclass(frozen=True, slots=True)
class Goal:
    """What one whole pair is worth; the floors of the territories; which of them rise together."""

    gain: Floats
    floors: Floats
    rising: Floats

    @property
    def level_gain(self) -> float:
        return float(self.rising.any())


@dataclass(frozen=True, slots=True)
class Look:
    bound: float
    reached: float
    broken: float

    @property
    def score(self) -> float:
        return abs(self.bound - self.reached) / max(abs(self.bound), 1e-12) + self.broken / 20


class Descent:
    """The limits as sums: each row is scaled by its limit, so that all limits are one."""

    def __init__(self, arrays: Arrays) -> None:
        a = self.arrays = arrays
        self.share = a.part_of_need * a.asked  # of its territory, for a whole need
        self.per_cut = 1 / np.maximum(a.cut_hours, 1.0)
        self.with_tables = False
        self._measure()

    def _measure(self) -> None:
        a, ones = self.arrays, np.ones(len(self.arrays.need))
        self.row_sums = self.rows(ones)
        by_need = (1 + self.share) / a.asked
        self.column_sums = a.high * (
            by_need[a.need] + gathered(self.per_cut, a.cut_start, a.cut_stop)
        )
        if self.with_tables:
            self.column_sums += gathered(1 / a.sit_tables, a.sit_start, a.sit_stop)

    def rows(self, parts: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Return how full each limit is."""
        a = self.arrays
        hours = a.high * parts
        met = np.bincount(a.need, hours, len(a.asked)) / a.asked
        cuts = spread(hours, a.cut_start, a.cut_stop, len(a.cut_hours)) * self.per_cut
        sittings = np.zeros(len(a.sit_tables))
        if self.with_tables:
            sittings = self.sat(parts)
        places: Floats = np.bincount(a.where_of_need, self.share * met, a.places).astype(float)
        return met, cuts, sittings, places

    def is_crowded(self, parts: Floats) -> bool:
        """Say whether tables are broken too often to be left aside; they enter then."""
        if self.with_tables or not len(self.arrays.sit_tables):
            return False
        self.with_tables = bool((self.sat(parts) > 1).mean() > CROWDED)
        if self.with_tables:
            self._measure()
        return self.with_tables

    def sat(self, parts: Floats) -> Floats:
        a = self.arrays
        found: Floats = spread(parts, a.sit_start, a.sit_stop, len(a.sit_tables)) / a.sit_tables
        return found

    def costs(self, at: Point) -> Floats:
        """Return what a whole pair costs at these prices."""
        a = self.arrays
        by_need = (at.needs - self.share * at.territories[a.where_of_need]) / a.asked
        by_cut = gathered(at.cuts * self.per_cut, a.cut_start, a.cut_stop)
        found: Floats = a.high * (by_need[a.need] + by_cut)
        if self.with_tables:
            found = found + gathered(at.sittings / a.sit_tables, a.sit_start, a.sit_stop)
        return found

    def look(self, goal: Goal, at: Point) -> Look:
        """Return the bound that the prices give, what the parts reach, and how much they break."""
        rest = np.maximum(goal.gain - self.costs(at), 0).sum()
        limits = at.needs.sum() + at.cuts.sum() + at.sittings.sum()
        bound = limits - (at.territories * goal.floors).sum() + rest
        bound += max(0.0, goal.level_gain - float((at.territories * goal.rising).sum()))
        met, cuts, sittings, places = self.rows(at.parts)
        owed = goal.floors + goal.rising * at.level - places
        over = [np.maximum(part, 0) for part in (met - 1, cuts - 1, sittings - 1, owed)]
        broken = float(np.sqrt(sum(float((part**2).sum()) for part in over)))
        reached = float((goal.gain * at.parts).sum()) + goal.level_gain * at.level
        return Look(float(bound), reached, broken)

    def start(self) -> Point:
        a = self.arrays
        sizes = (len(a.need), len(a.asked), len(a.cut_hours), len(a.sit_tables), a.places)
        parts, needs, cuts, sittings, places = (np.zeros(size) for size in sizes)
        return Point(parts, 0.0, needs, cuts, sittings, places)


@dataclass(slots=True)
class _Search:
    """One descent: where it stands, its steps, and the averages since its last restart."""

    descent: Descent
    goal: Goal
    at: Point
    balance: float
    step: float = 1.0
    passes: int = 0
    rows: tuple[Floats, Floats, Floats, Floats] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = self.descent.rows(self.at.parts)

    def advance(self) -> None:
        """Make one pass, as long as it holds."""
        d, goal, at = self.descent, self.goal, self.at
        pull = goal.gain - d.costs(at)
        lift = goal.level_gain - float((at.territories * goal.rising).sum())
        rising = max(float(goal.rising.sum()), 1.0)
        sums = (*d.row_sums[:3], d.row_sums[3] + goal.rising)
        weights = [np.maximum(s, 1e-9) for s in sums]
        columns = np.maximum(d.column_sums, 1e-9)
        while True:
            tau = self.step / self.balance
            parts = np.clip(at.parts + tau / columns * pull, 0, 1)
            level = min(max(at.level + tau / rising * lift, 0.0), 1.0) if goal.level_gain else 0.0
            rows = d.rows(parts)
            owed = [2 * new - old - 1 for new, old in zip(rows[:3], self.rows[:3], strict=True)]
            lead = goal.rising * (2 * level - at.level)
            owed.append(goal.floors + lead - 2 * rows[3] + self.rows[3])
            sigma = self.step * self.balance
            prices = [
                np.maximum(old + sigma / w * o, 0)
                for old, w, o in zip(at.prices(), weights, owed, strict=True)
            ]
            moved = self.balance * (
                float((columns * (parts - at.parts) ** 2).sum()) + rising * (level - at.level) ** 2
            )
            turned, cross = 0.0, 0.0
            for rank, (new, old, w) in enumerate(zip(prices, at.prices(), weights, strict=True)):
                turned += float((w * (new - old) ** 2).sum()) / self.balance
                change = rows[rank] - self.rows[rank]
                if rank == len(prices) - 1:
                    change = goal.rising * (level - at.level) - change
                cross += float((change * (new - old)).sum())
            longest = (moved + turned) / (2 * abs(cross)) if cross else np.inf
            used, k = self.step, self.passes + 1
            self.step = min((1 - (k + 1) ** -0.3) * longest, (1 + (k + 1) ** -0.6) * used)
            self.passes = k
            if used <= longest:
                break
        self.at = Point(parts, level, *prices)
        self.rows = rows


def descend(
    descent: Descent,
    goal: Goal,
    at: Point,
    *,
    balance: float,
    most: int,
    close: float,
    stop: Callable[[], bool],
) -> tuple[Point, Point, float]:
    """Return the last point, the one of the best bound, and the balance reached.

    Stops when bound and hours agree within `close`, or after so many passes.
    """
    search = _Search(descent, goal, at, balance)
    best, best_bound = at, descent.look(goal, at).bound
    begun, mark, total, count = at, float("inf"), _zero(at), 0
    for turn in range(1, most + 1):
        search.advance()
        total, count = _add(total, search.at), count + 1
        if turn % PASSES:
            continue
        if stop():
            break
        mean = _scaled(total, 1 / count)
        looks = [(descent.look(goal, point), point) for point in (search.at, mean)]
        for look, point in looks:
            if look.bound < best_bound:
                best, best_bound = point, look.bound
        look, point = min(looks, key=lambda pair: pair[0].score)
        if look.score < close:
            return point, best, search.balance
        crowded = descent.is_crowded(point.parts)
        if (
            crowded
            or look.score < mark / 2
            or (count >= turn * 0.4 and look.score < mark)
            or count >= LONGEST
        ):
            changed = _balance(begun, point, search.balance)
            search = _Search(descent, goal, point, changed, search.step, search.passes)
            begun, mark, total, count = point, look.score, _zero(point), 0
    return search.at, best, search.balance


def _balance(one: Point, other: Point, balance: float) -> float:
    """Return how far prices move beside parts, halfway from what was used."""
    parts = float(((other.parts - one.parts) ** 2).sum())
    prices = sum(
        float(((b - a) ** 2).sum()) for a, b in zip(one.prices(), other.prices(), strict=True)
    )
    if parts < STILL or prices < STILL:
        return balance
    return float(np.sqrt(balance * np.sqrt(prices / parts)))


def _zero(at: Point) -> Point:
    return _scaled(at, 0.0)


def _add(one: Point, other: Point) -> Point:
    prices = (a + b for a, b in zip(one.prices(), other.prices(), strict=True))
    return Point(one.parts + other.parts, one.level + other.level, *prices)


def _scaled(at: Point, by: float) -> Point:
    return Point(at.parts * by, at.level * by, *(price * by for price in at.prices()))
