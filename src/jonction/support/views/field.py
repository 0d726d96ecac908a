"""The journal in the field: one sentence on a phone, with or without network."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jonction.accounts.http import PersonRequest
from jonction.accounts.language import is_offered, language_of
from jonction.cycle.models import Process
from jonction.support import shell
from jonction.support.field import Outcome, Question, Sending, receive
from jonction.support.forms.field import LONGEST, FieldForm
from jonction.support.forms.journal import InterventionForm
from jonction.support.queries import field as queries
from jonction.support.queries import journal
from jonction.support.rules import field as rules
from jonction.support.rules.journal import can_write_journal
from jonction.ui.templatetags.ui import day as in_words

MOST_NOTES = 20
CLOCK = timedelta(hours=12)  # a clock further off than that may be a day off


@login_required
@never_cache
def field_journal(request: PersonRequest) -> HttpResponse:
    """Show the one field; without JavaScript, show what the sentence lets guess, to be noted."""
    today = localdate()
    processes = journal.writable_processes(request.user, today).prefetch_related(None)
    form = FieldForm(request.POST or None, processes=processes, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        return _understood(request, form)
    context = {
        "frame": "base.html",
        "longest": LONGEST,
        "form": form,
        "can_write": can_write_journal(request.user, today),
        "kept": _kept(request, processes),
    }
    status = 422 if form.errors else 200
    page = render(request, "support/field_journal.html", context, status=status)
    page.set_cookie(
        "terrain",
        "1",
        max_age=timedelta(days=400),
        path=settings.WORK_COOKIE_PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return page


@require_safe
def field_shell(request: HttpRequest) -> HttpResponse:
    """Give the page without anybody's content, the only one that a phone keeps."""
    asked = request.GET.get("langue", "")
    with translation.override(asked if is_offered(asked) else translation.get_language()):
        return HttpResponse(shell.empty_page())


@require_safe
def field_worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker; it may ask for nothing but our own pages."""
    page = HttpResponse(shell.worker(language_of(request)), content_type="text/javascript")
    page["Cache-Control"] = "no-cache"
    page["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return page


@require_safe
def field_manifest(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(shell.manifest(), content_type="application/manifest+json")


@never_cache
@require_safe
def field_leave(request: PersonRequest) -> HttpResponse:
    """Ask what becomes of the notes not sent before one signs out; empty the phone after."""
    kept = _kept(request, Process.objects.none()) if request.user.is_authenticated else {}
    return render(request, "support/field_leave.html", {"frame": "base.html", "kept": kept})


@never_cache
@require_POST
def field_send(request: PersonRequest) -> JsonResponse:
    """Take in a few notes; each has its own answer, and the same answer when it comes again."""
    if not request.user.is_authenticated:
        return JsonResponse({"reason": _("Votre connexion est terminée.")}, status=401)
    try:
        sending, notes = _read(request)
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({"reason": _("Cet envoi n’est pas lisible.")}, status=400)
    verdict = rules.can_note_from_field(request.user, writer=sending.writer)
    if not verdict:
        return JsonResponse({"reason": verdict.reason}, status=409)
    answers = [{"uuid": str(note.get("uuid")), **_told(receive(note, sending))} for note in notes]
    return JsonResponse({"notes": answers})


def _kept(request: PersonRequest, processes: QuerySet[Process]) -> dict[str, Any]:
    """Return what the phone keeps, sealed, to write without network."""
    return {
        "writer": queries.writer_of(request.user),
        "secret": queries.secret_of(request.user),
        "processes": [{"pk": str(p.pk), "name": str(p)} for p in processes],
    }


def _read(request: PersonRequest) -> tuple[Sending, list[dict[str, Any]]]:
    """Return who sends and the notes; anything else than what our page sends is an error."""
    batch = json.loads(request.body)
    sent_at, notes = parse_datetime(batch["sent_at"]), batch["notes"]
    if sent_at is None or len(notes) > MOST_NOTES or not all(isinstance(n, dict) for n in notes):
        raise ValueError
    sending = Sending(
        request.user, str(batch["writer"]), localdate(), is_clock_wrong=_is_off(sent_at)
    )
    return sending, notes


def _is_off(sent_at: datetime) -> bool:
    return abs(timezone.now() - sent_at) > CLOCK


def _told(outcome: Outcome) -> dict[str, Any]:
    """Return the answer as the page reads it; it names nothing that its writer did not."""
    line = outcome.line
    there = outcome.there
    if line is not None and outcome.status == "conflict":
        there = f"{line.text} ({line.process}, {in_words(line.on)}, {journal.hours(line.quarters)})"
    return {
        "status": outcome.status,
        "reason": outcome.reason,
        "url": line.get_absolute_url() if line else "",
        "there": there,
        "questions": [_asked(question) for question in outcome.questions],
    }


def _asked(question: Question) -> dict[str, Any]:
    options = [{"value": value, "label": label} for value, label in question.options]
    return {
        "name": question.name,
        "label": question.label,
        "kind": question.kind,
        "options": options,
    }


def _understood(request: PersonRequest, form: FieldForm) -> HttpResponse:
    said = form.cleaned_data
    chosen = said["process"].pk if said["process"] else None
    fields, because = journal.guess_for(request.user, said["text"], said["on"], chosen=chosen)
    processes = journal.writable_processes(request.user, localdate()).prefetch_related(None)
    context = {
        "form": InterventionForm(processes=processes, initial=fields, because=because),
        "sentence": said["text"],
        "can_write": can_write_journal(request.user, localdate()),
    }
    return render(request, "support/intervention_log.html", context)
