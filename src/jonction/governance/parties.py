"""Who is party to the work of an Alliance: each area says of whom it knows, in its `parties.py`.

    def alliances_of(person, on) -> QuerySet[Alliance]

Governance knows who sits and who writes for an organisation; an area above knows who supports.
"""

import sys
from collections.abc import Callable
from datetime import date
from functools import cache

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.module_loading import autodiscover_modules

from jonction.accounts.models import Person
from jonction.governance.models import Alliance, Seat
from jonction.governance.queries import bodies_around, held_on, written_organisations

Joined = Callable[[Person, date], QuerySet[Alliance]]


def alliances_of(person: Person, on: date) -> QuerySet[Alliance]:
    """Return those where `person` sits, and those around the organisations she writes for."""
    seats = Seat.objects.filter(held_on(on), person=person)
    joined = Q(pk__in=seats.values("body__alliance"))
    mine = list(written_organisations(person, on))
    if mine:
        joined |= Q(pk__in=bodies_around(mine, on).values("alliance"))
    return Alliance.objects.filter(joined)


def alliances_joined(person: Person, on: date) -> QuerySet[Alliance]:
    """Return every Alliance to whose work `person` is party on that day, whatever she does there."""
    joined = Q(pk__in=[])
    for said in _said():
        joined |= Q(pk__in=said(person, on).values("pk"))
    return Alliance.objects.filter(joined).select_related("plan")


@cache
def _said() -> list[Joined]:
    autodiscover_modules("parties")
    modules = (sys.modules.get(f"{config.name}.parties") for config in apps.get_app_configs())
    return [module.alliances_of for module in modules if module]
