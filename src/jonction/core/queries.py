"""What the grammar shows of what it remembers."""

from typing import Any

from django.db.models import QuerySet

from jonction.core.models import Message


def messages_visible_to(person: Any) -> QuerySet[Message]:
    """Return the mails sent to this person, newest first."""
    return Message.objects.filter(person=person)
