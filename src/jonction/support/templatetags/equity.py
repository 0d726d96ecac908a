"""The words of the equity pages."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from jonction.core.taxonomy import StartingFactor
from jonction.core.typography import percentage
from jonction.engines.equity import Theil
from jonction.support.compared import Row
from jonction.support.equity import MORE, VARIETY, Known, Line, Picture
from jonction.support.equity_sizes import SizeFacts

register = template.Library()

FAIR = (Fraction(4, 5), Fraction(5, 4))  # near its share: from 80 to 125 % of it
NEGLIGIBLE = 0.0005
GLUE = "\N{NO-BREAK SPACE}"


@register.filter
def part(share: Fraction | None) -> str:
    """Return a share as a percentage, to the tenth."""
    return percentage(_number(share * 100, 1)) if isinstance(share, Fraction) else "–"


@register.filter
def points(index: Fraction | None) -> str:
    """Return an index between 0 and 1 as points out of 100."""
    return _number(index if index is None else index * 100, 0)


@register.filter
def as_hours(hours: Fraction | None) -> str:
    return "–" if hours is None else f"{_number(hours, 0)}{GLUE}h"


@register.filter
def tenths(value: Any) -> str:
    return _number(value, 1)


@register.filter
def thousandths(value: Any) -> str:
    return _number(value, 3)


@register.filter
def served(ratio: Fraction | None) -> str:
    """Return the state of a territory: far below its share, near it, or above."""
    if ratio is None:
        return ""
    return "hole" if ratio < FAIR[0] else "covered" if ratio <= FAIR[1] else "thin"


@register.filter
def served_word(ratio: Fraction | None) -> str:
    words = {
        "hole": _("en manque"),
        "covered": _("près de sa part"),
        "thin": _("au-delà de sa part"),
        "": "",
    }
    return words[served(ratio)]


@register.filter
def lacking_words(hours: Fraction) -> str:
    """Say the hours that a territory lacks, or has beyond its share."""
    if abs(hours) < Fraction(1, 2):
        return _("rien")
    if hours > 0:
        return _("{n} manquent").format(n=as_hours(hours))
    return _("{n} de plus").format(n=as_hours(-hours))


@register.filter
def missing_words(codes: Sequence[str], figures: Sequence[Known]) -> str:
    """Return the names of what could not be taken into account; the five factors are one."""
    names = {known.indicator.code: known.indicator.name for known in figures}
    names |= {code: str(label) for code, label in StartingFactor.choices}
    if set(StartingFactor.values) <= set(codes):
        rest = [code for code in codes if code not in StartingFactor.values]
        return ", ".join([_("profil de départ"), *(names.get(code, code) for code in rest)])
    return ", ".join(names.get(code, code) for code in codes)


@register.filter
def promised_of_asked(row: Row[SizeFacts]) -> str:
    """Return the hours promised for a hundred asked."""
    return points(row.hours / row.facts.asked if row.facts.asked else None)


@register.filter
def between_levels(theil: Theil | None) -> str:
    """Say how much of T lies between the regional body and the local ones."""
    if theil is None or theil.total < NEGLIGIBLE or len(theil.groups) == 1:
        return ""
    between = round(100 * theil.between / theil.total)
    return _("dont {between} % entre les niveaux").format(between=between)


@register.filter
def of_functions(count: int) -> str:
    return _("{n}/{of} fonctions").format(n=count, of=VARIETY[0])


@register.filter
def of_dimensions(count: int) -> str:
    return _("{n}/{of} dimensions").format(n=count, of=VARIETY[1])


@register.filter
def per_week(line: Line, picture: Picture) -> str:
    return f"{_number(line.facts.hours / picture.weeks, 1)}{GLUE}h"


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code) or _("tous les territoires comptent autant")


@register.filter
def factor_word(code: str) -> str:
    return str(StartingFactor(code).label)


@register.filter
def within_words(theil: Theil | None) -> str:
    """Say in plain French how much of T lies between the two groups of need, and within them."""
    if theil is None or theil.total < NEGLIGIBLE:
        return ""
    between = round(100 * theil.between / theil.total)
    if len(theil.groups) == 1:
        return ""
    if MORE in theil.groups:
        sentence = _(
            "De cette inégalité, {between} % tient à l’écart entre les territoires où le besoin est le "
            "plus grand et les autres ; {within} % se joue à l’intérieur de ces deux groupes."
        )
    else:
        sentence = _(
            "De cette inégalité, {between} % tient à l’écart entre les régions ; {within} % se joue à "
            "l’intérieur de chacune."
        )
    return sentence.format(between=between, within=100 - between)


def _number(value: Any, places: int) -> str:
    """Write a number in French; a dash stands for what is not known."""
    if value is None or value == "":
        return "–"
    rounded = round(float(value), places)
    return str(number_format(rounded + 0.0, places, force_grouping=True))
