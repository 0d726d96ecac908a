"""What support knows of a person: how she supports, what she noted, what she asked for."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jonction.accounts.models import Person
from jonction.core import search
from jonction.core.disclosure import Part
from jonction.core.models import SearchEntry
from jonction.core.verdicts import Refused
from jonction.governance.queries import keeps_record
from jonction.support.models import (
    Affinity,
    Capacity,
    HandOver,
    Intervention,
    Leave,
    Mandate,
    Need,
    NeedStep,
    Proposal,
    ReleaseAgreement,
    Resource,
    Skill,
    Snooze,
    Waiver,
)
from jonction.support.queries.mandate import LIVE

PERIOD = {"du": "starts_on", "au": "ends_on"}
PLACED = {
    "démarche": "process__name",
    "niveau": "level",
    "étapes": "stages",
    "dimensions": "dimensions",
    "posture": "posture",
    "quarts d’heure par semaine": "quarters_per_week",
    **PERIOD,
    "état": "status",
}


def personal_data(person: Person) -> list[Part]:
    own = {"resource__person": person}
    hours = {"quarts d’heure par semaine": "quarters_per_week"}
    said = {"raison": "reason", "dite le": "said_at"}
    return [
        Part(
            "ressource",
            _("votre fiche de ressource"),
            Resource.objects.filter(person=person),
            {
                "nom": "name",
                "type": "kind",
                "organisme d’attache": "home__name",
                "Alliance": "alliance__name",
                "départ annoncé": "leaves_on",
            },
        ),
        Part("heures", _("vos heures offertes"), Capacity.objects.filter(**own), hours | PERIOD),
        Part("absences", _("vos absences"), Leave.objects.filter(**own), PERIOD),
        Part(
            "mandats",
            _("vos mandats"),
            Mandate.objects.filter(**own),
            PLACED | {"raison": "word"},
        ),
        Part(
            "journal",
            _("vos lignes de journal"),
            Intervention.objects.filter(**own),
            {
                "date": "on",
                "démarche": "process__name",
                "quarts d’heure": "quarters",
                "texte": "text",
                "suite": "follow_up",
                "qui peut lire": "audience",
                "fonction": "function",
                "posture": "posture",
                "personnes présentes": "participants",
            },
        ),
        Part(
            "besoins",
            _("les besoins que vous avez déposés"),
            Need.objects.filter(asked_by=person),
            {"demandé le": "asked_on", "texte": "text", "au nom de": "on_behalf_of"}
            | PLACED
            | {"langue": "language", "réponse": "answer"},
        ),
        Part(
            "cheminements",
            _("ce qui a été dit de vos besoins, étape par étape"),
            NeedStep.objects.filter(need__asked_by=person),
            {"besoin": "need__text", "état": "status", "le": "on", "ce qui a été dit": "word"},
        ),
        Part(
            "competences",
            _("vos compétences"),
            Skill.objects.filter(**own),
            {"étape": "stage", "dimension": "dimension", "fonction": "function", "niveau": "grade"},
        ),
        Part(
            "affinites",
            _("vos affinités"),
            Affinity.objects.filter(**own),
            {"instance": "body__name", "pourquoi": "word"},
        ),
        Part(
            "liberations",
            _("les libérations demandées pour vous"),
            ReleaseAgreement.objects.filter(**own),
            {
                "organisme": "organisation__name",
                "à qui": "addressee",
                "quarts d’heure par semaine": "quarters_per_week",
                **PERIOD,
                "état": "status",
                "raison": "word",
            },
        ),
        Part(
            "jumelages",
            _("les mandats que le jumelage a proposés pour vous, et la décision"),
            Proposal.objects.filter(Q(resource__person=person) | Q(chosen__person=person)),
            {
                "démarche": "need__process__name",
                "besoin": "need__text",
                "quarts d’heure par semaine": "quarters_per_week",
                **PERIOD,
                "état": "status",
            },
        ),
        Part(
            "passations",
            _("les passations que vous avez remises ou reçues"),
            HandOver.objects.filter(
                Q(mandate__resource__person=person) | Q(successor__person=person)
            ),
            {
                "démarche": "mandate__process__name",
                "de": "mandate__resource__name",
                "à": "successor__name",
                "préparée le": "prepared_on",
                "remise le": "handed_on",
                "lue le": "read_on",
                "état": "status",
            },
        ),
        Part(
            "dispenses",
            _("les cases que vous avez dites sans besoin"),
            Waiver.objects.filter(said_by=person),
            {"démarche": "process__name"} | said,
        ),
        Part(
            "mises-de-cote",
            _("les alertes que vous avez mises de côté"),
            Snooze.objects.filter(said_by=person),
            {"démarche": "alert__process__name", "jusqu’au": "until"} | said,
        ),
    ]


def obstacles(person: Person, on: date) -> list[str]:  # noqa: ARG001 - the same on any day
    """R4: whoever supports does not vanish: her mandates end first, and the break is seen."""
    live = Mandate.objects.filter(resource__person=person, status__in=LIVE).count()
    if not live:
        return []
    sentence = ngettext(
        "Vous tenez encore %(count)s mandat : terminez-le ou déclinez-le d’abord.",
        "Vous tenez encore %(count)s mandats : terminez-les ou déclinez-les d’abord.",
        live,
    )
    return [sentence % {"count": live}]


def stays(person: Person) -> list[str]:
    sentences = []
    if Resource.objects.filter(person=person).exists():
        sentences = [
            _(
                "Vos mandats passés et vos lignes de journal partagées, sous le nom de votre type "
                "de ressource (par exemple agent·e de développement), sans le vôtre."
            ),
            _("Le temps de vos lignes réservées ; leur texte s’en va."),
        ]
    if person.needs.exists():
        sentences.append(
            _(
                "Les besoins que vous avez déposés et ce qui en a été dit à chaque étape, sans "
                "votre nom ; des mots écrits librement peuvent encore vous nommer."
            )
        )
    return sentences


def forget(person: Person, on: date) -> None:
    """Keep the history of the processes, under the kind of resource instead of the name (R4)."""
    resource = Resource.objects.select_for_update().filter(person=person).first()
    for sentence in obstacles(person, on):
        raise Refused(sentence)
    if resource is None:
        return
    resource.name = _("%(kind)s (n° %(number)s)") % {
        "kind": resource.get_kind_display(),
        "number": resource.pk,
    }
    resource.leaves_on = min(resource.leaves_on or on, on)
    resource.save(update_fields=["name", "leaves_on"])
    resource.skills.all().delete()
    resource.affinities.all().delete()
    resource.capacities.filter(ends_on__gte=on).delete()
    resource.leaves.filter(ends_on__gte=on).delete()
    secret = resource.interventions.filter(audience=Intervention.Audience.MINE)
    SearchEntry.objects.filter(
        kind=Intervention._meta.label_lower, object_id__in=secret.values("pk")
    ).delete()
    search.index(resource)
    secret.update(text=_("(texte retiré)"), follow_up="")


def keeps(actor: Person, person: Person, on: date) -> bool | None:
    """S6: the list of those who support is kept by the coordination of the Alliance."""
    running: set[str] = set()
    over: set[str] = set()
    lists = Resource.objects.filter(person=person)
    for leaves_on, path in lists.values_list("leaves_on", "alliance__region__path"):
        (over if leaves_on and leaves_on < on else running).add(path)
    over |= set(person.needs.values_list("process__body__alliance__region__path", flat=True))
    return keeps_record(actor, running, over, on)
