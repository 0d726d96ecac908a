"""The network of a process: stages with uncertain durations, what each waits for, what is due.

Method     docs/engines/forecast.md. A stage lasts its planned working days times a ratio, drawn from
           the past of the Alliance or from three points (PERT). Support acts on the ratio by the
           share of the stage that it covers.
Invariant  plain data: nothing here draws, reads a clock or depends on the order of the stages.
Exact      whole days and fractions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jonction.engines.periods import Period, weekdays_in

METHOD = "forecast-1"
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Pert:
    """Three points of the ratio of what a stage lasts to what was planned."""

    least: Fraction
    likely: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Past:
    """The ratios of stages already finished."""

    ratios: tuple[Fraction, ...]


Spread = Pert | Past


@dataclass(frozen=True, slots=True)
class Task:
    """A stage; `alone` is what its duration becomes without support: a past of its own, or a factor.

    `support` is the share of the stage, from 0 to 1, that the planned support covers. `meetings` are
    the days on which its end may be decided.
    """

    key: str
    planned_from: date
    planned_to: date
    spread: Spread
    alone: Spread | Fraction = ONE
    support: Fraction = Fraction(0)
    after: tuple[str, ...] = ()
    meetings: tuple[date, ...] = ()
    begun_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What is due on a day: that fraction of the work of a stage."""

    key: str
    on: date
    task: str
    fraction: Fraction = ONE


@dataclass(frozen=True, slots=True)
class Project:
    key: int
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...] = ()


class Circular(Exception):  # noqa: N818 - it says what is wrong with the network
    """A stage waits for itself, or for a stage that is not there."""


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """Return the stages so that each comes after those it waits for, always in the same order."""
    waiting = {task.key: task for task in sorted(tasks, key=lambda t: (t.planned_from, t.key))}
    found: dict[str, Task] = {}
    while waiting:
        ready = [task for task in waiting.values() if set(task.after) <= found.keys()]
        if not ready:
            raise Circular(", ".join(waiting))
        found[ready[0].key] = waiting.pop(ready[0].key)
    return list(found.values())


def working_days(period: Period, off: frozenset[date]) -> int:
    """Return how many days of the period are worked: from Monday to Friday, those off aside."""
    return weekdays_in(period) - sum(
        period[0] <= day <= period[1] and bool(weekdays_in((day, day))) for day in off
    )


def position(tasks: Sequence[Task], on: date, off: frozenset[date]) -> tuple[str, Fraction] | None:
    """Return the work that the plan has done by that day: a stage, and how much of it.

    Between two stages it is the whole of the last one to end; before the first one there is none.
    """
    begun = [task for task in tasks if task.planned_from <= on]
    if not begun:
        return None
    running = [task for task in begun if task.planned_to > on]
    if not running:
        last = max(begun, key=lambda t: (t.planned_to, t.key))
        return last.key, ONE
    task = max(running, key=lambda t: (t.planned_from, t.key))
    done = working_days((task.planned_from, on), off)
    whole = max(working_days((task.planned_from, task.planned_to), off), 1)
    return task.key, Fraction(max(done, 1), whole)
