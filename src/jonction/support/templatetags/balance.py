"""The words of the pages of balance."""

from fractions import Fraction

from django import template
from django.utils.translation import gettext as _

from jonction.core.taxonomy import Posture
from jonction.engines.balance import NOT_SAID, Limits, Part, Taken
from jonction.support.balance import FUNCTIONS, Balance, Found, Row
from jonction.support.templatetags.equity import points

register = template.Library()

TONES = {Part.ABSENT: "hole", Part.THIN: "thin", Part.HEAVY: "soon", Part.PERHAPS: "neutral"}


@register.filter
def part_tone(found: Found) -> str:
    return TONES[found.part]


@register.filter
def part_word(found: Found) -> str:
    words = {
        Part.ABSENT: _("absente"),
        Part.THIN: _("mince"),
        Part.HEAVY: _("lourde"),
        Part.PERHAPS: _("peut-être mince"),
    }
    return words[found.part]


@register.filter
def found_words(found: Found, limits: Limits) -> str:
    """Say why a function is judged so, with the threshold that decided."""
    sentences = {
        Part.ABSENT: _("aucune heure"),
        Part.THIN: _("{share} % des heures ; mince sous {thin} %"),
        Part.HEAVY: _("{share} % des heures ; lourde au-delà de {heavy} %"),
        Part.PERHAPS: _(
            "{share} % des heures ; mince sous {thin} %, mais {unsaid} % des heures ne disent pas "
            "leur fonction"
        ),
    }
    shares = {"share": found.share, "unsaid": found.unsaid}
    shares |= {"thin": limits.thin, "heavy": limits.heavy}
    return sentences[found.part].format(**{name: points(one) for name, one in shares.items()})


@register.filter
def coordination_words(row: Row, limits: Limits) -> str:
    """Say how much of the time is coordination, when it passes its threshold or may pass it."""
    sentences = {
        Taken.YES: _(
            "La coordination prend {share} % des heures, au-delà de {limit} % : il reste "
            "{support} % pour l’accompagnement."
        ),
        Taken.PERHAPS: _(
            "La coordination prend {share} % des heures ; {unsaid} % ne disent pas leur posture et "
            "pourraient la porter au-delà de {limit} %."
        ),
    }
    if row.coordination not in sentences:
        return ""
    shares = {
        "share": row.postures.share(Posture.COORDINATION),
        "support": row.postures.share(Posture.SUPPORT),
        "unsaid": row.postures.share(NOT_SAID),
        "limit": limits.coordination,
    }
    said = {name: points(one) for name, one in shares.items()}
    return sentences[row.coordination].format(**said)


@register.filter
def coordination_share(row: Row | None) -> Fraction | None:
    return row.postures.share(Posture.COORDINATION) if row else None


@register.filter
def weekly(row: Row, balance: Balance) -> Fraction | None:
    return balance.per_week(row) if row.is_shown else None


@register.filter
def most_served(row: Row) -> Found | None:
    """Return the function that has the most hours; None when no line says its function."""
    shares = {code: row.functions.share(code) or Fraction(0) for code in FUNCTIONS}
    code = max(shares, key=lambda one: shares[one])
    return Found(code, Part.FAIR, shares[code], Fraction(0)) if shares[code] else None
