"""The pages of the places, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jonction.territories import queries
from jonction.territories.models import Place


def place_list(request: HttpRequest) -> HttpResponse:
    return render(request, "territories/place_list.html", {"regions": queries.regions()})


def place_detail(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Place, code=code)
    context = {"place": place, "places": queries.places_below(place)}
    return render(request, "territories/place_detail.html", context)
