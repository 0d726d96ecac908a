"""What of equity may leave an Alliance: no territory that would tell one person's time (Loi 25).

A territory is small when too few resources gave its hours, or too few people were in the room that
appraised it. Small territories, and those by which they could be computed, are shown together, with
others as long as all of them rest on too few people; the measures are then those of that table.
"""

from dataclasses import dataclass
from fractions import Fraction

from jonction.engines import equity as engine
from jonction.engines.claims import ALL, Source, put_together
from jonction.engines.small_cells import FEWEST_PERSONS, Cell, is_small
from jonction.support.equity import Line, Picture


@dataclass(frozen=True, slots=True)
class Veiled:
    """The picture as it is seen from outside; `together` counts the territories not told apart."""

    shown: tuple[Line, ...]
    together: int
    due: Fraction
    hours: Fraction
    total: Fraction
    whole_hours: Fraction | None
    lorenz: tuple[tuple[Fraction, Fraction], ...]
    gini: Fraction | None
    theil: float | None

    @property
    def received(self) -> Fraction:
        return self.hours / self.total if self.total else Fraction(0)

    @property
    def ratio(self) -> Fraction | None:
        return self.received / self.due if self.due else None

    @property
    def lacking(self) -> Fraction:
        return self.due * self.total - self.hours

    @property
    def moved(self) -> Fraction:
        """Return the hours to move for each line shown to have its share."""
        lacking = [line.standing.lacking for line in self.shown if line.standing]
        return sum((h for h in [*lacking, self.lacking] if h > 0), Fraction(0))


def veiled(picture: Picture) -> Veiled | None:
    """Return what may be shown from outside; None when even the sum would tell somebody's time."""
    hidden = _aside(picture)
    if hidden is None:
        return None
    shown = tuple(line for line in picture.lines if str(line.facts.key) not in hidden)
    aside = [line for line in picture.lines if str(line.facts.key) in hidden]
    due = sum((line.standing.due for line in aside if line.standing), Fraction(0))
    hours = sum((line.facts.hours for line in aside), Fraction(0))
    total = picture.result.hours
    parts = [(line.standing.due, line.standing.received) for line in shown if line.standing]
    parts += [(due, hours / total)] if aside and total else []
    return Veiled(
        shown,
        len(aside),
        due,
        hours,
        total,
        None if _is_few(picture) else picture.whole_hours,
        engine.lorenz(parts) if total else (),
        engine.gini(parts) if total else None,
        engine.theil(parts, [""] * len(parts)).total if total else None,
    )


def _aside(picture: Picture) -> frozenset[str] | None:
    return put_together(
        [
            Source(
                str(line.facts.key),
                line.profile.present if line.profile else None,
                frozenset(line.received.resources),
                line.facts.hours,
            )
            for line in picture.lines
        ],
        fewest_contributors=picture.method.fewest_contributors,
    )


def _is_few(picture: Picture) -> bool:
    cell = Cell(ALL, contributors=picture.whole.contributors)
    return is_small(
        cell,
        fewest_persons=FEWEST_PERSONS,
        fewest_contributors=picture.method.fewest_contributors,
    )
