"""The lists of support: what one reads in them, narrows and sorts."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.lists import filters
from jonction.core.lists.listing import Column, Listing
from jonction.core.lists.naming import with_names
from jonction.core.search.matching import among
from jonction.core.tables.writing import KINDS
from jonction.core.taxonomy import Dimension, Function, Posture, ResourceKind, Stage
from jonction.governance.models import AllianceTerritory
from jonction.support.models import (
    HandOver,
    Intervention,
    Language,
    Mandate,
    MatchingRound,
    Need,
    ReleaseAgreement,
    Resource,
    Share,
    Skill,
)
from jonction.support.queries.access import (
    named_in,
    reached_by,
    resource_of,
)
from jonction.support.queries.journal import interventions_visible_to

COLUMNS = [
    Column("date", _("Date"), lambda line: line.on, sort="on"),
    Column("duree", _("Durée, en heures"), lambda line: line.hours, sort="quarters"),
    Column("texte", _("Ce qui a été fait"), lambda line: line.text),
    Column("demarche", _("Démarche"), lambda line: line.process_name),
    Column("personne", _("Par"), lambda line: line.resource_name),
    Column("fonction", _("Fonction"), lambda line: line.get_function_display()),
    Column("posture", _("Posture"), lambda line: line.get_posture_display()),
]

# what a skill is made of: the name in addresses, the column, its label and its values
SKILLED: dict[str, tuple[str, Any, Any]] = {
    "etape": ("stage", _("Étape"), Stage),
    "dimension": ("dimension", _("Dimension"), Dimension),
    "fonction": ("function", _("Fonction"), Function),
}


def journal(request: PersonRequest, today: date) -> Listing:
    """Return the journal lines that the person may read, newest first until asked otherwise."""
    person = request.user
    followed, mine = reached_by(person, today), resource_of(person)
    resources = _resources(person, today)
    within = Q(process__in=[one.pk for one in followed])
    return Listing(
        request,
        interventions_visible_to(person, today),
        columns=COLUMNS,
        filters=[
            filters.text("texte", _("Mots"), lambda text: among(Intervention, text)),
            filters.choice(
                "demarche",
                _("Démarche"),
                [(one.pk, one.name) for one in followed],
                path="process",
            ),
            filters.choice("personne", _("Personne"), resources, path="resource"),
            filters.since("du", _("Du"), "on"),
            filters.until("au", _("Au"), "on"),
            filters.choice("etape", _("Étape"), Stage.choices, condition=_at_stage),
            filters.choice("fonction", _("Fonction"), Function.choices, path="function"),
            filters.choice("posture", _("Posture"), Posture.choices, path="posture"),
        ],
        order=["-on"],
        formats=list(KINDS),
        within=within | Q(resource=mine) if mine else within,
        names=["process", "resource"],
        known={"process": {one.pk: one.name for one in followed}, "resource": dict(resources)},
    )


def needs(request: PersonRequest, rows: QuerySet[Need], state: str) -> Listing:
    """Return the needs of that state, the latest first until asked otherwise."""
    return Listing(
        request,
        rows,
        names=["process"],
        columns=[
            Column("besoin", _("Besoin"), lambda need: need.text),
            Column("demarche", _("Démarche"), lambda need: need.process_name, sort="process__name"),
            Column("etapes", _("Étapes"), lambda need: ", ".join(need.stage_labels)),
            Column("urgence", _("Urgence"), lambda need: need.get_urgency_display()),
            Column("heures", _("Heures par semaine"), _hours_asked),
            Column("date", _("Demandé le"), lambda need: need.asked_on, sort="asked_on"),
            Column("etat", _("État"), lambda need: need.get_status_display()),
        ],
        filters=[
            filters.text("mots", _("Mots"), lambda text: Q(text__icontains=text)),
            filters.choice("urgence", _("Urgence"), Need.Urgency.choices, path="urgency"),
            filters.since("du", _("Demandé depuis le"), "asked_on"),
            filters.until("au", _("Demandé jusqu’au"), "asked_on"),
        ],
        order=["-asked_on"],
        formats=list(KINDS),
        keep=["etat"] if state else [],
    )


def mandates(request: PersonRequest, rows: QuerySet[Mandate], state: str) -> Listing:
    """Return the mandates of that state, the first to end first until asked otherwise."""
    return Listing(
        request,
        rows,
        names=["process", "resource"],
        columns=[
            Column("ressource", _("Ressource"), lambda m: m.resource_name, sort="resource__name"),
            Column("demarche", _("Démarche"), lambda m: m.process_name, sort="process__name"),
            Column("du", _("Du"), lambda m: m.starts_on, sort="starts_on"),
            Column("au", _("Au"), lambda m: m.ends_on, sort="ends_on"),
            Column("heures", _("Heures par semaine"), lambda m: m.hours_per_week),
            Column("etat", _("État"), lambda m: m.get_status_display()),
        ],
        filters=[
            filters.text(
                "mots",
                _("Ressource ou démarche"),
                lambda text: Q(resource__name__icontains=text) | Q(process__name__icontains=text),
            ),
            filters.since("fin-du", _("Se termine à partir du"), "ends_on"),
            filters.until("fin-au", _("Se termine jusqu’au"), "ends_on"),
        ],
        order=["ends_on"],
        formats=list(KINDS),
        keep=["etat"] if state else [],
    )


def resources(request: PersonRequest, rows: QuerySet[Resource]) -> Listing:
    """Return the resources in alphabetical order: never by hours, it is no ranking."""
    return Listing(
        request,
        with_names(rows, "home").prefetch_related("territories"),
        columns=[
            Column("nom", _("Nom"), lambda r: r.name),
            Column("type", _("Type"), lambda r: r.get_kind_display()),
            Column("attache", _("Organisme d’attache"), lambda r: r.home_name or ""),
            Column(
                "territoires",
                _("Territoires"),
                lambda r: ", ".join(str(territory) for territory in r.territories.all()),
            ),
        ],
        filters=[
            filters.text("mots", _("Nom"), lambda text: Q(name__icontains=text)),
            *_who_can(request, rows),
        ],
        order=["name"],
        formats=list(KINDS),
    )


def who_has(rare: Iterable[str]) -> str:
    """Return what an address says to narrow the resources to who has what is rare, wherever they go.

    One code of each sort is asked at a time: where there are several, that sort is left open.
    """
    sorts = {name: codes.values for name, (_part, _label, codes) in SKILLED.items()}
    sorts["langue"] = Language.values
    found = {name: [code for code in rare if code in codes] for name, codes in sorts.items()}
    asked = {name: codes[0] for name, codes in found.items() if len(codes) == 1}
    return f"?{urlencode(asked)}" if asked else ""


def directory(request: HttpRequest, rows: QuerySet[Resource]) -> Listing:
    """Return the public directory in alphabetical order: it ranks nobody."""
    return Listing(
        request,
        rows,
        columns=[
            Column("nom", _("Nom"), lambda r: r.name),
            Column("type", _("Type"), lambda r: r.get_kind_display()),
            Column("attache", _("Organisme d’attache"), lambda r: str(r.home or "")),
            Column(
                "territoires",
                _("Territoires"),
                lambda r: ", ".join(str(territory) for territory in r.territories.all()),
            ),
        ],
        filters=[
            filters.text("mots", _("Nom"), lambda text: Q(name__icontains=text)),
            *_who_can(request, rows),
        ],
        order=["name"],
        formats=list(KINDS),
    )


def releases(request: PersonRequest, rows: QuerySet[ReleaseAgreement]) -> Listing:
    """Return the agreements that free time, the first to end first."""
    return Listing(
        request,
        rows,
        columns=[
            Column("ressource", _("Ressource"), lambda r: r.resource.name, sort="resource__name"),
            Column("organisme", _("Organisme qui libère"), lambda r: r.organisation.name),
            Column("heures", _("Heures par semaine"), lambda r: r.hours_per_week),
            Column("du", _("Du"), lambda r: r.starts_on, sort="starts_on"),
            Column("au", _("Au"), lambda r: r.ends_on, sort="ends_on"),
            Column("etat", _("État"), lambda r: r.get_status_display()),
        ],
        filters=[
            filters.choice("etat", _("État"), ReleaseAgreement.Status.choices, path="status"),
            filters.until("fin-au", _("Se termine jusqu’au"), "ends_on"),
        ],
        order=["ends_on"],
        formats=list(KINDS),
    )


def rounds(request: PersonRequest, rows: QuerySet[MatchingRound]) -> Listing:
    """Return the matching rounds, the latest first until asked otherwise."""
    return Listing(
        request,
        rows,
        columns=[
            Column("numero", _("Jumelage"), str),
            Column("alliance", _("Alliance"), lambda r: r.alliance.name, sort="alliance__name"),
            Column("vu", _("Vu du"), lambda r: r.on, sort="on"),
            Column("besoins", _("Besoins"), lambda r: r.get_which_display()),
            Column("du", _("Du"), lambda r: r.since),
            Column("au", _("Au"), lambda r: r.until),
            Column("etat", _("État"), lambda r: r.get_status_display()),
        ],
        filters=[
            filters.choice("etat", _("État"), MatchingRound.Status.choices, path="status"),
            filters.since("depuis", _("Vu depuis le"), "on"),
        ],
        order=["-on"],
        formats=list(KINDS),
    )


def handovers(request: PersonRequest, rows: QuerySet[HandOver]) -> Listing:
    """Return the hand-overs, the latest first until asked otherwise."""
    return Listing(
        request,
        # few rows, whose names are those of what a mandate points to
        rows.annotate(
            leaver_name=F("mandate__resource__name"),
            successor_name=F("successor__name"),
            process_name=F("mandate__process__name"),
        ),
        columns=[
            Column("de", _("De"), lambda h: h.leaver_name, sort="mandate__resource__name"),
            Column("a", _("À"), lambda h: h.successor_name or ""),
            Column("demarche", _("Démarche"), lambda h: h.process_name),
            Column("etat", _("État"), lambda h: h.get_status_display()),
            Column("preparee", _("Préparée le"), lambda h: h.prepared_on, sort="prepared_on"),
            Column("remise", _("Remise le"), lambda h: h.handed_on),
            Column("lue", _("Lue le"), lambda h: h.read_on),
        ],
        filters=[
            filters.text(
                "mots",
                _("Nom ou démarche"),
                lambda text: (
                    Q(mandate__resource__name__icontains=text)
                    | Q(successor__name__icontains=text)
                    | Q(mandate__process__name__icontains=text)
                ),
            ),
            filters.choice("etat", _("État"), HandOver.Status.choices, path="status"),
        ],
        order=["-prepared_on"],
        formats=list(KINDS),
    )


def _hours_asked(need: Need) -> float | str:
    return str(_("à préciser")) if need.hours_per_week is None else need.hours_per_week


def _at_stage(stage: str) -> Exists:
    return Exists(Share.objects.filter(intervention=OuterRef("pk"), stage=stage))


def _who_can(request: HttpRequest, rows: QuerySet[Resource]) -> list[filters.Filter]:
    """Return the filters by what one is, where one goes, and what one knows how to support.

    A stage, a dimension and a function are asked of one and the same skill.
    """
    asked = {
        part: request.GET.get(name, "")
        for name, (part, _label, codes) in SKILLED.items()
        if request.GET.get(name) in codes.values
    }
    able = Skill.objects.filter(
        resource=OuterRef("pk"), **{f"{part}__in": ["", code] for part, code in asked.items()}
    )
    return [
        filters.choice("type", _("Type"), ResourceKind.choices, path="kind"),
        filters.choice("territoire", _("Territoire"), _lands_of(rows), condition=_goes_to),
        *(
            filters.choice(name, label, codes.choices, condition=lambda _code: Exists(able))
            for name, (_part, label, codes) in SKILLED.items()
        ),
        filters.choice("langue", _("Langue"), Language.choices, condition=_speaks),
    ]


def _lands_of(rows: QuerySet[Resource]) -> list[tuple[str, str]]:
    lands = AllianceTerritory.objects.filter(resources__in=rows.order_by().values("pk"))
    return [
        (name, name) for name in lands.order_by("name").values_list("name", flat=True).distinct()
    ]


def _goes_to(name: str) -> Exists:
    return Exists(AllianceTerritory.objects.filter(resources=OuterRef("pk"), name=name))


def _speaks(code: str) -> Exists:
    """Select by the text of the list: not every database looks into it."""
    said = Resource.objects.annotate(said=Cast("languages", TextField()))
    return Exists(said.filter(pk=OuterRef("pk"), said__contains=f'"{code}"'))


def _resources(person: Person, today: date) -> list[tuple[int, str]]:
    """Return who may have written: those with a mandate where the person may read names."""
    named = named_in(person, today)
    found = Resource.objects.filter(mandates__process__in=named).distinct()
    return list(found.values_list("pk", "name"))
