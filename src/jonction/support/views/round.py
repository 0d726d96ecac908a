"""The pages of matching: ask, wait, read who could support what, decide pair by pair (S7)."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.editing import typed
from jonction.core.gestures import Gesture, attempt, offers, perform
from jonction.core.http import show
from jonction.core.lists.answering import show_list
from jonction.core.once import attempt_once
from jonction.core.tables.writing import KINDS, as_download
from jonction.core.verdicts import require
from jonction.support import lists
from jonction.support.actions import round as actions
from jonction.support.forms.round import ChangeForm, RefusalForm, RoundForm, ShownForm
from jonction.support.models import MatchingRound, Proposal, Resource
from jonction.support.queries import round as queries
from jonction.support.queries.travel import ways_known
from jonction.support.round_reasons import chosen_words, hours, reasons_of
from jonction.support.round_shown import Shown, shown_in
from jonction.support.round_tables import headers, rows_of
from jonction.support.round_words import shares_chart, told
from jonction.support.rules import round as rules
from jonction.support.rules.travel import can_edit_travel_times
from jonction.ui.downloads import chart_download

GESTURES = [
    Gesture(
        "arreter",
        gettext_lazy("Arrêter et garder le meilleur trouvé"),
        rules.can_stop_round,
        actions.stop_round,
        gettext_lazy("Le calcul s’arrête dès qu’il l’entend : quelques secondes au plus."),
    ),
    Gesture(
        "relancer",
        gettext_lazy("Relancer le calcul"),
        rules.can_relaunch_round,
        actions.relaunch_round,
        gettext_lazy("Le calcul est relancé, avec les données d’aujourd’hui."),
    ),
    Gesture(
        "fermer",
        gettext_lazy("Fermer ce jumelage"),
        rules.can_close_round,
        actions.close_round,
        gettext_lazy("Le jumelage est fermé ; il reste lisible."),
        warning=gettext_lazy("Ce qui n’est pas décidé le restera. Un jumelage ne se rouvre pas."),
    ),
]
ON_PROPOSAL = [
    Gesture(
        "adopter",
        gettext_lazy("Adopter"),
        rules.can_adopt_proposal,
        actions.adopt_proposal,
        gettext_lazy("Le mandat est proposé : la personne répond sur sa page."),
    ),
    Gesture(
        "refuser",
        gettext_lazy("Refuser"),
        rules.can_refuse_proposal,
        actions.refuse_proposal,
        gettext_lazy("C’est noté, avec la raison."),
        RefusalForm,
    ),
]
LONG = 10  # from so many proposals on, one chooses which ones to look at


@login_required
def round_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    alliances = list(queries.coordinated_alliances(request.user, today))
    listing = lists.rounds(request, queries.rounds_visible_to(request.user, today))
    context = {"alliances": alliances}
    page = "support/round_list.html"
    return show_list(request, page, listing, name=_("jumelages"), context=context)


@login_required
def round_launch(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    alliance = get_object_or_404(queries.coordinated_alliances(request.user, today), pk=pk)
    form = RoundForm(typed(request))
    if request.method == "POST":
        facts = {"actor": request.user, "today": today}
        asked = attempt_once(request.user, form, actions.launch_round, alliance, **facts)
        if asked is not None:
            messages.success(request, _("Le calcul est lancé."))
            return redirect(asked)
    context = {
        "form": form,
        "alliance": alliance,
        "untold": queries.untold_hours(alliance, today),
        "unsized": queries.unsized_needs(alliance, today),
        "ways": ways_known(alliance),
        "can_edit_travel": can_edit_travel_times(request.user, alliance, today),
    }
    return render(
        request, "support/round_launch.html", context, status=422 if form.is_bound else 200
    )


@login_required
def round_detail(request: PersonRequest, pk: int) -> HttpResponse:
    asked = _round(request, pk)
    is_told = asked.status in (MatchingRound.Status.PROPOSED, MatchingRound.Status.CLOSED)
    context: dict[str, Any] = {
        "round": asked,
        "offers": [offer for offer in offers(GESTURES, request.user, asked) if offer.verdict],
        "phases": PHASES,
        "phase": PHASES.get(asked.progress.get("phase", ""), ""),
        "share": _points(asked.progress.get("share")),
    }
    if is_told:
        shown = shown_in(request.GET)
        found = told(asked, shown)
        shown = replace(shown, page=found.pairs.number, left=found.left.number)
        context |= {
            "found": found,
            "shown": shown,
            "form": ShownForm(request.GET, shares=found.shares),
            "is_long": sum(count for _label, count in found.tally) > LONG,
            "pager": _turns(shown, "page", found.pairs),
            "pager_left": _turns(shown, "manque", found.left),
            "kinds": list(KINDS),
            "chart": shares_chart(asked) if asked.result["shares"] else None,
            "can_adopt": rules.can_adopt_proposals(request.user, asked, localdate()),
            "ways": ways_known(asked.alliance),
            "can_edit_travel": can_edit_travel_times(request.user, asked.alliance, localdate()),
        }
    return show(request, "support/round_detail.html", "state", context)


@login_required
@require_POST
def round_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    done = perform(request, GESTURES, word, _round(request, pk))
    assert isinstance(done, HttpResponse)  # noqa: S101 - none of these gestures has a form
    return done


@login_required
@require_POST
def round_adopt(request: PersonRequest, pk: int, territory: int) -> HttpResponse:
    """Adopt every proposal of a territory that still holds."""
    asked = _round(request, pk)
    adopted, left = actions.adopt_proposals(
        asked, actor=request.user, today=localdate(), territory=territory or None
    )
    sentence = ngettext("{n} mandat est proposé.", "{n} mandats sont proposés.", adopted)
    messages.success(request, sentence.format(n=adopted))
    if left:
        sentence = ngettext(
            "{n} proposition ne tient plus : ouvrez-la pour lire pourquoi.",
            "{n} propositions ne tiennent plus : ouvrez-les pour lire pourquoi.",
            left,
        )
        messages.warning(request, sentence.format(n=left))
    return redirect(f"{_list_of(asked, request)}#territoire-{territory}")


@login_required
def round_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    asked = _answered(request, pk)
    if kind not in KINDS:
        raise Http404
    name = f"{_('jumelage')} {asked.pk} {asked.on}"
    return as_download(name, kind, headers(), rows_of(told(asked)))


@login_required
def round_picture(request: PersonRequest, pk: int) -> HttpResponse:
    asked = _answered(request, pk)
    return chart_download(shares_chart(asked), request.GET.get("forme", "svg"))


@login_required
def proposal_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _proposal_page(request, _proposal(request, pk))


@login_required
@require_POST
def proposal_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    proposal = _proposal(request, pk)
    done = perform(request, ON_PROPOSAL, word, proposal)
    if not isinstance(done, HttpResponse):
        return _proposal_page(request, proposal, done)
    if "liste" in request.POST:  # decided in the list: one goes on from there
        return redirect(f"{_list_of(proposal.round, request)}#proposition-{proposal.pk}")
    return done


@login_required
def proposal_change(request: PersonRequest, pk: int) -> HttpResponse:
    """Adopt with another resource, other hours or other dates."""
    proposal, today = _proposal(request, pk), localdate()
    require(rules.can_change_proposal(request.user, proposal, today))
    resources = Resource.objects.filter(alliance=proposal.round.alliance_id).order_by("name")
    form = ChangeForm(typed(request), proposal=proposal, resources=resources)
    if request.method == "POST":
        done = attempt(form, actions.change_proposal, proposal, actor=request.user, today=today)
        if done is not None:
            messages.success(request, _("Le mandat est proposé : la personne répond sur sa page."))
            return redirect(proposal)
    context = {"form": form, "proposal": proposal, "hours": hours(proposal.quarters_per_week)}
    return render(
        request, "support/proposal_change.html", context, status=422 if form.is_bound else 200
    )


def _round(request: PersonRequest, pk: int) -> MatchingRound:
    return get_object_or_404(queries.rounds_visible_to(request.user, localdate()), pk=pk)


def _list_of(asked: MatchingRound, request: PersonRequest) -> str:
    """Return the address of the list from which something was sent, as it was narrowed."""
    shown = shown_in(QueryDict(request.POST.get("liste", "").removeprefix("?")).dict())
    return asked.get_absolute_url() + shown.address().removesuffix("?")


def _turns(shown: Shown, name: str, page: Page[Any]) -> dict[str, Any]:
    """Return the pages around that one, with where it stands; nothing when there is but one."""
    if not page.has_other_pages():
        return {}
    return {
        "rank": page.number,
        "of": page.paginator.num_pages,
        "count": page.paginator.count,
        "before": shown.address(**{name: page.number - 1}) if page.has_previous() else "",
        "after": shown.address(**{name: page.number + 1}) if page.has_next() else "",
    }


def _answered(request: PersonRequest, pk: int) -> MatchingRound:
    asked = _round(request, pk)
    if not asked.result:
        raise Http404
    return asked


def _proposal(request: PersonRequest, pk: int) -> Proposal:
    return get_object_or_404(queries.proposals_visible_to(request.user, localdate()), pk=pk)


def _proposal_page(request: PersonRequest, proposal: Proposal, bound: Any = None) -> HttpResponse:
    names = queries.territory_names(proposal.round.alliance)
    is_waiting = proposal.status == Proposal.Status.PROPOSED
    context = {
        "proposal": proposal,
        "hours": hours(proposal.quarters_per_week),
        "reasons": reasons_of(proposal, names),
        "chosen": chosen_words(proposal),
        "offers": offers(ON_PROPOSAL, request.user, proposal, bound) if is_waiting else [],
        "change": reverse("support:proposal_change", args=[proposal.pk]) if is_waiting else "",
    }
    return render(request, "support/proposal_detail.html", context, status=422 if bound else 200)


def _points(share: float | None) -> int | None:
    return None if share is None else int(share * 100)


PHASES = {
    "greedy": gettext_lazy("un premier jumelage, par urgence"),
    "floors": gettext_lazy("le territoire le moins bien servi"),
    "value": gettext_lazy("la meilleure valeur"),
    "whole": gettext_lazy("les quarts d’heure entiers"),
    "pairs": gettext_lazy("le moins de mandats possible"),
}
