"""What the grammar knows of a person: her mails, the files she brought, the trail of her gestures."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from jonction.core.disclosure import Part
from jonction.core.models import Attachment, Message, Receipt, Trace


def personal_data(person: Any) -> list[Part]:
    mails = {
        "adresse": "address",
        "objet": "subject",
        "texte": "body",
        "état": "status",
        "écrit le": "queued_at",
        "envoyé le": "sent_at",
    }
    files = {"nom": "name", "type": "media_type", "octets": "size", "ajouté le": "added_at"}
    traces = {"geste": "verb", "fait le": "left_at", "précisions": "facts"}
    return [
        Part("courriels", _("les courriels que Jonction vous a écrits"), _mails(person), mails),
        Part(
            "fichiers",
            _("les fichiers que vous avez ajoutés"),
            Attachment.objects.filter(owner=person),
            files,
        ),
        Part(
            "gestes",
            _("la trace de vos gestes"),
            Trace.objects.filter(actor=person),
            traces,
        ),
    ]


def obstacles(person: Any, on: date) -> list[str]:  # noqa: ARG001 - nothing here stands in the way
    return []


def stays(person: Any) -> list[str]:  # noqa: ARG001 - the same for everybody
    return [
        _(
            "Les fichiers ajoutés aux démarches, aux besoins et aux mandats, qui servent aux autres."
        ),
        _(
            "La trace des gestes, scellée : on ne peut rien y changer sans que cela se voie. Elle "
            "ne porte pas votre nom, mais un numéro ; elle garde le texte d’une ligne de journal "
            "avant sa correction."
        ),
    ]


def forget(person: Any, on: date) -> None:  # noqa: ARG001 - mails go whatever the day
    _mails(person).delete()
    Receipt.objects.filter(person=person).delete()


def _mails(person: Any) -> Any:
    """Return the mails to this person or to her address, though it was then unknown."""
    mine = Q(person=person)
    return Message.objects.filter(mine | Q(address__iexact=person.email) if person.email else mine)
