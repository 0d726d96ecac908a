"""What files and news of support are about, and who reads it."""

from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import Combinable

from jonction.accounts.models import Person
from jonction.core.subjects import Subject
from jonction.cycle.models import Process, Requirement
from jonction.governance.queries import standing_of
from jonction.support.models import Alert, HandOver, Mandate, Need, ReleaseAgreement, Resource
from jonction.support.queries.access import (
    coordinated_in,
    coordinated_processes,
    kept_processes,
    named_in,
)
from jonction.support.queries.directory import releases_visible_to
from jonction.support.queries.handover import handovers_visible_to
from jonction.support.queries.mandate import (
    mandates_visible_to,
    needs_visible_to,
    resources_visible_to,
)


def _needs(person: Person, on: date) -> QuerySet[Need]:
    return needs_visible_to(person, on).annotate(is_kept=_coordinated(person, on))


def _mandates(person: Person, on: date) -> QuerySet[Mandate]:
    return mandates_visible_to(person, on).annotate(is_kept=_coordinated(person, on))


def _coordinated(person: Person, on: date) -> Combinable:
    return ExpressionWrapper(Q(process__in=coordinated_in(person, on)), output_field=BooleanField())


def _requirements(person: Person, on: date) -> QuerySet[Requirement]:
    """The words of the funder are public; the tools are for those who answer, and their Alliance."""
    kept = standing_of(person, on).coordinated_alliances
    answering = Process.objects.filter(pk__in=named_in(person, on)).values("body__alliance")
    return Requirement.objects.filter(Q(alliance__in=kept) | Q(alliance__in=answering)).annotate(
        is_kept=ExpressionWrapper(Q(alliance__in=kept), output_field=BooleanField())
    )


def _open_alerts(person: Person, on: date) -> QuerySet[Alert]:
    """Alerts are for those who can act; one that is closed is no news."""
    acted_on = coordinated_processes(person, on).values("pk")
    return Alert.objects.filter(closed_on=None, process__in=acted_on)


SUBJECTS = [
    Subject(Need, "besoin", _needs),
    Subject(Mandate, "mandat", _mandates),
    # where a process stands is public; its files are for those who take part in it
    Subject(Process, "demarche", kept_processes),
    # a tool of a requirement is what the coordination gives to all, for now a document
    Subject(Requirement, "exigence", _requirements, by_keepers=True),
    Subject(Alert, "", _open_alerts),
    Subject(HandOver, "", handovers_visible_to),
    Subject(ReleaseAgreement, "", releases_visible_to),
    Subject(Resource, "", resources_visible_to),
]
