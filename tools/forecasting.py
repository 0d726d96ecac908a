"""Measure the forecast: two hundred processes, ten thousand draws each."""

import time
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from jonction.cycle.days import days_off
from jonction.engines.forecast.network import Pert, Project, Target, Task
from jonction.engines.forecast.outlook import DRAWS, outlooks

PROCESSES, TODAY = 200, date(2026, 11, 23)
STAGES = ("mobilisation", "priorities", "planning", "calls", "delivery", "review")


def figures() -> dict[str, tuple[float, float, str]]:
    """Return the seconds of processor that it takes, over two; the first run warms the machine."""
    projects = [made(n) for n in range(PROCESSES)]
    off = days_off(2025, 2055)
    took = []
    for _ in range(2):
        start = time.process_time()
        outlooks(projects, today=TODAY, off=off, seed=1, draws=DRAWS)
        took.append(time.process_time() - start)
    return {"Prévision de 200 démarches, 10 000 tirages": (min(took), 2.0, "s")}


def made(number: int) -> Project:
    draw = Random(number)  # noqa: S311 - it draws a measure, not a secret
    tasks: list[Task] = []
    start = TODAY - timedelta(days=draw.randrange(300))
    for kind in STAGES:
        end = start + timedelta(days=draw.randrange(60, 200))
        tasks.append(
            Task(
                key=kind,
                planned_from=start,
                planned_to=end,
                spread=Pert(Fraction(4, 5), Fraction(1), Fraction(8, 5)),
                alone=Fraction(5, 4),
                support=Fraction(draw.randrange(5), 4),
                after=(tasks[-1].key,) if tasks else (),
                meetings=tuple(end + timedelta(weeks=5 * n) for n in range(-1, 4)),
                begun_on=start if start <= TODAY else None,
                ended_on=end if end < TODAY else None,
            )
        )
        start = end + timedelta(days=1)
    due = [TODAY + timedelta(weeks=weeks) for weeks in (8, 26, 60)]
    targets = tuple(Target(day.isoformat(), day, "delivery", Fraction(3, 4)) for day in due)
    return Project(number, tuple(tasks), targets)
