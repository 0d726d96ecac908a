"""What accounts shows."""

from jonction.accounts.demo_roles import DEMO_ROLES, demo_email
from jonction.accounts.models import Person


def demonstration_person(role: str) -> Person | None:
    """Return the demonstration account of this role, or None when there is none."""
    if role not in DEMO_ROLES:
        return None
    return Person.objects.filter(email=demo_email(role), is_active=True).first()
