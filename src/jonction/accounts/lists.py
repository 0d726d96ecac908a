"""The list of the mails that one received."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jonction.accounts.http import PersonRequest
from jonction.core.lists import filters
from jonction.core.lists.listing import Column, Listing
from jonction.core.models import Message
from jonction.core.queries import messages_visible_to
from jonction.core.tables.writing import KINDS


def mails(request: PersonRequest) -> Listing:
    """Return the mails sent to the person, the latest first until asked otherwise."""
    return Listing(
        request,
        messages_visible_to(request.user),
        columns=[
            Column("objet", _("Objet"), lambda mail: mail.subject),
            Column("adresse", _("Écrit à"), lambda mail: mail.address),
            Column("date", _("Le"), lambda mail: mail.queued_at, sort="queued_at"),
            Column("etat", _("État"), lambda mail: mail.outcome),
        ],
        filters=[
            filters.text("mots", _("Objet"), lambda text: Q(subject__icontains=text)),
            filters.choice("etat", _("État"), Message.Status.choices, path="status"),
        ],
        order=["-queued_at"],
        formats=list(KINDS),
    )
