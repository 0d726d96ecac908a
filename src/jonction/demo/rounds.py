"""A round of matching in the demonstration: proposed, partly decided, some needs left."""

from collections.abc import Sequence
from datetime import date, timedelta

from jonction.accounts.models import Person
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support.actions.round import adopt_proposal, change_proposal, refuse_proposal
from jonction.support.models import MatchingRound, Resource
from jonction.support.round import compute
from jonction.support.rules.round import can_adopt_proposal

YEAR = timedelta(weeks=52)
REFUSED = "Le comité préfère attendre le forum de janvier."
FAR = (1, 4)  # the first has few hours, the other is on leave
CHANGED = "Deux semaines plus tard, après le forum local."
LATER = timedelta(weeks=2)


def spread(resources: Sequence[Resource], alliance: Alliance) -> None:
    """Say where people accept to go: almost nobody goes to the last two territories."""
    places = list(AllianceTerritory.objects.filter(alliance=alliance).order_by("pk"))
    near = places[:-2]
    for rank, resource in enumerate(resources):
        pair = [near[rank % len(near)], near[(rank + 1) % len(near)]]
        resource.territories.set(places[-2:] if rank in FAR else pair)


def match(alliance: Alliance, coordinator: Person, today: date) -> None:
    """Compute a round; adopt two of its pairs, one of them otherwise, and refuse a third."""
    asked = MatchingRound.objects.create(
        alliance=alliance, asked_by=coordinator, on=today, since=today, until=today + YEAR
    )
    compute(asked)
    found = asked.proposals.select_related(
        "round", "resource__person", "need__process__body__alliance"
    )
    holding = [p for p in found.order_by("pk") if can_adopt_proposal(coordinator, p, today)]
    for rank, proposal in enumerate(holding[:3]):
        match rank:
            case 0:
                adopt_proposal(proposal, actor=coordinator, today=today)
            case 1:
                change_proposal(
                    proposal,
                    actor=coordinator,
                    today=today,
                    resource=proposal.resource,
                    quarters_per_week=proposal.quarters_per_week,
                    starts_on=min(proposal.starts_on + LATER, proposal.ends_on),
                    ends_on=proposal.ends_on,
                    word=CHANGED,
                )
            case _:
                refuse_proposal(proposal, actor=coordinator, today=today, word=REFUSED)
