"""What the frame of a page asks."""

from django import template
from django.utils.timezone import localdate

from jonction.core.days import in_words

register = template.Library()


@register.filter
def begins(path: str, target: str) -> bool:
    """Say whether the page lies under that entry of the navigation."""
    return path.startswith(target)


@register.simple_tag
def today_in_words() -> str:
    """Return the day of the page: on paper, nothing else says it."""
    return in_words(localdate())
