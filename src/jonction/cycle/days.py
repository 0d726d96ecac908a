"""Days on which nobody answers: weekends and the holidays of Québec."""

from datetime import date
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

SATURDAY = 5


LANGUAGES = {"fr": "fr", "en": "en_CA"}  # as the calendar calls them


@cache
def _of_year(year: int, language: str) -> dict[date, str]:
    import holidays  # 6 MB, for who asks a deadline or a forecast

    return dict(holidays.country_holidays("CA", subdiv="QC", language=language, years=year))


def days_off(first: int, last: int) -> frozenset[date]:
    """Return the holidays of those years, both included; weekends are not among them."""
    return frozenset(day for year in range(first, last + 1) for day in _of_year(year, "fr"))


def why_off(day: date) -> str:
    """Return a clause that says why the day is off, or nothing."""
    if holiday := _of_year(day.year, LANGUAGES[get_language() or "fr"]).get(day):
        return _("jour férié : %(name)s") % {"name": holiday}
    if day.weekday() == SATURDAY:
        return _("un samedi")
    return _("un dimanche") if day.weekday() > SATURDAY else ""
