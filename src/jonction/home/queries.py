"""What the home shows: it reads everything and writes nothing."""

from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from jonction.accounts.demo_roles import DEMO_ROLES, demo_email
from jonction.accounts.models import Person
from jonction.cycle.models import Process
from jonction.governance.models import Alliance
from jonction.governance.queries import whole_alliances


def current_alliances(today: date) -> QuerySet[Alliance]:
    """Return the Alliances at work: their plan runs, or a process goes on after it."""
    return _alliances(today).order_by("name")


def past_alliances(today: date) -> QuerySet[Alliance]:
    return _alliances(today, are_current=False).order_by("-plan__starts_on", "name")


def _alliances(today: date, *, are_current: bool = True) -> QuerySet[Alliance]:
    at_work = Process.objects.filter(body__alliance=OuterRef("pk"))
    at_work = at_work.exclude(status=Process.Status.CLOSED)
    current = Q(plan__starts_on__lte=today, plan__ends_on__gte=today) | Exists(at_work)
    return whole_alliances().filter(current if are_current else ~current)


def demonstration_roles() -> list[tuple[str, str]]:
    """Return the roles that have an account, in the order of the list."""
    emails = set(Person.objects.filter(is_active=True).values_list("email", flat=True))
    return [(role, _(label)) for role, label in DEMO_ROLES.items() if demo_email(role) in emails]


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))
