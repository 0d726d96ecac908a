"""What the cycle shows: where each process stands is public."""

from django.db.models import QuerySet

from jonction.cycle.models import Process


def public_processes() -> QuerySet[Process]:
    """Return every process with what a page prints of it; it names no person."""
    return Process.objects.select_related(
        "body__alliance__plan", "body__territory"
    ).prefetch_related("stages")
