"""From a round to the engine of matching and back: loading, computing in the background, keeping.

The web process reads what the background one has written; the solver is imported there alone.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from hashlib import sha256
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from jonction.core.states import move
from jonction.engines.matching.problem import (
    Claim,
    Pair,
    Phase,
    Plan,
    Problem,
    Progress,
    Step,
    Terms,
    Unmet,
)
from jonction.support.models import MatchingRound, Proposal, Unmatched
from jonction.support.queries.round import matching_problem

BEAT = 1.0  # seconds between two writings of the progress
PHASES = list(Phase)


def compute(asked: MatchingRound) -> None:
    """Take the round, compute it, keep its answer; a crash is said, and raised."""
    move(asked, MatchingRound.Status.COMPUTING, actor=asked.asked_by)
    try:
        problem = matching_problem(asked)
        plan, ordinary = _solved(problem, listening(asked))
        keep(asked, problem, plan, ordinary)
    except Exception:
        asked.refresh_from_db(fields=["status"])
        if asked.status == MatchingRound.Status.COMPUTING:
            move(asked, MatchingRound.Status.FAILED, actor=asked.asked_by)
        raise


def listening(asked: MatchingRound, clock: Callable[[], float] = monotonic) -> Progress:
    """Return what writes where the search stands, at most once a beat, and reads if it must stop."""
    last: float | None = None
    is_to_stop = False

    def progress(step: Step) -> bool:
        nonlocal last, is_to_stop
        if last is None or clock() - last >= BEAT:
            last = clock()
            rows = MatchingRound.objects.filter(pk=asked.pk)
            rows.update(progress=_plain_step(step), heard_at=now())
            is_to_stop = rows.values_list("is_to_stop", flat=True).get()
        return is_to_stop

    return progress


@transaction.atomic
def keep(asked: MatchingRound, problem: Problem, plan: Plan, ordinary: Plan) -> None:
    """Write the answer whole, or not at all."""
    move(asked, MatchingRound.Status.PROPOSED, actor=asked.asked_by)
    asked.fingerprint = fingerprint_of(problem)
    asked.result = summary_of(problem, plan, ordinary)
    asked.computed_at = now()
    asked.save(update_fields=["fingerprint", "result", "computed_at"])
    dates = {need.id: (need.starts_on, need.ends_on) for need in problem.needs}
    Proposal.objects.bulk_create(_proposal(asked, pair, dates[pair.need]) for pair in plan.pairs)
    Unmatched.objects.bulk_create(_unmatched(asked, unmet) for unmet in plan.unmet)


def fingerprint_of(problem: Problem) -> str:
    """Return what changes when the question does, whatever the order of its parts."""
    said = json.dumps(_plain(asdict(problem)), sort_keys=True)
    return sha256(said.encode()).hexdigest()


def summary_of(problem: Problem, plan: Plan, ordinary: Plan) -> dict[str, Any]:
    """Return a plan in a few exact numbers, beside the one that looks at urgency alone."""
    otherwise = {share.territory: share.share for share in ordinary.shares}
    return {
        "method": plan.version,
        "is_stopped": plan.is_stopped,
        "needs": len(problem.needs),
        "resources": sum(bool(one.offers) for one in problem.resources),
        "ways": len(problem.travel) // 2,  # each is there from both sides
        "shares": [
            {
                "territory": share.territory,
                "asked": str(share.asked),
                "met": str(share.met),
                "by_urgency": str(otherwise[share.territory]),
            }
            for share in plan.shares
        ],
        "floors": [
            {**_plain_claim(floor.share), "territories": list(floor.territories)}
            for floor in plan.floors
        ],
        "value": _plain_claim(plan.value),
        "count": _plain_claim(plan.count),
        "terms": _plain_terms(plan.terms),
        "by_urgency": {"needs_left": len(ordinary.unmet), "pairs": len(ordinary.pairs)},
    }


def _solved(problem: Problem, progress: Progress) -> tuple[Plan, Plan]:
    from jonction.engines.matching import greedy_by_urgency, propose_matches

    return propose_matches(problem, progress=progress), greedy_by_urgency(problem)


def _plain_step(step: Step) -> dict[str, Any]:
    numbers = {"share": step.share, "value": step.value, "bound": step.bound}
    return {
        "phase": step.phase.value,
        "rank": PHASES.index(step.phase) + 1,
        "turn": step.turn,
        **{name: None if n is None else float(n) for name, n in numbers.items()},
    }


def _plain_claim(claim: Claim) -> dict[str, str]:
    return {"reached": str(claim.reached), "bound": str(claim.bound)}


def _plain_terms(terms: Terms) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(terms).items()}


def _proposal(asked: MatchingRound, pair: Pair, dates: tuple[date, date]) -> Proposal:
    return Proposal(
        round=asked,
        need_id=pair.need,
        resource_id=pair.resource,
        quarters_per_week=pair.quarters,
        starts_on=dates[0],
        ends_on=dates[1],
        reasons=[{"code": reason.code.value, "value": reason.value} for reason in pair.because],
    )


def _unmatched(asked: MatchingRound, unmet: Unmet) -> Unmatched:
    change = unmet.change
    return Unmatched(
        round=asked,
        need_id=unmet.need,
        met=unmet.met,
        missing=unmet.missing,
        binding=unmet.binding.value,
        kind=change.kind.value,
        quarters=change.quarters,
        starts_on=change.starts_on,
        ends_on=change.ends_on,
        resource_id=change.resource,
        wanted=list(change.wanted),
    )


def _plain(value: Any) -> Any:
    """Return dates, fractions and sets as text and sorted lists."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, date | Fraction) else value
