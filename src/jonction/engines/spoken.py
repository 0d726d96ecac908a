"""Times and days inside a sentence: « 1h30 + 2h de route », « avant-hier », « le 12 nov ».

Method     docs/engines/guess.md. Forms are tried from the most to the least precise, and what one
           reads is hidden from the next. A time of the clock (« à 9h ») is not a duration; a day
           that speaks of something else (« pour jeudi ») is not the day of the work.
Invariant  never raises; never returns a day after `today`; two different days are no day.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic, TypeVar

from jonction.engines.reading import NotADuration, read_quarters

LONGEST_HOURS = 12
LONGEST_MINUTES = 720
LONGEST_QUARTERS = 96
MINUTES_PER_DAY = 1440
EARLIEST_CLOCK = 6
OLDEST = timedelta(days=183)
NUMBERS = {
    "quatre vingt dix": 90, "quarante cinq": 45, "vingt cinq": 25, "une": 1, "un": 1, "deux": 2,
    "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60,
}  # fmt: skip
SAID_NUMBER = "|".join(word.replace(" ", "[ -]") for word in NUMBERS)
MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4,
    "avr": 4, "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9,
    "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
WEEKDAY = "lundi|mardi|mer?credi|jeudi|ven[dr]+edi|samedi|dimanche"
FREE = r"(?<![\w.,:/-])"
HOURS = r"(?:heures?|hres?|hrs?|h)"
NUMBER = rf"\d{{1,3}}|{SAID_NUMBER}"
# whole words: « 1h30 hier » and « 1h30 organisation » count nothing
COUNTED = r"pers(?:onnes?)?|part(?:icipant\w*)?|gens|org(?:anis(?:mes?|ations))?|km"
# a number after « 2h » is minutes, unless it counts something or begins a date
MORE = (
    r"(?:et )?demie?|(?:et )?(?:un )?quart|(?:et )?trois quarts|(?:et )?[13]/[24]|"
    r"(?:[0-5]\d|dix|quinze|vingt(?:[ -]cinq)?|trente|quarante(?:[ -]cinq)?|cinquante)"
    rf"(?! ?(?:\$|%|/|(?:{COUNTED}|{'|'.join(MONTHS)}|{HOURS})\b))"
    r"(?: ?min(?:utes?|s)?)?"
)
ADDED = re.compile(r"(?:\+|\bplus|\bet)\s*$")
TRAVEL = re.compile(r" ?(?:de |d')?(?:route|char|auto|voiture|deplacement)\b")
DELAY = re.compile(r"(?:\bdans|\bsous|\bd'? ?ici|\bavant|\bdelai(?: de)?)\s*(?:les\s*)?$")
INCLUDED = re.compile(r"\b(?:dont|incl\w*|compris)\W*$")
MINUTES_OF = {"demi": 30, "demie": 30, "quart": 15, "trois quarts": 45, "1/2": 30, "1/4": 15, "3/4": 45}  # fmt: skip


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heard(Generic[T]):
    value: T
    start: int
    end: int


def duration_in(bare: str) -> Heard[int] | None:
    """Return the quarter hours said: the first time, those added to it, and the road."""
    time = _total(bare)
    if time is None or time.value > MINUTES_PER_DAY:
        return None
    with suppress(NotADuration):
        quarters = read_quarters(f"{time.value} min")
        return Heard(quarters, time.start, time.end) if quarters <= LONGEST_QUARTERS else None
    return None


def beyond_a_day_in(bare: str) -> Heard[int] | None:
    """Return the minutes said when they are more than a day has, and no time of the work is said.

    « d'ici 48 h » is a delay: it is nobody's work.
    """
    time = _total(bare)
    if time is None:
        said = (heard for heard in _said(bare) if heard.value > MINUTES_PER_DAY)
        return next((heard for heard in said if not DELAY.search(bare[: heard.start])), None)
    return time if time.value > MINUTES_PER_DAY else None


def clock_in(bare: str) -> Heard[int] | None:
    """Return what may be an hour of the day as well as a time (« 13 h »), when no other is said."""
    if _total(bare) is not None:
        return None
    said = (heard for heard in _said(bare) if LONGEST_MINUTES < heard.value <= MINUTES_PER_DAY)
    return next((heard for heard in said if not DELAY.search(bare[: heard.start])), None)


def _total(bare: str) -> Heard[int] | None:
    """Return the minutes of the first time, with those added to it and the road."""
    times = _times(bare)
    if not times:
        return None
    total, end = times[0].value, times[0].end
    for time in times[1:]:
        between = bare[end : time.start]
        if not INCLUDED.search(between) and (
            ADDED.search(between) or TRAVEL.match(between) or TRAVEL.match(bare[time.end :])
        ):
            total, end = total + time.value, time.end
    return Heard(total, times[0].start, end)


def without_times(bare: str) -> str:
    """Return the same text with spaces in place of its durations."""
    for time in _times(bare):
        bare = _hidden(bare, time.start, time.end)
    return bare


def day_in(bare: str, today: date) -> Heard[date] | None:
    """Return the past day that is said, when there is only one."""
    past = _past(_days_said(bare, today), today)
    return past[0] if len({heard.value for heard in past}) == 1 else None


def no_day_in(bare: str, today: date) -> Heard[None] | None:
    """Return what speaks of a day without saying which past one: « le 31 février », two days."""
    said = _days_said(bare, today)
    past = _past(said, today)
    if not said or len({heard.value for heard in past}) == 1:
        return None
    doubtful = past or said[:1]
    return Heard(None, doubtful[0].start, doubtful[-1].end)


def _past(said: Iterable[Heard[date | None]], today: date) -> list[Heard[date]]:
    return [
        Heard(heard.value, heard.start, heard.end)
        for heard in said
        if heard.value and heard.value <= today
    ]


def _days_said(bare: str, today: date) -> list[Heard[date | None]]:
    """Return every day that the work may have been done, none for one that does not exist."""
    found: list[Heard[date | None]] = []
    for form, read in DAYS:
        for match in form.finditer(bare):
            if not _speaks_of_something_else(bare, *match.span()):
                day = None
                with suppress(ValueError, OverflowError):
                    day = read(match, today)
                found.append(Heard(day, *match.span()))
            bare = _hidden(bare, *match.span())
    return sorted(found, key=lambda heard: heard.start)


def _times(bare: str) -> list[Heard[int]]:
    return [heard for heard in _said(bare) if heard.value <= LONGEST_MINUTES]


def _said(bare: str) -> list[Heard[int]]:
    """Return every time that is said, however long."""
    found: list[Heard[int]] = []
    for form, read in TIMES:
        for match in form.finditer(bare):
            minutes = read(match)
            if minutes > 0 and not _is_clock(bare, match):
                found.append(Heard(minutes, *match.span()))
            bare = _hidden(bare, *match.span())
    return sorted(found, key=lambda heard: heard.start)


def _is_clock(bare: str, match: re.Match[str]) -> bool:
    hours = re.match(rf"\d{{1,2}} ?(?:{HOURS}|:)", match[0])
    return bool(hours and re.search(r"(?:\ba|\bvers|@)\s*$", bare[: match.start()]))


def _hidden(bare: str, start: int, end: int) -> str:
    return bare[:start] + " " * (end - start) + bare[end:]


def _number(said: str) -> int:
    return NUMBERS.get(said.replace("-", " "), 0) or int(said)


def _range(match: re.Match[str]) -> int:
    start, end = (int(match[n]) * 60 + int(match[n + 1] or 0) for n in (1, 3))
    return end - start if int(match[1]) >= EARLIEST_CLOCK else 0


def _hours(match: re.Match[str]) -> int:
    hours = _number(match[1])
    more = re.sub(r"^(?:et )?(?:un )?| ?min\w*$", "", match[2] or "")
    minutes = MINUTES_OF.get(more, 0) or (_number(more) if more else 0)
    return hours * 60 + minutes


def _decimal(match: re.Match[str]) -> int:
    return int(Decimal(f"{match[1]}.{match[2]}") * 60)


TIMES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...] = (
    (re.compile(rf"{FREE}(\d{{1,2}}) ?[h:] ?(\d\d)?(?: ?a ?| ?- ?)(\d{{1,2}}) ?[h:] ?(\d\d)?(?!\w)"), _range),
    (re.compile(rf"{FREE}(\d{{1,2}}) ([13])/([24]) ?{HOURS}(?!\w)"),
     lambda m: 60 * int(m[1]) + 60 * int(m[2]) // int(m[3])),
    (re.compile(rf"{FREE}([13])/([24]) ?(?:d'? ?)?{HOURS}(?!\w)"), lambda m: 60 * int(m[1]) // int(m[2])),
    (re.compile(r"\b(?:une? |1 )?demie?[ -]?(?:heure|h)\b"), lambda _: 30),
    (re.compile(rf"{FREE}(?:(une?|trois|1|3) )?(?:1/4|quarts?) d'? ?(?:heure|h)\b"),
     lambda m: 45 if m[1] in {"trois", "3"} else 15),
    (re.compile(rf"{FREE}(\d{{1,2}})[.,](\d{{1,2}}) ?{HOURS}(?!\w)"), _decimal),
    (re.compile(rf"{FREE}({NUMBER}) ?{HOURS}(?![a-z])(?: ?({MORE})(?!\w))?(?!\d)"), _hours),
    (re.compile(rf"{FREE}({NUMBER}) ?(?:minutes?|mins?|mn|m)(?![\w$])"), lambda m: _number(m[1])),
    (re.compile(rf"{FREE}(\d{{4}}) ?(?:minutes?|mins?)(?!\w)"), lambda m: int(m[1])),
    (re.compile(rf"{FREE}(\d{{1,2}}):(\d\d)(?![\d:])"),
     lambda m: int(m[1]) * 60 + int(m[2]) if int(m[1]) <= LONGEST_HOURS else 0),
    (re.compile(rf"{FREE}(\d)[.,](0|00|25|5|50|75)(?!\w|[.,]\d| ?(?:\$|%|km|k\b|m\b|million|page|pers|fois))"),
     _decimal),
)  # fmt: skip


def _speaks_of_something_else(bare: str, start: int, end: int) -> bool:
    """Say whether the day is that of a meeting prepared or told, of a deadline, of a habit."""
    before, after = bare[:start], bare[end:]
    if re.match(r"\s*(?:prochaine?|qui vient|en huit)\b", after):
        return True
    if re.search(
        r"\b(?:pour|d'? ?ici|avant|jusqu'? ?|partir|depuis|chaque|tous|sem(?:aine)?|reporte\w*|"
        r"deplace\w*|remise?|prevue?s?|limite|echeance|rappel|prochaine?s?(?: \w+){0,2})\W*"
        r"(?:(?:le|les|du|de|ce|au|a)\W*)?$",
        before,
    ):
        return True
    told = r"\b(?:prep\w*|cr|comptes? rendus?|pv|proces verba\w+|ordres? du jour|odj|convoc\w*|invit\w*|relanc\w*|suivis?|retour|notes?)\b"  # fmt: skip
    return bool(re.search(r"\b(?:de|du)\s*$", before) and re.search(told, before.replace("-", " ")))


def _lately(days: Iterator[date], today: date) -> date | None:
    """Return the latest of these days that is past and not so old that the next one is meant."""
    past = [day for day in days if today - OLDEST <= day <= today]
    return max(past, default=None)


def _days(today: date, number: int, month: int | None = None) -> Iterator[date]:
    for back in range(13):
        months = today.year * 12 + today.month - 1 - back
        with suppress(ValueError):
            day = date(months // 12, months % 12 + 1, number)
            if month in {None, day.month}:
                yield day


def _weekday(name: str) -> int:
    return WEEKDAYS.index(name[:3].replace("mec", "mer"))


def _back_to(weekday: int, today: date, *, strictly: bool) -> date:
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back or 7 * strictly)


def _numeric(match: re.Match[str], _today: date) -> date:
    year = int(match[3])
    return date(year if year > 99 else 2000 + year, int(match[2]), int(match[1]))  # noqa: PLR2004 - 26 is 2026


def _day_and_month(match: re.Match[str], today: date) -> date | None:
    number = int(match[1].removesuffix("er"))
    month = MONTHS.get(match[2]) or int(match[2])
    if match.re.groups > 2 and match[3]:  # noqa: PLR2004 - the third group is a year
        return date(int(match[3]), month, number)
    return _lately(_days(today, number, month), today)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    return _lately(_days(today, int(match[1].removesuffix("er"))), today)


def _weekday_and_number(match: re.Match[str], today: date) -> date | None:
    weekday = _weekday(match[1])
    return _lately((d for d in _days(today, int(match[2])) if d.weekday() == weekday), today)


def _weekday_of_last_week(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=today.weekday() + 7 - _weekday(match[1]))


def _ago(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=_number(match[1]) * (7 if match[2].startswith("sem") else 1))


NOT_COUNTING = r"(?!\w| ?(?:h\b|heure|min|km|\$|%|pers|part|gens|org|premier|prem|/|-\d|,\d|\.\d))"
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
ANY_WEEKDAY = rf"(?:(?:{WEEKDAY}|{'|'.join(WEEKDAYS)})\b\.? )?"
DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile(r"\b(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})\b"),
     lambda m, _: date(int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d|\d\d)\b"), _numeric),
    (re.compile(rf"\b{ANY_WEEKDAY}(?:le )?(\d{{1,2}}|1er) ?({MONTH})\b\.?(?: (20\d\d)\b)?"), _day_and_month),
    (re.compile(r"\ble (\d{1,2})/(\d{1,2})(?![\w/])"), _day_and_month),
    (re.compile(r"(?<![\w/.,-])(\d\d)/(\d\d)(?![\w/])"), _day_and_month),
    (re.compile(rf"\b({WEEKDAY}|{'|'.join(WEEKDAYS)})\b\.? (?:le )?(\d{{1,2}}){NOT_COUNTING}"), _weekday_and_number),
    (re.compile(rf"\ble (\d{{1,2}}|1er){NOT_COUNTING}"), _day_of_month),
    (re.compile(rf"\b({WEEKDAY}) (?:de )?(?:la )?sem(?:aine)?\.? (?:passee?|derniere)\b"), _weekday_of_last_week),
    (re.compile(rf"\b({WEEKDAY}) (?:passe|dernier|der)\b"),
     lambda m, today: _back_to(_weekday(m[1]), today, strictly=True)),
    (re.compile(rf"\b({WEEKDAY})\b"), lambda m, today: _back_to(_weekday(m[1]), today, strictly=False)),
    (re.compile(rf"\b(?:il )?y a ({NUMBER}) (jours?|semaines?|sem)\b"), _ago),
    (re.compile(r"\bavant[ -]?hier\b"), lambda _, today: today - timedelta(days=2)),
    (re.compile(r"\b(?:apres[ -]?)?demain\b"), lambda _, today: today + timedelta(days=1)),
    (re.compile(r"\bhier\b"), lambda _, today: today - timedelta(days=1)),
    (re.compile(r"\b(?:aujourd'? ?hui|ajd|auj|ce (?:matin|midi|soir)|cet? (?:apres[ -]?midi|am|pm|avant[ -]?midi))\b"),
     lambda _, today: today),
)  # fmt: skip
