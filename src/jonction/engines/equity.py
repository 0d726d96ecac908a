"""Equity: who needs most, who is supported most, and how far the two are apart (S5).

Method     docs/engines/equity.md. Need: weighted mean of the ranks of figures and of the appraisal.
           Share due: need x size over their sum. Share received: hours over their sum. Gini of the
           Lorenz curve of one against the other; Theil's T, within and between groups.
Invariant  scale and order do not matter; an hour moved from an over-served territory to an
           under-served one never raises T or the Gini, up to their crossing; within + between = T.
Exact      fractions, except Theil's T, which is made of logarithms: floats. Inside, whole numbers
           over one divisor: the same results, for a fifth of the work.
Source     Lorenz 1905, Gini 1912, Theil 1967 (ch. 4), Pigou 1912 and Dalton 1920 (transfers).
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

LOWEST, HIGHEST = 1, 5
FIFTH = 5  # by how much each weight is moved, down then up


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that counts: whether more of it is more need, and its weight among the figures."""

    code: str
    is_more_need: bool
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts, and how much: the figures, the factors, and one half against the other."""

    indicators: tuple[Indicator, ...] = ()
    factors: Mapping[str, Fraction] = field(default_factory=dict)
    figures: Fraction = Fraction(1, 2)
    appraisal: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Territory:
    """What is known of a territory; a figure or a factor that is not known is simply not there.

    `hours` are those received; `size` is the population, or what was chosen in its place.
    """

    key: int
    group: str = ""
    size: Fraction | None = None
    hours: Fraction = Fraction(0)
    figures: Mapping[str, Fraction] = field(default_factory=dict)
    appraisal: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """The need of a territory between 0 and 1, and what could not be taken into account.

    `low` and `high` bound what it becomes when each weight in turn moves by a fifth.
    """

    key: int
    index: Fraction | None
    low: Fraction | None
    high: Fraction | None
    parts: Mapping[str, Fraction]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A territory against its share; `lacking` hours are negative when it has more than its share.

    `added` are the hours that would bring it to its share without taking any from anybody. The
    ranks are the best and the worst it has, from the least served, as the weights move.
    """

    key: int
    due: Fraction
    received: Fraction
    ratio: Fraction
    lacking: Fraction
    added: Fraction
    first_rank: int
    last_rank: int


@dataclass(frozen=True, slots=True)
class Equity:
    """The least served first; `apart` are the territories without a need or a size."""

    needs: Mapping[int, Need]
    standings: tuple[Standing, ...]
    apart: tuple[int, ...]
    hours: Fraction
    lorenz: tuple[tuple[Fraction, Fraction], ...]
    gini: Fraction | None
    theil: "Theil | None"


@dataclass(frozen=True, slots=True)
class Theil:
    """T, and what it is made of; `groups` give s_g T_g of each group."""

    total: float
    within: float
    between: float
    groups: Mapping[str, float]


Part = tuple[Fraction, Fraction]  # the share due and the share received
Sums = tuple[int, int]  # of the weights of what is known in a half, and of what they weigh
Indices = Mapping[int, Fraction | None]


def rank_of(value: Fraction, among: Sequence[Fraction]) -> Fraction:
    """Return the share of `among` below `value`, ties for half: alone, one half."""
    below = sum(other < value for other in among)
    same = sum(other == value for other in among)
    return Fraction(2 * below + same, 2 * len(among))


def lack_of(value: int) -> Fraction:
    """Return the need that an appraisal says: the middle of its fifth, 1 giving the most."""
    return Fraction(2 * (HIGHEST - value) + 1, 2 * HIGHEST)


def joined_figure(
    values: Sequence[Fraction | None], sizes: Sequence[Fraction | None], *, is_count: bool
) -> Fraction | None:
    """Return the figure of several places: a sum of counts, or a mean of rates by size.

    None when a place lacks what is needed: nothing is guessed.
    """
    known = [value for value in values if value is not None]
    if not values or len(known) < len(values):
        return None
    if is_count:
        return sum(known, Fraction(0))
    if len(known) == 1:
        return known[0]
    weights = [size for size in sizes if size]
    if len(weights) < len(known):
        return None
    weighed = (value * size for value, size in zip(known, weights, strict=True))
    return sum(weighed, Fraction(0)) / sum(weights)


def needs_of(territories: Sequence[Territory], weights: Weights) -> dict[int, Need]:
    """Return the need of each territory among these, which must be comparable."""
    parts = _parts(territories, weights)
    return _needs(parts, weights, _scenarios(parts, weights))


