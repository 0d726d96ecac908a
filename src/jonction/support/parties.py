"""Who is party to an Alliance by supporting there."""

from datetime import date

from django.db.models import Q, QuerySet

from jonction.accounts.models import Person
from jonction.governance.models import Alliance
from jonction.support.models import Mandate
from jonction.support.queries.access import HELD


def alliances_of(person: Person, on: date) -> QuerySet[Alliance]:  # noqa: ARG001 - what was held binds
    held = Mandate.objects.filter(resource__person=person, status__in=HELD)
    return Alliance.objects.filter(
        Q(resources__person=person) | Q(pk__in=held.values("process__body__alliance"))
    )
