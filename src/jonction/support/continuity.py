"""From the rows to the engines of continuity: what held so far, and what will break (R4).

A constant number of queries loads everything, however many processes there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jonction.core.taxonomy import Dimension
from jonction.cycle.models import Process
from jonction.engines.continuity import Continuity, Presence, continuity, presences
from jonction.engines.coverage import Planned
from jonction.engines.foreseen import (
    Absence,
    Commitment,
    ForeseenBreak,
    StageRun,
    foreseen_breaks,
)
from jonction.engines.periods import left_of
from jonction.support.coverage import COUNTED, away_of, pauses_of, thresholds_of, windows_of
from jonction.support.models import Alert, Intervention, Mandate, Resource, Snooze, Waiver


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A break to come in a process, with who put it aside."""

    process: Process
    breaking: ForeseenBreak
    resources: tuple[str, ...]
    snooze: Snooze | None
    has_begun: bool

    @property
    def kind(self) -> str:
        return self.breaking.kind.value


def foreseen_of(processes: Sequence[Process], *, today: date) -> list[Foreseen]:
    """Return what will break in those processes, the soonest first."""
    mandates = _mandates(processes)
    waived = _waived(processes)
    names = {m.resource_id: m.resource.name for found in mandates.values() for m in found}
    aside = _snoozes(processes, today)
    found = []
    for process in processes:
        for breaking in foreseen_breaks(
            _stages(process, waived),
            [part for m in mandates[process.pk] for part in _commitments(m)],
            _absences(m.resource for m in mandates[process.pk]),
            today=today,
            thresholds=thresholds_of(process),
        ):
            people = tuple(names[pk] for pk in breaking.resources if pk in names)
            snooze = aside.get((process.pk, breaking.key))
            begun = breaking.breaks_on <= today
            found.append(Foreseen(process, breaking, people, snooze, begun))
    return sorted(found, key=lambda f: (f.breaking.breaks_on, f.process.name, f.breaking.key))


def continuity_of(
    processes: Sequence[Process], *, today: date, since: date = date.min
) -> dict[int, Continuity]:
    """Return how much of each process was supported without a break until that day.

    `since` leaves aside what came before it, but for the days that an intervention lights around.
    """
    mandates = _mandates(processes)
    days = defaultdict(set)
    lines = Intervention.objects.filter(process__in=[p.pk for p in processes], on__lte=today)
    if since > date.min:
        longest = max((thresholds_of(p).gap_weeks for p in processes), default=0)
        lines = lines.filter(on__gte=since - timedelta(weeks=longest))
    for process_id, on in lines.order_by().values_list("process", "on").distinct():
        days[process_id].add(on)
    found = {}
    for process in processes:
        windows = windows_of(process).values()
        if not windows:
            continue
        thresholds = thresholds_of(process)
        found[process.pk] = continuity(
            max(since, min(w.starts_on for w in windows)),
            min(today, max(w.ends_on for w in windows)),
            [p for m in mandates[process.pk] for p in presences_of(m)],
            days[process.pk],
            [],
            gap_days=thresholds.gap_weeks * 7,
            tolerance_days=thresholds.tolerance_weeks * 7,
        )
    return found


def presences_of(mandate: Mandate) -> list[Presence]:
    """Return when the holder of the mandate is there: leaves, pauses and departure taken out."""
    away = tuple(away_of(mandate.resource) + pauses_of(mandate))
    planned = Planned(
        mandate.pk, mandate.resource_id, mandate.starts_on, mandate.ends_on, 0, True, away
    )
    return presences([planned])


def watch(processes: Sequence[Process], *, today: date) -> None:
    """Write the alerts of what is newly foreseen, and close those foreseen no more.

    Scheduled work: it decides nothing, it keeps the history of what the engine saw.
    """
    seen = {(f.process.pk, f.breaking.key): f.breaking for f in foreseen_of(processes, today=today)}
    known = Alert.objects.filter(process__in=[p.pk for p in processes], closed_on=None)
    there = {(alert.process_id, alert.key): alert for alert in known}
    gone = [alert.pk for key, alert in there.items() if key not in seen]
    Alert.objects.filter(pk__in=gone).update(closed_on=today)
    Alert.objects.bulk_create(
        [
            Alert(
                process_id=process_id,
                key=breaking.key,
                kind=breaking.kind.value,
                breaks_on=breaking.breaks_on,
                seen_on=today,
            )
            for (process_id, _key), breaking in seen.items()
            if (process_id, breaking.key) not in there
        ],
        ignore_conflicts=True,
    )


def _mandates(processes: Sequence[Process]) -> defaultdict[int, list[Mandate]]:
    """Return the mandates of each process at the level of its body."""
    levels = {process.pk: process.body.level for process in processes}
    found: defaultdict[int, list[Mandate]] = defaultdict(list)
    for mandate in (
        Mandate.objects.filter(process__in=list(levels), status__in=COUNTED)
        .select_related("resource")
        .prefetch_related("resource__leaves", "pauses")
    ):
        if mandate.level == levels[mandate.process_id]:
            found[mandate.process_id].append(mandate)
    return found


def _commitments(mandate: Mandate) -> list[Commitment]:
    """Return the mandate without its pauses: what is suspended is not promised."""
    return [
        Commitment(
            mandate.pk,
            mandate.resource_id,
            start,
            end,
            mandate.quarters_per_week,
            tuple(mandate.stages),
            tuple(mandate.dimensions),
        )
        for start, end in left_of((mandate.starts_on, mandate.ends_on), pauses_of(mandate))
    ]


def _absences(resources: Iterable[Resource]) -> list[Absence]:
    found = {}
    for resource in resources:
        for leave in resource.leaves.all():
            found[resource.pk, leave.pk] = Absence(resource.pk, leave.starts_on, leave.ends_on)
        if resource.leaves_on:
            found[resource.pk, 0] = Absence(resource.pk, resource.leaves_on + timedelta(days=1))
    return list(found.values())


def _stages(process: Process, waived: set[tuple[int, str, str]]) -> list[StageRun]:
    runs = []
    for stage, window in windows_of(process).items():
        needed = tuple(d for d in Dimension.values if (process.pk, stage, d) not in waived)
        runs.append(StageRun(stage, window, needed))
    return runs


def _waived(processes: Sequence[Process]) -> set[tuple[int, str, str]]:
    levels = {process.pk: process.body.level for process in processes}
    rows = Waiver.objects.filter(process__in=list(levels))
    return {
        (process, stage, dimension)
        for process, level, stage, dimension in rows.values_list(
            "process", "level", "stage", "dimension"
        )
        if level == levels[process]
    }


def _snoozes(processes: Sequence[Process], today: date) -> dict[tuple[int, str], Snooze]:
    """Return, by break, the last word of somebody who put it aside, when it still holds."""
    rows = (
        Snooze.objects.filter(alert__process__in=[p.pk for p in processes], alert__closed_on=None)
        .select_related("alert", "said_by")
        .order_by("pk")
    )
    last = {(row.alert.process_id, row.alert.key): row for row in rows}
    return {key: row for key, row in last.items() if row.until >= today}
