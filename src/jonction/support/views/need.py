"""The pages of needs."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.attachments import shelf_of
from jonction.core.gestures import Gesture, offers, perform
from jonction.core.lists.answering import show_list
from jonction.core.once import attempt_once
from jonction.core.verdicts import YES, Verdict
from jonction.cycle.models import Process
from jonction.cycle.rules import openings
from jonction.governance.queries import written_organisations
from jonction.support import lists
from jonction.support.actions import need as actions
from jonction.support.forms.mandate import (
    AnswerForm,
    CloseForm,
    HoursForm,
    NeedForm,
    PromoterNeedForm,
    WhyForm,
)
from jonction.support.models import Need
from jonction.support.queries.access import (
    HELD,
    asking_processes,
    coordinated_in,
    may_ask,
    named_in,
    resource_of,
    takes_part,
)
from jonction.support.queries.intake import OPEN, answers_needs
from jonction.support.queries.mandate import needs_visible_to
from jonction.support.queries.placing import initial_place
from jonction.support.rules import need as rules
from jonction.support.rules.mandate import awaits_mandate
from jonction.support.tracks import path_of

GESTURES = [
    Gesture(
        "admettre",
        gettext_lazy("Dire admissible"),
        rules.can_admit_need,
        actions.admit_need,
        gettext_lazy("C’est noté : le besoin est regardé à côté des autres."),
    ),
    Gesture(
        "refuser",
        gettext_lazy("Dire non admissible"),
        rules.can_refuse_need,
        actions.refuse_need,
        gettext_lazy("C’est noté : la raison se lit sur cette page."),
        AnswerForm,
        gettext_lazy("La personne qui a demandé pourra le faire rouvrir."),
    ),
    Gesture(
        "rouvrir",
        gettext_lazy("Demander qu’on le regarde de nouveau"),
        rules.can_reopen_need,
        actions.reopen_need,
        gettext_lazy("Le besoin est de nouveau devant la coordination."),
        WhyForm,
    ),
    Gesture(
        "heures",
        gettext_lazy("Préciser les heures par semaine"),
        rules.can_say_hours,
        actions.say_hours,
        gettext_lazy("Les heures sont précisées."),
        HoursForm,
    ),
    Gesture(
        "retenir",
        gettext_lazy("Retenir"),
        rules.can_retain_need,
        actions.retain_need,
        gettext_lazy("Le besoin est retenu : un mandat peut être proposé."),
        AnswerForm,
    ),
    Gesture(
        "repondu",
        gettext_lazy("Le besoin a reçu sa réponse"),
        rules.can_meet_need,
        actions.meet_need,
        gettext_lazy("C’est noté : le besoin a reçu sa réponse."),
        AnswerForm,
    ),
    Gesture(
        "decliner",
        gettext_lazy("Ne pas retenir"),
        rules.can_decline_need,
        actions.decline_need,
        gettext_lazy("C’est noté : la raison se lit sur cette page."),
        AnswerForm,
    ),
    Gesture(
        "fermer",
        gettext_lazy("Fermer"),
        rules.can_close_need,
        actions.close_need,
        gettext_lazy("Le besoin est fermé."),
        CloseForm,
        gettext_lazy("Un besoin fermé ne se rouvre pas : on en dépose un autre."),
    ),
]
Status = Need.Status
# a gesture of another state is not explained: the track itself says where the need is
WHEN = {
    Status.RECEIVED: ["admettre", "refuser", "decliner", "fermer"],
    Status.INADMISSIBLE: ["rouvrir", "fermer"],
    Status.ADMISSIBLE: ["retenir", "decliner", "fermer"],
    Status.PRIORITISED: ["decliner", "fermer"],
    Status.MATCHED: ["fermer"],
    Status.IN_PROGRESS: ["repondu", "fermer"],
    Status.MET: ["fermer"],
}
SAID_UNTIL = (Status.RECEIVED, Status.ADMISSIBLE)


def _shown(need: Need) -> list[str]:
    """Return the gestures to show: hours that nobody said are asked first, as long as it waits."""
    words = WHEN.get(Status(need.status), [])
    asks = need.quarters_per_week is None and need.status in SAID_UNTIL
    return ["heures", *words] if asks else words


@login_required
def need_list(request: PersonRequest) -> HttpResponseBase:
    needs = needs_visible_to(request.user, localdate())
    shown = request.GET.get("etat", "ouverts")
    if shown in Need.Status.values:
        needs = needs.filter(status=shown)
    elif shown != "tous":
        needs = needs.filter(status__in=OPEN)
    context = {
        "shown": shown,
        "statuses": Need.Status.choices,
        "can_raise": may_ask(request.user, localdate()),
        "can_triage": answers_needs(request.user, localdate()),
    }
    listing = lists.needs(request, needs, request.GET.get("etat", ""))
    page = "support/need_list.html"
    return show_list(request, page, listing, name=_("besoins"), context=context)


@login_required
def need_new(request: PersonRequest) -> HttpResponse:
    today = localdate()
    processes = asking_processes(request.user, today)
    found = list(processes.select_related("body__alliance__region"))
    form = _form(request, processes, today, found[0] if len(found) == 1 else None)
    if request.method == "POST":
        cleaned = attempt_once(request.user, form, _raised, request.user, today)
        if cleaned is not None:
            messages.success(request, _("Le besoin est reçu : son suivi se lit ici."))
            return redirect(cleaned)
    status = 422 if form.errors else 200
    shown = _openings(found)
    context = {
        "form": form,
        "openings": shown,
        "has_processes": bool(found),
        "is_closed": shown and not any(v for v, _ in shown),
    }
    return render(request, "support/need_new.html", context, status=status)


@login_required
def need_detail(request: PersonRequest, pk: int) -> HttpResponse:
    needs = needs_visible_to(request.user, localdate())
    need = get_object_or_404(needs.select_related("organisation", "requirement", "alert"), pk=pk)
    return _page(request, need)


@login_required
@require_POST
def need_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    need = get_object_or_404(needs_visible_to(request.user, localdate()), pk=pk)
    done = perform(request, GESTURES, word, need)
    return done if isinstance(done, HttpResponse) else _page(request, need, done)


def _form(
    request: PersonRequest, processes: QuerySet[Process], today: date, only: Process | None
) -> NeedForm:
    """Return the form of whoever decides or supports, or that of a promoter, filled by the link."""
    initial = initial_place(processes, request.GET, today, only)
    said = {"data": request.POST or None, "processes": processes, "initial": initial}
    mine = written_organisations(request.user, today)
    keeps = coordinated_in(request.user, today) or resource_of(request.user)
    if keeps or not mine:
        return NeedForm(**said)
    return PromoterNeedForm(**said, organisations=mine, sits=bool(named_in(request.user, today)))


def _openings(processes: list[Process]) -> list[tuple[Verdict, list[str]]]:
    """Return what the calendar says of these processes, said once for those it says it of."""
    found = openings(rules.RAISE_NEED, processes, now())
    said: dict[Verdict, list[str]] = {}
    for process in processes:
        said.setdefault(found.get(process.pk, YES), []).append(process.name)
    return list(said.items()) if found else []


def _raised(actor: Any, today: Any, **facts: Any) -> Need:
    return actions.raise_need(facts.pop("process"), actor=actor, today=today, **facts)


def _page(request: PersonRequest, need: Need, bound: forms.Form | None = None) -> HttpResponse:
    today = localdate()
    answers = need.process_id in coordinated_in(request.user, today)
    is_inside = takes_part(request.user, need.process, today)
    mandates = need.mandates.select_related("resource")
    context = {
        "need": need,
        "takes_part": is_inside,
        # who asked from outside is told who comes, not who was only sounded out
        "mandates": mandates if is_inside else mandates.filter(status__in=HELD),
        "offers": [
            offer
            for offer in offers(GESTURES, request.user, need, bound)
            # who does not answer is not told why each answer is not hers
            if offer.gesture.word in _shown(need) and (answers or offer.verdict)
        ],
        "answers": answers,
        "path": path_of(need),
        "shelf": shelf_of(request.user, need),
        "can_propose": need.status in OPEN and bool(awaits_mandate(need)) and answers,
    }
    return render(request, "support/need_detail.html", context, status=422 if bound else 200)
