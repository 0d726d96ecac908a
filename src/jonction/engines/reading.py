"""Reading a duration as people write it in French: `1h30`, `1,5`, `90 min`.

Method     hours and minutes, or decimal hours, rounded to the nearest quarter, one at least.
Invariant  what a duration prints reads back to itself.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

CLOCK = re.compile(r"^(?:(\d{1,3})\s*(?:h|:)\s*(\d{1,2})?)\s*(?:min)?$")
MINUTES = re.compile(r"^(\d{1,5})\s*(?:min|minutes?|m)$")
DECIMAL = re.compile(r"^(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h|heures?)?$")


class NotADuration(ValueError):  # noqa: N818 - it names what the text is
    """The text is not a time."""


def read_quarters(text: str) -> int:
    """Return the quarter hours that `text` says."""
    said = text.strip().casefold().replace("\u00a0", " ").replace("\u202f", " ")
    minutes = _minutes(said)
    if minutes <= 0:
        raise NotADuration(text)
    quarters = int((minutes / 15).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return max(quarters, 1)


def _minutes(said: str) -> Decimal:
    if found := CLOCK.match(said):
        return Decimal(found[1]) * 60 + Decimal(found[2] or 0)
    if found := MINUTES.match(said):
        return Decimal(found[1])
    if found := DECIMAL.match(said):
        return Decimal(found[1].replace(",", ".")) * 60
    raise NotADuration(said)
