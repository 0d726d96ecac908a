"""From the rows to the engines of continuity: what held so far, and what will break (R4).

A constant number of queries loads everything, however many processes there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from jonction.core.taxonomy import Dimension
from jonction.cycle.models import Process
from jonction.engines.continuity import Continuity, Handover, Presence, continuity, presences
from jonction.engines.foreseen import (
    Absence,
    Commitment,
    ForeseenBreak,
    StageRun,
    foreseen_breaks,
)
from jonction.engines.periods import Period, left_of
from jonction.support.coverage import thresholds_of, windows_of
from jonction.support.models import (
    Alert,
    HandOver,
    Intervention,
    Share,
    Snooze,
    Waiver,
)
from jonction.support.queries.mandate import Held, held_mandates, held_since
from jonction.support.telling import tell_of_alerts


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
    names = {held.resource: held.name for found in mandates.values() for held in found}
    aside = _snoozes(processes, today)
    found = []
    for process in processes:
        for breaking in foreseen_breaks(
            _stages(process, waived),
            [part for held in mandates[process.pk] for part in _commitments(held)],
            _absences(mandates[process.pk]),
            today=today,
            thresholds=thresholds_of(process),
        ):
            people = tuple(names[pk] for pk in breaking.resources if pk in names)
            snooze = aside.get((process.pk, breaking.key))
            begun = breaking.breaks_on <= today
            found.append(Foreseen(process, breaking, people, snooze, begun))
    return sorted(found, key=lambda f: (f.breaking.breaks_on, f.process.name, f.breaking.key))


def continuity_of(processes: Sequence[Process], *, today: date) -> dict[int, Continuity]:
    """Return how much of each process was supported without a break until that day."""
    mandates = _mandates(processes)
    there = {
        process.pk: [p for held in mandates[process.pk] for p in _presences(held)]
        for process in processes
    }
    return _kept(processes, there, _handovers(processes, today), (date.min, today))


def continuity_between(
    processes: Sequence[Process], since: date, until: date
) -> dict[int, Continuity]:
    """Return how much of each process was supported without a break from a day to a day.

    What came before is left aside, but for the days that an intervention lights around: mandates
    that were over are not read, and hand-overs neither.
    """
    levels = {process.pk: process.body.level for process in processes}
    there: defaultdict[int, list[Presence]] = defaultdict(list)
    for held in held_since(levels, since):
        if held.level == levels[held.process]:
            there[held.process] += _presences(held)
    return _kept(processes, there, {}, (since, until))


def _kept(
    processes: Sequence[Process],
    there: Mapping[int, Sequence[Presence]],
    handed: Mapping[int, Sequence[Handover]],
    period: Period,
) -> dict[int, Continuity]:
    since, until = period
    lived = {}
    for process in processes:
        if windows := windows_of(process).values():
            ends = min(until, max(w.ends_on for w in windows))
            lived[process.pk] = (max(since, min(w.starts_on for w in windows)), ends)
    days = _days_alone(processes, lived, there)
    found = {}
    for process in processes:
        if process.pk not in lived:
            continue
        thresholds = thresholds_of(process)
        found[process.pk] = continuity(
            *lived[process.pk],
            there.get(process.pk, ()),
            days[process.pk],
            handed.get(process.pk, ()),
            gap_days=thresholds.gap_weeks * 7,
            tolerance_days=thresholds.tolerance_weeks * 7,
        )
    return found


def continuity_by_dimension(process: Process, *, today: date) -> list[tuple[str, Continuity]]:
    """Return how much of each dimension was supported without a break, with its label."""
    windows = list(windows_of(process).values())
    if not windows:
        return []
    lived = (min(w.starts_on for w in windows), min(today, max(w.ends_on for w in windows)))
    limits, mandates = thresholds_of(process), _mandates([process])[process.pk]
    there = {
        code: [p for held in mandates if code in held.dimensions for p in _presences(held)]
        for code in Dimension.values
    }
    days = _days_by_dimension(process, lived, there)
    return [
        (
            str(label),
            continuity(
                *lived,
                there[code],
                days[code],
                [],
                gap_days=limits.gap_weeks * 7,
                tolerance_days=limits.tolerance_weeks * 7,
            ),
        )
        for code, label in Dimension.choices
    ]


def _days_by_dimension(
    process: Process, lived: Period, there: Mapping[str, Sequence[Presence]]
) -> defaultdict[str, set[date]]:
    asked = Q(pk__in=[])
    for code, held in there.items():
        if around := _around_alone(process, lived, held):
            asked |= Q(dimension=code, on__range=around)
    found: defaultdict[str, set[date]] = defaultdict(set)
    shares = Share.objects.filter(asked, process=process, level=process.body.level)
    for dimension, on in shares.order_by().values_list("dimension", "on").distinct():
        found[dimension].add(on)
    return found


def _handovers(processes: Sequence[Process], today: date) -> defaultdict[int, list[Handover]]:
    """Return the hand-overs asked of mandates that are over, and whether somebody received them."""
    rows = HandOver.objects.filter(
        mandate__process__in=[p.pk for p in processes], mandate__ends_on__lte=today
    ).exclude(status=HandOver.Status.DROPPED)
    found: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    for handover in rows.select_related("mandate"):
        received = found[handover.mandate.process_id]
        is_done = handover.status in (HandOver.Status.READ, HandOver.Status.FOLLOWED)
        received[handover.mandate_id] = received.get(handover.mandate_id, False) or is_done
    return defaultdict(
        list,
        {pk: [Handover(mandate, done) for mandate, done in of.items()] for pk, of in found.items()},
    )


def _days_alone(
    processes: Sequence[Process],
    lived: Mapping[int, Period],
    there: Mapping[int, Sequence[Presence]],
) -> defaultdict[int, set[date]]:
    """Return, by process, the days of the journal around what no mandate covers."""
    asked = Q(pk__in=[])
    for process in processes:
        pk = process.pk
        if pk in lived and (around := _around_alone(process, lived[pk], there.get(pk, ()))):
            asked |= Q(process=pk, on__range=around)
    days: defaultdict[int, set[date]] = defaultdict(set)
    lines = Intervention.objects.filter(asked).order_by().values_list("process", "on").distinct()
    for pk, on in lines:
        days[pk].add(on)
    return days


def _around_alone(process: Process, lived: Period, held: Sequence[Presence]) -> Period | None:
    """Return the days around what no mandate covers, if any.

    The others change nothing: ten years of them would be read for what is already supported.
    """
    taken = [(p.starts_on, p.ends_on) for p in held]
    alone = left_of(lived, taken) if lived[0] <= lived[1] else []
    if not alone:
        return None
    around = timedelta(weeks=thresholds_of(process).gap_weeks)
    return alone[0][0] - around, min(alone[-1][1] + around, lived[1])


def _presences(held: Held) -> list[Presence]:
    """Return when the holder of the mandate is there: leaves, pauses and departure taken out."""
    return presences(held.resource, held.run, held.away)


@transaction.atomic
def watch(processes: Sequence[Process], *, today: date) -> None:
    """Write the alerts of what is newly foreseen, and close those foreseen no more.

    Scheduled work: it decides nothing, it keeps the history of what the engine saw.
    """
    seen = {(f.process.pk, f.breaking.key): f.breaking for f in foreseen_of(processes, today=today)}
    known = Alert.objects.filter(process__in=[p.pk for p in processes], closed_on=None)
    there = {(alert.process_id, alert.key): alert for alert in known}
    gone = [alert.pk for key, alert in there.items() if key not in seen]
    Alert.objects.filter(pk__in=gone).update(closed_on=today)
    new = [
        Alert(
            process_id=process_id,
            key=breaking.key,
            kind=breaking.kind.value,
            breaks_on=breaking.breaks_on,
            seen_on=today,
        )
        for (process_id, _key), breaking in seen.items()
        if (process_id, breaking.key) not in there
    ]
    Alert.objects.bulk_create(new, ignore_conflicts=True)
    _tell(new, today)


def _tell(new: Sequence[Alert], today: date) -> None:
    """Tell of the alerts as they were written, by this watch or by another at the same moment."""
    if not new:
        return
    rows = Alert.objects.filter(process__in={a.process_id for a in new}, closed_on=None)
    keys = {(alert.process_id, alert.key) for alert in new}
    tell_of_alerts(
        [a for a in rows.select_related("process") if (a.process_id, a.key) in keys], today
    )


def _mandates(processes: Sequence[Process]) -> defaultdict[int, list[Held]]:
    """Return the mandates of each process at the level of its body."""
    levels = {process.pk: process.body.level for process in processes}
    found: defaultdict[int, list[Held]] = defaultdict(list)
    for held in held_mandates(levels):
        if held.level == levels[held.process]:
            found[held.process].append(held)
    return found


def _commitments(held: Held) -> list[Commitment]:
    """Return the mandate without its pauses: what is suspended is not promised."""
    return [
        Commitment(
            held.pk,
            held.resource,
            start,
            end,
            held.quarters_per_week,
            tuple(held.stages),
            tuple(held.dimensions),
        )
        for start, end in left_of(held.run, held.pauses)
    ]


def _absences(mandates: Iterable[Held]) -> list[Absence]:
    """Return when their holders are away, each told once however many mandates one holds."""
    found: dict[Absence, None] = {}
    for held in mandates:
        found.update({Absence(held.resource, *leave): None for leave in held.leaves})
        if held.leaves_on:
            found[Absence(held.resource, held.leaves_on + timedelta(days=1))] = None
    return list(found)


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
