"""A project as JSON keeps it, so that a result shown one day can be computed again later.

Method     dates in ISO, fractions as « a/b »; the stages in the order given.
Invariant  what is read back is equal to what was written.
Exact      fractions, never floats.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from jonction.engines.forecast.network import Past, Pert, Project, Spread, Target, Task


def as_plain(project: Project) -> dict[str, Any]:
    return {
        "key": project.key,
        "tasks": [_plain_task(task) for task in project.tasks],
        "targets": [
            [target.key, target.on.isoformat(), target.task, str(target.fraction)]
            for target in project.targets
        ],
    }


def from_plain(said: Mapping[str, Any]) -> Project:
    targets = (
        Target(key, date.fromisoformat(on), task, Fraction(fraction))
        for key, on, task, fraction in said["targets"]
    )
    return Project(said["key"], tuple(map(_task, said["tasks"])), tuple(targets))


def _plain_task(task: Task) -> dict[str, Any]:
    alone = task.alone
    return {
        "key": task.key,
        "planned": [task.planned_from.isoformat(), task.planned_to.isoformat()],
        "spread": _plain_spread(task.spread),
        "alone": str(alone) if isinstance(alone, Fraction) else _plain_spread(alone),
        "support": str(task.support),
        "after": list(task.after),
        "meetings": [day.isoformat() for day in task.meetings],
        "begun": task.begun_on.isoformat() if task.begun_on else None,
        "ended": task.ended_on.isoformat() if task.ended_on else None,
    }


def _task(said: Mapping[str, Any]) -> Task:
    alone = said["alone"]
    planned_from, planned_to = map(date.fromisoformat, said["planned"])
    return Task(
        key=said["key"],
        planned_from=planned_from,
        planned_to=planned_to,
        spread=_spread(said["spread"]),
        alone=Fraction(alone) if isinstance(alone, str) else _spread(alone),
        support=Fraction(said["support"]),
        after=tuple(said["after"]),
        meetings=tuple(map(date.fromisoformat, said["meetings"])),
        begun_on=date.fromisoformat(said["begun"]) if said["begun"] else None,
        ended_on=date.fromisoformat(said["ended"]) if said["ended"] else None,
    )


def _plain_spread(spread: Spread) -> list[str]:
    if isinstance(spread, Past):
        return ["past", *map(str, spread.ratios)]
    return ["pert", str(spread.least), str(spread.likely), str(spread.most)]


def _spread(said: list[str]) -> Spread:
    kind, *values = said
    ratios = [Fraction(value) for value in values]
    return Past(tuple(ratios)) if kind == "past" else Pert(*ratios)
