"""The pages of equity between bodies, and between small and large promoters; never by person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from jonction.accounts.http import PersonRequest
from jonction.core.tables.writing import KINDS, as_download
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of
from jonction.support import equity_compared as tables
from jonction.support.equity_bodies import bodies_of
from jonction.support.equity_sizes import sizes_of
from jonction.support.views.equity_asked import Asked, alliance_looked_at, period_asked
from jonction.ui.charts import Chart
from jonction.ui.downloads import chart_download


class Reader(Protocol):
    def __call__(self, alliance: Alliance, since: date, until: date, *, is_inside: bool) -> Any: ...


@dataclass(frozen=True, slots=True)
class View:
    """What is compared at an address: how it is read, printed, drawn and taken away."""

    read: Reader
    template: str
    name: Any
    headers: Callable[[], list[str]]
    rows: Callable[[Any], Iterator[list[Any]]]
    draw: Callable[[Any], Chart | None]
    is_to_come: bool = False


VIEWS = {
    "instances": View(
        bodies_of,
        "support/equity_bodies.html",
        gettext_lazy("équité entre les instances"),
        tables.body_headers,
        tables.body_rows,
        tables.body_picture,
    ),
    "organismes": View(
        sizes_of,
        "support/equity_sizes.html",
        gettext_lazy("équité entre les organismes"),
        tables.size_headers,
        tables.size_rows,
        tables.size_picture,
        is_to_come=True,
    ),
}


@login_required
def equity_compared(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    view, found, asked, is_inside = _read(request, pk, name)
    observed = standing_of(request.user, localdate()).observed_alliances
    context = {
        "found": found,
        # whoever studies the Alliance reads its equity, not its coverage
        "reads_coverage": is_inside or pk in observed,
        "compared": found.compared,
        "name": name,
        "asked": asked,
        "is_inside": is_inside,
        "chart": view.draw(found),
    }
    return render(request, view.template, context)


@login_required
def equity_compared_export(
    request: PersonRequest, pk: int, name: str, kind: str
) -> StreamingHttpResponse:
    if kind not in KINDS:
        raise Http404
    view, found, asked, _inside = _read(request, pk, name)
    title = f"{view.name} {found.alliance.name} {asked.since} {asked.until}"
    return as_download(title, kind, view.headers(), view.rows(found))


@login_required
def equity_compared_picture(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    view, found, _asked, _inside = _read(request, pk, name)
    chart = view.draw(found)
    if chart is None:
        raise Http404
    return chart_download(chart, request.GET.get("forme", "svg"))


def _read(request: PersonRequest, pk: int, name: str) -> tuple[View, Any, Asked, bool]:
    view = VIEWS.get(name)
    if view is None:
        raise Http404
    alliance, is_inside = alliance_looked_at(request, pk)
    asked = period_asked(request, is_inside=is_inside, is_to_come=view.is_to_come)
    found = view.read(alliance, asked.since, asked.until, is_inside=is_inside)
    return view, found, asked, is_inside
