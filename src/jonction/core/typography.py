"""How numbers and signs are written in the language of the page."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def figure(value: float) -> str:
    """Return a number without needless zeros: 12,5 in French, 12.5 in English."""
    return str(number_format(f"{Decimal(f'{value:g}'):f}"))


def colon() -> str:
    """Return what stands between a name and what is said of it: French puts a space before it."""
    return _(" : ")


def semicolon() -> str:
    """Return what stands between two things of a list whose parts hold commas."""
    return _(" ; ")


def percentage(number: str) -> str:
    """Return a percentage: 12 % in French, 12% in English."""
    return _("{number} %").format(number=number)


def money(amount: Decimal | int) -> str:
    """Return dollars, with cents only when there are some: 50 000 $ in French, $50,000 in English."""
    cents = 0 if amount == int(amount) else 2
    return _("{amount} $").format(amount=number_format(amount, cents, force_grouping=True))
