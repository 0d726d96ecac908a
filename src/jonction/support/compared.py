"""Rows set side by side, each against its share: bodies, or sizes of promoter (S4, S5, R3).

What leaves the Alliance has its small rows put together, and is then measured as it is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeVar

from jonction.engines.claims import Claim, Source, Stand, Weighed, put_together, weighed

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Row(Generic[F]):
    """One of those compared: what it may claim, what it received, and how many it rests on."""

    key: str
    name: str
    claim: Fraction | None
    hours: Fraction
    facts: F
    contributors: frozenset[int]
    persons: int | None = None
    group: str = ""
    stand: Stand | None = None


@dataclass(frozen=True, slots=True)
class Compared(Generic[F]):
    """The least served first, then those that cannot be weighed; `together` counts what is one row."""

    rows: tuple[Row[F], ...]
    apart: tuple[Row[F], ...]
    result: Weighed
    together: int

    @property
    def every(self) -> tuple[Row[F], ...]:
        return (*self.rows, *self.apart)

    @property
    def moved(self) -> Fraction:
        """Return the hours to move for everybody to have their share."""
        lacking = [stand.lacking for stand in self.result.stands]
        return sum((hours for hours in lacking if hours > 0), Fraction(0))


def compare(rows: Sequence[Row[F]]) -> Compared[F]:
    return _compared(rows, 0)


def compare_from_outside(
    rows: Sequence[Row[F]],
    fewest: int,
    join: Callable[[Sequence[Row[F]]], Row[F]],
) -> Compared[F] | None:
    """Compare what may leave the Alliance; None when even the whole would tell somebody's time."""
    sources = [Source(row.key, row.persons, row.contributors, row.hours) for row in rows]
    aside = put_together(sources, fewest_contributors=fewest)
    if aside is None:
        return None
    hidden = [row for row in rows if row.key in aside]
    shown = [row for row in rows if row.key not in aside]
    return _compared([*shown, join(hidden)] if hidden else shown, len(hidden))


def joined(rows: Sequence[Row[F]], name: str, facts: F) -> Row[F]:
    """Return the row that stands for several; without a claim when one of theirs is not known."""
    claims = [row.claim for row in rows if row.claim is not None]
    return Row(
        "together",
        name,
        sum(claims, Fraction(0)) if len(claims) == len(rows) else None,
        sum((row.hours for row in rows), Fraction(0)),
        facts,
        frozenset[int]().union(*(row.contributors for row in rows)),
    )


def _compared(rows: Sequence[Row[F]], together: int) -> Compared[F]:
    result = weighed(Claim(row.key, row.claim, row.hours, row.group) for row in rows)
    by_key = {row.key: row for row in rows}
    return Compared(
        tuple(replace(by_key[stand.key], stand=stand) for stand in result.stands),
        tuple(by_key[key] for key in result.apart),
        result,
        together,
    )
