"""What runs outside the request: load by id, call the work."""

from datetime import date

from django.utils.timezone import localdate
from django_tasks import task

from jonction.cycle.models import Process
from jonction.support import reminders
from jonction.support import round as round_of_matching
from jonction.support.continuity import watch
from jonction.support.forecast import compute
from jonction.support.models import Forecast, MatchingRound
from jonction.support.queries.access import watched_processes


@task()
def watch_processes(ids: list[int]) -> None:
    """Write and close the alerts of those processes; idempotent."""
    watch(list(watched_processes().filter(pk__in=ids)), today=localdate())


@task()
def watch_everything() -> None:
    watch(list(watched_processes().filter(status=Process.Status.OPEN)), today=localdate())


@task()
def watch_nightly(on: str) -> None:
    """See every morning what the day that comes changes, though nobody did anything."""
    watch(
        list(watched_processes().filter(status=Process.Status.OPEN)), today=date.fromisoformat(on)
    )
    reminders.remind_of_releases(today=date.fromisoformat(on))


@task()
def remind_of_handovers(on: str) -> None:
    """Prepare the files of the mandates that end; ask, thirty days after reading, what was missing."""
    reminders.prepare_those_that_end(today=date.fromisoformat(on))
    reminders.remind_of_handovers(today=date.fromisoformat(on))


@task()
def compute_forecast(pk: int) -> None:
    """Draw the calendars of a forecast; one that was already answered is left as it is."""
    forecast = Forecast.objects.select_related("asked_by").get(pk=pk)
    if forecast.status == Forecast.Status.WAITING:
        compute(forecast)


@task()
def compute_round(pk: int) -> None:
    """Compute a round of matching; one that is no longer waiting is left as it is."""
    asked = MatchingRound.objects.select_related("asked_by", "alliance").get(pk=pk)
    if asked.status == MatchingRound.Status.WAITING:
        round_of_matching.compute(asked)
