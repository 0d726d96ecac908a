"""Small cells: what must be hidden before a table leaves those who may read everything.

Method     docs/engines/equity.md. A cell is hidden when it rests on 1 to 4 persons, or on fewer
           contributors than asked. Then, as long as a hidden cell can be computed from what is
           shown (the totals are linear equations), one more cell is hidden: the lightest.
Invariant  no hidden cell is a solution of the totals shown; what is small is always hidden;
           nothing is hidden when nothing is small.
Exact      fractions in the elimination.
Source     Hundepool et al. 2012, Statistical Disclosure Control (ch. 4: primary, secondary).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST_PERSONS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell rests on; None where it counts no persons or no contributors.

    `weight` says how much is lost by hiding it: the lightest goes first.
    """

    key: str
    persons: int | None = None
    contributors: int | None = None
    weight: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Total:
    """A cell that is the sum of others."""

    key: str
    parts: tuple[str, ...]


def is_small(cell: Cell, *, fewest_persons: int, fewest_contributors: int) -> bool:
    """Say whether a cell rests on too few people; nobody at all tells nothing of anybody."""
    few = cell.persons is not None and 0 < cell.persons < fewest_persons
    one = cell.contributors is not None and 0 < cell.contributors < fewest_contributors
    return few or one


def hidden_cells(
    cells: Sequence[Cell],
    totals: Sequence[Total],
    *,
    fewest_persons: int = FEWEST_PERSONS,
    fewest_contributors: int = 1,
) -> frozenset[str]:
    """Return the keys to hide: the small cells, and what would let them be computed."""
    hidden = {
        cell.key
        for cell in cells
        if is_small(cell, fewest_persons=fewest_persons, fewest_contributors=fewest_contributors)
    }
    weights = {cell.key: cell.weight for cell in cells}
    while found := solved(hidden, totals):
        around = {
            key
            for total in totals
            for key in (total.key, *total.parts)
            if found & {total.key, *total.parts}
        }
        hidden.add(_lightest(around - hidden, weights, totals))
    return frozenset(hidden)


def solved(hidden: Iterable[str], totals: Iterable[Total]) -> set[str]:
    """Return the hidden cells that the totals shown give away: those alone in an equation."""
    order = sorted(hidden)
    rows = [
        [Fraction((key in total.parts) - (key == total.key)) for key in order] for total in totals
    ]
    alone = set()
    for row in _reduced(rows):
        there = [key for key, value in zip(order, row, strict=True) if value]
        if len(there) == 1:
            alone.add(there[0])
    return alone


def _lightest(
    candidates: Iterable[str], weights: Mapping[str, Fraction], totals: Sequence[Total]
) -> str:
    """Return what to hide next: a part rather than a total, then the lightest."""
    sums = {total.key for total in totals}
    return min(candidates, key=lambda key: (key in sums, weights.get(key, Fraction(0)), key))


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return the rows in reduced echelon form: whatever they give away stands alone in one."""
    rows = [row[:] for row in rows]
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(done, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done][column]
        rows[done] = [value / lead for value in rows[done]]
        for rank, row in enumerate(rows):
            if rank != done and row[column]:
                by = row[column]
                rows[rank] = [a - by * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]
