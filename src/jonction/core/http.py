"""How a page answers."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django_htmx.http import reswap, retarget

from jonction.core.verdicts import Refused


def show(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return the fragment of the page to HTMX, the whole page to everyone else."""
    part = f"#{fragment}" if getattr(request, "htmx", False) else ""
    response = render(request, page + part, context, status=status)
    # both live at one address: going back must not find the fragment alone
    patch_vary_headers(response, ["HX-Request"])
    return response


def answer(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any], *, to: Any
) -> HttpResponse:
    """After an action that held: the fragment for HTMX, a redirection for everyone else."""
    if getattr(request, "htmx", False):
        return show(request, page, fragment, context)
    return redirect(to)


MOST_DIGITS = 12  # above, no row has that number, and Python reads none of 5 000 digits


def number_asked(said: Mapping[str, str], name: str) -> int | None:
    """Return the whole number that an address says under that name, or None."""
    text = said.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


class LegibleMiddleware:
    """Leave aside, of an address, the signs that no database stores: nobody types them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace("\0", "")
        return self.get_response(request)


class RefusalMiddleware:
    """Turn a refusal into a page that gives its reason; views need no try/except."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an address that only receives says so to who opens it, instead of a blank page."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = render(request, "405.html", status=response.status_code)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        page = show(request, "refused.html", "reason", {"reason": str(exception)}, status=409)
        return reswap(retarget(page, "#notice"), "innerHTML")
