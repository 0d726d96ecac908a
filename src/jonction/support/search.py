"""What search finds of support: the journal and the needs, for those who may read each of them.

Who wrote or asked is not in the index: a name is kept in as few places as possible.
"""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jonction.accounts.models import Person
from jonction.core.search import Source
from jonction.support.models import Intervention, Need
from jonction.support.queries.journal import interventions_visible_to
from jonction.support.queries.mandate import needs_visible_to


def _readable(person: Person | None, today: date) -> QuerySet[Intervention]:
    if person is None:
        return Intervention.objects.none()
    return interventions_visible_to(person, today)


def _askable(person: Person | None, today: date) -> QuerySet[Need]:
    return Need.objects.none() if person is None else needs_visible_to(person, today)


SOURCES = [
    Source(
        model=Intervention,
        kind=_("Journal de l’accompagnement"),
        title=lambda line: line.text,
        text=lambda line: line.process.name,
        visible_to=_readable,
        dated=lambda line: line.on,
        related=("process",),
    ),
    Source(
        model=Need,
        kind=_("Besoins d’accompagnement"),
        title=lambda need: need.text,
        text=lambda need: need.process.name,
        visible_to=_askable,
        dated=lambda need: need.asked_on,
        related=("process",),
    ),
]
