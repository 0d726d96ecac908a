"""Back-planning: the latest day to begin, for chosen odds of being done by a day that is given.

Method     what has not begun is drawn from each Monday to come, with the same luck; the table keeps the
           last days of each stage for several odds. Reading it needs no draw: the latest Monday whose
           day is not after the one wanted.
Invariant  beginning later never ends earlier; higher odds never allow a later start.
Exact      whole days, on the draws kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jonction.engines.forecast.network import Project, in_order

ODDS = (50, 60, 70, 80, 90, 95)
WEEKS = 78


@dataclass(frozen=True, slots=True)
class Start:
    """If what has not begun begins that day: by when each stage ends, for each of the ODDS."""

    on: date
    ends: dict[str, tuple[date, ...]]


def starts_of(
    project: Project,
    *,
    today: date,
    off: frozenset[date],
    seed: int,
    draws: int,
    is_supported: bool,
) -> list[Start]:
    """Return the table of a process: one line per Monday, from the next one."""
    from jonction.engines.forecast import outlook  # draws: loaded by those who compute alone

    tasks = in_order(project.tasks)
    waiting = [task.key for task in tasks if not task.begun_on and not task.ended_on]
    if not waiting:
        return []
    days = outlook.calendar_of([project], today=today, off=off)
    luck = outlook.luck_of(project, days, today=today, seed=seed, draws=draws)
    found = []
    for monday in _mondays(today):
        runs = outlook.run(tasks, luck, days, today=today, is_supported=is_supported, since=monday)
        ends = {key: outlook.percentiles(runs[key].ends, ODDS) for key in waiting}
        found.append(Start(monday, {k: tuple(map(days.day, e)) for k, e in ends.items()}))
    return found


def latest_start(starts: Sequence[Start], task: str, *, by: date, odds: int) -> date | None:
    """Return the latest day to begin, or None when even the first one is too late."""
    place = ODDS.index(odds)
    held = [start.on for start in starts if start.ends[task][place] <= by]
    return max(held, default=None)


def _mondays(today: date) -> list[date]:
    first = today + timedelta(days=(7 - today.weekday()) % 7)
    return [first + timedelta(weeks=n) for n in range(WEEKS)]
