"""What a forecast answers: odds with their error, dates, what delays, what support changes.

Method     a share of the draws is an estimate: its error is the 95 % interval of Wilson (1927).
Invariant  the interval holds the share and lies between 0 and 1.
Exact      counts of draws are whole; only the interval is a float.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Odds:
    """In how many draws something is done on time."""

    hits: int
    draws: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.hits, self.draws)

    @property
    def interval(self) -> tuple[float, float]:
        """Return the Monte-Carlo error: where the share would be with endless draws, 19 times in 20."""
        n, p, z2 = self.draws, self.hits / self.draws, Z95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(min(middle - half, p), 0.0), min(max(middle + half, p), 1.0)


@dataclass(frozen=True, slots=True)
class Dates:
    """The first day by which something is done in 50, 80 and 95 % of the draws."""

    at_50: date
    at_80: date
    at_95: date


@dataclass(frozen=True, slots=True)
class Reached:
    """A target: its odds, its dates, and its odds if it were due later."""

    key: str
    odds: Odds
    dates: Dates
    later: tuple[tuple[date, Odds], ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """A stage: its dates, in how many draws it holds the end back, and by how many working days."""

    key: str
    dates: Dates
    critical: Odds
    delay: float


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole process in one case: with the support planned, or without any."""

    stages: tuple[Ended, ...]
    targets: tuple[Reached, ...]
    end: Dates


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is foreseen of a process on a day; the same seed and data give the same answer."""

    key: int
    on: date
    draws: int
    seed: int
    supported: Scene
    alone: Scene
