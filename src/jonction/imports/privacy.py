"""What imports know of a person: the files that she had read, row by row."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.disclosure import Part
from jonction.core.verdicts import Refused
from jonction.imports.models import Import, Row


def personal_data(person: Person) -> list[Part]:
    return [
        Part(
            "imports",
            _("vos imports"),
            Import.objects.filter(owner=person),
            {
                "fichier": "file_name",
                "sorte": "reader",
                "état": "status",
                "commencé le": "started_at",
                "écrit le": "applied_at",
            },
        ),
        Part(
            "lignes-importees",
            _("les lignes de ces fichiers"),
            Row.objects.filter(source__owner=person),
            {
                "fichier": "source__file_name",
                "ligne": "line",
                "contenu": "cells",
                "verdict": "verdict",
            },
        ),
    ]


def obstacles(person: Person, on: date) -> list[str]:  # noqa: ARG001 - the same on any day
    if Import.objects.filter(owner=person, status__in=Import.BUSY).exists():
        return [_("Un de vos imports est en cours : attendez qu’il finisse.")]
    return []


def stays(person: Person) -> list[str]:
    if Import.objects.filter(owner=person, status=Import.Status.APPLIED).exists():
        return [_("Ce que vos imports ont écrit ; leurs fichiers et leurs lignes s’en vont.")]
    return []


def forget(person: Person, on: date) -> None:
    """Forget what the files said; that an import was written, and when, stays in the history."""
    held = Import.objects.select_for_update().filter(owner=person)
    sources = list(held)
    for sentence in obstacles(person, on):
        raise Refused(sentence)
    Row.objects.filter(source__in=sources).delete()
    held.update(file_name="")
