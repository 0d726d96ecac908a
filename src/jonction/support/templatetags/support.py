"""The words of the coverage page."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.engines.coverage import Clause, Status, Thresholds

register = template.Library()

WORDS = {
    Status.COVERED: gettext_lazy("Couvert"),
    Status.THIN: gettext_lazy("Mince"),
    Status.HOLE: gettext_lazy("Trou"),
    Status.UNNEEDED: gettext_lazy("Sans besoin"),
}


@register.filter
def status_word(status: str) -> str:
    return str(WORDS[Status(status)])


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
        floor=f"{thresholds.floor_quarters / 4:g}".replace(".", ","),
        weeks=thresholds.floor_weeks,
    )
