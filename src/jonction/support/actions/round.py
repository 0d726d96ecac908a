"""Asking for a matching round, and deciding on what it proposes: people choose, pair by pair."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from jonction.accounts.models import Person
from jonction.core.background import later
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.verdicts import require
from jonction.governance.models import Alliance
from jonction.support.actions.mandate import propose_mandate
from jonction.support.models import MatchingRound, Need, Proposal, Resource
from jonction.support.rules import round as rules

JOB = "jonction.support.jobs.compute_round"


@transaction.atomic
def launch_round(
    alliance: Alliance, *, actor: Person, today: date, since: date, until: date, **rest: Any
) -> MatchingRound:
    """Ask for pairs; the same question is not asked twice while it is being answered."""
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    since = max(since, today)
    which = rest.get("which", MatchingRound.Which.ALL)
    require(rules.can_launch_round(actor, alliance, today, since=since, until=until, which=which))
    said = {"alliance": alliance, "on": today, "since": since, "until": until, **rest}
    for running in MatchingRound.objects.filter(
        status__in=[MatchingRound.Status.WAITING, MatchingRound.Status.COMPUTING], **said
    ):
        return running
    asked = MatchingRound.objects.create(asked_by=actor, **said)
    Trace.leave(actor, "support.matchinground.waiting", asked)
    later(JOB, asked.pk)
    return asked


@transaction.atomic
def stop_round(asked: MatchingRound, *, actor: Person, today: date) -> MatchingRound:
    """Ask the computation to keep the best it has; it reads this at its next step."""
    _lock(asked)
    require(rules.can_stop_round(actor, asked, today))
    asked.is_to_stop = True
    asked.save(update_fields=["is_to_stop"])
    Trace.leave(actor, "support.matchinground.stopped", asked)
    return asked


@transaction.atomic
def relaunch_round(asked: MatchingRound, *, actor: Person, today: date) -> MatchingRound:
    """Compute again, from the rows of the day, what broke down."""
    _lock(asked)
    require(rules.can_relaunch_round(actor, asked, today))
    if asked.status != MatchingRound.Status.FAILED:
        move(asked, MatchingRound.Status.FAILED, actor=actor)
    move(asked, MatchingRound.Status.WAITING, actor=actor)
    asked.on, asked.since = today, max(asked.since, today)
    asked.until = max(asked.until, asked.since)
    asked.progress, asked.is_to_stop, asked.heard_at = {}, False, now()
    asked.save(update_fields=["on", "since", "until", "progress", "is_to_stop", "heard_at"])
    later(JOB, asked.pk)
    return asked


@transaction.atomic
def close_round(asked: MatchingRound, *, actor: Person, today: date) -> MatchingRound:
    _lock(asked)
    require(rules.can_close_round(actor, asked, today))
    move(asked, MatchingRound.Status.CLOSED, actor=actor)
    return asked


@transaction.atomic
def adopt_proposal(proposal: Proposal, *, actor: Person, today: date) -> Proposal:
    """Offer the mandate as it was proposed; the person concerned still accepts or declines."""
    _lock_pair(proposal, proposal.resource)
    require(rules.can_adopt_proposal(actor, proposal, today))
    return _offer(
        proposal,
        Proposal.Status.ADOPTED,
        actor=actor,
        today=today,
        resource=proposal.resource,
        quarters=proposal.quarters_per_week,
        dates=(max(proposal.starts_on, today), proposal.ends_on),
    )


@transaction.atomic
def adopt_proposals(
    asked: MatchingRound, *, actor: Person, today: date, territory: int | None
) -> tuple[int, int]:
    """Adopt those of a territory that still hold; return how many were, how many were left."""
    require(rules.can_adopt_proposals(actor, asked, today))
    waiting = asked.proposals.filter(
        status=Proposal.Status.PROPOSED, need__process__body__territory=territory
    ).select_related("round", "resource__person", "need__process__body__alliance")
    adopted = 0
    found = list(waiting.order_by("pk"))
    for proposal in found:
        if rules.can_adopt_proposal(actor, proposal, today):
            adopt_proposal(proposal, actor=actor, today=today)
            adopted += 1
    return adopted, len(found) - adopted


@transaction.atomic
def change_proposal(
    proposal: Proposal,
    *,
    actor: Person,
    today: date,
    resource: Resource,
    quarters_per_week: int,
    starts_on: date,
    ends_on: date,
    word: str = "",
) -> Proposal:
    """Offer the mandate otherwise; what was proposed stays written beside what was chosen."""
    _lock_pair(proposal, resource)
    require(
        rules.can_change_proposal(
            actor,
            proposal,
            today,
            resource=resource,
            quarters_per_week=quarters_per_week,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    proposal.word = word
    return _offer(
        proposal,
        Proposal.Status.CHANGED,
        actor=actor,
        today=today,
        resource=resource,
        quarters=quarters_per_week,
        dates=(starts_on, ends_on),
    )


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, actor: Person, today: date, word: str) -> Proposal:
    _lock_pair(proposal, proposal.resource)
    require(rules.can_refuse_proposal(actor, proposal, today))
    proposal.word = word
    return _answer(proposal, Proposal.Status.REFUSED, actor)


def _offer(
    proposal: Proposal,
    to: str,
    *,
    actor: Person,
    today: date,
    resource: Resource,
    quarters: int,
    dates: tuple[date, date],
) -> Proposal:
    need = proposal.need
    proposal.mandate = propose_mandate(
        need.process,
        actor=actor,
        today=today,
        resource=resource,
        level=need.level,
        stages=need.stages,
        dimensions=need.dimensions,
        mode=need.mode,
        posture=need.posture,
        quarters_per_week=quarters,
        starts_on=dates[0],
        ends_on=dates[1],
        need=need,
    )
    proposal.chosen, proposal.chosen_quarters = resource, quarters
    proposal.chosen_from, proposal.chosen_to = dates
    return _answer(proposal, to, actor)


def _answer(proposal: Proposal, to: str, actor: Person) -> Proposal:
    proposal.answered_by, proposal.answered_at = actor, now()
    proposal.save()
    move(proposal, to, actor=actor)
    return proposal


def _lock(asked: MatchingRound) -> None:
    MatchingRound.objects.select_for_update().get(pk=asked.pk)
    asked.refresh_from_db()


def _lock_pair(proposal: Proposal, resource: Resource) -> None:
    """Take the resource and the need: two decisions at once could together pass the hours."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    proposal.need = (
        Need.objects.select_for_update(of=("self",))
        .select_related("process__body__alliance")
        .get(pk=proposal.need_id)
    )
    proposal.refresh_from_db(fields=["status"])
    proposal.round.refresh_from_db(fields=["status"])
