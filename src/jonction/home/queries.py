"""What the home shows: it reads everything and writes nothing."""

from datetime import date

from django.db import connection
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)
from django.utils.translation import gettext as _

from jonction.accounts.demo_roles import DEMO_ROLES, demo_email
from jonction.accounts.models import Person
from jonction.cycle.models import Process
from jonction.governance.models import Alliance, Body


def current_alliances(today: date) -> QuerySet[Alliance]:
    """Return the Alliances at work, with how many bodies each has (`body_count`).

    At work: their plan runs, or a process goes on after it.
    """
    found = _alliances(today).select_related("plan", "region", "mandataire")
    counted = found.prefetch_related("territories").annotate(body_count=Count("bodies"))
    return counted.order_by("name")


def with_bodies(alliances: list[Alliance]) -> list[Body]:
    """Read the bodies of these Alliances beside them, the regional ones first, and return them."""
    bodies = Body.objects.select_related("territory").order_by("-level", "name")
    prefetch_related_objects(alliances, Prefetch("bodies", bodies))
    return [body for alliance in alliances for body in alliance.bodies.all()]


def past_alliances(today: date) -> QuerySet[Alliance]:
    return _alliances(today, are_current=False).order_by("-plan__starts_on", "name")


def _alliances(today: date, *, are_current: bool = True) -> QuerySet[Alliance]:
    at_work = Process.objects.filter(body__alliance=OuterRef("pk"))
    at_work = at_work.exclude(status=Process.Status.CLOSED)
    current = Q(plan__starts_on__lte=today, plan__ends_on__gte=today) | Exists(at_work)
    return Alliance.objects.filter(current if are_current else ~current)


def demonstration_roles() -> list[tuple[str, str]]:
    """Return the roles that have an account, in the order of the list."""
    emails = set(Person.objects.filter(is_active=True).values_list("email", flat=True))
    return [(role, _(label)) for role, label in DEMO_ROLES.items() if demo_email(role) in emails]


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))
