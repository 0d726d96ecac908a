"""The only door between two states."""

from typing import Any

from django.utils.translation import gettext as _

from jonction.core.models import Trace
from jonction.core.verdicts import Refused


class ImpossibleMove(Exception):  # noqa: N818 - it names what was asked
    """A programming error: the table MOVES of the model has no such arrow."""


def move(thing: Any, to: str, *, actor: Any, **facts: Any) -> None:
    """Take `thing` to the state `to` and leave a trace.

    The update is conditional on the state read: of two people acting at the same moment, one
    succeeds and the other is told.
    """
    was = thing.status
    if to not in thing.MOVES.get(was, ()):
        raise ImpossibleMove(f"{thing._meta.label}: {was} → {to}")
    held = type(thing)._base_manager.filter(pk=thing.pk, status=was).update(status=to)
    if not held:
        raise Refused(_("Cette fiche vient de changer. Rechargez la page."))
    thing.status = to
    Trace.leave(actor, f"{thing._meta.label_lower}.{to}", thing, was=was, **facts)
