"""The five starting factors in words, as a room discusses them (S5)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import StartingFactor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Question:
    """What one asks the room, what helps it along, and what 1, 3 and 5 look like."""

    asked: "StrOrPromise"
    helps: "tuple[StrOrPromise, ...]"
    low: "StrOrPromise"
    middle: "StrOrPromise"
    high: "StrOrPromise"


QUESTIONS = {
    StartingFactor.COMMUNITY_CAPITAL: Question(
        _("Sur qui et sur quoi peut-on compter ici, avant même de commencer ?"),
        (
            _("Les groupes se connaissent-ils, se parlent-ils ?"),
            _("Qui prend des initiatives ? Les personnes qui vivent la pauvreté en sont-elles ?"),
            _("Qu’a-t-on déjà réussi ensemble ?"),
        ),
        _("On se connaît peu ; on part de presque rien."),
        _("Un noyau travaille ensemble, toujours le même."),
        _("Groupes, citoyennes et citoyens ont l’habitude d’agir ensemble."),
    ),
    StartingFactor.RESOURCES: Question(
        _("Y a-t-il ici des personnes et des organismes pour accompagner ?"),
        (
            _("Qui accompagne en ce moment ? Combien de temps lui reste-t-il ?"),
            _("Si cette personne part, qui prend la suite ?"),
            _("Y a-t-il des locaux, des outils, du transport ?"),
        ),
        _("Personne n’est là pour accompagner ; il faut faire venir quelqu’un."),
        _("Une ou deux personnes accompagnent, déjà bien occupées."),
        _("Plusieurs personnes accompagnent, et elles se relaient."),
    ),
    StartingFactor.EXPERTISE: Question(
        _("Sait-on faire ce que la démarche demande ?"),
        (
            _(
                "Animer, lire des données, écrire une demande, suivre un projet : que sait-on faire ?"
            ),
            _("Où va-t-on chercher ce qui manque ?"),
            _("Ce que l’on sait se transmet-il quand les gens changent ?"),
        ),
        _("Presque tout est à apprendre."),
        _("On sait animer ; il manque des savoir-faire pour le reste."),
        _("L’expérience et les compétences sont là, et elles se transmettent."),
    ),
    StartingFactor.RECOGNITION: Question(
        _("L’accompagnement est-il reconnu, et veut-on y mettre du temps et de l’argent ?"),
        (
            _("Qui parle de ce travail, et comment ?"),
            _("Est-il dans un budget, une entente, une description de tâches ?"),
            _("Qui le défendrait si l’argent manquait ?"),
        ),
        _("On n’en parle pas, ou on y voit une dépense de trop."),
        _("On le trouve utile, sans y mettre grand-chose."),
        _("On le nomme, on le finance et on le défend."),
    ),
    StartingFactor.RELEASE: Question(
        _("Les institutions libèrent-elles du monde pour accompagner ?"),
        (
            _("CISSS, MRC, municipalités, centre de services scolaire : qui libère qui ?"),
            _("Est-ce écrit, avec des heures et des dates ?"),
            _("Cela tient-il quand la personne en poste change ?"),
        ),
        _("Jamais, ou en dehors des heures de travail."),
        _("Au cas par cas, selon la personne en poste."),
        _("Du temps est prévu, écrit et tenu."),
    ),
}
