"""Which mandates, needs and resources a person sees, and what a resource has promised."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet, Value

from jonction.accounts.models import Person
from jonction.core.memory import remembered
from jonction.cycle.models import Process
from jonction.engines.periods import Period
from jonction.engines.workload import Overload, Rate, Stretch, first_overload, stretches
from jonction.governance.queries import standing_of
from jonction.support.models import Leave, Mandate, Need, Pause, ReleaseAgreement, Resource
from jonction.support.queries.access import (
    HELD,
    coordinated_processes,
    named_in,
    supported_by,
    taking_part,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate that counts: who holds it, for what, from when to when, and when nobody is there.

    `away` are its pauses, the leaves of its resource, and all that follows its departure.
    """

    pk: int
    process: int
    level: str
    resource: int
    name: str
    run: Period
    quarters_per_week: int
    is_continuous: bool
    stages: Sequence[str]
    dimensions: Sequence[str]
    leaves_on: date | None
    leaves: Sequence[Period]
    pauses: Sequence[Period]
    away: Sequence[Period]


Periods = defaultdict[int, list[Period]]
LIVE = [Mandate.Status.PROPOSED, Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED]


def mandates_visible_to(person: Person, on: date) -> QuerySet[Mandate]:
    """Return one's own mandates, and those of the processes where one may read names."""
    return Mandate.objects.filter(
        Q(resource__person=person) | Q(process__in=named_in(person, on))
    ).select_related("resource__person", "process__body__alliance", "need", "host")


def needs_visible_to(person: Person, on: date) -> QuerySet[Need]:
    """Return what one asked, and the needs of the processes where one may read names."""
    return Need.objects.filter(
        Q(asked_by=person) | Q(process__in=named_in(person, on))
    ).select_related("process__body__alliance", "asked_by")


def mandates_of(resource: Resource, person: Person, on: date) -> list[Mandate]:
    """Return those of its mandates that `person` sees, the latest first: her seats most often tell."""
    rows = resource.mandates.select_related("process__body").order_by("-ends_on", "pk")
    if resource.person_id == person.pk:
        return list(rows)
    shown = {process.pk for process in taking_part(person, [m.process for m in rows], on)}
    return [mandate for mandate in rows if mandate.process_id in shown]


def alliances_of(person: Person, on: date) -> frozenset[int]:
    """Return the Alliances in which `person` sits (otherwise than to observe) or supports.

    By their numbers, read once a page: the question is written several times in one query.
    """
    # those that she coordinates are among those where she sits
    return standing_of(person, on).seated_alliances | supported_by(person).alliances


def resources_visible_to(person: Person, on: date) -> QuerySet[Resource]:
    """Return the resources of the Alliances in which one takes part."""
    return Resource.objects.filter(alliance__in=alliances_of(person, on)).select_related(
        "home", "person", "alliance"
    )


def held_mandates(processes: Iterable[int]) -> list[Held]:
    """Return the mandates of those processes that count, each read once for a page."""
    wanted = sorted(set(processes))
    known: dict[int, list[Held]] = remembered("mandates", dict)
    if unknown := [pk for pk in wanted if pk not in known]:
        known.update({pk: [] for pk in unknown})
        for held in _held(Mandate.objects.filter(process__in=unknown, status__in=HELD)):
            known[held.process].append(held)
    return [held for pk in wanted for held in known[pk]]


def held_since(processes: Iterable[int], since: date) -> list[Held]:
    """Return the mandates of those processes that count and were not over on that day."""
    return _held(Mandate.objects.filter(process__in=processes, status__in=HELD, ends_on__gte=since))


# no object is made of a mandate and its resource: coverage reads eighty of them
HELD_AS = (
    *("pk", "process", "level", "resource", "resource__name", "starts_on", "ends_on"),
    *("quarters_per_week", "mode", "stages", "dimensions", "resource__leaves_on"),
)


def _held(mandates: QuerySet[Mandate]) -> list[Held]:
    rows = list(mandates.order_by("starts_on", "pk").values_list(*HELD_AS))
    left, paused = _absences({row[3] for row in rows}, [row[0] for row in rows])
    found = []
    for pk, process, level, resource, name, *run, quarters, mode, stages, served, gone in rows:
        leaves, pauses = left[resource], paused[pk]
        away = (*pauses, *leaves, *_gone_after(gone))
        found.append(
            Held(
                pk,
                process,
                level,
                resource,
                name,
                (run[0], run[1]),
                quarters,
                mode == "continuous",
                stages,
                served,
                gone,
                leaves,
                pauses,
                away,
            )
        )
    return found


