"""A value of a spreadsheet as the text that `engines.reading` reads, and back to safe values."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

Value = date | Decimal | int | float | bool | str | None

MINUTE, HOUR = 60, 3600
EXACT_DIGITS = 15  # what a spreadsheet keeps of a number
# what XML 1.0 forbids, and halves of characters, which no encoding writes
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_text(value: object) -> str:
    """Write a value as people read it in Québec: dates in ISO, decimal comma, `oui` and `non`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time | timedelta):
        return _duration(value)
    return str(value)


def as_percentage(value: float) -> str:
    """Write 0.124 as the cell shows it, 12,4 %: the format carries two digits of the number."""
    return f"{_number((Decimal(f'{value:.{EXACT_DIGITS}g}') * 100).normalize())} %"


def tidy(value: object) -> Value:
    """Return the value as a file may hold it: local moments, finite numbers, legal characters."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    return ILLEGAL.sub("", str(value))


def fits(value: float | Decimal) -> bool:
    """Return whether a spreadsheet keeps every digit of the number."""
    if isinstance(value, float):
        return True
    digits = Decimal(value).normalize().as_tuple().digits
    return len(digits) <= EXACT_DIGITS


def _moment(value: datetime) -> str:
    if value.time() == time(0):
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _number(value: float | Decimal) -> str:
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.{EXACT_DIGITS}g}")
    return f"{exact:f}".replace(".", ",")


def _duration(value: time | timedelta) -> str:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    seconds = round(abs(value.total_seconds()))
    sign = "-" if value < timedelta(0) else ""
    clock = f"{sign}{seconds // HOUR}:{seconds % HOUR // MINUTE:02d}"
    return f"{clock}:{seconds % MINUTE:02d}" if seconds % MINUTE else clock
