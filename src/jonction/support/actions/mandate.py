"""Everything that changes a mandate."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.background import later
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.taxonomy import Posture
from jonction.core.verdicts import require
from jonction.cycle.models import Process
from jonction.governance.models import Organisation
from jonction.support.actions.handover import prepare_handovers
from jonction.support.models import HandOver, Mandate, Need, Pause, Resource
from jonction.support.queries.mandate import extension_of, extension_waiting
from jonction.support.rules import mandate as rules
from jonction.support.steps import enter, where_it_waits
from jonction.support.telling import tell_of_mandate, tell_who_asked

WATCH = "jonction.support.jobs.watch_processes"


@transaction.atomic
def propose_mandate(
    process: Process,
    *,
    actor: Person,
    today: date,
    resource: Resource,
    level: str,
    stages: Sequence[str],
    dimensions: Sequence[str],
    mode: str,
    quarters_per_week: int,
    starts_on: date,
    ends_on: date,
    need: Need | None = None,
    host: Organisation | None = None,
    posture: str = Posture.SUPPORT,
) -> Mandate:
    """Offer a mandate; nothing is engaged until the person accepts."""
    require(rules.can_propose_mandate(actor, process, today, resource=resource, need=need))
    facts = {
        "process": process,
        "resource": resource,
        "level": level,
        "stages": list(stages),
        "dimensions": list(dimensions),
        "mode": mode,
        "posture": posture,
        "quarters_per_week": quarters_per_week,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "need": need,
        "host": host,
    }
    mandate = Mandate.objects.create(**facts)
    Trace.leave(actor, "support.mandate.proposed", mandate)
    if need is not None and need.status in (Need.Status.RECEIVED, Need.Status.PRIORITISED):
        enter(need, Need.Status.MATCHED, actor=actor, today=today)
        tell_who_asked(need, actor=actor)
    tell_of_mandate(mandate, "proposed", actor=actor, today=today)
    return mandate


@transaction.atomic
def extend_mandate(mandate: Mandate, *, actor: Person, today: date, until: date) -> Mandate:
    """Ask that it last longer: an offer like another, that moves its end once it is accepted."""
    _lock(mandate)
    require(rules.can_extend_mandate(actor, mandate, today, until=until))
    extension = extension_of(mandate, until)
    extension.save()
    Trace.leave(actor, "support.mandate.proposed", extension, extends=mandate.pk)
    tell_of_mandate(extension, "proposed", actor=actor, today=today)
    return extension


@transaction.atomic
def accept_mandate(mandate: Mandate, *, actor: Person, today: date) -> Mandate:
    """Engage the person; of an extension, the end of the mandate that it extends moves."""
    _lock(mandate)
    require(rules.can_accept_mandate(actor, mandate, today))
    if mandate.extends is None:
        move(mandate, Mandate.Status.ACTIVE, actor=actor)
    else:
        move(mandate, Mandate.Status.JOINED, actor=actor)
        _lengthen(mandate.extends, mandate.ends_on, actor)
    later(WATCH, [mandate.process_id])
    if mandate.need is not None and mandate.need.status == Need.Status.MATCHED:
        enter(mandate.need, Need.Status.IN_PROGRESS, actor=actor, today=today)
        tell_who_asked(mandate.need, actor=actor)
    tell_of_mandate(mandate, "accepted", actor=actor, today=today)
    return mandate


@transaction.atomic
def decline_mandate(mandate: Mandate, *, actor: Person, today: date, word: str = "") -> Mandate:
    _lock(mandate)
    require(rules.can_decline_mandate(actor, mandate, today))
    _say(mandate, word)
    move(mandate, Mandate.Status.DECLINED, actor=actor, word=word)
    _free_need(mandate, actor, today)
    tell_of_mandate(mandate, "declined", actor=actor, today=today)
    return mandate


@transaction.atomic
def withdraw_mandate(mandate: Mandate, *, actor: Person, today: date, word: str = "") -> Mandate:
    _lock(mandate)
    require(rules.can_withdraw_mandate(actor, mandate, today))
    _say(mandate, word)
    move(mandate, Mandate.Status.WITHDRAWN, actor=actor, word=word)
    _free_need(mandate, actor, today)
    tell_of_mandate(mandate, "withdrawn", actor=actor, today=today)
    return mandate


@transaction.atomic
def suspend_mandate(mandate: Mandate, *, actor: Person, today: date, word: str = "") -> Mandate:
    _lock(mandate)
    require(rules.can_suspend_mandate(actor, mandate, today))
    _say(mandate, word)
    move(mandate, Mandate.Status.SUSPENDED, actor=actor, word=word)
    Pause.objects.create(mandate=mandate, starts_on=today)
    tell_of_mandate(mandate, "suspended", actor=actor, today=today)
    later(WATCH, [mandate.process_id])
    return mandate


@transaction.atomic
def resume_mandate(mandate: Mandate, *, actor: Person, today: date) -> Mandate:
    _lock(mandate)
    require(rules.can_resume_mandate(actor, mandate, today))
    move(mandate, Mandate.Status.ACTIVE, actor=actor)
    pauses = mandate.pauses.filter(ends_on=None)
    pauses.filter(starts_on=today).delete()
    pauses.update(ends_on=today - timedelta(days=1))
    tell_of_mandate(mandate, "resumed", actor=actor, today=today)
    later(WATCH, [mandate.process_id])
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, actor: Person, today: date, on: date, word: str) -> Mandate:
    """End on that day: at once when it has come, else the mandate is shortened to it.

    A mandate is only ever shortened, never before it starts, and never erased.
    """
    _lock(mandate)
    require(rules.can_end_mandate(actor, mandate, today))
    mandate.ends_on = max(min(on, mandate.ends_on), mandate.starts_on)
    mandate.word = word
    mandate.save(update_fields=["ends_on", "word"])
    if waiting := extension_waiting(mandate):
        _say(waiting, word)
        move(waiting, Mandate.Status.WITHDRAWN, actor=actor, word=word)
        tell_of_mandate(waiting, "withdrawn", actor=actor, today=today)
    if on <= today:
        mandate.pauses.filter(ends_on=None).update(ends_on=today)
        move(mandate, Mandate.Status.ENDED, actor=actor, on=on.isoformat(), word=word)
        _free_need(mandate, actor, today)
    else:
        Trace.leave(actor, "support.mandate.shortened", mandate, on=on.isoformat(), word=word)
    prepare_handovers([mandate], actor=actor, today=today, reason=HandOver.Reason.ENDING)
    tell_of_mandate(mandate, "ended", actor=actor, today=today)
    later(WATCH, [mandate.process_id])
    return mandate


def _lock(mandate: Mandate) -> None:
    """Take the resource first, and read the mandate as it now is.

    Two acceptances at once could together pass the capacity; an end could be written over another.
    """
    Resource.objects.select_for_update().get(pk=mandate.resource_id)
    mandate.refresh_from_db()


def _lengthen(mandate: Mandate, until: date, actor: Person) -> None:
    was, mandate.ends_on = mandate.ends_on, until
    mandate.save(update_fields=["ends_on"])
    days = {"was": was.isoformat(), "until": until.isoformat()}
    Trace.leave(actor, "support.mandate.extended", mandate, **days)


def _say(mandate: Mandate, word: str) -> None:
    mandate.word = word
    mandate.save(update_fields=["word"])


def _free_need(mandate: Mandate, actor: Person, today: date) -> None:
    """A need that nobody carries any more waits again for somebody."""
    need = mandate.need
    if need is None or need.status not in (Need.Status.MATCHED, Need.Status.IN_PROGRESS):
        return
    others = need.mandates.filter(status__in=["proposed", "active", "suspended"])
    if not others.exclude(pk=mandate.pk).exists():
        enter(need, where_it_waits(need), actor=actor, today=today)
        tell_who_asked(need, actor=actor, word="freed")