def _absences(resources: Collection[int], mandates: Collection[int]) -> tuple[Periods, Periods]:
    """Return the leaves of those resources and the pauses of those mandates, in one query."""
    leaves = Leave.objects.filter(resource__in=resources).order_by()
    pauses = Pause.objects.filter(mandate__in=mandates).order_by()
    said = ("starts_on", "ends_on")
    rows = leaves.values_list(Value(0), "resource", *said).union(
        pauses.values_list(Value(1), "mandate", *said), all=True
    )
    found: tuple[Periods, Periods] = (defaultdict(list), defaultdict(list))
    for kind, of, starts_on, ends_on in rows:
        found[kind][of].append((starts_on, ends_on or date.max))
    for periods in [*found[0].values(), *found[1].values()]:
        periods.sort()
    return found


def _gone_after(leaves_on: date | None) -> list[Period]:
    return [(leaves_on + timedelta(days=1), date.max)] if leaves_on else []


def carrying_mandates(needs: Iterable[Need]) -> list[Mandate]:
    """Return the mandates that carry, or carried, these needs: when, and how many hours a week."""
    rows = Mandate.objects.filter(need__in=[need.pk for need in needs], status__in=HELD)
    return with_absences(
        rows.only("need", "quarters_per_week", "starts_on", "ends_on", "resource__leaves_on")
    )


def with_absences(mandates: QuerySet[Mandate]) -> list[Mandate]:
    """Return mandates with their resource, its leaves and their pauses, in three queries.

    As `prefetch_related` would, without the queryset that it makes for each row.
    """
    found = list(mandates.select_related("resource"))
    leaves: defaultdict[int, list[Leave]] = defaultdict(list)
    for leave in Leave.objects.filter(resource__in={m.resource_id for m in found}):
        leaves[leave.resource_id].append(leave)
    pauses: defaultdict[int, list[Pause]] = defaultdict(list)
    for pause in Pause.objects.filter(mandate__in=[m.pk for m in found]):
        pauses[pause.mandate_id].append(pause)
    for mandate in found:
        mandate.resource._prefetched_objects_cache = {"leaves": leaves[mandate.resource_id]}  # type: ignore[attr-defined]
        mandate._prefetched_objects_cache = {"pauses": pauses[mandate.pk]}  # type: ignore[attr-defined]
    return found


def proposable_resources(person: Person, on: date) -> QuerySet[Resource]:
    """Return the resources that `person`, as a coordinator, may propose a mandate to."""
    coordinated = coordinated_processes(person, on)
    return Resource.objects.filter(
        Q(leaves_on=None) | Q(leaves_on__gt=on),
        alliance__in=coordinated.order_by().values("body__alliance"),
    )


def overload_with(mandate: Mandate, since: date) -> Overload | None:
    """Return the first day on which this mandate would pass what its resource offers."""
    promised, offered = _rates_with(mandate)
    return first_overload(promised, offered, since=max(since, mandate.starts_on))


def hours_with(mandate: Mandate) -> list[Stretch]:
    """Return what its resource would promise, with this mandate, and offers on each of its days."""
    promised, offered = _rates_with(mandate)
    return stretches(promised, offered, since=mandate.starts_on, until=mandate.ends_on)


def _rates_with(mandate: Mandate) -> tuple[list[Rate], list[Rate]]:
    others = mandate.resource.mandates.filter(status=Mandate.Status.ACTIVE).exclude(pk=mandate.pk)
    return (
        [Rate(m.quarters_per_week, m.starts_on, m.ends_on) for m in [*others, mandate]],
        [
            Rate(c.quarters_per_week, c.starts_on, c.ends_on)
            for c in mandate.resource.capacities.all()
        ],
    )


def extension_of(mandate: Mandate, until: date) -> Mandate:
    """Return, not saved, what would be asked: the same mandate, from its end until that day."""
    names = ["process", "resource", "level", "stages", "dimensions", "mode", "posture"]
    names += ["quarters_per_week", "need", "host"]
    same = {name: getattr(mandate, name) for name in names}
    return Mandate(
        **same, extends=mandate, starts_on=mandate.ends_on + timedelta(days=1), ends_on=until
    )


def extension_waiting(mandate: Mandate) -> Mandate | None:
    """Return the extension of this mandate that waits for an answer."""
    # few, and the page of a mandate has read them
    asked = mandate.extensions.all()
    return next((one for one in asked if one.status == Mandate.Status.PROPOSED), None)


def last_days(mandate: Mandate) -> dict[str, date]:
    """Return the days that it cannot pass: end of the plan, departure, end of a release."""
    is_open = mandate.process.status == Process.Status.OPEN
    days = {
        "plan": mandate.process.body.alliance.plan.ends_on if is_open else None,
        "departure": mandate.resource.leaves_on,
        "release": released_until(mandate.resource),
    }
    return {what: day for what, day in days.items() if day}


def released_until(resource: Resource) -> date | None:
    """Return the last day for which an institution agreed to free this person, if one does."""
    agreed = resource.releases.filter(status=ReleaseAgreement.Status.AGREED)
    last: date | None = agreed.aggregate(last=Max("ends_on"))["last"]
    return last
