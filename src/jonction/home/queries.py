"""What the home shows: it reads everything and writes nothing."""

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jonction.accounts.demo_roles import DEMO_ROLES, demo_email
from jonction.accounts.models import Person
from jonction.governance.models import Alliance


def alliances() -> QuerySet[Alliance]:
    """Return every Alliance, that of the newest plan first."""
    return (
        Alliance.objects.select_related("plan", "region", "mandataire")
        .prefetch_related("bodies")
        .order_by("-plan__starts_on", "name")
    )


def demonstration_roles() -> list[tuple[str, str]]:
    """Return the roles that have an account, in the order of the list."""
    emails = set(Person.objects.filter(is_active=True).values_list("email", flat=True))
    return [(role, _(label)) for role, label in DEMO_ROLES.items() if demo_email(role) in emails]


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))
