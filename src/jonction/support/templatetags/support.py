"""The words of the coverage page."""

from datetime import date
from fractions import Fraction
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.template.defaultfilters import floatformat
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.days import in_words
from jonction.core.taxonomy import Dimension, Stage
from jonction.core.typography import colon, figure, percentage
from jonction.engines.coverage import Clause, Status, Thresholds
from jonction.engines.foreseen import Closing, Kind, Step
from jonction.governance.queries import standing_of
from jonction.support.continuity import Foreseen
from jonction.support.coverage import Judged, Whole, thresholds_of
from jonction.support.queries.access import resource_of

register = template.Library()

WORDS = {
    Status.COVERED: gettext_lazy("Couvert"),
    Status.THIN: gettext_lazy("Mince"),
    Status.HOLE: gettext_lazy("Trou"),
    Status.UNNEEDED: gettext_lazy("Sans besoin"),
}


@register.filter
def looks_from_outside(person: Person) -> bool:
    """Say whether somebody only observes or studies: what names people is never for her."""
    standing = standing_of(person, localdate())
    is_outside = bool(standing.observed_alliances or standing.studied_alliances)
    return is_outside and not standing.seated_bodies and resource_of(person) is None


@register.filter
def in_hours(quarters: int) -> str:
    """Return quarter hours as a number of hours: 1,5."""
    return _in_hours(quarters, get_language() or "")


@lru_cache(maxsize=1_000)
def _in_hours(quarters: int, language: str) -> str:  # noqa: ARG001 - it is part of the key
    return str(floatformat(quarters / 4, "-2"))


@register.filter
def status_word(status: str) -> str:
    return str(WORDS[Status(status)])


@register.filter
def cell_facts(whole: Whole) -> list[str]:
    """Say what a cell over several processes holds: how many are of each status, hours, people."""
    given = ngettext("{hours} h, {n} personne", "{hours} h, {n} personnes", whole.people)
    return [
        *(_("{status} : {n}").format(status=status_word(code), n=n) for code, n in whole.counts),
        given.format(hours=floatformat(whole.done_hours, 0), n=whole.people),
    ]


@register.filter
def clause_sentence(clause: str, thresholds: Thresholds) -> str:
    """Return in French why the cell is so, with the thresholds used (engines: coverage)."""
    sentences = {
        Clause.NO_STAGE: _("Cette étape ne fait pas partie de la démarche."),
        Clause.WAIVED: _("Quelqu’un a dit, avec une raison, que rien n’est nécessaire ici."),
        Clause.FAR_AHEAD: _("L’étape ouvre dans plus de {lookahead} semaines."),
        Clause.NOBODY_NOW: _(
            "Personne n’a de mandat actif ici, et personne n’est intervenu depuis {gap} semaines."
        ),
        Clause.NOBODY_COMING: _(
            "L’étape approche et personne n’est prévu pendant plus de {gap} semaines."
        ),
        Clause.ONE_PERSON: _("Une seule personne tient tout : si elle part, il n’y a plus rien."),
        Clause.ONE_OFF: _("Il n’y a que du soutien ponctuel, aucun mandat en continu."),
        Clause.BELOW_FLOOR: _(
            "Moins de {floor} h par semaine, prévues ou faites depuis {weeks} semaines."
        ),
        Clause.ENDS_EARLY: _("Aucun mandat ne va jusqu’à la fin de l’étape."),
        Clause.HOLDS: _("Au moins deux personnes, un mandat en continu jusqu’à la fin de l’étape."),
    }
    return sentences[Clause(clause)].format(
        lookahead=thresholds.lookahead_weeks,
        gap=thresholds.gap_weeks,
        floor=figure(thresholds.floor_quarters / 4),
        weeks=thresholds.floor_weeks,
    )


@register.filter
def moment_sentence(judged: Judged, on: date) -> str:
    """Return in French of which day the judgement is."""
    window = judged.window
    if window is None or judged.clause == Clause.WAIVED:
        return ""
    if judged.is_over(on):
        said = _("Étape terminée : c’est le jugement de son dernier jour, le {day}.")
        return said.format(day=in_words(window.ends_on))
    if window.starts_on > on:
        return str(_("Étape à venir : elle est jugée d’un bout à l’autre."))
    return _("Étape en cours : c’est le jugement du {day}.").format(day=in_words(on))


