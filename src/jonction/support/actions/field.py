"""A note written without network becomes a line, once."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from jonction.accounts.models import Person
from jonction.core.models import Receipt
from jonction.core.once import receive
from jonction.core.verdicts import require
from jonction.support.actions.journal import log_intervention
from jonction.support.rules import field as rules


def note_from_field(
    uuid: UUID, *, actor: Person, writer: str, today: date, digest: str, **facts: Any
) -> Receipt:
    """Write the line and its receipt together; return the receipt that was there, if any."""
    require(rules.can_note_from_field(actor, writer=writer))
    write = partial(log_intervention, actor=actor, today=today, **facts)
    receipt, _line = receive(actor, uuid, write, digest=digest)
    return receipt
