"""When what a funder asks is due, relative to the dates of a process (S8).

Method     a rule counts days from the start or the end of a stage or of the whole process, from a
           day written as such, or from the end of each fiscal year (31 March) that the process
           touches.
Invariant  moving the dates of a process by a number of days moves what is due by as many, except
           what follows the calendar; a yearly rule gives one day per fiscal year touched.
Exact      whole days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

APRIL = 4
FISCAL_END = (3, 31)
ONCE = 0  # the period of what is asked one time


class Anchor(StrEnum):
    STAGE_START = "stage_start"
    STAGE_END = "stage_end"
    PROCESS_START = "process_start"
    PROCESS_END = "process_end"
    FISCAL_YEAR = "fiscal_year"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class DueRule:
    """So many days after `anchor` (before it when negative); `fixed_on` is for a fixed day."""

    anchor: Anchor
    offset_days: int = 0
    fixed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """One time that something is due; `period` is the year in which a fiscal year ends, or 0."""

    period: int
    on: date


class State(StrEnum):
    GIVEN = "given"
    LATE = "late"
    READY = "ready"
    SOON = "soon"
    COMING = "coming"


def dues(rule: DueRule, stage: Span | None, whole: Span | None) -> tuple[Due, ...]:
    """Return each time that it is due, in order; nothing while the dates it waits for are unknown."""
    offset = timedelta(days=rule.offset_days)
    if rule.anchor is Anchor.FISCAL_YEAR:
        return _yearly(whole, offset) if whole else ()
    days = {
        Anchor.STAGE_START: stage and stage.starts_on,
        Anchor.STAGE_END: stage and stage.ends_on,
        Anchor.PROCESS_START: whole and whole.starts_on,
        Anchor.PROCESS_END: whole and whole.ends_on,
        Anchor.FIXED: rule.fixed_on,
    }
    day = days[rule.anchor]
    return (Due(ONCE, day + offset),) if day else ()


def state_on(day: date, due: date, *, is_given: bool, is_ready: bool, soon_days: int) -> State:
    """Say where something stands: what is ready and past its day is late all the same."""
    if is_given:
        return State.GIVEN
    if due < day:
        return State.LATE
    if is_ready:
        return State.READY
    return State.SOON if due <= day + timedelta(days=soon_days) else State.COMING


def fiscal_year(day: date) -> int:
    """Return the year in which the fiscal year of that day ends (1 April to 31 March)."""
    return day.year + (day.month >= APRIL)


def _yearly(whole: Span, offset: timedelta) -> tuple[Due, ...]:
    years = range(fiscal_year(whole.starts_on), fiscal_year(whole.ends_on) + 1)
    return tuple(Due(year, date(year, *FISCAL_END) + offset) for year in years)
