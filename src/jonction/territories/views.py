"""The pages of the places, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jonction.territories import maps, queries
from jonction.territories.legal_time import zone_label
from jonction.territories.models import Place
from jonction.ui.charts import Chart
from jonction.ui.downloads import chart_download


def place_list(request: HttpRequest) -> HttpResponse:
    view = _view(request)
    context = {"regions": queries.regions(), "view": view, "map": _map_of(view)}
    return render(request, "territories/place_list.html", context)


def place_list_map(request: HttpRequest) -> HttpResponse:
    return chart_download(_map_of(_view(request)), request.GET.get("forme", "svg"))


def place_detail(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Place, code=code)
    places = list(queries.places_below(place))
    context = {
        "place": place,
        "above": queries.place_above(place),
        "places": places,
        "map": maps.map_below(place, places),
        "figures": queries.figures_of(place),
        "legal_time": zone_label(queries.legal_zone(place)),
    }
    return render(request, "territories/place_detail.html", context)


def place_detail_map(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Place, code=code)
    chart = maps.map_below(place, queries.places_below(place))
    return chart_download(chart, request.GET.get("forme", "svg"))


def _view(request: HttpRequest) -> str:
    return "mrc" if request.GET.get("vue") == "mrc" else "regions"


def _map_of(view: str) -> Chart:
    if view == "mrc":
        return maps.map_of_all(queries.counties(), queries.regions())
    return maps.map_of_regions(queries.regions())
