"""The forecast of a process: ten thousand calendars drawn, with the support planned and without any.

Method     docs/engines/forecast.md. A stage begins on the first working day after those it waits for
           (less the overlap that the plan gives them), never before its planned day nor today; it
           lasts its planned days times the ratio drawn; its end waits for the next dated meeting. A
           stage begun is drawn knowing that it is not over; support acts on what is left of it.
Invariant  one draw serves both cases: with a factor of 1 or more, support never lowers the odds;
           nothing uncertain gives the planned calendar; later deadlines never have lower odds; the
           order of the data does not matter; the same seed gives the same answer.
Exact      whole days; the odds are counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from jonction.engines.forecast.draws import Days, Floats, Whole, at, below, quantiles, stream
from jonction.engines.forecast.network import Project, Spread, Target, Task, in_order
from jonction.engines.forecast.results import Dates, Ended, Odds, Outlook, Reached, Scene

DRAWS = 10_000
YEARS = 15
BEYOND = 0.1  # of the plan: what is left of a stage longer than all that is known
LATER = tuple(timedelta(weeks=weeks) for weeks in (2, 4, 6, 8, 12))
SHARES = (50, 80, 95)
Held = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Run:
    """One stage over all the draws: when it begins and ends, and how long its work lasts."""

    task: Task
    starts: Whole
    lasts: Whole
    ends: Whole
    bounds: dict[str, Whole]
    floor: int


def calendar_of(projects: Sequence[Project], *, today: date, off: frozenset[date]) -> Days:
    """Return the days that those processes may need, and fifteen years more."""
    known = [day for p in projects for t in p.tasks for day in (t.planned_from, t.begun_on) if day]
    last = [today, *(t.planned_to for p in projects for t in p.tasks)]
    return Days(min([today, *known]), max(last) + timedelta(days=365 * YEARS), off)


def outlooks(
    projects: Sequence[Project],
    *,
    today: date,
    off: frozenset[date],
    seed: int,
    draws: int = DRAWS,
) -> list[Outlook]:
    days = calendar_of(projects, today=today, off=off)
    return [outlook(project, days, today=today, seed=seed, draws=draws) for project in projects]


def outlook(project: Project, days: Days, *, today: date, seed: int, draws: int) -> Outlook:
    tasks = in_order(project.tasks)
    luck = luck_of(project, days, today=today, seed=seed, draws=draws)
    supported, alone = (
        _scene(run(tasks, luck, days, today=today, is_supported=case), project.targets, days)
        for case in (True, False)
    )
    return Outlook(project.key, today, draws, seed, supported, alone)


def luck_of(
    project: Project, days: Days, *, today: date, seed: int, draws: int
) -> dict[str, tuple[Floats, Floats]]:
    """Draw what every stage lasts, or has left when it is begun: with support, and without any."""
    return {
        task.key: _drawn(task, stream(seed, project.key, task.key).random(draws), days, today)
        for task in project.tasks
    }


def run(
    tasks: Sequence[Task],
    luck: dict[str, tuple[Floats, Floats]],
    days: Days,
    *,
    today: date,
    is_supported: bool,
    since: date | None = None,
) -> dict[str, Run]:
    """Run every stage, those that others wait for first.

    `since` moves the first stage not begun there: it then waits for nothing else, and the plan holds
    back none of those that follow.
    """
    runs: dict[str, Run] = {}
    by_key = {task.key: task for task in tasks}
    waiting = [task.key for task in tasks if not task.begun_on and not task.ended_on]
    for task in tasks:
        floor = days.number(max(task.planned_from if since is None else since, today))
        is_moved = since is not None and task.key in waiting[:1]
        before = () if is_moved else task.after
        bounds = {key: _bound(by_key[key], task, runs[key], days) for key in before}
        share = float(task.support) if is_supported else 0.0
        lasts = _whole(_mixed(*luck[task.key], share))
        runs[task.key] = _placed(task, lasts, days, (today, floor, bounds))
    return runs


def _placed(task: Task, lasts: Whole, days: Days, when: tuple[date, int, dict[str, Whole]]) -> Run:
    """Return the stage where it falls: known dates first, then what it waits for."""
    today, floor, bounds = when
    if task.ended_on:
        first = min(task.begun_on or task.planned_from, task.ended_on)
        starts, ends = (np.full(len(lasts), days.number(day)) for day in (first, task.ended_on))
        return Run(task, starts, np.maximum(days.between(starts, ends), 1), ends, {}, 0)
    if task.begun_on:
        starts = np.full(len(lasts), days.number(min(task.begun_on, today)))
        ends = days.after(np.full(len(lasts), days.number(today)), lasts)
        return Run(task, starts, days.between(starts, ends), _decided(task, ends, days), {}, 0)
    starts = np.full(len(lasts), floor)
    for bound in bounds.values():
        starts = np.maximum(starts, bound)
    ends = _decided(task, days.after(starts, lasts), days)
    return Run(task, starts, lasts, ends, bounds, floor)


def planned_days(task: Task, days: Days) -> int:
    first, last = days.number(task.planned_from), days.number(task.planned_to)
    return max(int(days.before[last + 1] - days.before[first]), 1)


def _drawn(task: Task, u: Floats, days: Days, today: date) -> tuple[Floats, Floats]:
    """Return the durations drawn, in working days; of a stage begun, what is left, knowing that it
    is not over."""
    planned, elapsed = planned_days(task, days), 0
    if task.ended_on:
        return u, u  # its dates are known: nothing is drawn from it
    if task.begun_on:
        begun, now = (np.array([days.number(day)]) for day in (task.begun_on, today))
        elapsed = int(days.between(begun, now - 1)[0])

    def drawn(spread: Spread) -> Floats:
        table = quantiles(spread)
        known = below(table, elapsed / planned) if elapsed else 0.0
        if known >= 1:
            return np.full(len(u), planned * BEYOND)
        return np.maximum(planned * at(table, known + u * (1 - known)) - elapsed, 0)

    held = drawn(task.spread)
    return held, held * float(task.alone) if isinstance(task.alone, Fraction) else drawn(task.alone)


def _mixed(held: Floats, alone: Floats, share: float) -> Floats:
    """Return the durations between those with support and those without, by the share held."""
    if share == 1:
        return held
    return alone if share == 0 else share * held + (1 - share) * alone


def _whole(lasts: Floats) -> Whole:
    return np.maximum(np.rint(lasts), 1).astype(np.int64)


def _decided(task: Task, ends: Whole, days: Days) -> Whole:
    """Return the day of the meeting that decides; after the last one known, the day of the end."""
    if not task.meetings:
        return ends
    decided: Whole = np.arange(len(days.before))
    since = 0
    for number in sorted(days.number(day) for day in task.meetings):
        decided[since : number + 1] = number
        since = max(since, number + 1)
    return decided.take(ends, mode="clip")


def _bound(before: Task, task: Task, ran: Run, days: Days) -> Whole:
    """Return from when the stage that comes before lets this one begin, less the planned overlap."""
    first, last = days.number(task.planned_from), days.number(before.planned_to)
    overlap = max(int(days.before[last + 1] - days.before[first]), 0)
    if not overlap:
        return ran.ends + 1
    return days.shifted(ran.ends + 1, -overlap)


def _scene(runs: dict[str, Run], targets: Sequence[Target], days: Days) -> Scene:
    last = np.max([one.ends for one in runs.values()], axis=0) if runs else np.zeros(1, np.int64)
    critical = _critical(runs, last)
    stages = tuple(_ended(one, critical[key], days) for key, one in runs.items())
    reached = tuple(_reached(target, runs[target.task], days) for target in targets)
    return Scene(stages, reached, _dates(last, days))


def _critical(runs: dict[str, Run], last: Whole) -> dict[str, Held]:
    """Return, for each stage, the draws in which one more day of it moves the end of the process."""
    found = {key: one.ends == last for key, one in runs.items()}
    for key, one in reversed(runs.items()):
        for before, bound in one.bounds.items():
            holds = found[key] & (bound == one.starts) & (bound > one.floor)
            found[before] = found[before] | holds
    return found


def _ended(one: Run, critical: Held, days: Days) -> Ended:
    spent = days.between(one.starts, one.ends) if one.task.meetings else one.lasts
    late = np.maximum(spent - planned_days(one.task, days), 0)
    odds = Odds(int(np.count_nonzero(critical)), len(critical))
    return Ended(
        one.task.key, _dates(one.ends, days), odds, float(late[critical].sum() / len(late))
    )


def _reached(target: Target, one: Run, days: Days) -> Reached:
    ends = one.ends
    if target.fraction != 1 and not one.task.ended_on:
        top, bottom = target.fraction.numerator, target.fraction.denominator
        ends = days.after(one.starts, np.maximum(-(-one.lasts * top // bottom), 1))

    def odds(on: date) -> Odds:
        return Odds(int(np.count_nonzero(ends <= (on - days.first).days)), len(ends))

    later = tuple((target.on + delay, odds(target.on + delay)) for delay in LATER)
    return Reached(target.key, odds(target.on), _dates(ends, days), later)


def _dates(ends: Whole, days: Days) -> Dates:
    return Dates(*(days.day(day) for day in percentiles(ends, SHARES)))


def percentiles(ends: Whole, shares: Sequence[int]) -> list[int]:
    """Return, for each share in percent, the first day by which that share of the draws has ended."""
    least = int(ends.min())
    counts = np.cumsum(np.bincount(ends - least))
    wanted = [-(-len(ends) * share // 100) for share in shares]
    return [least + int(place) for place in np.searchsorted(counts, wanted)]
