"""The cells of a row in its table."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def cell(cells: Mapping[str, str], code: str) -> str:
    return cells.get(code, "")
