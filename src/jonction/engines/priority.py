"""In which order needs are looked at: a weighted mean of criteria that everybody can read.

Each criterion is worth between 0 and 1. What is not known is left out of the mean and said; a
need of which nothing is known has no score and comes last. Two needs of the same score share their
rank: nothing hidden decides between them.

Invariants: a criterion raised never lowers the rank; only the ratios between weights count; the
order in which needs are given changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Values = Mapping[str, Fraction | None]


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion brings: its value, its share of the weights known here, their product."""

    code: str
    value: Fraction
    share: Fraction

    @property
    def contribution(self) -> Fraction:
        return self.value * self.share


@dataclass(frozen=True, slots=True)
class Standing:
    """The place of one need, and why; `tied` when another one has the same score."""

    key: int
    rank: int
    score: Fraction | None
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    tied: bool


def nearness(days: int, horizon: int) -> Fraction:
    """Return 1 for what is there or past, 0 at the horizon or beyond, in proportion between."""
    return 1 - Fraction(min(max(days, 0), horizon), horizon)


def parts_of(values: Values, weights: Mapping[str, Fraction]) -> tuple[Part, ...]:
    """Return what each known criterion that weighs something brings to the score."""
    known = {code: value for code in weights if (value := values.get(code)) is not None}
    whole = sum((weights[code] for code in known), Fraction(0))
    return tuple(
        Part(code, value, weights[code] / whole) for code, value in known.items() if weights[code]
    )


def ranked(needs: Mapping[int, Values], weights: Mapping[str, Fraction]) -> list[Standing]:
    """Return every need with its rank, the first to look at first, those that tie by their key."""
    parts = {key: parts_of(values, weights) for key, values in needs.items()}
    scores = {
        key: sum((part.contribution for part in found), Fraction(0)) if found else None
        for key, found in parts.items()
    }
    orders = {key: Fraction(-1) if score is None else score for key, score in scores.items()}
    every = list(orders.values())
    standings = [
        Standing(
            key,
            1 + sum(other > orders[key] for other in every),
            scores[key],
            parts[key],
            tuple(c for c, weight in weights.items() if weight and values.get(c) is None),
            every.count(orders[key]) > 1,
        )
        for key, values in needs.items()
    ]
    return sorted(standings, key=lambda one: (one.rank, one.key))
