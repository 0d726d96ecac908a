"""Which processes a person may look at, read names in, or act in."""

from datetime import date

from django.db.models import Q, QuerySet

from jonction.accounts.models import Person
from jonction.cycle.models import Process
from jonction.governance.queries import standing_of
from jonction.support.models import Mandate, Resource

HELD = [Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED, Mandate.Status.ENDED]


def resource_of(person: Person) -> Resource | None:
    return Resource.objects.filter(person=person).first()


def followed_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return the processes whose support `person` may look at on that day.

    The Alliance's coordination and its observers see them all; a member of a body sees those of
    the body; whoever supports sees those where a mandate of theirs runs or ran.
    """
    standing = standing_of(person, on)
    mine = Mandate.objects.filter(resource__person=person, status__in=HELD)
    return (
        Process.objects.filter(
            Q(body__alliance__in=standing.coordinated_alliances | standing.observed_alliances)
            | Q(body__in=standing.seated_bodies)
            | Q(pk__in=mine.values("process"))
        )
        .select_related("body__alliance__plan", "body__territory")
        .prefetch_related("stages")
    )


def named_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return those of the followed processes where `person` may read who supports.

    An observer looks at totals only.
    """
    standing = standing_of(person, on)
    mine = Mandate.objects.filter(resource__person=person, status__in=HELD)
    return Process.objects.filter(
        Q(body__alliance__in=standing.coordinated_alliances)
        | Q(body__in=standing.seated_bodies)
        | Q(pk__in=mine.values("process"))
    )


def coordinated_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return the processes whose support `person` decides on: those of a body or an Alliance that
    the person coordinates."""
    standing = standing_of(person, on)
    return Process.objects.filter(
        Q(body__alliance__in=standing.coordinated_alliances)
        | Q(body__in=standing.coordinated_bodies)
    ).select_related("body__alliance__plan", "body__territory")
