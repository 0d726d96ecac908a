"""The pages of what the funder asks: what is due, ready, late; the plain answer; the document."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.attachments import attachments_of
from jonction.core.gestures import Gesture, offers, perform
from jonction.core.tables.writing import KINDS, as_download
from jonction.core.verdicts import require
from jonction.cycle.rules import can_edit_requirement
from jonction.engines.due import State
from jonction.support.actions import filing as actions
from jonction.support.filings import PRESSING, TONES, WORDS, Asked, asked_of, document_of
from jonction.support.forms.filing import AnswersForm, GivenForm, ReturnForm
from jonction.support.models import Filing
from jonction.support.queries.filing import answering_processes, helpers_of
from jonction.support.rules import filing as rules
from jonction.ui.downloads import document_download

GESTURES = [
    Gesture(
        "prete",
        gettext_lazy("Le document est prêt"),
        rules.can_ready_filing,
        actions.ready_filing,
        gettext_lazy("Le document est prêt à remettre."),
    ),
    Gesture(
        "reprendre",
        gettext_lazy("Reprendre la préparation"),
        rules.can_reopen_filing,
        actions.reopen_filing,
        gettext_lazy("Le document est de nouveau en préparation."),
    ),
    Gesture(
        "remettre",
        gettext_lazy("Noter la remise au bailleur"),
        rules.can_give_filing,
        actions.give_filing,
        gettext_lazy("La remise est notée."),
        GivenForm,
    ),
    Gesture(
        "revenir",
        gettext_lazy("Le bailleur l’a retourné"),
        rules.can_return_filing,
        actions.return_filing,
        gettext_lazy("Le document est rouvert."),
        ReturnForm,
    ),
]
WHEN = {"started": ["prete"], "ready": ["reprendre", "remettre"], "given": ["revenir"]}


@login_required
def filing_list(request: PersonRequest) -> HttpResponseBase:
    """Show what is asked of the processes one follows: what presses first, or all of it."""
    today = localdate()
    processes = list(answering_processes(request.user, today))
    only = next((p for p in processes if str(p.pk) == request.GET.get("demarche")), None)
    every = asked_of([only] if only else processes, today=today)
    shown = request.GET.get("etat", "presse")
    wanted = {"presse": PRESSING, "tous": list(State)}.get(shown) or [
        state for state in State if state.value == shown
    ]
    rows = [asked for asked in every if asked.state in (wanted or PRESSING)]
    kept = f"&demarche={only.pk}" if only else ""
    kind = request.GET.get("format", "")
    if kind in KINDS:
        return as_download(_("exigences"), kind, _headers(), map(_line, rows))
    context = {
        "rows": [(asked, WORDS[asked.state], TONES.get(asked.state, "")) for asked in rows],
        "shown": shown,
        "processes": processes if len(processes) > 1 else [],
        "only": only,
        "kept": kept,
        "counts": [
            (state.value, WORDS[state], sum(asked.state == state for asked in every))
            for state in (State.LATE, State.SOON, State.READY, State.COMING, State.GIVEN)
        ],
        "in_all": len(every),
        "exports": [(kind, f"?etat={quote(shown)}{kept}&format={kind}") for kind in KINDS],
    }
    return render(request, "support/filing_list.html", context)


@login_required
def filing_detail(
    request: PersonRequest, process: int, requirement: int, period: int
) -> HttpResponse:
    asked = _asked(request, process, requirement, period)
    if request.method != "POST":
        return _page(request, asked)
    form = _form(asked, request.POST)
    verdict = rules.can_write_filing(request.user, asked.process, localdate(), filing=asked.filing)
    require(verdict)
    if not form.is_valid():
        return _page(request, asked, form)
    filing = actions.write_filing(
        asked.process,
        asked.requirement,
        period,
        actor=request.user,
        today=localdate(),
        answers=form.answers(),
        version=form.cleaned_data["version"] or 0,
    )
    messages.success(request, _("C’est enregistré."))
    return redirect(filing)


@login_required
@require_POST
def filing_gesture(
    request: PersonRequest, process: int, requirement: int, period: int, word: str
) -> HttpResponse:
    asked = _asked(request, process, requirement, period)
    if asked.filing is None:
        raise Http404
    done = perform(request, GESTURES, word, asked.filing)
    return done if isinstance(done, HttpResponse) else _page(request, asked, bound=done)


@login_required
def filing_document(
    request: PersonRequest, process: int, requirement: int, period: int, kind: str
) -> HttpResponse:
    asked = _asked(request, process, requirement, period)
    return document_download(document_of(asked), kind)


def _asked(request: PersonRequest, process: int, requirement: int, period: int) -> Asked:
    today = localdate()
    processes = list(answering_processes(request.user, today).filter(pk=process))
    place = (process, requirement, period)
    found = next((a for a in asked_of(processes, today=today) if a.place == place), None)
    if found is None:
        raise Http404
    found.requirement.alliance = found.process.body.alliance  # the same: not read again
    return found


def _form(asked: Asked, sent: Any = None) -> AnswersForm:
    thing = asked.filing or Filing(process=asked.process, requirement=asked.requirement, version=0)
    questions = list(asked.requirement.questions.all())
    return AnswersForm(sent, thing=thing, questions=questions)


def _page(
    request: PersonRequest,
    asked: Asked,
    form: AnswersForm | None = None,
    bound: forms.Form | None = None,
) -> HttpResponse:
    today, filing = localdate(), asked.filing
    can_write = rules.can_write_filing(request.user, asked.process, today, filing=filing)
    context: dict[str, Any] = {
        "asked": asked,
        "word": WORDS[asked.state],
        "tone": TONES.get(asked.state, ""),
        "can_write": can_write,
        "form": form or (_form(asked) if can_write else None),
        "answers": _answers(asked),
        "helpers": helpers_of(asked.process, today),
        # a tool serves every process: it is given on the page of the requirement
        "tools": attachments_of(asked.requirement),
        "keeps_tools": can_edit_requirement(request.user, asked.requirement, today=today),
        "offers": _offers(request, filing, bound) if filing else [],
        "base": filing.get_absolute_url() if filing else "",
    }
    status = 422 if form or bound else 200
    return render(request, "support/filing_detail.html", context, status=status)


def _offers(request: PersonRequest, filing: Filing, bound: forms.Form | None) -> list[Any]:
    every = offers(GESTURES, request.user, filing, bound)
    return [offer for offer in every if offer.gesture.word in WHEN[filing.status]]


def _answers(asked: Asked) -> list[tuple[str, str]]:
    said = asked.filing.answers if asked.filing else {}
    questions = asked.requirement.questions.all()
    return [(question.text, said.get(question.heading, "")) for question in questions]


def _headers() -> list[str]:
    return [_("Démarche"), _("Exigence"), _("Année"), _("Document"), _("Dû le"), _("État")]


def _line(asked: Asked) -> list[Any]:
    return [
        asked.process.name,
        asked.requirement.name,
        asked.year,
        asked.requirement.document,
        asked.due.on,
        str(WORDS[asked.state]),
    ]
