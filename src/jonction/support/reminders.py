"""What support reminds people of, on the day it is due; scheduled work, it decides nothing."""

from datetime import date

from jonction.support.actions.handover import OF_HANDOVER
from jonction.support.models import HandOver
from jonction.support.telling import tell_of_handover


def remind_of_handovers(*, today: date) -> int:
    """Ask whoever took over, once, thirty days after reading; return how many were asked."""
    due = HandOver.objects.filter(status=HandOver.Status.READ, follow_on__lte=today)
    found = list(due.select_related("successor__person", *(f"mandate__{p}" for p in OF_HANDOVER)))
    for handover in found:
        tell_of_handover(handover, "due", to=handover.successor)
    return len(found)