def equity(territories: Iterable[Territory], weights: Weights) -> Equity:
    """Weigh the hours that each territory received against its need."""
    rows = sorted(territories, key=lambda t: t.key)
    parts_of_need = _parts(rows, weights)
    scenarios = _scenarios(parts_of_need, weights)
    needs = _needs(parts_of_need, weights, scenarios)
    judged = [t for t in rows if needs[t.key].index is not None and t.size]
    hours = sum((t.hours for t in judged), Fraction(0))
    due = _due(judged, {t.key: needs[t.key].index for t in judged})
    if hours:
        received = {t.key: t.hours / hours for t in judged}
    else:
        received = {t.key: Fraction(0) for t in judged}
    parts = [(due[t.key], received[t.key]) for t in judged]
    groups = [t.group for t in judged]
    return Equity(
        needs,
        _standings(judged, due, received, hours, scenarios),
        tuple(t.key for t in rows if t.key not in due),
        hours,
        lorenz(parts) if hours else (),
        gini(parts) if hours else None,
        theil(parts, groups) if hours else None,
    )


def lorenz(parts: Sequence[Part]) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return the points of the curve, from (0, 0) to (1, 1): the least served first."""
    points = [(Fraction(0), Fraction(0))]
    for due, received in sorted(parts, key=_ratio):
        points.append((points[-1][0] + due, points[-1][1] + received))
    return tuple(points)


def gini(parts: Sequence[Part]) -> Fraction:
    """Return twice the area between the diagonal and the curve."""
    points = lorenz(parts)
    return 1 - sum(
        ((x2 - x1) * (y1 + y2) for (x1, y1), (x2, y2) in pairwise(points)),
        Fraction(0),
    )


def theil(parts: Sequence[Part], groups: Sequence[str]) -> Theil:
    """Return T and its two parts: inside the groups, and between them."""
    by_group: dict[str, list[Part]] = {}
    for group, part in zip(groups, parts, strict=True):
        by_group.setdefault(group, []).append(part)
    inside, between = {}, []
    for group in sorted(by_group):
        due = sum((d for d, _r in by_group[group]), Fraction(0))
        received = sum((r for _d, r in by_group[group]), Fraction(0))
        between.append(_term(due, received))
        scaled = [(d / due, r / received) for d, r in by_group[group]] if received else []
        inside[group] = float(received) * math.fsum(_term(d, r) for d, r in scaled)
    return Theil(inequality(parts), math.fsum(inside.values()), math.fsum(between), inside)


def inequality(parts: Iterable[Part]) -> float:
    """Return T itself, of shares due and received that each add up to one."""
    return math.fsum(_term(due, received) for due, received in parts)


def with_hours(territories: Iterable[Territory], more: Mapping[int, Fraction]) -> list[Territory]:
    """Return the territories as they would be with these hours added."""
    return [replace(t, hours=t.hours + more.get(t.key, 0)) for t in territories]


def _parts(territories: Sequence[Territory], weights: Weights) -> dict[int, dict[str, Fraction]]:
    """Return what each figure and each factor says of the need, between 0 and 1."""
    parts: dict[int, dict[str, Fraction]] = {t.key: {} for t in territories}
    for one in weights.indicators:
        known = [t.figures[one.code] for t in territories if one.code in t.figures]
        for territory in territories:
            if one.code in territory.figures:
                rank = rank_of(territory.figures[one.code], known)
                parts[territory.key][one.code] = rank if one.is_more_need else 1 - rank
    for territory in territories:
        for factor in weights.factors:
            if factor in territory.appraisal:
                parts[territory.key][factor] = lack_of(territory.appraisal[factor])
    return parts


def _asked(weights: Weights) -> list[str]:
    """Return what counts, in its order: what has no weight is not missed."""
    figures = [one.code for one in weights.indicators if one.weight and weights.figures]
    return figures + [f for f, weight in weights.factors.items() if weight and weights.appraisal]


def _needs(
    parts: Mapping[int, Mapping[str, Fraction]], weights: Weights, scenarios: Sequence[Indices]
) -> dict[int, Need]:
    asked = _asked(weights)
    found = {}
    for key, said in parts.items():
        known = [index for indices in scenarios if (index := indices[key]) is not None]
        found[key] = Need(
            key,
            scenarios[0][key],
            min(known, default=None),
            max(known, default=None),
            said,
            tuple(code for code in asked if code not in said),
        )
    return found


def _scenarios(
    parts: Mapping[int, Mapping[str, Fraction]], weights: Weights
) -> list[dict[int, Fraction | None]]:
    """Return the indices with the weights as they are, then with each one moved down and up.

    The sums of a half are made once: moving one weight adds its part of them, or takes it away.
    """
    divisor = math.lcm(*(part.denominator for said in parts.values() for part in said.values()))
    whole = {
        key: {code: _over(part, divisor) for code, part in said.items()}
        for key, said in parts.items()
    }
    halves = (
        _whole_weights({one.code: one.weight for one in weights.indicators}),
        _whole_weights(weights.factors),
    )
    usual = tuple(_whole_weights({0: weights.figures, 1: weights.appraisal}).values())
    sums = {key: [_sums(said, half) for half in halves] for key, said in whole.items()}

    def indices_with(rank: int, code: str, more: int) -> dict[int, Fraction | None]:
        """Return the indices once that weight of that half has so much more."""
        found = {}
        for key, two in sums.items():
            changed = list(two)
            if code in whole[key]:
                total, weighed = two[rank]
                changed[rank] = (total + more, weighed + more * whole[key][code])
            found[key] = _index(changed, usual, divisor)
        return found

    scenarios = [{key: _index(two, usual, divisor) for key, two in sums.items()}]
    for sign in (-1, 1):
        for rank, half in enumerate(halves):
            moved = [w + sign * w // FIFTH if n == rank else w for n, w in enumerate(usual)]
            scenarios.append({key: _index(two, moved, divisor) for key, two in sums.items()})
            scenarios += [
                indices_with(rank, code, sign * weight // FIFTH) for code, weight in half.items()
            ]
    return scenarios


def _over(value: Fraction, divisor: int) -> int:
    """Return how many times the value holds one part of `divisor`, which its own divides."""
    return value.numerator * (divisor // value.denominator)


def _whole_weights(weights: Mapping[Any, Fraction]) -> dict[Any, int]:
    """Return whole weights in the same proportion, and whose fifth is whole: only that matters."""
    divisor = FIFTH * math.lcm(*(weight.denominator for weight in weights.values()))
    return {code: _over(weight, divisor) for code, weight in weights.items()}


def _sums(said: Mapping[str, int], weights: Mapping[str, int]) -> Sums:
    known = [(weight, weight * said[code]) for code, weight in weights.items() if code in said]
    return sum(weight for weight, _weighed in known), sum(weighed for _weight, weighed in known)


def _index(sums: Sequence[Sums], halves: Sequence[int], divisor: int) -> Fraction | None:
    """Return the mean of the halves that are known, each the mean of its own parts."""
    (figures, figured), (factors, appraised) = sums
    one = halves[0] if figures else 0
    other = halves[1] if factors else 0
    figures, factors = figures or 1, factors or 1  # a half that is not known weighs nothing
    weighed = one * figured * factors + other * appraised * figures
    total = (one + other) * figures * factors * divisor
    return Fraction(weighed, total) if total else None


def _due(territories: Sequence[Territory], indices: Indices) -> dict[int, Fraction]:
    weighed = {t.key: (indices[t.key] or 0) * (t.size or Fraction(0)) for t in territories}
    total = sum(weighed.values(), Fraction(0))
    return {key: value / total for key, value in weighed.items()}


def _standings(
    judged: Sequence[Territory],
    due: Mapping[int, Fraction],
    received: Mapping[int, Fraction],
    hours: Fraction,
    scenarios: Sequence[Indices],
) -> tuple[Standing, ...]:
    ratios = {key: received[key] / due[key] for key in due}
    highest = max(ratios.values(), default=Fraction(0))
    # the shares due of one scenario have one divisor: ranks do without it
    served = [(t.key, received[t.key] / (t.size or 1)) for t in judged]
    ranks = [
        _ranks({key: ratio / (indices[key] or 1) for key, ratio in served}) for indices in scenarios
    ]
    rows = [
        Standing(
            key,
            due[key],
            received[key],
            ratios[key],
            due[key] * hours - received[key] * hours,
            (due[key] * highest - received[key]) * hours,
            min(rank[key] for rank in ranks),
            max(rank[key] for rank in ranks),
        )
        for key in due
    ]
    return tuple(sorted(rows, key=lambda row: (row.ratio, row.key)))


def _ranks(ratios: Mapping[int, Fraction]) -> dict[int, int]:
    """Return the ranks from the least served; ties share the first of theirs."""
    divisor = math.lcm(*(ratio.denominator for ratio in ratios.values()))
    whole = {key: _over(ratio, divisor) for key, ratio in ratios.items()}
    order = sorted(whole.values())
    return {key: 1 + bisect_left(order, ratio) for key, ratio in whole.items()}


def _term(due: Fraction, received: Fraction) -> float:
    """Return s ln(s/w); a quotient of whole numbers is rounded once, as their fraction would be."""
    if not received:
        return 0.0
    (s, by), (w, of) = received.as_integer_ratio(), due.as_integer_ratio()
    return s / by * math.log(s * of / (by * w))


def _ratio(part: Part) -> Fraction:
    return part[1] / part[0]
