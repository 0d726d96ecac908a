"""Claims: hours received against what each is due, bodies or sizes of promoter (S4, S5, R3).

Method     docs/engines/equity.md. Share due: a claim over their sum. Share received: hours over
           their sum. The Lorenz curve, the Gini and Theil's T are those of engines.equity.
Invariant  scale and order do not matter; an hour moved from an over-served one to an under-served
           one never raises T or the Gini, up to their crossing; what nobody can weigh stands apart,
           with its hours, and changes no measure.
Exact      fractions, except Theil's T.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from jonction.engines.equity import Theil, gini, lorenz, theil
from jonction.engines.periods import Period, days_of, left_of
from jonction.engines.small_cells import (
    FEWEST_PERSONS,
    Cell,
    Total,
    hidden_cells,
    is_small,
)

ALL = "all"
# the usual bounds of a small organisation and of a large one: its budget of a year, in dollars
SMALL_UNDER, LARGE_FROM = 100_000, 500_000
QUARTERS_A_DAY = 4 * 7  # a quarter hour a week is this part of an hour a day


class Size(StrEnum):
    """How big an organisation is, by its budget of a year."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody may claim, in any unit; none when it is not known, or when there is none."""

    key: str
    claim: Fraction | None
    hours: Fraction
    group: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """One against its share; `lacking` hours are negative when it has more than its share."""

    key: str
    due: Fraction
    received: Fraction
    ratio: Fraction
    lacking: Fraction


@dataclass(frozen=True, slots=True)
class Weighed:
    """The least served first; `apart` are those without a claim, and their hours are not counted."""

    stands: tuple[Stand, ...]
    apart: tuple[str, ...]
    hours: Fraction
    lorenz: tuple[tuple[Fraction, Fraction], ...]
    gini: Fraction | None
    theil: Theil | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a row rests on: how many people answer for it, and who gave its hours."""

    key: str
    persons: int | None
    contributors: frozenset[int]
    weight: Fraction


def weighed(claims: Iterable[Claim]) -> Weighed:
    """Weigh the hours that each one received against its claim."""
    rows = sorted(claims, key=lambda row: row.key)
    judged = [(row, row.claim) for row in rows if row.claim]
    claimed = sum((claim for _row, claim in judged), Fraction(0))
    hours = sum((row.hours for row, _claim in judged), Fraction(0))
    parts = [
        (claim / claimed, row.hours / hours if hours else Fraction(0)) for row, claim in judged
    ]
    stands = [
        Stand(row.key, due, received, received / due, due * hours - row.hours)
        for (row, _claim), (due, received) in zip(judged, parts, strict=True)
    ]
    return Weighed(
        tuple(sorted(stands, key=lambda stand: (stand.ratio, stand.key))),
        tuple(row.key for row in rows if not row.claim),
        hours,
        lorenz(parts) if hours else (),
        gini(parts) if hours else None,
        theil(parts, [row.group for row, _claim in judged]) if hours else None,
    )


def hours_within(
    quarters_per_week: int, run: Period, within: Period, away: Sequence[Period] = ()
) -> Fraction:
    """Return the hours of so many quarters a week, over the days of `run` that are in the period.

    A week is shared equally between its seven days.
    """
    start, end = max(run[0], within[0]), min(run[1], within[1])
    days = sum(map(days_of, left_of((start, end), away))) if start <= end else 0
    return Fraction(quarters_per_week * days, QUARTERS_A_DAY)


def weeks_within(run: tuple[date, date], within: Period) -> Fraction:
    """Return how many weeks of `run` are in the period."""
    start, end = max(run[0], within[0]), min(run[1], within[1])
    return Fraction(days_of((start, end)), 7) if start <= end else Fraction(0)


def size_of(budget: Fraction | None, *, small_under: int, large_from: int) -> Size:
    """Return the size of an organisation by its budget of a year, in dollars."""
    if budget is None:
        return Size.UNKNOWN
    if budget < small_under:
        return Size.SMALL
    return Size.LARGE if budget >= large_from else Size.MEDIUM


def put_together(
    sources: Sequence[Source],
    *,
    fewest_contributors: int,
    fewest_persons: int = FEWEST_PERSONS,
) -> frozenset[str] | None:
    """Return the rows to show as one, for no row shown to tell the time of too few people.

    The row that stands for them must not either: as long as it rests on too few, the lightest of the
    others joins it. None when even the whole would tell.
    """
    cells = [
        Cell(source.key, source.persons, len(source.contributors), source.weight)
        for source in sources
    ]
    total = Total(ALL, tuple(source.key for source in sources))
    hidden = hidden_cells(
        cells, [total], fewest_persons=fewest_persons, fewest_contributors=fewest_contributors
    )
    if ALL in hidden:
        return None
    order = sorted(
        sources, key=lambda source: (source.key not in hidden, source.weight, source.key)
    )
    count = len(hidden)
    while count and _is_few(order[:count], fewest_persons, fewest_contributors):
        if count == len(order):
            return None
        count += 1
    return frozenset(source.key for source in order[:count])


def _is_few(sources: Sequence[Source], fewest_persons: int, fewest_contributors: int) -> bool:
    """Say whether one row for all of these would rest on too few people."""
    persons = [source.persons for source in sources if source.persons is not None]
    everybody = frozenset[int]().union(*(source.contributors for source in sources))
    cell = Cell(ALL, sum(persons) if persons else None, len(everybody))
    return is_small(cell, fewest_persons=fewest_persons, fewest_contributors=fewest_contributors)
