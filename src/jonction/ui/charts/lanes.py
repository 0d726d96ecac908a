"""Periods side by side: two that share a day are never drawn one over the other."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Period(Protocol):
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


P = TypeVar("P", bound=Period)


def lanes(periods: Sequence[P]) -> list[list[P]]:
    """Share the periods between as few lanes as hold them, the earliest first."""
    found: list[list[P]] = []
    for period in sorted(periods, key=lambda p: (p.starts_on, p.ends_on)):
        lane = next((lane for lane in found if lane[-1].ends_on < period.starts_on), None)
        if lane is None:
            found.append([period])
        else:
            lane.append(period)
    return found
