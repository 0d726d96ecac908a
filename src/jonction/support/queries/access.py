"""Which processes a person may look at, read names in, or act in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, When

from jonction.accounts.models import Person
from jonction.core.memory import remembered
from jonction.cycle.models import Process
from jonction.cycle.queries import with_stages
from jonction.governance.models import Organisation
from jonction.governance.queries import (
    Standing,
    bodies_around,
    standing_of,
    written_organisations,
)
from jonction.support.models import Mandate, Resource

AROUND = ("body__alliance__plan", "body__territory")
HELD = [Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED, Mandate.Status.ENDED]


@dataclass(frozen=True, slots=True)
class Reached:
    """A process that a person follows, and what she may do in it."""

    pk: int
    name: str
    is_closed: bool
    is_named: bool
    is_coordinated: bool
    is_seated: bool
    is_held: bool


@dataclass(frozen=True, slots=True)
class Supported:
    """The processes where a mandate of a person runs or ran, their Alliances, and her resource's."""

    processes: frozenset[int]
    alliances: frozenset[int]


def resource_of(person: Person) -> Resource | None:
    return remembered(
        ("resource", person.pk), lambda: Resource.objects.filter(person=person).first()
    )


def supported_by(person: Person) -> Supported:
    """Return where `person` supports, read once a page; whoever is no resource supports nothing."""
    return remembered(("supported", person.pk), lambda: _supported(person))


def _supported(person: Person) -> Supported:
    resource = resource_of(person)
    if resource is None:
        return Supported(frozenset(), frozenset())
    held = list(held_by(person).values_list("process", "process__body__alliance"))
    alliances = {alliance for _process, alliance in held} | {resource.alliance_id}
    return Supported(frozenset(process for process, _alliance in held), frozenset(alliances))


def followed_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return the processes whose support `person` may look at on that day.

    The Alliance's coordination and its observers see them all; a member of a body sees those of
    the body; whoever supports sees those where a mandate of theirs runs or ran. Each row says
    whether the person reads names there (`is_named`) and decides there (`is_coordinated`).
    """
    standing, held = standing_of(person, on), supported_by(person).processes
    named = _seated(standing) | Q(pk__in=held)
    return (
        Process.objects.filter(_known(standing, held))
        .annotate(is_named=_true(named), is_coordinated=_true(_coordinated(standing)))
        .select_related(*AROUND)
        .prefetch_related("stages")
    )


def followed_list(person: Person, on: date, **those: Any) -> list[Process]:
    """Return those of the followed processes as a list, which asks less: an Alliance has its page.

    What the person may is told by her seats, and the stages come without a queryset for each.
    """
    standing, held = standing_of(person, on), supported_by(person).processes
    rows = Process.objects.filter(_known(standing, held), **those).select_related(*AROUND)
    found = with_stages(rows)
    for process in found:
        place = (process.body_id, process.body.alliance_id)
        vars(process)["is_named"] = process.pk in held or standing.takes_part(*place)
        vars(process)["is_coordinated"] = standing.decides(*place)
    return found


def reached_by(person: Person, on: date) -> list[Reached]:
    """Return the same processes without what surrounds them, read once a page, in their order.

    What one may read is then said by their numbers: a query that looks for them itself costs more
    to write than to run.
    """
    return remembered(("reached", person.pk, on), lambda: _reached(person, on))


def _reached(person: Person, on: date) -> list[Reached]:
    standing, held = standing_of(person, on), supported_by(person).processes
    rows = Process.objects.filter(_known(standing, held)).values_list(
        "pk", "name", "status", "body", "body__alliance"
    )
    return [
        Reached(
            pk,
            name,
            is_closed=status == Process.Status.CLOSED,
            is_named=pk in held or standing.takes_part(body, alliance),
            is_coordinated=standing.decides(body, alliance),
            is_seated=body in standing.seated_bodies,
            is_held=pk in held,
        )
        for pk, name, status, body, alliance in rows
    ]


def reads_names(process: Process) -> bool:
    """Say whether the person for whom this process was followed reads names in it."""
    return bool(vars(process)["is_named"])


def watched_processes() -> QuerySet[Process]:
    """Return every process with what continuity reads of it; for the platform's own watch."""
    return Process.objects.select_related("body__alliance").prefetch_related("stages")


