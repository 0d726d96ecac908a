"""Everything that changes a tie or a refusal."""

from datetime import date

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.verdicts import require
from jonction.ethics import rules
from jonction.ethics.models import Refusal, Tie
from jonction.governance.models import Alliance, Body, Organisation


@transaction.atomic
def declare_tie(
    alliance: Alliance,
    *,
    actor: Person,
    today: date,
    person: Person,
    organisation: Organisation,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    word: str = "",
) -> Tie:
    require(rules.can_declare_tie(actor, alliance, today, person=person))
    tie = Tie.objects.create(
        alliance=alliance,
        person=person,
        organisation=organisation,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        word=word,
        said_by=actor,
    )
    Trace.leave(actor, "ethics.tie.declared", tie)
    return tie


@transaction.atomic
def end_tie(tie: Tie, *, actor: Person, today: date) -> Tie:
    """Say that the tie stops today."""
    require(rules.can_end_tie(actor, tie, today))
    tie.ends_on = max(today, tie.starts_on)
    tie.save(update_fields=["ends_on"])
    Trace.leave(actor, "ethics.tie.ended", tie)
    return tie


@transaction.atomic
def say_refusal(
    body: Body, *, actor: Person, today: date, person: Person, side: str, reason: str = ""
) -> Refusal:
    Person.objects.select_for_update().get(pk=person.pk)
    require(rules.can_say_refusal(actor, body, today, person=person, side=side))
    refusal = Refusal.objects.create(
        body=body, person=person, side=side, reason=reason, said_by=actor, said_on=today
    )
    Trace.leave(actor, "ethics.refusal.said", refusal)
    return refusal


@transaction.atomic
def withdraw_refusal(refusal: Refusal, *, actor: Person, today: date) -> Refusal:
    require(rules.can_withdraw_refusal(actor, refusal, today))
    refusal.withdrawn_on = today
    refusal.save(update_fields=["withdrawn_on"])
    Trace.leave(actor, "ethics.refusal.withdrawn", refusal)
    return refusal
