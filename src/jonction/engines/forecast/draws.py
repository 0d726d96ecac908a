"""Days and durations as numpy draws them, thousands at once.

Method     a ratio is drawn by its quantiles: a table of 2 049 points made once for each spread. PERT
           is the beta distribution of Malcolm et al. (1959); a past is smoothed by a kernel of
           Epanechnikov on the logarithm of its ratios, with the width of Silverman (1986).
Invariant  three equal points, or a past of equal ratios, give that ratio in every draw; a table never
           decreases; each stage has its own stream, chosen by the seed and its names, not its place.
Exact      durations are whole working days; ratios are floats.
"""

from datetime import date, timedelta
from functools import cache
from math import log
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from jonction.engines.forecast.network import Past, Pert, Spread

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
POINTS = 2049
GRID = 4096
SILVERMAN = 2.34  # for the kernel of Epanechnikov


class Days:
    """The days from `first` to `last` as whole numbers, and the working days among them.

    What would go beyond the last day stays on it.
    """

    def __init__(self, first: date, last: date, off: frozenset[date]) -> None:
        self.first = first
        count = (last - first).days + 1
        week = (np.arange(count) + first.weekday()) % 7
        worked = week < 5  # noqa: PLR2004 - Saturday is the sixth
        inside = [(day - first).days for day in off if first <= day <= last]
        worked[inside] = False
        # how many working days come before each day, and the day of each working day
        self.before: Whole = np.concatenate(([0], np.cumsum(worked)))
        self.nth: Whole = np.flatnonzero(worked)

    def number(self, day: date) -> int:
        return min(max((day - self.first).days, 0), len(self.before) - 2)

    def day(self, number: int) -> date:
        return self.first + timedelta(days=int(number))

    def after(self, start: Whole, lasts: Whole) -> Whole:
        """Return the last day of so many working days, the first of which is at `start` or after."""
        return self.nth.take(self.before.take(start, mode="clip") + lasts - 1, mode="clip")

    def shifted(self, number: Whole, by: int) -> Whole:
        """Return the working day that lies so many working days after the first one from there."""
        return self.nth.take(self.before.take(number, mode="clip") + by, mode="clip")

    def between(self, start: Whole, end: Whole) -> Whole:
        """Return how many working days there are, both ends included."""
        return self.before.take(end + 1, mode="clip") - self.before.take(start, mode="clip")


def stream(seed: int, project: int, task: str) -> np.random.Generator:
    """Return the draws of one stage of one process, whatever else is computed beside it."""
    return np.random.default_rng([seed, project, crc32(task.encode())])


def at(table: Floats, u: Floats) -> Floats:
    """Read a table of quantiles at `u`, between 0 and 1."""
    place = u * (POINTS - 1)
    below = place.astype(np.int64)
    np.minimum(below, POINTS - 2, out=below)
    low = table.take(below)
    return low + (place - below) * (table.take(below + 1) - low)


def below(table: Floats, ratio: float) -> float:
    """Return the share of the draws at or under that ratio."""
    return (
        float(np.searchsorted(table, ratio, side="right") - 1) / (POINTS - 1)
        if ratio >= table[0]
        else 0.0
    )


@cache
def quantiles(spread: Spread) -> Floats:
    return _past(spread) if isinstance(spread, Past) else _pert(spread)


def _pert(spread: Pert) -> Floats:
    low, mode, high = float(spread.least), float(spread.likely), float(spread.most)
    if high <= low:
        return np.full(POINTS, mode)
    x = (np.arange(GRID) + 0.5) / GRID
    alpha = 4 * (mode - low) / (high - low)
    beta = 4 * (high - mode) / (high - low)
    density = x**alpha * (1 - x) ** beta
    return low + (high - low) * _inverse(np.cumsum(density), np.arange(1, GRID + 1) / GRID)


def _past(spread: Past) -> Floats:
    logs = np.sort([log(ratio) for ratio in spread.ratios])
    width = SILVERMAN * _deviation(logs) * len(logs) ** -0.2
    if width <= 0:
        return np.full(POINTS, float(np.exp(logs[0])))
    x = np.linspace(logs[0] - width, logs[-1] + width, GRID // 8)
    t = np.clip((x[:, None] - logs[None, :]) / width, -1, 1)
    share = (0.5 + 0.75 * t - 0.25 * t**3).mean(axis=1)
    return np.exp(_inverse(share, x))


def _deviation(logs: Floats) -> float:
    """Return the smaller of the deviation and of the quartiles' range, as Silverman does."""
    spread = float(logs.std(ddof=1)) if len(logs) > 1 else 0.0
    quartiles = float(np.subtract(*np.percentile(logs, [75, 25]))) / 1.34
    return min(spread, quartiles) if quartiles > 0 else spread


def _inverse(cumulated: Floats, x: Floats) -> Floats:
    """Return the quantiles of what grows as `cumulated` over `x`."""
    made: Floats = np.interp(np.linspace(0, cumulated[-1], POINTS), cumulated, x)
    return made
