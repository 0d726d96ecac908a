"""Which answers to the funder a person reads, and who can help to write them."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from jonction.accounts.models import Person
from jonction.cycle.models import Process
from jonction.support.models import Filing, Mandate
from jonction.support.queries.access import HELD, named_in


def answering_processes(person: Person, on: date) -> QuerySet[Process]:
    """Return the processes whose answers `person` may read: those where one reads names.

    What is due after the plan is answered in transition; of a closed one, what was given is read.
    """
    rows = Process.objects.filter(pk__in=named_in(person, on))
    given = Filing.objects.filter(process=OuterRef("pk"), status=Filing.Status.GIVEN)
    return (
        rows.exclude(Q(status=Process.Status.CLOSED) & ~Exists(given))
        .select_related("body__alliance__plan", "body__territory")
        .prefetch_related("stages")
        .order_by("name", "pk")
    )


def holds_mandate(person: Person, process: Process) -> bool:
    held = Mandate.objects.filter(resource__person=person, process=process, status__in=HELD)
    return held.exists()


def helpers_of(process: Process, on: date) -> QuerySet[Mandate]:
    """Return the mandates that run on that day in the process."""
    return (
        Mandate.objects.filter(
            process=process, status=Mandate.Status.ACTIVE, starts_on__lte=on, ends_on__gte=on
        )
        .select_related("resource")
        .order_by("resource__name", "pk")
    )
