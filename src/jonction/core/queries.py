"""What the grammar shows of what it remembers."""

from typing import Any

from django.db.models import QuerySet

from jonction.core.models import Message, Trace, TraceHead


def messages_visible_to(person: Any) -> QuerySet[Message]:
    """Return the mails sent to this person, newest first."""
    return Message.objects.filter(person=person)


def recently_broken(most: int) -> int | None:
    """Return the first position that does not hold among the last lines of the trail, or None.

    `broken_trace` reads them all: too long for a page.
    """
    head = TraceHead.objects.filter(pk=1).first()
    if head is None or not head.position:
        return None
    chained = Trace.objects.filter(position__lte=head.position).order_by("-position")
    lines = list(chained[: most + 1])[::-1]
    previous: Trace | None = None
    for line in lines:
        follows = previous is None or line.position == (previous.position or 0) + 1
        is_known = previous is not None or line.position == 1
        before = previous.seal if previous else ""
        if not follows or (is_known and line.seal != line.digest(before)):
            return ((previous.position or 0) if previous else 0) + 1
        previous = line
    if previous is None or (previous.position, previous.seal) != (head.position, head.seal):
        return ((previous.position or 0) if previous else 0) + 1
    return None
