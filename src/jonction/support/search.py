"""What search finds of support: the journal, the needs and who supports, for those who may read each.

Who wrote or asked is not in the index: a name is kept in as few places as possible. A resource is
found by what the public directory says of it; nothing else of it is in the index.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jonction.accounts.models import Person
from jonction.core.search import Source
from jonction.support.models import Intervention, Need, Resource
from jonction.support.queries.directory import published_resources
from jonction.support.queries.journal import interventions_visible_to
from jonction.support.queries.mandate import needs_visible_to, resources_visible_to


def _readable(person: Person | None, today: date) -> QuerySet[Intervention]:
    if person is None:
        return Intervention.objects.none()
    return interventions_visible_to(person, today)


def _askable(person: Person | None, today: date) -> QuerySet[Need]:
    return Need.objects.none() if person is None else needs_visible_to(person, today)


def _known(person: Person | None, today: date) -> QuerySet[Resource]:
    published = published_resources(today)
    if person is None:
        return published
    own = resources_visible_to(person, today)
    return Resource.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=published.values("pk")))


def _described(resource: Resource) -> str:
    """Return where a resource belongs and what it knows how to support, in words."""
    parts = [
        resource.get_kind_display(),
        resource.home,
        *resource.territories.all(),
        *resource.skills.all(),
    ]
    return " · ".join(str(part) for part in parts if part)


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
    Source(
        model=Resource,
        kind=_("Ressources accompagnatrices"),
        title=lambda resource: resource.name,
        text=_described,
        visible_to=_known,
        related=("home",),
        many=("territories", "skills"),
    ),
]
