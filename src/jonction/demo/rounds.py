"""Two rounds of matching in the demonstration: one decided in the autumn, one that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from jonction.accounts.models import Person
from jonction.core.taxonomy import Dimension, Stage
from jonction.cycle.models import Process
from jonction.ethics.actions import say_refusal
from jonction.ethics.models import Refusal
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support.actions.mandate import accept_mandate
from jonction.support.actions.round import (
    adopt_proposal,
    change_proposal,
    close_round,
    refuse_proposal,
)
from jonction.support.models import (
    Affinity,
    Language,
    MatchingRound,
    Need,
    NeedStep,
    Proposal,
    Resource,
    Skill,
)
from jonction.support.round import compute
from jonction.support.rules.mandate import can_accept_mandate
from jonction.support.rules.round import can_adopt_proposal

YEAR = timedelta(weeks=52)
BEFORE = timedelta(weeks=9)  # how long ago the round that is decided was asked
LATER = timedelta(weeks=2)
FAR = (1, 4)  # the first has few hours, the other is on leave
REFUSED = "Le comité préfère attendre le forum de janvier."
CHANGED = "Deux semaines plus tard, après le forum local."
RETAINED = "Retenu avec le comité : personne ne porte encore cette partie de la démarche."
KNOWN = "A bâti la démarche avec ce comité au plan précédent."
APART = "Siège au conseil d’un organisme du comité voisin."
NOW, SOON = Need.Urgency.NOW, Need.Urgency.SOON
DOES, TEACHES = Skill.Grade.DOES, Skill.Grade.TEACHES


@dataclass(frozen=True, slots=True)
class Asked:
    """A need: the rank of its process, quarter hours a week, in how many weeks and for how many."""

    process: int
    text: str
    stage: Stage
    dimension: Dimension
    quarters: int
    urgency: Need.Urgency
    starts: int
    weeks: int
    language: str = ""


ASKED = [
    Asked(1, "Animer les trois rencontres où l’on choisit les projets retenus",
     Stage.CALLS, Dimension.GOVERNANCE, 8, NOW, 1, 18),
    Asked(2, "Monter le budget et le calendrier du plan d’action",
     Stage.PLANNING, Dimension.MANAGEMENT, 12, SOON, 2, 14),
    Asked(3, "Aller à la rencontre des personnes seules avant le forum",
     Stage.MOBILISATION, Dimension.COMMUNICATION, 10, SOON, 2, 12),
    Asked(4, "Accueillir au comité les familles nouvellement arrivées, en français et en anglais",
     Stage.PRIORITIES, Dimension.COMMUNICATION, 8, SOON, 3, 20,
          Language.ENGLISH),
    Asked(5, "Suivre les deux projets de transport jusqu’au rapport d’étape",
     Stage.DELIVERY, Dimension.OPERATIONS, 14, SOON, 4, 26),
    Asked(6, "Préparer l’appel de projets avec le comité d’analyse",
     Stage.CALLS, Dimension.MANAGEMENT, 16, NOW, 1, 16),
    Asked(7, "Une personne deux jours par semaine pour bâtir la démarche",
     Stage.PLANNING, Dimension.MANAGEMENT, 112, NOW, 1, 30),
    Asked(8, "Vulgariser le portrait de la pauvreté pour une soirée publique",
     Stage.PRIORITIES, Dimension.MANAGEMENT, 8, SOON, 5, 10),
]  # fmt: skip
# rank of the resource, and what it knows; the last one knows it best, and has refused that table
KNOWS = [
    (5, Stage.CALLS, Dimension.GOVERNANCE, TEACHES),
    (13, Stage.PLANNING, Dimension.MANAGEMENT, DOES),
    (13, Stage.PLANNING, Dimension.COMMUNICATION, DOES),
    (19, Stage.MOBILISATION, Dimension.COMMUNICATION, DOES),
    (8, Stage.PRIORITIES, Dimension.COMMUNICATION, DOES),
    (16, Stage.DELIVERY, Dimension.OPERATIONS, TEACHES),
    (16, Stage.PLANNING, Dimension.GOVERNANCE, DOES),
    (1, Stage.PRIORITIES, Dimension.MANAGEMENT, DOES),
    (10, Stage.CALLS, Dimension.MANAGEMENT, DOES),
    (11, Stage.CALLS, Dimension.MANAGEMENT, TEACHES),
]
FOND = (19, 3)  # the resource, and the body with which it goes well
REFUSES = (11, 6)  # the resource, and the body that it will not support


def spread(resources: Sequence[Resource], alliance: Alliance) -> None:
    """Say where people accept to go: almost nobody goes to the last two territories."""
    places = list(AllianceTerritory.objects.filter(alliance=alliance).order_by("pk"))
    near = places[:-2]
    for rank, resource in enumerate(resources):
        pair = [near[rank % len(near)], near[(rank + 1) % len(near)]]
        resource.territories.set(places[-2:] if rank in FAR else pair)


def match(
    resources: Sequence[Resource], processes: Sequence[Process], coordinator: Person, today: date
) -> list[Need]:
    """Decide a first round on what was asked before, then compute one on what is asked now."""
    _describe(resources, processes, coordinator, today)
    then = today - BEFORE
    _asked_before(processes, then)
    _decide(_round(processes, coordinator, then), coordinator, then)
    needs = [_ask(processes[one.process], one, coordinator, today) for one in ASKED]
    _round(processes, coordinator, today)
    return needs


def _describe(
    resources: Sequence[Resource], processes: Sequence[Process], coordinator: Person, today: date
) -> None:
    for rank, stage, dimension, grade in KNOWS:
        Skill.objects.update_or_create(
            resource=resources[rank],
            stage=stage,
            dimension=dimension,
            function="",
            defaults={"grade": grade},
        )
    fond, body = resources[FOND[0]], processes[FOND[1]].body
    Affinity.objects.update_or_create(resource=fond, body=body, defaults={"word": KNOWN})
    refusing, table = resources[REFUSES[0]], processes[REFUSES[1]].body
    if refusing.person is not None:
        say_refusal(
            table,
            actor=coordinator,
            today=today - BEFORE,
            person=refusing.person,
            side=Refusal.Side.PERSON,
            reason=APART,
        )


def _asked_before(processes: Sequence[Process], then: date) -> None:
    """Move to before that day what waits for somebody: it was retained when the round was asked."""
    for need in Need.objects.filter(process__in=processes, status=Need.Status.PRIORITISED):
        days = {step: step.on for step in need.steps.order_by("pk") if step.on}
        moved = max(need.asked_on, *days.values()) - then + timedelta(days=5)
        if moved > timedelta():
            need.asked_on -= moved
            need.save(update_fields=["asked_on"])
            for step, on in days.items():
                step.on = on - moved
            NeedStep.objects.bulk_update(days, ["on"])


def _ask(process: Process, asked: Asked, coordinator: Person, today: date) -> Need:
    asked_on, starts_on = today - timedelta(weeks=4), today + timedelta(weeks=asked.starts)
    need = Need.objects.create(
        process=process,
        text=asked.text,
        level=process.body.level,
        stages=[asked.stage],
        dimensions=[asked.dimension],
        quarters_per_week=asked.quarters,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=asked.weeks),
        urgency=asked.urgency,
        language=asked.language,
        asked_by=coordinator,
        on_behalf_of=process.body.name,
        channel=Need.Channel.MEETING,
        asked_on=asked_on,
        status=Need.Status.PRIORITISED,
        answer=RETAINED,
    )
    states = (Need.Status.RECEIVED, Need.Status.ADMISSIBLE, Need.Status.PRIORITISED)
    NeedStep.objects.bulk_create(
        NeedStep(
            need=need,
            status=status,
            on=asked_on + timedelta(days=6 * turn),
            word=RETAINED if status == Need.Status.PRIORITISED else "",
        )
        for turn, status in enumerate(states)
    )
    return need


def _round(processes: Sequence[Process], coordinator: Person, on: date) -> MatchingRound:
    asked = MatchingRound.objects.create(
        alliance=processes[0].body.alliance,
        asked_by=coordinator,
        on=on,
        since=on,
        until=on + YEAR,
    )
    compute(asked)
    return asked


def _decide(asked: MatchingRound, coordinator: Person, then: date) -> None:
    """Adopt a pair, adopt the next one otherwise, refuse the third; then the round is closed."""
    found = asked.proposals.select_related(
        "round", "resource__person", "need__process__body__alliance"
    )
    facts: dict[str, Any] = {"actor": coordinator, "today": then}
    holding = [p for p in found.order_by("pk") if can_adopt_proposal(coordinator, p, then)]
    for turn, proposal in enumerate(holding):
        match turn % 3:
            case 0:
                adopt_proposal(proposal, **facts)
            case 1:
                change_proposal(
                    proposal,
                    **facts,
                    resource=proposal.resource,
                    quarters_per_week=proposal.quarters_per_week,
                    starts_on=min(proposal.starts_on + LATER, proposal.ends_on),
                    ends_on=proposal.ends_on,
                    word=CHANGED,
                )
            case _:
                refuse_proposal(proposal, **facts, word=REFUSED)
        _answer(proposal, then)
    close_round(asked, **facts)
    at = make_aware(datetime.combine(then, time(9, 30)))
    asked.proposals.exclude(answered_at=None).update(answered_at=at + timedelta(days=2))
    MatchingRound.objects.filter(pk=asked.pk).update(
        asked_at=at, computed_at=at + timedelta(minutes=1)
    )


def _answer(proposal: Proposal, then: date) -> None:
    mandate, person = proposal.mandate, proposal.resource.person
    if mandate and person and can_accept_mandate(person, mandate, then):
        accept_mandate(mandate, actor=person, today=then)
