"""The pages of the starting profile: where each territory stands, the workshop, the paper kit."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.editing import edition, typed
from jonction.core.gestures import Gesture, offers, perform
from jonction.core.tables.writing import KINDS, as_download
from jonction.core.taxonomy import StartingFactor
from jonction.support.actions import profile as actions
from jonction.support.factors import QUESTIONS
from jonction.support.forms.profile import AdoptionForm, AppraisalForm
from jonction.support.models import Appraisal, StartingProfile
from jonction.support.queries import profile as queries
from jonction.support.rules import profile as rules

GESTURES = [
    Gesture(
        "adopter",
        gettext_lazy("Signer ce profil"),
        rules.can_adopt_profile,
        actions.adopt_profile,
        gettext_lazy("Le profil est signé. Il ne change plus ; un nouveau pourra le remplacer."),
        AdoptionForm,
        gettext_lazy("Une fois signé, le profil ne se modifie plus."),
    ),
    Gesture(
        "abandonner",
        gettext_lazy("Abandonner ce brouillon"),
        rules.can_abandon_profile,
        actions.abandon_profile,
        gettext_lazy("Le brouillon est abandonné."),
        warning=gettext_lazy(
            "Ce qui y est écrit reste dans l’historique, sans compter nulle part."
        ),
    ),
]
FACTORS = list(StartingFactor)


@login_required
def profile_list(request: PersonRequest) -> HttpResponse:
    today = localdate()
    context = {"rows": _rows(request.user, today), "factors": FACTORS, "today": today}
    return render(request, "support/profile_list.html", context | {"kinds": list(KINDS)})


@login_required
def profile_export(request: PersonRequest, kind: str) -> StreamingHttpResponse:
    """Give the profiles signed as the page shows them: a value that is not shown is not written."""
    if kind not in KINDS:
        raise Http404
    factors = [capfirst(str(factor.label)) for factor in FACTORS]
    headers = [_("Territoire"), _("Instance"), _("Plan"), *factors, _("Signé le")]
    rows = (
        [
            row["body"].territory.name,
            row["body"].name,
            str(row["body"].alliance.plan),
            *(appraisal and appraisal.value for appraisal in row["values"]),
            row["adopted"] and row["adopted"].signed_on,
        ]
        for row in _rows(request.user, localdate())
    )
    return as_download(_("profils de départ"), kind, headers, rows)


def _rows(person: Person, today: date) -> list[dict[str, Any]]:
    """Return, for each local body, its draft and what is signed of its territory."""
    bodies = list(queries.local_bodies(person, today))
    found = queries.profiles_visible_to(person, today)
    states = StartingProfile.Status
    drafts, adopted = {}, {}
    for profile in found.filter(status__in=[states.DRAFT, states.ADOPTED]):
        if profile.status == states.DRAFT:
            drafts[profile.body_id] = profile
        else:
            adopted[profile.territory_id] = profile
    return [
        {
            "body": body,
            "draft": drafts.get(body.pk),
            "adopted": adopted.get(body.territory_id or 0),
            "values": _values(adopted.get(body.territory_id or 0)),
        }
        for body in bodies
    ]


@login_required
@require_POST
def profile_open(request: PersonRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(queries.local_bodies(request.user, localdate()), pk=pk)
    profile = actions.open_profile(body, actor=request.user, today=localdate())
    messages.success(request, _("Le brouillon est ouvert, un facteur à la fois."))
    return redirect("support:profile_workshop", profile.pk, FACTORS[0])


@login_required
def profile_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _profile(request, pk))


@login_required
@require_POST
def profile_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    profile = _profile(request, pk)
    done = perform(request, GESTURES, word, profile)
    return done if isinstance(done, HttpResponse) else _page(request, profile, done)


@login_required
def profile_workshop(request: PersonRequest, pk: int, factor: str) -> HttpResponse:
    """Show one factor to the whole room, write what it says, and go to the next one."""
    profile, today = _profile(request, pk), localdate()
    appraisal = next((a for a in profile.appraisals.all() if a.factor == factor), None)
    if appraisal is None or not vars(profile)["is_whole"]:
        raise Http404
    rank = FACTORS.index(StartingFactor(factor))
    following = FACTORS[rank + 1] if rank + 1 < len(FACTORS) else None
    form = AppraisalForm(typed(request), thing=appraisal)
    if request.method == "POST" and form.is_valid():
        actions.appraise_factor(appraisal, actor=request.user, today=today, **edition(form))
        messages.success(request, _("C’est noté."))
        if following:
            return redirect("support:profile_workshop", profile.pk, following)
        return redirect(profile)
    context = {
        "profile": profile,
        "appraisal": appraisal,
        "question": QUESTIONS[FACTORS[rank]],
        "rank": rank + 1,
        "of": len(FACTORS),
        "factors": FACTORS,
        "previous": _last_time(profile, factor),
        "verdict": rules.can_appraise_factor(request.user, appraisal, today),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "support/profile_workshop.html", context, status=status)


@login_required
def profile_kit(request: PersonRequest, pk: int) -> HttpResponse:
    """Give what a room needs to do it on paper."""
    body = get_object_or_404(queries.bodies_within(request.user, localdate()), pk=pk)
    sheets = [(factor, QUESTIONS[factor]) for factor in FACTORS]
    context = {"body": body, "sheets": sheets, "values": Appraisal.Value}
    return render(request, "support/profile_kit.html", context)


def _page(
    request: PersonRequest, profile: StartingProfile, bound: forms.Form | None = None
) -> HttpResponse:
    today = localdate()
    is_whole = vars(profile)["is_whole"]
    history = queries.profiles_visible_to(request.user, today).filter(territory=profile.territory)
    is_draft = profile.status == StartingProfile.Status.DRAFT
    context: dict[str, Any] = {
        "profile": profile,
        "is_draft": is_draft,
        "is_whole": is_whole,
        "shows_values": queries.shows_values(profile),
        "lines": [(a, QUESTIONS[StartingFactor(a.factor)]) for a in profile.appraisals.all()],
        "history": [one for one in history if one.signed_on],
        "offers": offers(GESTURES, request.user, profile, bound)
        if is_draft and vars(profile)["is_coordinated"]
        else [],
    }
    return render(request, "support/profile_detail.html", context, status=422 if bound else 200)


def _profile(request: PersonRequest, pk: int) -> StartingProfile:
    return get_object_or_404(queries.profiles_visible_to(request.user, localdate()), pk=pk)


def _last_time(profile: StartingProfile, factor: str) -> Appraisal | None:
    """Return what the territory's profile in force says of the factor."""
    signed = Appraisal.objects.filter(
        profile__territory=profile.territory_id,
        profile__status=StartingProfile.Status.ADOPTED,
        factor=factor,
    )
    return signed.exclude(profile=profile).select_related("profile").first()


def _values(profile: StartingProfile | None) -> list[Appraisal | None]:
    """Return the appraisals in the order of the factors; nothing when they may not be read."""
    if profile is None or not queries.shows_values(profile):
        return [None] * len(FACTORS)
    said = {a.factor: a for a in profile.appraisals.all()}
    return [said.get(factor) for factor in FACTORS]
