"""The tools, the head, the rows and the pager of a list (core.lists)."""

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from jonction.core.lists.listing import Listing

register = template.Library()
OPENING = re.compile(r"<(tr|th|td)(?=[\s>])")


@register.inclusion_tag("core/list_tools.html")
def list_tools(listing: Listing) -> dict[str, Any]:
    return {"listing": listing}


@register.inclusion_tag("core/list_heads.html")
def list_heads(listing: Listing) -> dict[str, Any]:
    return {"heads": listing.heads}


@register.simple_tag
def list_rows(listing: Listing, rows: SafeString) -> SafeString:
    """Write on each cell the head of its column: a phone shows it where the table is gone."""
    labels = [str(escape(head.label)) for head in listing.heads]
    rank = 0

    def labelled(opening: re.Match[str]) -> str:
        nonlocal rank
        rank = 0 if opening[1] == "tr" else rank + 1
        return f'{opening[0]} data-label="{labels[rank - 1]}"' if opening[1] == "td" else opening[0]

    return mark_safe(OPENING.sub(labelled, rows))  # noqa: S308 - the template has escaped it


@register.inclusion_tag("core/pager.html")
def pager(listing: Listing) -> dict[str, Any]:
    return {"listing": listing}
