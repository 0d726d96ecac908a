"""How an Alliance weighs need, and from which budgets an organisation is small or large (S5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jonction.core.taxonomy import StartingFactor
from jonction.engines import equity as engine
from jonction.engines.claims import LARGE_FROM, SMALL_UNDER
from jonction.support.models import EquityMethod
from jonction.territories.models import Indicator

POPULATION = "population"
TARGET = Decimal("0.050")
FEWEST_CONTRIBUTORS = 3


@dataclass(frozen=True, slots=True)
class Method:
    """How need is weighed: version 0 is what holds until an Alliance sets its own."""

    number: int
    weights: engine.Weights
    size: str
    target: Decimal
    fewest_contributors: int
    small_under: int
    large_from: int


def method_from(row: EquityMethod | None, indicators: Sequence[Indicator]) -> Method:
    """Return the method that an Alliance set, or the usual one: all these indicators alike."""
    counted = [i for i in indicators if i.direction != Indicator.Direction.SIZE]
    figures = row.indicators if row else {i.code: 1 for i in counted}
    factors = row.factors if row else dict.fromkeys(StartingFactor.values, 1)
    share = Fraction(row.figures_percent, 100) if row else Fraction(1, 2)
    weights = engine.Weights(
        tuple(
            engine.Indicator(
                i.code, i.direction == Indicator.Direction.MORE, Fraction(figures.get(i.code, 0))
            )
            for i in counted
            if figures.get(i.code)
        ),
        {f: Fraction(factors[f]) for f in StartingFactor.values if factors.get(f)},
        share,
        1 - share,
    )
    if row is None:
        return Method(0, weights, POPULATION, TARGET, FEWEST_CONTRIBUTORS, SMALL_UNDER, LARGE_FROM)
    return Method(
        row.number,
        weights,
        row.size,
        row.target,
        row.fewest_contributors,
        row.small_under,
        row.large_from,
    )
