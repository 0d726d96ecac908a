"""Everything that changes a need."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.verdicts import require
from jonction.cycle.models import Process
from jonction.support.models import Need
from jonction.support.rules import need as rules
from jonction.support.telling import tell_of_need, tell_who_asked


@transaction.atomic
def raise_need(
    process: Process,
    *,
    actor: Person,
    today: date,
    text: str,
    level: str,
    stages: Sequence[str],
    dimensions: Sequence[str],
    mode: str,
    quarters_per_week: int,
    starts_on: date,
    ends_on: date,
    urgency: str,
    on_behalf_of: str = "",
    channel: str = Need.Channel.PAGE,
) -> Need:
    """Write what is asked; whoever types may do it for somebody who called."""
    require(rules.can_raise_need(actor, process, today))
    need = Need.objects.create(
        process=process,
        asked_by=actor,
        asked_on=today,
        text=text,
        level=level,
        stages=list(stages),
        dimensions=list(dimensions),
        mode=mode,
        quarters_per_week=quarters_per_week,
        starts_on=starts_on,
        ends_on=ends_on,
        urgency=urgency,
        on_behalf_of=on_behalf_of,
        channel=channel,
    )
    Trace.leave(actor, "support.need.received", need)
    tell_of_need(need, actor=actor, today=today)
    return need


@transaction.atomic
def decline_need(need: Need, *, actor: Person, today: date, answer: str) -> Need:
    require(rules.can_decline_need(actor, need, today))
    return _answer(need, Need.Status.DECLINED, actor, answer)


@transaction.atomic
def meet_need(need: Need, *, actor: Person, today: date, answer: str = "") -> Need:
    require(rules.can_meet_need(actor, need, today))
    return _answer(need, Need.Status.MET, actor, answer)


@transaction.atomic
def close_need(need: Need, *, actor: Person, today: date, answer: str) -> Need:
    require(rules.can_close_need(actor, need, today))
    return _answer(need, Need.Status.CLOSED, actor, answer)


def _answer(need: Need, to: str, actor: Person, answer: str) -> Need:
    need.answer = answer
    need.save(update_fields=["answer"])
    move(need, to, actor=actor, answer=answer)
    tell_who_asked(need, actor=actor)
    return need
