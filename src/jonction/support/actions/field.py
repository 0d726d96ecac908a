"""A note written without network becomes a line, once."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.verdicts import require
from jonction.support.actions.journal import log_intervention
from jonction.support.models import FieldReceipt, Resource
from jonction.support.queries.field import receipt_of
from jonction.support.rules import field as rules


@transaction.atomic
def note_from_field(
    uuid: UUID, *, actor: Person, writer: str, today: date, digest: str, **facts: Any
) -> FieldReceipt:
    """Write the line and its receipt together; return the receipt that was there, if any."""
    require(rules.can_note_from_field(actor, writer=writer))
    # locked first: of two tabs that send at once, the second finds the receipt of the first
    Resource.objects.select_for_update().filter(person=actor).first()
    found = receipt_of(actor, uuid)
    if found is not None:
        return found
    line = log_intervention(actor=actor, today=today, **facts)
    return FieldReceipt.objects.create(person=actor, uuid=uuid, digest=digest, line=line)
