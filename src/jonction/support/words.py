"""How hours and odds are said: words first, figures beside them."""

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jonction.core.typography import figure
from jonction.engines.forecast.results import Odds

RARE, SURE = Fraction(1, 20), Fraction(19, 20)
LEAST = 0.05  # percent: below, one decimal says nothing


def hours_word(quarters: Fraction | int) -> str:
    """Return quarter hours as hours with one decimal: 12,5 h."""
    return f"{figure(round(float(quarters) / 4, 1))}\u00a0h"


def doubt_of_time(because: Mapping[str, str]) -> str:
    """Say why the time of a sentence was not taken, and what to do; nothing when none was said."""
    if words := because.get("too_long"):
        return _(
            "« {words} » ne tiennent pas dans une journée : notez une ligne par jour, ou corrigez la durée."
        ).format(words=words)
    if words := because.get("clock"):
        return _(
            "« {words} » : une durée, ou une heure du jour ? Dites combien de temps cela a pris."
        ).format(words=words)
    return ""


def doubt_of_day(because: Mapping[str, str]) -> str:
    """Say which words did not give the day; nothing when they did, or when none was said."""
    words = because.get("no_day")
    return _("Pas compris : « {words} ». Vérifiez le jour.").format(words=words) if words else ""


def odds_word(odds: Odds) -> str:
    """Return the odds as people say them; never « certain » nor « impossible »: it is an estimate."""
    if odds.share < RARE:
        return _("moins d’une chance sur 20")
    if odds.share > SURE:
        return _("plus de 19 chances sur 20")
    n = min(max(round(odds.share * 10), 1), 9)
    return ngettext("{n} chance sur 10", "{n} chances sur 10", n).format(n=n)


def odds_figures(odds: Odds) -> str:
    """Return the share and its Monte-Carlo error, in percent; a draw never proves 0 nor 100."""
    share = round(float(100 * odds.share), 1)
    if not LEAST < share < 100 - LEAST:
        return _("moins de 0,1 %") if share <= LEAST else _("plus de 99,9 %")
    low, high = (round(100 * side, 1) for side in odds.interval)
    return _("{share} %, entre {low} et {high}").format(
        share=figure(share), low=figure(low), high=figure(high)
    )
