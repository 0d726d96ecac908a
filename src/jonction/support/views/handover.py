"""The pages of hand-overs."""

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
from jonction.core.editing import edition, typed
from jonction.core.gestures import Gesture, offers, perform
from jonction.core.lists.answering import show_list
from jonction.core.verdicts import require
from jonction.support import lists
from jonction.support.actions import handover as actions
from jonction.support.forms.handover import (
    ContactRows,
    FollowForm,
    HandOverForm,
    PromiseRows,
    filled,
)
from jonction.support.handover import document_of, documents_of, lines_of
from jonction.support.models import HandOver
from jonction.support.queries.handover import (
    handovers_visible_to,
    handovers_waiting_for,
    is_written_for,
    possible_successors,
    reads_sensitive,
)
from jonction.support.queries.mandate import mandates_visible_to
from jonction.support.rules import handover as rules
from jonction.ui.downloads import document_download

GESTURES = [
    Gesture(
        "remettre",
        gettext_lazy("Remettre"),
        rules.can_give_handover,
        actions.give_handover,
        gettext_lazy("Le dossier est remis : la personne qui prend la relève est prévenue."),
        warning=gettext_lazy("Une fois lu, le dossier ne change plus."),
    ),
    Gesture(
        "actualiser",
        gettext_lazy("Reprendre les données du jour"),
        rules.can_refresh_handover,
        actions.refresh_handover,
        gettext_lazy("Les étapes, les dates, les documents et les promesses sont à jour."),
        warning=gettext_lazy(
            "Ce que vous avez changé dans les étapes, les soixante jours, les documents et les "
            "promesses sera remplacé. Les personnes et les points délicats restent."
        ),
    ),
    Gesture(
        "reprendre",
        gettext_lazy("Reprendre pour compléter"),
        rules.can_take_back_handover,
        actions.take_back_handover,
        gettext_lazy("Le dossier est de nouveau en préparation."),
    ),
    Gesture(
        "lu",
        gettext_lazy("J’ai lu ce dossier"),
        rules.can_acknowledge_handover,
        actions.acknowledge_handover,
        gettext_lazy("Merci. Dans trente jours, nous vous demanderons ce qui manquait."),
    ),
    Gesture(
        "suivre",
        gettext_lazy("Dire ce qui manquait"),
        rules.can_follow_handover,
        actions.follow_handover,
        gettext_lazy("C’est noté : la passation est faite."),
        FollowForm,
    ),
    Gesture(
        "abandonner",
        gettext_lazy("Abandonner ce dossier"),
        rules.can_drop_handover,
        actions.drop_handover,
        gettext_lazy("Le dossier est abandonné."),
        warning=gettext_lazy(
            "Un dossier abandonné ne se rouvre pas ; on peut en préparer un autre."
        ),
    ),
]
# a gesture of another state is not explained: the state itself says why; nor, once handed, what
# belongs to the other of the two people
WHEN = {
    "draft": ["remettre", "actualiser", "abandonner"],
    "handed": ["reprendre", "lu"],
    "read": ["suivre"],
}

TEXTS = ("stages", "ahead", "documents", "sensitive", "follow_up")


@login_required
def handover_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    # a list prints three names and some days: neither the texts nor what surrounds a process
    rows = handovers_visible_to(request.user, today).select_related(None).defer(*TEXTS)
    listing = lists.handovers(request, rows)
    context = {"waiting": handovers_waiting_for(request.user, today)}
    page = "support/handover_list.html"
    return show_list(request, page, listing, name=_("passations"), context=context)


@login_required
@require_POST
def handover_prepare(request: PersonRequest, mandate: int) -> HttpResponse:
    today = localdate()
    held = get_object_or_404(mandates_visible_to(request.user, today), pk=mandate)
    begun = handovers_visible_to(request.user, today).filter(
        mandate=held, prepared_by=request.user, status=HandOver.Status.DRAFT
    )
    if mine := begun.first():  # back from the file, somebody asks for it again
        messages.info(request, _("Ce dossier est déjà en préparation : le voici."))
        return redirect("support:handover_detail", mine.pk)
    handover = actions.prepare_handover(held, actor=request.user, today=today)
    messages.success(request, _("Le dossier est tiré de vos données : complétez-le."))
    return redirect("support:handover_edit", handover.pk)


@login_required
def handover_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _handover(request, pk))


@login_required
@require_POST
def handover_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    handover = _handover(request, pk)
    done = perform(request, GESTURES, word, handover)
    return done if isinstance(done, HttpResponse) else _page(request, handover, done)


@login_required
def handover_edit(request: PersonRequest, pk: int) -> HttpResponse:
    handover, today = _handover(request, pk), localdate()
    require(rules.can_edit_handover(request.user, handover, today))
    sent = typed(request)
    form = HandOverForm(
        sent,
        thing=handover,
        successors=possible_successors(handover.mandate, today),
        reads_sensitive=reads_sensitive(request.user, handover),
    )
    contacts = ContactRows(
        sent, prefix="gens", initial=list(handover.contacts.values("name", "quality", "reach"))
    )
    promises = PromiseRows(
        sent, prefix="promesses", initial=list(handover.promises.values("text", "since"))
    )
    form.rows = (contacts, promises)
    stands = all([form.is_valid(), contacts.is_valid(), promises.is_valid()])
    if request.method == "POST" and stands:
        if not form.is_done:
            actions.edit_handover(
                handover,
                actor=request.user,
                today=today,
                **edition(form),
                contacts=filled(contacts, "name"),
                promises=filled(promises, "text"),
            )
        messages.success(request, _("C’est enregistré."))
        return redirect(handover)
    context = {
        "handover": handover,
        "form": form,
        "groups": [
            (
                _("Personnes à connaître"),
                _("Dites comment chacune aime être jointe. Une ligne vidée disparaît."),
                contacts,
            ),
            (
                _("Promesses ouvertes"),
                _("Ce qui a été dit et reste à faire. Une ligne vidée disparaît."),
                promises,
            ),
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "support/handover_edit.html", context, status=status)


@login_required
def handover_document(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    handover = _handover(request, pk)
    document = document_of(handover, with_sensitive=reads_sensitive(request.user, handover))
    return document_download(document, kind)


def _handover(request: PersonRequest, pk: int) -> HandOver:
    return get_object_or_404(handovers_visible_to(request.user, localdate()), pk=pk)


def _page(
    request: PersonRequest, handover: HandOver, bound: forms.Form | None = None
) -> HttpResponse:
    today = localdate()
    context = {
        "handover": handover,
        "stages": lines_of(handover.stages),
        "ahead": lines_of(handover.ahead),
        "documents": documents_of(handover, request.user),
        "reads_sensitive": reads_sensitive(request.user, handover),
        "is_written_for": is_written_for(handover),
        "can_edit": rules.can_edit_handover(request.user, handover, today),
        "offers": [
            offer
            for offer in offers(GESTURES, request.user, handover, bound)
            if offer.gesture.word in WHEN.get(handover.status, ())
            and (offer.verdict or handover.status == HandOver.Status.DRAFT)
        ],
    }
    return render(request, "support/handover_detail.html", context, status=422 if bound else 200)
