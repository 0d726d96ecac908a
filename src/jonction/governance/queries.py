"""What governance shows, and in which capacity a person acts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from jonction.accounts.models import Person
from jonction.core.taxonomy import Level
from jonction.governance.models import Seat


@dataclass(frozen=True, slots=True)
class Standing:
    """The seats that count on a day: ids of what a person coordinates or sits in."""

    coordinated_alliances: frozenset[int]
    coordinated_bodies: frozenset[int]
    seated_bodies: frozenset[int]
    observed_alliances: frozenset[int]


def standing_of(person: Person, on: date) -> Standing:
    """Return where `person` sits on that day, in one query."""
    seats = list(
        Seat.objects.filter(person=person, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("body")
    )
    coordinated = [seat.body for seat in seats if seat.role == Seat.Role.COORDINATOR]
    return Standing(
        coordinated_alliances=frozenset(
            body.alliance_id for body in coordinated if body.level == Level.REGIONAL
        ),
        coordinated_bodies=frozenset(body.pk for body in coordinated),
        seated_bodies=frozenset(s.body_id for s in seats if s.role != Seat.Role.OBSERVER),
        observed_alliances=frozenset(
            s.body.alliance_id for s in seats if s.role == Seat.Role.OBSERVER
        ),
    )
