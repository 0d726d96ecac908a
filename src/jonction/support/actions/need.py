"""Everything that changes a need."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core import search
from jonction.core.models import Trace
from jonction.core.taxonomy import Posture
from jonction.core.verdicts import Refused, require
from jonction.cycle.models import Process, Requirement
from jonction.governance.models import Organisation
from jonction.support.intake import rank_of
from jonction.support.models import Alert, Need, NeedStep
from jonction.support.rules import need as rules
from jonction.support.steps import enter
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
    quarters_per_week: int | None,
    starts_on: date,
    ends_on: date,
    urgency: str,
    language: str = "",
    asked_by: Person | None = None,
    on_behalf_of: str = "",
    channel: str = Need.Channel.PAGE,
    posture: str = Posture.SUPPORT,
    organisation: Organisation | None = None,
    origin: str = Need.Origin.ITSELF,
    requirement: Requirement | None = None,
    alert: Alert | None = None,
) -> Need:
    """Write what is asked; whoever types may do it for somebody who called.

    `asked_by` is who called, when she has an account: the need is hers, and the trail says who typed.
    """
    require(rules.can_raise_need(actor, process, today, organisation=organisation))
    facts = {
        "process": process,
        "asked_by": asked_by or actor,
        "asked_on": today,
        "text": text,
        "level": level,
        "stages": list(stages),
        "dimensions": list(dimensions),
        "mode": mode,
        "posture": posture,
        "quarters_per_week": quarters_per_week,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "urgency": urgency,
        "language": language,
        "on_behalf_of": on_behalf_of,
        "channel": channel,
        "organisation": organisation,
        "origin": origin,
        "requirement": requirement,
        "alert": alert,
    }
    need = Need.objects.create(**facts)
    NeedStep.objects.create(need=need, status=need.status, on=today)
    Trace.leave(actor, "support.need.received", need)
    search.index(need)
    tell_of_need(need, actor=actor, today=today)
    return need


@transaction.atomic
def admit_need(need: Need, *, actor: Person, today: date) -> Need:
    require(rules.can_admit_need(actor, need, today))
    return _enter(need, Need.Status.ADMISSIBLE, actor, today)


@transaction.atomic
def refuse_need(need: Need, *, actor: Person, today: date, answer: str) -> Need:
    """Say that it is not admissible, and why."""
    require(rules.can_refuse_need(actor, need, today))
    return _answer(need, Need.Status.INADMISSIBLE, actor, today, answer)


@transaction.atomic
def reopen_need(need: Need, *, actor: Person, today: date, why: str) -> Need:
    """Put it before the coordination again, with what was not seen the first time.

    The refusal stays in its history; it is no longer the answer.
    """
    require(rules.can_reopen_need(actor, need, today))
    need.answer = ""
    need.save(update_fields=["answer"])
    enter(need, Need.Status.RECEIVED, actor=actor, today=today, word=why)
    tell_of_need(need, actor=actor, today=today, word="reopened")
    return need


@transaction.atomic
def say_hours(need: Need, *, actor: Person, today: date, quarters_per_week: int) -> Need:
    """Say how many hours a week it takes, once: what was asked is not written again."""
    require(rules.can_say_hours(actor, need, today))
    waiting = Need.objects.filter(pk=need.pk, quarters_per_week=None)
    if not waiting.update(quarters_per_week=quarters_per_week):
        raise Refused(_("Quelqu’un vient de dire les heures de ce besoin. Rechargez la page."))
    need.quarters_per_week = quarters_per_week
    Trace.leave(actor, "support.need.sized", need, quarters=quarters_per_week)
    return need


@transaction.atomic
def retain_need(need: Need, *, actor: Person, today: date, answer: str) -> Need:
    """Decide to answer it; the rank that it had among those that waited stays written."""
    require(rules.can_retain_need(actor, need, today))
    rank, among = rank_of(need, today)
    return _answer(need, Need.Status.PRIORITISED, actor, today, answer, rank=rank, among=among)


@transaction.atomic
def decline_need(need: Need, *, actor: Person, today: date, answer: str) -> Need:
    require(rules.can_decline_need(actor, need, today))
    return _answer(need, Need.Status.DECLINED, actor, today, answer)


@transaction.atomic
def meet_need(need: Need, *, actor: Person, today: date, answer: str = "") -> Need:
    require(rules.can_meet_need(actor, need, today))
    return _answer(need, Need.Status.MET, actor, today, answer)


@transaction.atomic
def close_need(need: Need, *, actor: Person, today: date, answer: str) -> Need:
    require(rules.can_close_need(actor, need, today))
    return _answer(need, Need.Status.CLOSED, actor, today, answer)


def _answer(need: Need, to: str, actor: Person, today: date, answer: str, **facts: int) -> Need:
    need.answer = answer
    need.save(update_fields=["answer"])
    return _enter(need, to, actor, today, word=answer, **facts)


def _enter(need: Need, to: str, actor: Person, today: date, **facts: Any) -> Need:
    enter(need, to, actor=actor, today=today, **facts)
    tell_who_asked(need, actor=actor)
    return need
