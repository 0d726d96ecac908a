"""Addresses with holes on purpose: the walk of rights must see each of them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import path

from jonction.config import urls
from jonction.support.models import Need


@login_required
def forgets_its_rule(request, pk):
    return HttpResponse(Need.objects.get(pk=pk).text)


@login_required
def closes_what_it_does_not_show(request, pk):
    if request.method == "POST":
        Need.objects.filter(pk=pk).update(answer="Fermé")
    raise Http404


def writes_while_it_shows(request, pk):
    Need.objects.filter(pk=pk).update(answer="Lu")
    return HttpResponse()


HOLES = {
    "trou/montre/<int:pk>/": forgets_its_rule,
    "trou/ferme/<int:pk>/": closes_what_it_does_not_show,
    "trou/lit/<int:pk>/": writes_while_it_shows,
}
urlpatterns = [*urls.urlpatterns, *(path(address, view) for address, view in HOLES.items())]
