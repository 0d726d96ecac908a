"""Why a pair is proposed, why a need is left and what would fill it, in sentences (S7)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jonction.core.days import in_words
from jonction.core.taxonomy import Dimension, Function, Level, Stage
from jonction.core.typography import figure, percentage
from jonction.engines.matching.problem import POINTS, Because, Binding, Kind, Rules
from jonction.support.models import Language, Proposal, Unmatched
from jonction.support.queries.round import WHOLE

FARTHEST = Rules().farthest


def reasons_of(proposal: Proposal, names: Mapping[int, str]) -> list[str]:
    """Return why the two are brought together, the strongest reasons first."""
    said = {reason["code"]: reason["value"] for reason in proposal.reasons}
    found = []
    if Because.ALONE in said:
        found.append(_("c’est la seule ressource qui peut servir ce besoin"))
    if Because.CONTINUITY in said:
        found.append(_("accompagne déjà cette démarche"))
    if Because.CHOSEN in said:
        found.append(_("une affinité est notée avec cette instance"))
    elif Because.TERRITORY in said:
        name = names.get(said[Because.TERRITORY], _("l’instance régionale"))
        found.append(_("une affinité est notée dans ce territoire ({name})").format(name=name))
    if Because.SKILLS in said:
        found.append(_skill_words(said[Because.SKILLS]))
    if words := _travel_words(said.get(Because.TRAVEL, FARTHEST)):
        found.append(words)
    return found


def chosen_words(proposal: Proposal) -> str:
    """Return what people chose instead, when it is not what was proposed."""
    match proposal.status:
        case Proposal.Status.CHANGED:
            return _("Choisi : {name}, {hours} h par semaine, du {start} au {end}.").format(
                name=proposal.chosen,
                hours=hours(proposal.chosen_quarters or 0),
                start=in_words(proposal.chosen_from or proposal.starts_on),
                end=in_words(proposal.chosen_to or proposal.ends_on),
            )
        case Proposal.Status.ADOPTED:
            return _("Choisi tel que proposé.")
        case _:
            return ""


def hours(quarters: int) -> str:
    return figure(quarters / 4)


def percent(share: Fraction) -> str:
    return percentage(f"{whole(share)}")


def why_words(unmatched: Unmatched) -> str:
    """Return what stops this need; of refusals and ties, nothing is said."""
    sentences = {
        Binding.TERRITORY: _("Personne ne dit accepter d’aller dans ce territoire."),
        Binding.TRAVEL: _("Qui pourrait y aller vit trop loin."),
        Binding.LEVEL: _("Personne ne travaille à ce niveau."),
        Binding.LANGUAGE: _("Personne ne dit accompagner dans la langue demandée."),
        Binding.SKILLS: _("Personne ne dit connaître assez ces étapes et ces dimensions."),
        Binding.FORBIDDEN: _("Personne n’est disponible pour cette instance."),
        Binding.HOURS: _("Qui pourrait le servir n’a plus assez d’heures libres à ces dates."),
        Binding.CHUNK: _("Ce qui reste est trop court pour valoir un mandat de plus."),
        Binding.TEAM: _("Il a déjà autant de personnes que la règle le permet."),
        Binding.TABLES: _("Qui pourrait le servir est déjà à trop de tables en même temps."),
    }
    return sentences[Binding(unmatched.binding)]


def change_words(unmatched: Unmatched, territory: str) -> str:
    """Return the smallest change that would serve what is left, the rest of the plan kept."""
    facts = {
        "hours": hours(unmatched.quarters),
        "name": unmatched.resource,
        "place": territory,
        "start": in_words(unmatched.starts_on),
        "end": in_words(unmatched.ends_on),
        "wanted": _wanted(unmatched.wanted),
    }
    sentences = {
        Kind.TABLE: _("Une table de plus pour {name}, du {start} au {end}."),
        Kind.HOURS: _("{hours} h par semaine de plus de {name} dans {place}, du {start} au {end}."),
        Kind.HOURS_AND_TABLE: _(
            "{hours} h par semaine et une table de plus pour {name} dans {place}, du {start} au "
            "{end}."
        ),
        Kind.NEWCOMER: _(
            "Une autre personne {hours} h par semaine dans {place}, du {start} au {end}."
        ),
        Kind.SPEAKER: _(
            "Une personne qui accompagne en {wanted}, {hours} h par semaine dans {place}, du {start} au "
            "{end}."
        ),
        Kind.EXPERT: _(
            "Une personne qui connaît : {wanted} ; {hours} h par semaine dans {place}, du {start} "
            "au {end}."
        ),
        Kind.NEARER: _(
            "Une personne qui accepte d’aller dans {place}, {hours} h par semaine, du {start} au "
            "{end}."
        ),
    }
    if unmatched.binding == Binding.TRAVEL:  # people accept to go there: they live too far
        nearer = _(
            "Une personne qui vit plus près de {place}, {hours} h par semaine, du {start} au {end}."
        )
        return nearer.format(**facts)
    return sentences[Kind(unmatched.kind)].format(**facts)


def place_name(pk: int, names: Mapping[int, str]) -> str:
    if pk == WHOLE:
        return _("l’instance régionale")
    return names.get(pk, _("un territoire retiré"))


def _skill_words(points: int) -> str:
    tenths = round(points * 10 / POINTS)
    return ngettext(
        "compétence : {n} point sur 10", "compétence : {n} points sur 10", tenths
    ).format(n=tenths)


def _travel_words(minutes: int) -> str:
    """Return how far it is; a way that nobody said counts as the farthest, and is no reason."""
    if minutes == 0:
        return _("vit ou travaille sur place")
    if minutes >= FARTHEST:
        return ""
    return ngettext("à {n} minute de route", "à {n} minutes de route", minutes).format(n=minutes)


def _wanted(codes: Iterable[str]) -> str:
    known: dict[str, Any] = {}
    for words in (Stage, Dimension, Function, Level, Language):
        known |= dict(words.choices)
    return ", ".join(str(known.get(code, code)) for code in codes)


def listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} {_('et')} {last}" if first else last


def whole(share: Fraction) -> int:
    """Return whole hundredths, never more than there are: 99.6 % is not everything."""
    return int(share * 100)
