"""The public directory, what a resource can do, and the agreements that free its time."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.editing import typed
from jonction.core.gestures import Gesture, attempt, offers, perform
from jonction.core.lists.answering import show_list
from jonction.core.once import attempt_once
from jonction.support import lists
from jonction.support.actions import directory as actions
from jonction.support.forms.directory import (
    AffinityRows,
    AgreeForm,
    DescriptionForm,
    ReleaseForm,
    RenewForm,
    SkillRows,
    StopForm,
)
from jonction.support.letters import release_letter
from jonction.support.models import Language, ReleaseAgreement, Resource
from jonction.support.queries.directory import (
    bodies_of_alliance,
    given_quarters,
    hours_left_by,
    promised_quarters,
    published_resources,
    releases_to_renew,
    releases_visible_to,
)
from jonction.support.queries.mandate import resources_visible_to
from jonction.support.rules import directory as rules
from jonction.ui.downloads import document_download

GESTURES = [
    Gesture(
        "accorder",
        gettext_lazy("Noter l’accord"),
        rules.can_agree_release,
        actions.agree_release,
        gettext_lazy("L’accord est noté."),
        AgreeForm,
    ),
    Gesture(
        "refuser",
        gettext_lazy("Noter le refus"),
        rules.can_refuse_release,
        actions.refuse_release,
        gettext_lazy("Le refus est noté, avec sa raison."),
        StopForm,
    ),
    Gesture(
        "renouveler",
        gettext_lazy("Demander le renouvellement"),
        rules.can_renew_release,
        actions.renew_release,
        gettext_lazy("Le renouvellement est demandé : sa lettre est prête."),
        RenewForm,
    ),
    Gesture(
        "terminer",
        gettext_lazy("Terminer aujourd’hui"),
        rules.can_end_release,
        actions.end_release,
        gettext_lazy("La libération est terminée."),
        StopForm,
        gettext_lazy("Une libération terminée ne se rouvre pas ; on peut en demander une autre."),
    ),
    Gesture(
        "heures",
        gettext_lazy("Ne plus offrir ces heures"),
        rules.can_end_release_hours,
        actions.end_release_hours,
        gettext_lazy("Ces heures ne sont plus offertes."),
    ),
]
WHEN = {"proposed": ["accorder", "refuser"], "agreed": ["renouveler", "terminer"]}
IF_OPEN = ("heures",)  # shown where it may be done, and not explained elsewhere


def directory(request: HttpRequest) -> HttpResponseBase:
    """Show who supports and agreed to be found: no account is needed to look."""
    listing = lists.directory(request, published_resources(localdate()))
    page = "support/directory.html"
    return show_list(request, page, listing, name=_("répertoire"), context={})


def directory_entry(request: HttpRequest, pk: int) -> HttpResponse:
    resource = get_object_or_404(published_resources(localdate()), pk=pk)
    return render(
        request, "support/directory_entry.html", {"resource": resource} | _facts(resource)
    )


@login_required
def resource_describe(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    resource = get_object_or_404(resources_visible_to(request.user, today), pk=pk)
    if not rules.can_describe_resource(request.user, resource, today):
        raise Http404
    sent = typed(request)
    form = DescriptionForm(
        sent,
        thing=resource,
        is_person=resource.person_id is not None,
        initial={
            "languages": resource.languages,
            "base": resource.base_id,
            "is_published": resource.is_published,
        },
    )
    skills = SkillRows(
        sent,
        prefix="competences",
        initial=list(resource.skills.values("stage", "dimension", "function", "grade")),
    )
    affinities = AffinityRows(
        sent,
        prefix="affinites",
        initial=list(resource.affinities.values("body", "word")),
        form_kwargs={"bodies": bodies_of_alliance(resource)},
    )
    form.rows = (skills, affinities)
    stands = all([form.is_valid(), skills.is_valid(), affinities.is_valid()])
    if request.method == "POST" and stands:
        facts = {
            "actor": request.user,
            "today": today,
            "skills": [row.cleaned_data for row in skills if row.cleaned_data.get("grade")],
            "affinities": [row.cleaned_data for row in affinities if row.cleaned_data.get("body")],
        }
        if form.is_done or attempt(form, actions.describe_resource, resource, **facts) is not None:
            messages.success(request, _("La fiche est à jour."))
            return redirect(resource)
    groups = [
        (_("Compétences"), _("Une ligne par compétence. Sans niveau, la ligne disparaît."), skills),
        (_("Affinités"), _("Les instances avec lesquelles le courant passe."), affinities),
    ]
    context = {"form": form, "resource": resource, "groups": groups}
    status = 422 if request.method == "POST" else 200
    return render(request, "support/resource_describe.html", context, status=status)


@login_required
def release_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    seen = releases_visible_to(request.user, today)
    listing = lists.releases(request, seen)
    context = {"to_renew": seen.filter(pk__in=releases_to_renew(today)).order_by("ends_on", "pk")}
    page = "support/release_list.html"
    return show_list(request, page, listing, name=_("libérations"), context=context)


@login_required
def release_ask(request: PersonRequest, resource: int) -> HttpResponse:
    today = localdate()
    freed = get_object_or_404(resources_visible_to(request.user, today), pk=resource)
    if not rules.can_ask_release(request.user, freed, today):
        raise Http404
    form = ReleaseForm(request.POST or None, initial={"organisation": freed.home_id})
    if request.method == "POST":
        facts = {"actor": request.user, "today": today}
        release = attempt_once(request.user, form, actions.ask_release, freed, **facts)
        if release is not None:
            messages.success(request, _("La demande est notée : sa lettre est prête."))
            return redirect(release)
    context = {"form": form, "resource": freed}
    return render(request, "support/release_ask.html", context, status=422 if form.errors else 200)


@login_required
def release_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _release_page(request, _release(request, pk))


@login_required
@require_POST
def release_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    release = _release(request, pk)
    done = perform(request, GESTURES, word, release)
    return done if isinstance(done, HttpResponse) else _release_page(request, release, done)


@login_required
def release_document(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    return document_download(release_letter(_release(request, pk), today=localdate()), kind)


def _release(request: PersonRequest, pk: int) -> ReleaseAgreement:
    return get_object_or_404(releases_visible_to(request.user, localdate()), pk=pk)


def _release_page(
    request: PersonRequest, release: ReleaseAgreement, bound: forms.Form | None = None
) -> HttpResponse:
    hours = list(hours_left_by(release, localdate()))
    every = offers(GESTURES, request.user, release, bound)
    for offer in every:
        if offer.form and not hours:  # nothing to end: nothing is asked
            offer.form.fields.pop("are_hours_ended", None)
    shown = WHEN.get(release.status, [])
    context = {
        "release": release,
        "hours": hours,
        "is_over": any(o.verdict for o in every if o.gesture.word in IF_OPEN),
        "given": given_quarters(release, localdate()) / 4,
        "promised": promised_quarters(release, localdate()) / 4,
        "renewal": ReleaseAgreement.objects.filter(renews=release).first(),
        "offers": [
            offer
            for offer in every
            if offer.gesture.word in shown or (offer.gesture.word in IF_OPEN and offer.verdict)
        ],
    }
    return render(request, "support/release_detail.html", context, status=422 if bound else 200)


def _facts(resource: Resource) -> dict[str, Any]:
    labels = dict(Language.choices)
    return {"languages": [labels[code] for code in resource.languages if code in labels]}
