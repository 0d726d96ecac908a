"""The words and figures of intake."""

from fractions import Fraction

from django import template

from jonction.support.intake import CRITERIA
from jonction.support.models import IntakeMethod

register = template.Library()


@register.filter
def criterion(code: str) -> str:
    return str(CRITERIA[code])


@register.filter
def weighed(method: IntakeMethod) -> str:
    """Say what each criterion weighs in a version."""
    weights = [f"{name}\u00a0{method.weights.get(code, 0)}" for code, name in CRITERIA.items()]
    return ", ".join(weights)


@register.filter
def points(share: Fraction | None) -> str:
    """Return a share as whole points out of a hundred, as a bar and a sentence both read it."""
    return "–" if share is None else str(round(share * 100))
