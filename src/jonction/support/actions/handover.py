"""Everything that changes a hand-over."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.verdicts import require
from jonction.core.versions import claim, rewrite
from jonction.support.handover import Drawn, drawn_from
from jonction.support.models import Contact, HandOver, Mandate, Promise, Resource
from jonction.support.rules import handover as rules
from jonction.support.telling import tell_of_handover

FOLLOWED_AFTER = timedelta(days=30)
# what drawing a file reads of its mandate
OF_HANDOVER = (
    "resource__person",
    "process__body__alliance__region",
    "process__body__territory",
    "need",
)
Row = Mapping[str, Any]


@transaction.atomic
def prepare_handover(
    mandate: Mandate, *, actor: Person, today: date, reason: str = HandOver.Reason.ASKED
) -> HandOver:
    """Draw the file from the rows, for its people to finish."""
    Resource.objects.select_for_update().get(pk=mandate.resource_id)
    require(rules.can_prepare_handover(actor, mandate, today))
    drawn = drawn_from(mandate, today=today)
    handover = HandOver.objects.create(
        mandate=mandate, prepared_by=actor, prepared_on=today, reason=reason, **drawn.texts()
    )
    _replace_rows(handover, drawn)
    Trace.leave(actor, "support.handover.draft", handover, reason=reason)
    return handover


def prepare_handovers(
    mandates: Iterable[Mandate], *, actor: Person, today: date, reason: str
) -> None:
    """Prepare the file of each mandate that is about to lose its holder, unless one is under way.

    Whoever leaves is told, unless she did it herself.
    """
    for mandate in mandates:
        if rules.can_prepare_handover(actor, mandate, today):
            handover = prepare_handover(mandate, actor=actor, today=today, reason=reason)
            if mandate.resource.person_id != actor.pk:
                tell_of_handover(handover, "ending", to=mandate.resource)


@transaction.atomic
def edit_handover(
    handover: HandOver,
    *,
    actor: Person,
    today: date,
    version: int,
    changes: dict[str, Any],
    contacts: Iterable[Row],
    promises: Iterable[Row],
) -> HandOver:
    """Write the words of whoever leaves, unless somebody else wrote meanwhile."""
    require(rules.can_edit_handover(actor, handover, today))
    rows = Drawn("", "", "", [Contact(**c) for c in contacts], [Promise(**p) for p in promises])
    if not rewrite(handover, changes, version=version, actor=actor):
        claim(handover, ["contacts", "promises"], version=version, actor=actor)
    _replace_rows(handover, rows)
    return handover


@transaction.atomic
def refresh_handover(handover: HandOver, *, actor: Person, today: date) -> HandOver:
    """Draw again what comes from the rows; people, successor and sensitive points stay."""
    require(rules.can_refresh_handover(actor, handover, today))
    drawn = drawn_from(handover.mandate, today=today)
    rewrite(handover, drawn.texts(), version=handover.version, actor=actor)
    handover.promises.all().delete()
    _save_rows(handover, drawn.promises)
    return handover


@transaction.atomic
def give_handover(handover: HandOver, *, actor: Person, today: date) -> HandOver:
    require(rules.can_give_handover(actor, handover, today))
    handover.handed_on = today
    handover.save(update_fields=["handed_on"])
    move(handover, HandOver.Status.HANDED, actor=actor, successor=handover.successor_id)
    tell_of_handover(handover, "handed", to=handover.successor)
    return handover


@transaction.atomic
def take_back_handover(handover: HandOver, *, actor: Person, today: date) -> HandOver:
    require(rules.can_take_back_handover(actor, handover, today))
    handover.handed_on = None
    handover.save(update_fields=["handed_on"])
    move(handover, HandOver.Status.DRAFT, actor=actor)
    return handover


@transaction.atomic
def acknowledge_handover(handover: HandOver, *, actor: Person, today: date) -> HandOver:
    require(rules.can_acknowledge_handover(actor, handover, today))
    handover.read_on, handover.follow_on = today, today + FOLLOWED_AFTER
    handover.save(update_fields=["read_on", "follow_on"])
    move(handover, HandOver.Status.READ, actor=actor)
    tell_of_handover(handover, "read", to=handover.mandate.resource)
    return handover


@transaction.atomic
def follow_handover(
    handover: HandOver, *, actor: Person, today: date, follow_up: str = ""
) -> HandOver:
    """Say what was missing, or that nothing was."""
    require(rules.can_follow_handover(actor, handover, today))
    handover.followed_on, handover.follow_up = today, follow_up
    handover.save(update_fields=["followed_on", "follow_up"])
    move(handover, HandOver.Status.FOLLOWED, actor=actor)
    tell_of_handover(handover, "followed", to=handover.mandate.resource)
    return handover


@transaction.atomic
def drop_handover(handover: HandOver, *, actor: Person, today: date) -> HandOver:
    require(rules.can_drop_handover(actor, handover, today))
    move(handover, HandOver.Status.DROPPED, actor=actor)
    return handover


def _replace_rows(handover: HandOver, rows: Drawn) -> None:
    handover.contacts.all().delete()
    handover.promises.all().delete()
    _save_rows(handover, [*rows.contacts, *rows.promises])


def _save_rows(handover: HandOver, rows: Iterable[Contact | Promise]) -> None:
    for row in rows:
        row.handover = handover
        row.save()
