"""The tools, the head and the pager of a list (core.lists)."""

from typing import Any

from django import template

from jonction.core.lists.listing import Listing

register = template.Library()


@register.inclusion_tag("core/list_tools.html")
def list_tools(listing: Listing) -> dict[str, Any]:
    return {"listing": listing}


@register.inclusion_tag("core/list_heads.html")
def list_heads(listing: Listing) -> dict[str, Any]:
    return {"heads": listing.heads}


@register.inclusion_tag("core/pager.html")
def pager(listing: Listing) -> dict[str, Any]:
    return {"listing": listing}
