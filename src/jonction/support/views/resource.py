"""The pages of resources."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.gestures import Gesture, Offer, attempt, offers, perform
from jonction.core.lists.answering import show_list
from jonction.core.lists.naming import with_names
from jonction.core.once import attempt_once
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.governance.queries import standing_of
from jonction.support import lists
from jonction.support.actions import resource as actions
from jonction.support.forms.mandate import (
    AgreementForm,
    CapacityForm,
    DepartureForm,
    LeaveForm,
    NewResourceForm,
    ResourceForm,
)
from jonction.support.models import Language, Leave, Resource
from jonction.support.queries.directory import published_resources, releases_visible_to
from jonction.support.queries.mandate import mandates_of, resources_visible_to
from jonction.support.rules import resource as rules

GESTURES = [
    Gesture(
        "heures",
        gettext_lazy("Dire les heures offertes"),
        rules.can_offer_capacity,
        actions.offer_capacity,
        gettext_lazy("Les heures offertes sont notées."),
        CapacityForm,
    ),
    Gesture(
        "absence",
        gettext_lazy("Annoncer une absence"),
        rules.can_add_leave,
        actions.add_leave,
        gettext_lazy("L’absence est notée : la couverture en tient compte."),
        LeaveForm,
    ),
    Gesture(
        "depart",
        gettext_lazy("Annoncer un départ"),
        rules.can_announce_departure,
        actions.announce_departure,
        gettext_lazy("Le départ est noté : ce qu’il défait se voit dès maintenant."),
        DepartureForm,
    ),
    Gesture(
        "accord",
        gettext_lazy("Noter son accord pour le répertoire public"),
        rules.can_note_agreement,
        actions.note_agreement,
        gettext_lazy("L’accord est noté, avec ses mots, son moyen et sa date."),
        AgreementForm,
        gettext_lazy("Lisez-lui ces mots ou faites-les signer ; la personne peut se dédire."),
    ),
    Gesture(
        "retrait",
        gettext_lazy("Noter le retrait de son accord"),
        rules.can_note_agreement_ended,
        actions.note_agreement_ended,
        gettext_lazy("Le retrait est noté : il vaut dès maintenant."),
        warning=gettext_lazy("La personne ne paraît plus au répertoire public."),
    ),
]


@login_required
def resource_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    resources = resources_visible_to(request.user, today).prefetch_related("territories")
    coordinated = standing_of(request.user, today).coordinated_alliances
    context = {"alliances": Alliance.objects.filter(pk__in=coordinated).select_related("plan")}
    listing = lists.resources(request, resources)
    page = "support/resource_list.html"
    return show_list(request, page, listing, name=_("ressources"), context=context)


@login_required
def resource_new(request: PersonRequest, alliance: int) -> HttpResponse:
    coordinated = standing_of(request.user, localdate()).coordinated_alliances
    within = get_object_or_404(Alliance, pk=alliance, pk__in=coordinated)
    form = NewResourceForm(
        request.POST or None, territories=AllianceTerritory.objects.filter(alliance=within)
    )
    if request.method == "POST":
        facts = {"actor": request.user, "today": localdate()}
        resource = attempt_once(request.user, form, actions.add_resource, within, **facts)
        if resource is not None:
            messages.success(request, _("La ressource est ajoutée."))
            return redirect(resource)
    context = {"form": form, "alliance": within}
    return render(request, "support/resource_new.html", context, status=422 if form.errors else 200)


@login_required
def resource_edit(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    resource = get_object_or_404(resources_visible_to(request.user, today), pk=pk)
    if not rules.can_edit_resource(request.user, resource, today):
        raise Http404
    form = ResourceForm(
        request.POST or None,
        thing=resource,
        territories=AllianceTerritory.objects.filter(alliance=resource.alliance_id),
        initial={
            "name": resource.name,
            "kind": resource.kind,
            "home": resource.home_id,
            "territories": list(resource.territories.values_list("pk", flat=True)),
        },
    )
    if request.method == "POST":
        facts = {"actor": request.user, "today": today}
        if attempt(form, actions.edit_resource, resource, **facts) is not None:
            messages.success(request, _("La fiche est à jour."))
            return redirect(resource)
    context = {"form": form, "resource": resource}
    return render(
        request, "support/resource_edit.html", context, status=422 if form.errors else 200
    )


def resource_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to those who take part in its Alliance; what the directory says is for everybody.

    So one address, the one that search gives, serves whoever found the resource.
    """
    person = request.user if isinstance(request.user, Person) else None
    seen = resources_visible_to(person, localdate()) if person else Resource.objects.none()
    if resource := seen.filter(pk=pk).first():
        return _page(cast("PersonRequest", request), resource)
    if published_resources(localdate()).filter(pk=pk).exists():
        return redirect("support:directory_entry", pk)
    if person:
        raise Http404
    return redirect_to_login(request.get_full_path())


@login_required
@require_POST
def resource_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    resource = get_object_or_404(resources_visible_to(request.user, localdate()), pk=pk)
    done = perform(request, GESTURES, word, resource)
    return done if isinstance(done, HttpResponse) else _page(request, resource, done)


@login_required
@require_POST
def leave_remove(request: PersonRequest, pk: int) -> HttpResponse:
    visible = resources_visible_to(request.user, localdate())
    leave = get_object_or_404(Leave, pk=pk, resource__in=visible.values("pk"))
    actions.remove_leave(leave, actor=request.user, today=localdate())
    messages.success(request, _("L’absence est retirée."))
    return redirect(leave.resource)


def _offered(request: PersonRequest, resource: Resource, bound: forms.Form | None) -> list[Offer]:
    """Return the gestures; an agreement, given or not, is asked about only when it can be noted."""
    found = offers(GESTURES, request.user, resource, bound)
    return [o for o in found if o.verdict or o.gesture.word not in ("accord", "retrait")]


def _page(
    request: PersonRequest, resource: Resource, bound: forms.Form | None = None
) -> HttpResponse:
    today = localdate()
    can_edit = rules.can_edit_resource(request.user, resource, today)
    labels = dict(Language.choices)
    context: dict[str, Any] = {
        "resource": resource,
        "today": today,
        "can_edit": can_edit,
        "languages": [labels[code] for code in resource.languages if code in labels],
        "skills": resource.skills.all(),
        "affinities": resource.affinities.select_related("body"),
        "releases": with_names(
            releases_visible_to(request.user, today).filter(resource=resource), "organisation"
        ),
        "offers": _offered(request, resource, bound) if can_edit else [],
        "capacities": resource.capacities.filter(ends_on__gte=today),
        "leaves": resource.leaves.filter(ends_on__gte=today) if can_edit else [],
        "mandates": mandates_of(resource, request.user, today),
    }
    return render(request, "support/resource_detail.html", context, status=422 if bound else 200)
