"""The lists of support: what one reads in them, narrows and sorts."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.lists import filters
from jonction.core.lists.listing import Column, Listing
from jonction.core.search.matching import among
from jonction.core.taxonomy import Function, Stage
from jonction.support.models import Intervention, Resource, Share
from jonction.support.queries.access import followed_processes, named_processes
from jonction.support.queries.journal import interventions_visible_to

COLUMNS = [
    Column("date", _("Date"), lambda line: line.on, sort="on"),
    Column("duree", _("Durée, en heures"), lambda line: line.hours, sort="quarters"),
    Column("texte", _("Ce qui a été fait"), lambda line: line.text),
    Column("demarche", _("Démarche"), lambda line: line.process.name),
    Column("personne", _("Par"), lambda line: line.resource.name),
    Column("fonction", _("Fonction"), lambda line: line.get_function_display()),
]


def journal(request: PersonRequest, today: date) -> Listing:
    """Return the journal lines that the person may read, newest first until asked otherwise."""
    person = request.user
    return Listing(
        request,
        interventions_visible_to(person, today).prefetch_related(None),
        columns=COLUMNS,
        filters=[
            filters.text("texte", _("Mots"), lambda text: among(Intervention, text)),
            filters.choice("demarche", _("Démarche"), _processes(person, today), path="process"),
            filters.choice("personne", _("Personne"), _resources(person, today), path="resource"),
            filters.since("du", _("Du"), "on"),
            filters.until("au", _("Au"), "on"),
            filters.choice("etape", _("Étape"), Stage.choices, condition=_at_stage),
            filters.choice("fonction", _("Fonction"), Function.choices, path="function"),
        ],
        order=["-on"],
    )


def _at_stage(stage: str) -> Exists:
    return Exists(Share.objects.filter(intervention=OuterRef("pk"), stage=stage))


def _processes(person: Person, today: date) -> list[tuple[int, str]]:
    return list(followed_processes(person, today).values_list("pk", "name"))


def _resources(person: Person, today: date) -> list[tuple[int, str]]:
    """Return who may have written: those with a mandate where the person may read names."""
    named = named_processes(person, today)
    found = Resource.objects.filter(mandates__process__in=named).distinct()
    return list(found.values_list("pk", "name"))