def named_in(person: Person, on: date) -> list[int]:
    """Return those of the followed processes where `person` may read who supports.

    An observer looks at totals only.
    """
    return [one.pk for one in reached_by(person, on) if one.is_named]


def taking_part(person: Person, processes: Iterable[Process], on: date) -> list[Process]:
    """Return those in which `person` is named_in: most often, her seats already tell."""
    standing = standing_of(person, on)
    told = {p: standing.takes_part(p.body_id, p.body.alliance_id) for p in processes}
    asked = [process for process, seated in told.items() if not seated]
    rows = held_by(person).filter(process__in=asked).values_list("process", flat=True)
    held = set(rows) if asked else set()
    return [process for process, seated in told.items() if seated or process.pk in held]


def takes_part(person: Person, process: Process, on: date) -> bool:
    key = ("takes_part", person.pk, process.pk, on)
    return remembered(key, lambda: bool(taking_part(person, [process], on)))


def asking_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return the processes in which `person` may ask for support, and which are not over.

    Whoever takes part asks there; whoever writes for an organisation asks for it around it.
    """
    where = Q(pk__in=named_in(person, on))
    mine = list(written_organisations(person, on))
    if mine:
        where |= Q(body__in=bodies_around(mine, on).values("pk"))
    return Process.objects.filter(where).exclude(status=Process.Status.CLOSED)


def may_ask(person: Person, on: date) -> bool:
    """Say whether there is one of them: where the person takes part answers most."""
    here = any(one.is_named and not one.is_closed for one in reached_by(person, on))
    return here or asking_processes(person, on).exists()


def may_promote(person: Person, process: Process, on: date) -> bool:
    """Say whether one of the organisations for which `person` writes is around that process."""
    mine = list(written_organisations(person, on))
    return bool(mine) and bodies_around(mine, on).filter(pk=process.body_id).exists()


def promotes(person: Person, organisation: Organisation, process: Process, on: date) -> bool:
    """Say whether `person` may ask for that organisation in that process."""
    mine = written_organisations(person, on).filter(pk=organisation.pk)
    return mine.exists() and bodies_around(mine, on).filter(pk=process.body_id).exists()


def kept_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return those where `person` may read names, each saying whether she decides (`is_kept`)."""
    standing = standing_of(person, on)
    mine = held_by(person).values("process")
    found = Process.objects.filter(_seated(standing) | Q(pk__in=mine))
    return found.annotate(is_kept=_true(_coordinated(standing)))


def coordinated_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return the processes whose support `person` decides on: those of a body or an Alliance that
    the person coordinates."""
    found = Process.objects.filter(_coordinated(standing_of(person, on)))
    return found.select_related("body__alliance__plan", "body__territory")


def coordinated_in(person: Person, on: date) -> list[int]:
    """Return the same by their numbers, read once a page."""
    return [one.pk for one in reached_by(person, on) if one.is_coordinated]


def coordinates(person: Person, process: Process, on: date) -> bool:
    """Say whether `person` decides on the support of that process: her seats tell."""
    return standing_of(person, on).decides(process.body_id, process.body.alliance_id)


def _seated(standing: Standing) -> Q:
    return Q(body__alliance__in=standing.coordinated_alliances) | Q(body__in=standing.seated_bodies)


def _known(standing: Standing, held: Collection[int]) -> Q:
    """Select the processes that are followed from these seats and mandates.

    What selects nothing is not asked.
    """
    followed = Q(body__in=standing.seated_bodies)
    if held:
        followed |= Q(pk__in=held)
    if around := standing.coordinated_alliances | standing.observed_alliances:
        followed |= Q(body__alliance__in=around)
    return followed


def held_by(person: Person) -> QuerySet[Mandate]:
    return Mandate.objects.filter(resource__person=person, status__in=HELD).order_by()


def _coordinated(standing: Standing) -> Q:
    return Q(body__alliance__in=standing.coordinated_alliances) | Q(
        body__in=standing.coordinated_bodies
    )


def _true(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
