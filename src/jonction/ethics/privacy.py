"""What ethics knows of a person: the ties she declared, the refusals she said."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.disclosure import Part
from jonction.ethics.models import Refusal, Tie
from jonction.governance.queries import keeps_record


def personal_data(person: Person) -> list[Part]:
    """A refusal said by a body is the word of others: it is not hers to take along."""
    return [
        Part(
            "liens",
            _("vos liens déclarés"),
            Tie.objects.filter(person=person),
            {
                "organisme": "organisation__name",
                "lien": "kind",
                "précision": "word",
                "du": "starts_on",
                "au": "ends_on",
            },
        ),
        Part(
            "refus",
            _("vos refus"),
            Refusal.objects.filter(person=person, side=Refusal.Side.PERSON),
            {"instance": "body__name", "raison": "reason", "dit le": "said_on"},
        ),
    ]


def obstacles(person: Person, on: date) -> list[str]:  # noqa: ARG001 - nothing to settle here
    return []


def stays(person: Person) -> list[str]:  # noqa: ARG001 - nothing of hers stays here
    return []


def forget(person: Person, on: date) -> None:  # noqa: ARG001 - the same on any day
    Tie.objects.filter(person=person).delete()
    Refusal.objects.filter(person=person).delete()


def keeps(actor: Person, person: Person, on: date) -> bool | None:
    """R4: what was declared for her was written by the coordination of an Alliance."""
    running: set[str] = set()
    over: set[str] = set()
    ties = Tie.objects.filter(person=person).values_list("ends_on", "alliance__region__path")
    refusals = Refusal.objects.filter(person=person)
    said = refusals.values_list("withdrawn_on", "body__alliance__region__path")
    for ended, path in [*ties, *said]:
        (over if ended and ended <= on else running).add(path)
    return keeps_record(actor, running, over, on)
