"""What the frame of a page asks."""

from django import template

register = template.Library()


@register.filter
def begins(path: str, target: str) -> bool:
    """Say whether the page lies under that entry of the navigation."""
    return path.startswith(target)