@register.filter
def why(judged: Judged) -> str:
    """Return why the cell of a process is so, with the thresholds of its Alliance."""
    return clause_sentence(judged.clause, thresholds_of(judged.process))


@register.filter
def percent(share: Fraction | None) -> str:
    """Return a share as a whole percentage, rounded down: 100 % means all of it."""
    return "" if share is None else percentage(f"{int(share * 100)}")


@register.filter
def break_title(foreseen: Foreseen) -> str:
    """Return what breaks: the stage and its dimensions."""
    stage = str(Stage(foreseen.breaking.stage).label)
    dimensions = ", ".join(str(Dimension(d).label) for d in foreseen.breaking.dimensions)
    return f"{stage[:1].upper()}{stage[1:]}{colon()}{dimensions}"


@register.filter
def place_asked(foreseen: Foreseen) -> str:
    """Return the place of what breaks and the time it asks, as the addresses of forms read them."""
    breaking = foreseen.breaking
    dimensions = [("dimension", dimension) for dimension in breaking.dimensions]
    weekly = [("quarts", str(closing.quarters_per_week)) for closing in breaking.closing[:1]]
    return urlencode([("etape", breaking.stage), *dimensions, *weekly])


@register.filter
def break_sentence(foreseen: Foreseen, named: bool) -> str:
    """Return in French why it breaks and when; names only for whoever may read them."""
    people = ", ".join(foreseen.resources) if named else ""
    sentences = {
        Kind.DEPARTURE: _("{people} part : plus assez de monde à partir du {day}.")
        if people
        else _("Un départ est annoncé : plus assez de monde à partir du {day}."),
        Kind.LEAVE: _("Absence de {people} : personne à partir du {day}, jusqu’au {until}.")
        if people
        else _("Une absence laisse l’étape sans personne du {day} au {until}."),
        Kind.MANDATE_ENDS: _(
            "Le mandat de {people} se termine avant l’étape : personne à partir du {day}."
        )
        if people
        else _("Un mandat se termine avant l’étape : personne à partir du {day}."),
        Kind.STAGE_UNATTENDED: _("L’étape est ouverte sans personne, depuis le {day}.")
        if foreseen.has_begun
        else _("L’étape ouvre sans personne, du {day} au {until}."),
        Kind.GAP: _("Personne depuis le {day}, jusqu’au {until}.")
        if foreseen.has_begun
        else _("Personne n’est prévu du {day} au {until}."),
    }
    return sentences[foreseen.breaking.kind].format(
        people=people,
        day=in_words(foreseen.breaking.breaks_on),
        until=in_words(foreseen.breaking.until),
    )


@register.filter
def closing_sentence(closing: Closing) -> str:
    """Return in French one thing that would help to close a break."""
    sentences = {
        Step.EXTEND_MANDATE: _("Prolonger le mandat jusqu’au {until}."),
        Step.REPLACE: _("Trouver une relève du {day} au {until}, {hours} h par semaine."),
        Step.NEW_MANDATE: _("Confier un mandat du {day} au {until}, {hours} h par semaine."),
    }
    return sentences[closing.step].format(
        day=in_words(closing.starts_on),
        until=in_words(closing.until),
        hours=figure(closing.quarters_per_week / 4),
    )


@register.filter
def extending(foreseen: Foreseen) -> list[Closing]:
    """Return the mandates that would be extended to close a break."""
    return [one for one in foreseen.breaking.closing if one.step == Step.EXTEND_MANDATE]


@register.filter
def kind_word(kind: str) -> str:
    """Return the name of a kind of break, for the history."""
    words = {
        Kind.DEPARTURE: _("départ annoncé"),
        Kind.LEAVE: _("absence"),
        Kind.MANDATE_ENDS: _("mandat qui finit avant l’étape"),
        Kind.STAGE_UNATTENDED: _("étape sans personne"),
        Kind.GAP: _("silence trop long"),
    }
    return words[Kind(kind)]


@register.filter
def split(words: str) -> list[str]:
    """Return the words of a short list written in a template."""
    return words.split()
