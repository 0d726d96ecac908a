"""What comes back every day by itself: the worker asks here, no outside clock is needed.

A routine is due from its hour on, and runs once a day: its row and its job are written together,
so that two workers plan it once. Down at the hour, the worker makes up for it when it starts; a
whole day missed is not run afterwards, for each routine takes in all that waits.
"""

from datetime import date, time

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import localtime

from jonction.core.models import Run


def due_routines() -> list[tuple[str, date]]:
    """Return the routines whose hour has come today, with the day that they are for."""
    now = localtime()
    return [
        (path, now.date())
        for path, hour in settings.ROUTINES
        if now.time() >= time.fromisoformat(hour)
    ]


@transaction.atomic
def plan_routine(path: str, on: date) -> bool:
    """Plan the job at `path` for that day; say whether it was still to be planned."""
    _run, is_new = Run.objects.get_or_create(routine=path, on=on)
    if is_new:
        import_string(path).enqueue(on.isoformat())
    return is_new
