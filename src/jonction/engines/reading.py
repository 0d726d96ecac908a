"""Reading dates, durations and numbers as people write them in French.

Method     spaces of all widths, accents and case do not count; each form is one pattern.
           Durations: hours and minutes, or decimal hours, rounded to the nearest quarter, one at
           least; or to the minute, a number alone being minutes. Dates: year first or day first, never month first. Numbers: the comma is the
           decimal mark, unless a point follows it; three digits after the only mark of an amount
           in dollars are thousands, since nobody writes a tenth of a cent.
Invariant  what is printed reads back to itself; what is not recognised raises, nothing is guessed.
Exactness  decimals, never floats.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

SAME = str.maketrans(
    {"¼": ",25", "½": ",5", "¾": ",75", "\u2212": "-", "’": "'", "ᵉ": "e", "ʳ": "r"}
)

IGNORED = frozenset({"Mn", "Cf"})  # accents set apart, marks of direction

HOURS = r"h(?:(?:eu)?res?|rs?)?\.?"
MINUTES = r"m(?:in(?:utes?|s)?)?\.?"
CLOCK = re.compile(rf"(\d{{1,3}}) ?{HOURS}(?: ?(?:et )?([0-5]?\d) ?(?:{MINUTES})?)?", re.ASCII)
COLON = re.compile(rf"(\d{{1,3}}):([0-5]\d)(?::[0-5]\d)?(?: ?{HOURS})?", re.ASCII)
ONLY_MINUTES = re.compile(rf"(\d{{1,5}}) ?{MINUTES}", re.ASCII)
BARE_MINUTES = re.compile(r"\d{1,6}", re.ASCII)
DECIMAL_HOURS = re.compile(rf"(\d{{1,3}})?(?: ?[.,](\d{{1,20}}))? ?(?:{HOURS})?", re.ASCII)

MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin",
          "juillet", "aout", "septembre", "octobre", "novembre", "decembre")  # fmt: skip
WEEKDAY = r"(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di,? |dimanche,? )?(?:le )?"
TIME = (
    r"(?:(?:t|,? )(?:a )?(?:[01]?\d|2[0-3]) ?[:h] ?(?:[0-5]\d)?(?::[0-5]\d(?:[.,]\d{1,9})?)?"
    r"(?: ?[ap]m)?(?: ?(?:z|[+-]\d\d:?\d\d))?)?"
)
YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){TIME}", re.ASCII)
DAY_FIRST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){TIME}", re.ASCII)
IN_WORDS = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})(?: ?er)?[ .-]{{1,2}}([a-z]{{3,9}})[ .,-]{{1,2}}(\d{{4}}){TIME}",
    re.ASCII,
)

AMOUNT = re.compile(
    r"(\()?(-)? ?(\$ ?)?(-)? ?(?P<digits>[\d ,.']*\d)(?P<after> ?(?:\$ ?(?:ca[dn]?)?|ca[dn]))?(\))?",
    re.ASCII,
)
PLAIN = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+", re.ASCII)
SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?", re.ASCII)
COMMAS = re.compile(r"\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})", re.ASCII)
POINTS = re.compile(r"\d{1,3}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})", re.ASCII)
THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


class NotADuration(ValueError):  # noqa: N818 - it names what the text is
    """The text is not a time."""


class NotADate(ValueError):  # noqa: N818 - it names what the text is
    """The text is not a day, or that day does not exist."""


class NotANumber(ValueError):  # noqa: N818 - it names what the text is
    """The text is not a number or an amount."""


def read_quarters(text: str) -> int:
    """Return the quarter hours that `text` says."""
    minutes = _minutes(_plain(text))
    if minutes is None or minutes <= 0:
        raise NotADuration(text)
    quarters = int((minutes / 15).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return max(quarters, 1)


def read_minutes(text: str) -> int:
    """Return the whole minutes that `text` says; a number alone counts minutes, and is whole."""
    said = _plain(text)
    if BARE_MINUTES.fullmatch(said):
        return int(said)
    minutes = None if PLAIN.fullmatch(said) else _minutes(said)
    if not minutes:
        raise NotADuration(text)
    return int(minutes.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def read_date(text: str) -> date:
    """Return the day that `text` says; a time that follows it is left aside."""
    said = _plain(text)
    if found := YEAR_FIRST.fullmatch(said):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif found := DAY_FIRST.fullmatch(said):
        year, month, day = int(found[4]), int(found[3]), int(found[1])
    elif found := IN_WORDS.fullmatch(said):
        year, month, day = int(found[3]), _month(found[2]), int(found[1])
    else:
        raise NotADate(text)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADate(text) from error


def read_decimal(text: str) -> Decimal:
    """Return the number or the amount in dollars that `text` says."""
    found = AMOUNT.fullmatch(_plain(text))
    if found is None or bool(found[1]) != bool(found[7]):
        raise NotANumber(text)
    minus = [mark for mark in (found[1], found[2], found[4]) if mark]
    marks = _thousands(found["digits"], is_money=bool(found[3] or found["after"]))
    if marks is None or len(minus) > 1:
        raise NotANumber(text)
    bare = found["digits"].translate(str.maketrans("", "", marks))
    number = Decimal(bare.replace(",", "."))
    return number.copy_negate() if minus else number


def _plain(text: str) -> str:
    """Return `text` without accents, case, invisible marks or double spaces."""
    letters = unicodedata.normalize("NFD", text.translate(SAME).casefold())
    return " ".join("".join(c for c in letters if unicodedata.category(c) not in IGNORED).split())


def _minutes(said: str) -> Decimal | None:
    if found := CLOCK.fullmatch(said) or COLON.fullmatch(said):
        return Decimal(found[1]) * 60 + Decimal(found[2] or 0)
    if found := ONLY_MINUTES.fullmatch(said):
        return Decimal(found[1])
    if found := DECIMAL_HOURS.fullmatch(said):
        return Decimal(f"{found[1] or 0}.{found[2] or 0}") * 60
    return None


def _month(word: str) -> int:
    """Return the only month that `word` begins or names; 0, which no date has, otherwise."""
    months = [n for n, name in enumerate(MONTHS, 1) if name.startswith(word)]
    return months[0] if len(months) == 1 else 0


def _thousands(digits: str, *, is_money: bool) -> str | None:
    """Return the marks that group the thousands of `digits`; None when it is no number."""
    if is_money and THOUSANDS.fullmatch(digits):
        return ",."
    if COMMAS.fullmatch(digits):
        return ","
    if POINTS.fullmatch(digits):
        return "."
    if PLAIN.fullmatch(digits) or SPACED.fullmatch(digits):
        return " '"
    return None
