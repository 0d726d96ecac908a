"""Mandates of the demonstration that are extended: one waits for its answer, one is accepted."""

from collections.abc import Sequence
from datetime import date, timedelta

from jonction.accounts.models import Person
from jonction.cycle.models import Process
from jonction.support.actions.mandate import accept_mandate, extend_mandate
from jonction.support.extension import best_end
from jonction.support.models import Mandate
from jonction.support.queries.mandate import extension_of
from jonction.support.rules.mandate import can_extend_mandate, within_capacity

MONTH = timedelta(weeks=4)


def prolong(processes: Sequence[Process], coordinator: Person, today: date) -> list[Mandate]:
    """Ask for the mandate that ends first; lengthen a little one of those that end last.

    A wait fills no hole, and the other one has none: what breaks in the demonstration still does.
    """
    held = Mandate.objects.filter(
        process__in=processes, status=Mandate.Status.ACTIVE, ends_on__gte=today
    ).select_related("resource__person", "process__body__alliance__plan")
    made = []
    for order, is_accepted in (("ends_on", False), ("-ends_on", True)):
        for mandate in held.order_by(order, "pk"):
            until = mandate.ends_on + MONTH if is_accepted else best_end(mandate, today=today)
            verdict = can_extend_mandate(coordinator, mandate, today, until=until)
            if verdict and within_capacity(extension_of(mandate, until), today):
                made.append(extend_mandate(mandate, actor=coordinator, today=today, until=until))
                break
    if person := made[-1].resource.person:
        accept_mandate(made[-1], actor=person, today=today)
    return made
