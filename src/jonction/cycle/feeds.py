"""The calendar of a process for people's own calendars (RFC 5545): public dates only."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from jonction.cycle.models import Process


def calendar_of(process: Process, *, zone: str, site: str, now: datetime) -> bytes:
    """Write stages and milestones as whole days, deadlines at their legal time."""
    from icalendar import Calendar, Event  # 80 modules, for the few who subscribe

    feed = Calendar()
    feed.add("prodid", "-//Jonction//fr")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", process.name)

    def add(kind: str, pk: int, summary: str, **dates: Any) -> None:
        event = Event()
        event.add("uid", f"{kind}-{pk}@{site}")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("summary", summary)
        event.add("url", f"https://{site}{process.get_absolute_url()}")
        for name, value in dates.items():
            event.add(name, value)
        feed.add_component(event)

    for stage in process.stages.all():
        first = stage.real_from or stage.planned_from
        last = max(stage.real_to or stage.planned_to, first)
        name = _("%(process)s : %(stage)s") % {"process": process, "stage": stage}
        add("stage", stage.pk, name, dtstart=first, dtend=last + timedelta(days=1))
    for milestone in process.milestones.all():
        day = milestone.on
        add("milestone", milestone.pk, milestone.name, dtstart=day, dtend=day + timedelta(days=1))
    for deadline in process.deadlines.all():
        at = deadline.due_at.astimezone(ZoneInfo(zone))
        add("deadline", deadline.pk, deadline.name, dtstart=at)
    feed.add_missing_timezones()
    written: bytes = feed.to_ical()
    return written
