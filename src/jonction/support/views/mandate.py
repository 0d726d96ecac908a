"""The pages of mandates."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.attachments import shelf_of
from jonction.core.gestures import Gesture, offers, perform
from jonction.core.http import number_asked
from jonction.core.lists.answering import show_list
from jonction.core.once import attempt_once
from jonction.support import lists
from jonction.support.actions import mandate as actions
from jonction.support.forms.mandate import EndForm, MandateForm, WordForm
from jonction.support.models import Mandate
from jonction.support.queries.access import (
    coordinated_in,
    coordinated_processes,
    resource_of,
)
from jonction.support.queries.handover import handovers_visible_to
from jonction.support.queries.mandate import (
    LIVE,
    extension_waiting,
    mandates_visible_to,
    needs_visible_to,
    proposable_resources,
)
from jonction.support.queries.placing import initial_place, place_of_need
from jonction.support.rules import mandate as rules
from jonction.support.rules.handover import can_prepare_handover

GESTURES = [
    Gesture(
        "accepter",
        gettext_lazy("Accepter"),
        rules.can_accept_mandate,
        actions.accept_mandate,
        gettext_lazy("Le mandat est actif : il compte dans la couverture."),
    ),
    Gesture(
        "decliner",
        gettext_lazy("Décliner"),
        rules.can_decline_mandate,
        actions.decline_mandate,
        gettext_lazy("C’est noté. Merci d’avoir répondu."),
        WordForm,
    ),
    Gesture(
        "retirer",
        gettext_lazy("Retirer la proposition"),
        rules.can_withdraw_mandate,
        actions.withdraw_mandate,
        gettext_lazy("La proposition est retirée : la personne en est prévenue."),
        WordForm,
    ),
    Gesture(
        "suspendre",
        gettext_lazy("Suspendre"),
        rules.can_suspend_mandate,
        actions.suspend_mandate,
        gettext_lazy("Le mandat est suspendu : la couverture le montre dès aujourd’hui."),
        WordForm,
    ),
    Gesture(
        "reprendre",
        gettext_lazy("Reprendre"),
        rules.can_resume_mandate,
        actions.resume_mandate,
        gettext_lazy("Le mandat reprend aujourd’hui."),
    ),
    Gesture(
        "terminer",
        gettext_lazy("Terminer"),
        rules.can_end_mandate,
        actions.end_mandate,
        gettext_lazy("La fin du mandat est notée."),
        EndForm,
        gettext_lazy("Un mandat terminé ne se rouvre pas ; on garde pour toujours qui était là."),
    ),
]


@login_required
def mandate_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    mandates = mandates_visible_to(request.user, today)
    resource = resource_of(request.user)
    mine = mandates.filter(resource=resource, status__in=LIVE, ends_on__gte=today)
    shown = request.GET.get("etat", "en-cours")
    if shown in Mandate.Status.values:
        mandates = mandates.filter(status=shown)
    elif shown != "tous":
        mandates = mandates.filter(status__in=LIVE, ends_on__gte=today)
    context = {
        "mine": list(mine) if resource else [],
        "shown": shown,
        "statuses": Mandate.Status.choices,
        "can_propose": bool(coordinated_in(request.user, today)),
        "today": today,
    }
    listing = lists.mandates(request, mandates, request.GET.get("etat", ""))
    page = "support/mandate_list.html"
    return show_list(request, page, listing, name=_("mandats"), context=context)


@login_required
def mandate_new(request: PersonRequest) -> HttpResponse:
    today = localdate()
    processes = coordinated_processes(request.user, today)
    needs = needs_visible_to(request.user, today).filter(process__in=processes.values("pk"))
    asked = number_asked(request.GET, "besoin")
    need = needs.filter(pk=asked).first() if asked else None
    initial = place_of_need(need) if need else initial_place(processes, request.GET, today)
    form = MandateForm(
        request.POST or None,
        initial=initial,
        processes=processes,
        resources=proposable_resources(request.user, today),
        needs=needs,
    )
    if request.method == "POST":
        mandate = attempt_once(request.user, form, _proposed, request.user, today)
        if mandate is not None:
            messages.success(request, _("Le mandat est proposé : la personne répond sur sa page."))
            return redirect(mandate)
    context = {"form": form, "can_propose": processes.exists()}
    return render(request, "support/mandate_new.html", context, status=422 if form.errors else 200)


@login_required
def mandate_detail(request: PersonRequest, pk: int) -> HttpResponse:
    mandate = get_object_or_404(mandates_visible_to(request.user, localdate()), pk=pk)
    return _page(request, mandate)


@login_required
@require_POST
def mandate_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    mandate = get_object_or_404(mandates_visible_to(request.user, localdate()), pk=pk)
    done = perform(request, GESTURES, word, mandate)
    return done if isinstance(done, HttpResponse) else _page(request, mandate, done)


def _proposed(actor: Any, today: Any, **facts: Any) -> Mandate:
    return actions.propose_mandate(facts.pop("process"), actor=actor, today=today, **facts)


def _page(
    request: PersonRequest, mandate: Mandate, bound: forms.Form | None = None
) -> HttpResponse:
    today = localdate()
    is_active = mandate.status == Mandate.Status.ACTIVE
    waiting = extension_waiting(mandate) if is_active else None
    context = {
        "mandate": mandate,
        "today": today,
        "beyond": _beyond(request, mandate, today),
        "can_extend": not waiting and rules.can_extend_mandate(request.user, mandate, today),
        "waiting": waiting,
        "pauses": mandate.pauses.all(),
        # of each, the page prints who takes over and nothing else of what surrounds it
        "handovers": handovers_visible_to(request.user, today)
        .filter(mandate=mandate)
        .select_related(None)
        .select_related("successor"),
        "can_prepare": can_prepare_handover(request.user, mandate, today),
        "shelf": shelf_of(request.user, mandate),
        "offers": [
            offer
            for offer in offers(GESTURES, request.user, mandate, bound)
            if mandate.status in WHEN[offer.gesture.word]
            and (
                offer.verdict or offer.gesture.word != "retirer"
            )  # to the others, it is no gesture
        ],
    }
    return render(request, "support/mandate_detail.html", context, status=422 if bound else 200)


def _beyond(request: PersonRequest, mandate: Mandate, today: date) -> str:
    """Say to the coordination that what it proposes passes the hours offered: it cannot be accepted."""
    if mandate.status != Mandate.Status.PROPOSED:
        return ""
    coordinates = coordinated_processes(request.user, today).filter(pk=mandate.process_id)
    return rules.within_capacity(mandate, today).reason if coordinates.exists() else ""


# a gesture of another state is not explained: the state itself says why
WHEN = {
    "accepter": ["proposed"],
    "decliner": ["proposed"],
    "retirer": ["proposed"],
    "suspendre": ["active"],
    "reprendre": ["suspended"],
    "terminer": ["active", "suspended"],
}
