"""Two plans of the same round, side by side."""

from dataclasses import dataclass
from fractions import Fraction

from jonction.engines.matching.problem import Plan, Terms


@dataclass(frozen=True, slots=True)
class Measure:
    """A plan in a few numbers; `met` is the share of all the weighted hours asked for."""

    smallest: Fraction
    last: int
    met: Fraction
    value: Fraction
    terms: Terms
    pairs: int
    needs_left: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changed` are the territories whose share differs: (territory, one, other)."""

    one: Measure
    other: Measure
    changed: tuple[tuple[int, Fraction, Fraction], ...]


def compare(one: Plan, other: Plan) -> Comparison:
    """Return what each plan gives, and the territories that one serves otherwise."""
    after = {s.territory: s.share for s in other.shares}
    changed = tuple(
        (s.territory, s.share, after[s.territory])
        for s in one.shares
        if s.share != after[s.territory]
    )
    return Comparison(measure(one), measure(other), changed)


def measure(plan: Plan) -> Measure:
    """Return a plan in a few numbers; it needs at least one need."""
    last = min(plan.shares, key=lambda s: (s.share, s.territory))
    asked = sum((s.asked for s in plan.shares), Fraction(0))
    return Measure(
        smallest=last.share,
        last=last.territory,
        met=sum((s.met for s in plan.shares), Fraction(0)) / asked,
        value=plan.value.reached,
        terms=plan.terms,
        pairs=len(plan.pairs),
        needs_left=len(plan.unmet),
    )
