"""Which hand-overs a person sees, and who may take over."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from jonction.accounts.models import Person
from jonction.cycle.models import Process
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
    """Say whether `person` reads the sensitive points: the two concerned, or who was let in.

    Whoever prepared the file reads them only when she writes for somebody without an account.
    """
    if person.pk == handover.mandate.resource.person_id:
        return True
    if person.pk == handover.prepared_by_id and is_written_for(handover):
        return True
    if handover.successor and handover.successor.person_id == person.pk:
        return handover.status in GIVEN
    return handover.is_sensitive_shared


def is_written_for(handover: HandOver) -> bool:
    """Say whether whoever leaves cannot write the file herself."""
    leaver = handover.mandate.resource.person
    return leaver is None or not leaver.email or not leaver.is_active


def possible_successors(mandate: Mandate, on: date) -> QuerySet[Resource]:
    """Return who may take over: those of the Alliance who stay, in alphabetical order."""
    return Resource.objects.filter(
        Q(leaves_on=None) | Q(leaves_on__gt=on), alliance=mandate.resource.alliance_id
    ).exclude(pk=mandate.resource_id)


def handover_under_way(mandate: Mandate, known: Iterable[HandOver] | None = None) -> bool:
    """Say whether one is being written or waits to be read; `known` are those already read."""
    under_way = [HandOver.Status.DRAFT, HandOver.Status.HANDED]
    if known is not None:
        return any(one.status in under_way for one in known)
    return HandOver.objects.filter(mandate=mandate, status__in=under_way).exists()


def mandates_to_hand_over(first: date, last: date) -> QuerySet[Mandate]:
    """Return the mandates that run to a day of that time, and that nothing hands over yet.

    One that goes on in another mandate of the same resource hands nothing over.
    """
    goes_on = Mandate.objects.filter(
        resource=OuterRef("resource"),
        process=OuterRef("process"),
        status__in=[Mandate.Status.PROPOSED, Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED],
        ends_on__gt=OuterRef("ends_on"),
    )
    return (
        Mandate.objects.filter(
            ~Exists(goes_on),
            status__in=[Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED],
            ends_on__range=(first, last),
            handovers=None,
        )
        .exclude(process__status=Process.Status.CLOSED)
        .order_by("pk")
    )


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
