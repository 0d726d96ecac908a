"""Which hand-overs a person sees, and who may take over."""

from datetime import date

from django.db.models import Q, QuerySet

from jonction.accounts.models import Person
from jonction.support.models import HandOver, Mandate, Resource
from jonction.support.queries.access import coordinated_in

GIVEN = [HandOver.Status.HANDED, HandOver.Status.READ, HandOver.Status.FOLLOWED]


def handovers_visible_to(person: Person, on: date) -> QuerySet[HandOver]:
    """Return those one leaves or prepared, those one was handed, and those one coordinates."""
    coordinated = coordinated_in(person, on)
    return HandOver.objects.filter(
        Q(mandate__resource__person=person)
        | Q(prepared_by=person)
        | Q(successor__person=person, status__in=GIVEN)
        | Q(mandate__process__in=coordinated)
    ).select_related(
        "mandate__resource__person",
        "mandate__process__body__alliance__region",
        "mandate__process__body__territory",
        "mandate__need",
        "successor__person",
        "prepared_by",
    )


def reads_sensitive(person: Person, handover: HandOver) -> bool:
    """Say whether `person` reads the sensitive points: the two concerned, or who was let in."""
    if person.pk in (handover.mandate.resource.person_id, handover.prepared_by_id):
        return True
    if handover.successor and handover.successor.person_id == person.pk:
        return handover.status in GIVEN
    return handover.is_sensitive_shared


def possible_successors(mandate: Mandate, on: date) -> QuerySet[Resource]:
    """Return who may take over: those of the Alliance who stay, in alphabetical order."""
    return Resource.objects.filter(
        Q(leaves_on=None) | Q(leaves_on__gt=on), alliance=mandate.resource.alliance_id
    ).exclude(pk=mandate.resource_id)


def handover_under_way(mandate: Mandate) -> HandOver | None:
    under_way = [HandOver.Status.DRAFT, HandOver.Status.HANDED]
    return HandOver.objects.filter(mandate=mandate, status__in=under_way).first()


def handovers_waiting_for(person: Person, on: date) -> QuerySet[HandOver]:
    """Return what a hand-over asks of `person` today: finish it, read it, say what was missing."""
    follows = Q(successor__person=person, status=HandOver.Status.READ, follow_on__lte=on)
    waiting = handovers_visible_to(person, on).filter(
        Q(mandate__resource__person=person, status=HandOver.Status.DRAFT)
        | Q(successor__person=person, status=HandOver.Status.HANDED)
        | follows
    )
    # whoever is waited for is told of which process, and who leaves it
    return waiting.select_related(None).select_related("mandate__process", "mandate__resource")
