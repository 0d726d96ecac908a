"""From the rows to the engine of the forecast, and from its answer to a row (S10).

Loading imports nothing that draws: the web process reads what the background process has computed.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from jonction.core.states import move
from jonction.core.taxonomy import Dimension, Stage
from jonction.cycle.days import days_off
from jonction.cycle.models import Milestone, Process, ProcessStage
from jonction.cycle.queries import zone_of
from jonction.engines.forecast.keeping import as_plain, from_plain
from jonction.engines.forecast.network import (
    METHOD,
    Past,
    Pert,
    Project,
    Spread,
    Target,
    Task,
    position,
    working_days,
)
from jonction.engines.forecast.records import plain_outlook, plain_starts
from jonction.engines.forecast.support import Hold, strengths, support_share
from jonction.engines.periods import left_of
from jonction.engines.workload import Rate
from jonction.support.coverage import COUNTED, away_of, pauses_of
from jonction.support.models import Assumptions, Forecast, Mandate, Waiver
from jonction.support.queries.forecast import assumptions_of

SEED, DRAWS = 1, 10_000
HALF = Fraction(1, 2)  # a stage of the past counts as supported from this share on
AHEAD = 10  # the years after the plan whose holidays are kept with a forecast
Holds = Mapping[tuple[int, str], Sequence[Hold]]


@dataclass(slots=True)
class History:
    """The ratios of real to planned working days, by stage: supported, and not."""

    supported: defaultdict[str, list[Fraction]] = field(default_factory=lambda: defaultdict(list))
    alone: defaultdict[str, list[Fraction]] = field(default_factory=lambda: defaultdict(list))


def project_of(process: Process, *, today: date) -> Project:
    """Return the network of a process as it stands: its stages, meetings, deadlines and support."""
    alliance = process.body.alliance
    assumed = assumptions_of(alliance)
    finished = _finished(alliance.region_id)
    holds = _holds({process, *(stage.process for stage in finished)})
    stages = {stage.kind: stage for stage in process.stages.all()}
    off = _off([*stages.values(), *finished], today)
    history = _history(finished, holds, off)
    waived = set(Waiver.objects.filter(process=process, level=process.body.level)
                 .values_list("stage", "dimension"))  # fmt: skip
    meetings = defaultdict(list)
    for one in Milestone.objects.filter(process=process, kind=Milestone.Kind.MEETING):
        meetings[one.stage].append(one.on)
    tasks: list[Task] = []
    for kind in (kind for kind in Stage.values if kind in stages):
        stage = stages[kind]
        spread, alone = spreads_of(kind, assumed, history)
        needed = [d for d in Dimension.values if (kind, d) not in waived]
        window = _window(stage)
        tasks.append(
            Task(
                key=kind,
                planned_from=stage.planned_from,
                planned_to=stage.planned_to,
                spread=spread,
                alone=alone,
                # where nothing is needed, nothing is missing
                support=support_share(window, needed, holds[process.pk, kind])
                if needed
                else Fraction(1),
                after=(tasks[-1].key,) if tasks else (),
                meetings=tuple(sorted(meetings[kind])),
                begun_on=_begun_on(stage, today),
                ended_on=_ended_on(stage, today),
            )
        )
    return Project(process.pk, tuple(tasks), tuple(_targets(process, tasks, off, today)))


def spreads_of(
    kind: str, assumed: Assumptions, history: History
) -> tuple[Spread, Spread | Fraction]:
    """Return how long a stage lasts, with support and without: from history when it suffices."""
    held, alone = history.supported[kind], history.alone[kind]
    supposed = Fraction(assumed.alone_percent, 100)
    if len(held) < assumed.least_history:
        least, likely, most = (Fraction(n, 100) for n in assumed.points[kind])
        return Pert(least, likely, most), supposed
    past = Past(tuple(sorted(held)))
    return past, Past(tuple(sorted(alone))) if len(alone) >= assumed.least_history else supposed


def fingerprint_of(project: Project) -> str:
    """Return what changes when a forecast would: its data and its method."""
    said = json.dumps([METHOD, SEED, DRAWS, as_plain(project)], sort_keys=True)
    return sha256(said.encode()).hexdigest()


def new_forecast(process: Process, project: Project, *, actor: Any, today: date) -> Forecast:
    """Return the row, not saved, that holds everything that the computation needs."""
    stages = list(process.stages.all())
    off = sorted(_off(stages, today, ahead=AHEAD))
    return Forecast(
        process=process,
        asked_by=actor,
        on=today,
        seed=SEED,
        draws=DRAWS,
        method=METHOD,
        fingerprint=fingerprint_of(project),
        inputs={"project": as_plain(project), "off": [day.isoformat() for day in off]},
    )


def compute(forecast: Forecast) -> None:
    """Draw from the data kept in the row alone, and keep the answer; a crash is said, and raised."""
    try:
        forecast.result, forecast.starts = computed(forecast)
    except Exception:
        move(forecast, Forecast.Status.FAILED, actor=forecast.asked_by)
        raise
    forecast.computed_at = now()
    forecast.save(update_fields=["result", "starts", "computed_at"])
    move(forecast, Forecast.Status.DONE, actor=forecast.asked_by)


def computed(forecast: Forecast) -> tuple[dict[str, Any], list[Any]]:
    """Return the outlook and the latest starts of a row: always the same for the same row."""
    from jonction.engines.forecast.backward import starts_of
    from jonction.engines.forecast.outlook import outlooks  # numpy: in the background alone

    project = from_plain(forecast.inputs["project"])
    off = frozenset(map(date.fromisoformat, forecast.inputs["off"]))
    seed, draws = forecast.seed, forecast.draws
    [found] = outlooks([project], today=forecast.on, off=off, seed=seed, draws=draws)
    starts = starts_of(
        project, today=forecast.on, off=off, seed=seed, draws=draws, is_supported=True
    )
    return plain_outlook(found), plain_starts(starts)


def _window(stage: ProcessStage) -> tuple[date, date]:
    starts = stage.real_from or stage.planned_from
    return starts, max(stage.real_to or stage.planned_to, starts)


def _begun_on(stage: ProcessStage, today: date) -> date | None:
    """Return when the stage began: as lived, else as planned once that day is past."""
    return stage.real_from or (stage.planned_from if stage.planned_from <= today else None)


def _ended_on(stage: ProcessStage, today: date) -> date | None:
    """Return when it ended; a stage never said to have begun is over when its plan is."""
    passed = stage.planned_to if not stage.real_from and stage.planned_to < today else None
    return stage.real_to or passed


def _targets(
    process: Process, tasks: Sequence[Task], off: frozenset[date], today: date
) -> Iterable[Target]:
    """Return the deadlines to come, each with the work that it waits for."""
    zone = ZoneInfo(zone_of(process.body))
    there = {task.key for task in tasks}
    for deadline in process.deadlines.all():
        on = deadline.due_at.astimezone(zone).date()
        said = (deadline.stage, Fraction(1)) if deadline.stage in there else None
        due = said or position(tasks, on, off)
        if on >= today and due:
            yield Target(str(deadline.pk), on, *due)


def _off(stages: Iterable[ProcessStage], today: date, ahead: int = 0) -> frozenset[date]:
    """Return the holidays of the years that those stages touch, and of some years after."""
    days = [today]
    for stage in stages:
        days += [day for day in (stage.planned_from, stage.planned_to, *_window(stage)) if day]
    return days_off(min(days).year, max(days).year + ahead)


def _finished(region: int) -> list[ProcessStage]:
    """Return the stages that the Alliances of this region have lived to their end."""
    return list(
        ProcessStage.objects.filter(
            process__body__alliance__region=region, real_from__isnull=False, real_to__isnull=False
        ).select_related("process__body")
    )


def _history(finished: Iterable[ProcessStage], holds: Holds, off: frozenset[date]) -> History:
    history = History()
    for stage in finished:
        lived = working_days(_window(stage), off)
        planned = working_days((stage.planned_from, stage.planned_to), off)
        share = support_share(_window(stage), Dimension.values, holds[stage.process_id, stage.kind])
        found = history.supported if share >= HALF else history.alone
        found[stage.kind].append(Fraction(max(lived, 1), max(planned, 1)))
    return history


def _holds(processes: Iterable[Process]) -> defaultdict[tuple[int, str], list[Hold]]:
    """Return who supports each stage, at the level of the process's body, with what strength."""
    levels = {process.pk: process.body.level for process in processes}
    found: defaultdict[tuple[int, str], list[Hold]] = defaultdict(list)
    rows = (
        Mandate.objects.filter(process__in=list(levels), status__in=COUNTED)
        .select_related("resource")
        .prefetch_related(
            "resource__leaves", "resource__capacities", "resource__mandates", "pauses"
        )
    )
    for mandate in rows:
        if mandate.level != levels[mandate.process_id]:
            continue
        for start, end, strength in _strengths(mandate):
            hold = Hold(start, end, tuple(mandate.dimensions), strength)
            for stage in mandate.stages:
                found[mandate.process_id, stage].append(hold)
    return found


def _strengths(mandate: Mandate) -> Iterable[tuple[date, date, Fraction]]:
    resource = mandate.resource
    promised = [
        Rate(m.quarters_per_week, m.starts_on, m.ends_on)
        for m in resource.mandates.all()
        if m.status == Mandate.Status.ACTIVE
    ]
    offered = [Rate(c.quarters_per_week, c.starts_on, c.ends_on) for c in resource.capacities.all()]
    away = away_of(resource) + pauses_of(mandate)
    for period in left_of((mandate.starts_on, mandate.ends_on), away):
        for (start, end), strength in strengths(period, promised, offered):
            yield start, end, strength
