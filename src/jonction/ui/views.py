"""The gallery of components, the two pages about the site, and what is said when it fails."""

import sys

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from jonction.ui import gallery as samples
from jonction.ui import gallery_charts
from jonction.ui.downloads import chart_download


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; in demonstration or while developing only."""
    _only_when_shown()
    return render(request, "ui/gallery.html", samples.everything())


def gallery_chart(request: HttpRequest, name: str) -> HttpResponse:
    _only_when_shown()
    charts = gallery_charts.charts()
    if name not in charts:
        raise Http404
    return chart_download(charts[name], request.GET.get("forme", "svg"))


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/privacy.html")


def failure(_request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database does not, 500 otherwise; neither page reads it."""
    if isinstance(sys.exc_info()[1], OperationalError):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": "60"})
    return HttpResponse(render_to_string("500.html"), status=500)


def unreadable(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: what came cannot be read, or it came under a name that is not ours."""
    page = "400_host.html" if isinstance(exception, DisallowedHost) else "400.html"
    return HttpResponse(render_to_string(page), status=400)


def _only_when_shown() -> None:
    if not (settings.JONCTION_DEMO or settings.DEBUG):
        raise Http404
