"""Answer with a list: its page, or the whole of it as a file."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jonction.core.lists.listing import Listing
from jonction.core.tables.writing import as_download


def show_list(
    request: HttpRequest, page: str, listing: Listing, *, name: str, context: dict[str, Any]
) -> HttpResponseBase:
    """Return the file asked, named `name`, with what the page shows and filters; else the page."""
    kind = listing.export_format
    if kind:
        return as_download(name, kind, listing.headers, listing.rows_for_export())
    return render(request, page, {**context, "listing": listing})
