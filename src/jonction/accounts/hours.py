"""Quiet hours: a mail written at night waits for the morning of the person's place."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from jonction.accounts.models import Person
from jonction.core.clocks import Zone


def leaves_at(person: Person, at: datetime, zone: str = "") -> datetime:
    """Return from when on a mail may reach `person`: now, or the end of her quiet hours.

    `zone` is the legal time of the place that the news is about, for who has not chosen hers.
    """
    clock = ZoneInfo(person.time_zone or zone or Zone.EAST)
    local = at.astimezone(clock)
    first, last, now = person.quiet_from, person.quiet_to, local.time()
    over_midnight = first > last
    if first <= now < last if not over_midnight else now >= first or now < last:
        day = local.date() + timedelta(days=1 if over_midnight and now >= first else 0)
        return datetime.combine(day, last, clock).astimezone(UTC)
    return at
