"""The pages of ties and refusals."""

from typing import Any

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
from jonction.core.lists.answering import show_list
from jonction.core.lists.listing import Column, Listing
from jonction.core.once import attempt_once
from jonction.core.tables.writing import KINDS
from jonction.core.verdicts import require
from jonction.ethics import actions, queries, rules
from jonction.ethics.forms import RefusalForm, TieForm


@login_required
def tie_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    listing = Listing(
        request,
        queries.ties_visible_to(request.user, today),
        columns=[
            Column("personne", gettext_lazy("Personne"), lambda t: t.person.name),
            Column("organisme", gettext_lazy("Organisme"), lambda t: t.organisation.name),
            Column("lien", gettext_lazy("Lien"), lambda t: t.get_kind_display()),
            Column("du", gettext_lazy("Du"), lambda t: t.starts_on, sort="starts_on"),
            Column("au", gettext_lazy("Au"), lambda t: t.ends_on),
            Column("alliance", gettext_lazy("Alliance"), lambda t: t.alliance.name),
        ],
        order=["-starts_on"],
        formats=list(KINDS),
    )
    context = {
        "refusals": queries.refusals_visible_to(request.user, today).filter(withdrawn_on=None),
        "today": today,
        "may_speak": rules.may_speak(request.user, today),
    }
    page = "ethics/tie_list.html"
    return show_list(request, page, listing, name=_("liens déclarés"), context=context)


@login_required
def tie_declare(request: PersonRequest) -> HttpResponse:
    alliances = queries.declaring_alliances(request.user, localdate())
    form = TieForm(request.POST or None, **_speaker(request), alliances=alliances)
    title = _("Déclarer un lien")
    return _written(request, form, _declared, title, _("Le lien est déclaré."))


@login_required
@require_POST
def tie_end(request: PersonRequest, pk: int) -> HttpResponse:
    tie = get_object_or_404(queries.ties_visible_to(request.user, localdate()), pk=pk)
    actions.end_tie(tie, actor=request.user, today=localdate())
    messages.success(request, _("La fin du lien est notée."))
    return redirect("ethics:tie_list")


@login_required
def refusal_say(request: PersonRequest) -> HttpResponse:
    bodies = queries.refusable_bodies(request.user, localdate())
    form = RefusalForm(request.POST or None, **_speaker(request), bodies=bodies)
    return _written(request, form, _refused, _("Dire un refus"), _("Le refus est noté."))


@login_required
@require_POST
def refusal_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    refusal = get_object_or_404(queries.refusals_visible_to(request.user, localdate()), pk=pk)
    actions.withdraw_refusal(refusal, actor=request.user, today=localdate())
    messages.success(request, _("Le refus est retiré."))
    return redirect("ethics:tie_list")


def _speaker(request: PersonRequest) -> dict[str, Any]:
    """Refuse who is party to no Alliance; say whether she may speak of somebody else."""
    require(rules.may_speak(request.user, localdate()))
    return {
        "actor": request.user,
        "others": rules.may_speak_of_others(request.user, localdate()),
    }


def _declared(actor: Any, today: Any, **facts: Any) -> Any:
    return actions.declare_tie(facts.pop("alliance"), actor=actor, today=today, **facts)


def _refused(actor: Any, today: Any, **facts: Any) -> Any:
    return actions.say_refusal(facts.pop("body"), actor=actor, today=today, **facts)


def _written(request: PersonRequest, form: Any, action: Any, title: str, done: str) -> HttpResponse:
    if request.method == "POST" and (
        attempt_once(request.user, form, action, request.user, localdate()) is not None
    ):
        messages.success(request, done)
        return redirect("ethics:tie_list")
    context = {"form": form, "title": title}
    return render(request, "ethics/said.html", context, status=422 if form.errors else 200)
