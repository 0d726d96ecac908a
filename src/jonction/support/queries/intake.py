"""What the intake of needs reads: how each Alliance works, and the needs that one answers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from jonction.accounts.models import Person
from jonction.governance.models import Alliance, Body
from jonction.governance.queries import standing_of
from jonction.support.models import IntakeMethod, Need, NeedStep
from jonction.support.queries.access import coordinated_processes
from jonction.support.queries.mandate import needs_visible_to

Status = Need.Status
OPEN = [
    Status.RECEIVED,
    Status.ADMISSIBLE,
    Status.PRIORITISED,
    Status.MATCHED,
    Status.IN_PROGRESS,
]
# what a coordination still has to do something about
WAITING = [Status.RECEIVED, Status.ADMISSIBLE, Status.PRIORITISED, Status.MATCHED]


def intake_of(alliance: int) -> IntakeMethod:
    """Return the method in force; version 0, not saved, is what holds until one is chosen."""
    last = IntakeMethod.objects.filter(alliance=alliance).order_by("-number").first()
    return last or IntakeMethod(alliance_id=alliance, number=0)


def is_short(need: Need) -> bool:
    path = intake_of(need.process.body.alliance_id).path
    return path == IntakeMethod.Path.SHORT


def short_alliances(alliances: Iterable[Alliance]) -> set[int]:
    """Return those of the Alliances that follow the short path, in one query."""
    among = [alliance.pk for alliance in alliances]
    rows = IntakeMethod.objects.filter(alliance__in=among).order_by("number")
    last = dict(rows.values_list("alliance", "path"))
    return {alliance for alliance, path in last.items() if path == IntakeMethod.Path.SHORT}


def intake_history(alliance: Alliance) -> QuerySet[IntakeMethod]:
    return IntakeMethod.objects.filter(alliance=alliance).select_related("set_by")


def answered_alliances(person: Person, on: date) -> QuerySet[Alliance]:
    """Return the Alliances in which `person` answers needs: of all its tables, or of some.

    How needs are weighed is chosen before the first process opens.
    """
    standing = standing_of(person, on)
    tables = Body.objects.filter(pk__in=standing.coordinated_bodies).values("alliance")
    return Alliance.objects.filter(
        Q(pk__in=standing.coordinated_alliances) | Q(pk__in=tables)
    ).select_related("plan", "region")


def answers_needs(person: Person, on: date) -> bool:
    standing = standing_of(person, on)
    return bool(standing.coordinated_alliances or standing.coordinated_bodies)


def answered_needs(person: Person, on: date, alliance: Alliance) -> QuerySet[Need]:
    """Return the needs of that Alliance that `person` answers."""
    processes = coordinated_processes(person, on).filter(body__alliance=alliance)
    return Need.objects.filter(process__in=processes.values("pk")).order_by("asked_on", "pk")


def with_processes(needs: QuerySet[Need]) -> list[Need]:
    """Return them with what a triage reads; the stages of a process are read once, whatever its needs."""
    found = list(needs.select_related("process__body", "asked_by", "organisation"))
    processes = {need.process_id: need.process for need in found}
    for need in found:
        need.process = processes[need.process_id]
    prefetch_related_objects(list(processes.values()), "stages")
    return found


def steps_of(needs: Iterable[Need]) -> dict[int, list[tuple[str, date | None]]]:
    """Return the states that each need entered, in order, with their days."""
    rows = NeedStep.objects.filter(need__in=[need.pk for need in needs]).order_by("pk")
    found: dict[int, list[tuple[str, date | None]]] = {}
    for need, status, on in rows.values_list("need", "status", "on"):
        found.setdefault(need, []).append((status, on))
    return found


def waiting_by_alliance(person: Person, on: date) -> dict[int, dict[str, int]]:
    """Return how many needs wait for `person` in each state, by Alliance, in one query."""
    processes = coordinated_processes(person, on).order_by().values("pk")
    rows = (
        Need.objects.filter(process__in=processes, status__in=WAITING)
        .order_by()
        .values_list("process__body__alliance", "status")
        .annotate(count=Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for alliance, status, count in rows:
        found.setdefault(alliance, {})[status] = count
    return found


def asked_by(person: Person, on: date) -> QuerySet[Need]:
    """Return what `person` asked, with where it stands."""
    return needs_visible_to(person, on).filter(asked_by=person).prefetch_related("steps")
