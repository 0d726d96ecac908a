"""The windows of an Alliance: when each gesture is open."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.editing import edition, typed, written
from jonction.cycle import actions, queries, rules
from jonction.cycle.forms import WindowForm
from jonction.cycle.models import Window
from jonction.governance.models import Alliance
from jonction.territories.queries import legal_zone


def window_list(request: HttpRequest, pk: int) -> HttpResponse:
    alliance, today = _alliance(pk), localdate()
    person = request.user if isinstance(request.user, Person) else None
    context = {
        "alliance": alliance,
        "windows": queries.windows_shown(alliance, now()),
        "can_add": person and rules.can_add_window(person, alliance, today=today),
    }
    return render(request, "cycle/window_list.html", context)


@login_required
def window_add(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = _alliance(pk), localdate()
    zone = legal_zone(alliance.region)
    form = WindowForm(typed(request), thing=Window(alliance=alliance), zone=zone)

    def save() -> Any:
        actions.add_window(alliance, actor=request.user, today=today, facts=form.changes())
        return reverse("cycle:window_list", args=[alliance.pk])

    verdict = rules.can_add_window(request.user, alliance, today=today)
    return written(request, form, verdict, save, title=_("Ajouter une fenêtre"), back=alliance)


@login_required
def window_edit(request: PersonRequest, pk: int) -> HttpResponse:
    window, today = _window(pk), localdate()
    zone = legal_zone(window.alliance.region)
    form = WindowForm(typed(request), thing=window, zone=zone)

    def save() -> Any:
        actions.edit_window(window, actor=request.user, today=today, **edition(form))
        return reverse("cycle:window_list", args=[window.alliance_id])

    verdict = rules.can_edit_window(request.user, window, today=today)
    title, back = _("Modifier la fenêtre"), window.alliance
    return written(request, form, verdict, save, title=title, back=back)


@login_required
@require_POST
def window_remove(request: PersonRequest, pk: int) -> HttpResponse:
    window = _window(pk)
    actions.remove_window(window, actor=request.user, today=localdate())
    messages.success(request, _("La fenêtre est retirée."))
    return redirect("cycle:window_list", window.alliance_id)


def _alliance(pk: int) -> Alliance:
    return get_object_or_404(Alliance.objects.select_related("region", "plan"), pk=pk)


def _window(pk: int) -> Window:
    return get_object_or_404(Window.objects.select_related("alliance__region"), pk=pk)
