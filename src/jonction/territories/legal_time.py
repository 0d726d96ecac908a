"""Legal time: what people write on a clock of their territory, and what is stored."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from jonction.core.days import in_words
from jonction.territories.models import Place


class NoSuchTime(ValueError):  # noqa: N818 - it says what the clock lacks
    """The clocks jump over this time, the night when summer time begins."""


def instant(day: date, clock: time, zone: str) -> datetime:
    """Return the instant of a legal time; of the two times of an autumn night, the first."""
    local = datetime.combine(day, clock.replace(microsecond=0), ZoneInfo(zone))
    at = local.astimezone(UTC)
    if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(clock)
    return at


def zone_label(zone: str) -> str:
    return str(Place.Zone(zone).label)


def written(at: datetime, zone: str) -> str:
    """Return the instant as people of the zone write it, with the name of their legal time."""
    local = at.astimezone(ZoneInfo(zone))
    return _("%(day)s à %(time)s, %(zone)s") % {
        "day": in_words(local.date()),
        "time": time_format(local.time()),
        "zone": zone_label(zone),
    }
