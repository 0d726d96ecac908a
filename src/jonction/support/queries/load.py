"""Whose weeks a person may look at: her own, and those of whom she coordinates the support."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from jonction.accounts.models import Person
from jonction.governance.models import Organisation, Seat
from jonction.governance.queries import OUTSIDE, held_on, memberships_visible_to, standing_of
from jonction.support.models import Assumptions, Mandate, Resource
from jonction.support.queries.access import coordinated_processes
from jonction.support.queries.mandate import alliances_of

HELD = [Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED]


def protected_resources(person: Person, on: date) -> QuerySet[Resource]:
    """Return the resource that `person` is, and those who support what she coordinates.

    By name, never by hours: what is read of them protects, it does not compare.
    """
    held = Mandate.objects.filter(
        process__in=coordinated_processes(person, on).order_by().values("pk"), status__in=HELD
    )
    found = Resource.objects.filter(Q(person=person) | Q(pk__in=held.values("resource")))
    return found.prefetch_related("capacities", "leaves").order_by("name", "pk")


def reads_load_of(person: Person, organisation: Organisation, on: date) -> bool:
    """Say whether `person` reads who sits for the organisation: inside it, for it, or around it."""
    if memberships_visible_to(person, organisation, on) is not None:
        return True
    seats = Seat.objects.filter(held_on(on), organisation=organisation).exclude(
        role__in=list(OUTSIDE)
    )
    standing = standing_of(person, on)
    return seats.filter(
        Q(person=person) | Q(body__alliance__in=standing.coordinated_alliances)
    ).exists()


@dataclass(frozen=True, slots=True)
class Seated:
    """An organisation that several tables ask, with how many."""

    pk: int
    name: str
    bodies: int


def asked_by_several(person: Person, on: date) -> list[Seated]:
    """Return, by name, the organisations that sit at several tables of what `person` coordinates."""
    rows = (
        Seat.objects.filter(
            held_on(on),
            body__alliance__in=standing_of(person, on).coordinated_alliances,
            organisation__isnull=False,
        )
        .exclude(role__in=list(OUTSIDE))
        .order_by("organisation__name", "organisation")
        .values_list("organisation", "organisation__name")
        .annotate(bodies=Count("body", distinct=True))
        .filter(bodies__gt=1)
    )
    return [Seated(*row) for row in rows]


def most_minutes_for(person: Person, on: date) -> int:
    """Return the minutes a week that the Alliances of `person` allow this tool to ask."""
    rows = Assumptions.objects.filter(alliance__in=alliances_of(person, on))
    said = rows.values_list("most_minutes", flat=True)
    return min(said, default=Assumptions().most_minutes)
