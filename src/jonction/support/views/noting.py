"""Writing in the journal: from one sentence, again, corrected, or a week at once."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.gestures import attempt
from jonction.core.http import number_asked
from jonction.core.once import SentOnce, attempt_once, made_once
from jonction.core.verdicts import Refused
from jonction.support.actions import journal as actions
from jonction.support.forms.journal import (
    MOST_LINES,
    InterventionForm,
    LineForm,
    NotingForm,
    SentencesForm,
)
from jonction.support.models import Intervention
from jonction.support.queries import journal as queries
from jonction.support.rules import journal as rules

Lines = formset_factory(
    LineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


@login_required
def intervention_log(request: PersonRequest) -> HttpResponse:
    """Show what a sentence (`q`) or a former line (`refaire`) says, to correct and to note."""
    today = localdate()
    processes = queries.writable_processes(request.user, today).prefetch_related(None)
    if request.method == "POST":
        form = NotingForm(request.POST, processes=processes)
        facts = {"actor": request.user, "today": today}
        line = attempt_once(request.user, form, actions.log_intervention, **facts)
        if line is not None:
            messages.success(request, _("C’est noté."))
            return redirect(line)
    else:
        fields, because = _proposed(request, today)
        form = NotingForm(processes=processes, initial=fields, because=because)
    context = {
        "form": form,
        "sentence": request.GET.get("q", ""),
        "can_write": rules.can_write_journal(request.user, today),
    }
    status = 422 if form.errors else 200
    return render(request, "support/intervention_log.html", context, status=status)


@login_required
def intervention_correct(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    visible = queries.interventions_visible_to(request.user, today)
    line = get_object_or_404(visible.filter(resource__person=request.user), pk=pk)
    processes = queries.writable_processes(request.user, today).prefetch_related(None)
    initial = queries.fields_again(line, line.on)
    form = InterventionForm(request.POST or None, processes=processes, initial=initial)
    if request.method == "POST":
        facts = {"actor": request.user, "today": today}
        if attempt(form, actions.correct_intervention, line, **facts) is not None:
            messages.success(request, _("La ligne est corrigée."))
            return redirect(line)
    context = {
        "form": form,
        "line": line,
        "verdict": rules.can_touch(request.user, line, today=today),
    }
    status = 422 if form.errors else 200
    return render(request, "support/intervention_correct.html", context, status=status)


@login_required
def journal_week(request: PersonRequest) -> HttpResponse:
    return _week(request, SentencesForm(), None)


@login_required
@require_POST
def journal_week_read(request: PersonRequest) -> HttpResponse:
    """Show what each sentence lets guess, one row each; nothing is written."""
    today = localdate()
    form = SentencesForm(request.POST)
    if not form.is_valid():
        return _week(request, form, None)
    rows = [_row(request, sentence, today) for sentence in form.cleaned_data["sentences"]]
    return _week(request, form, _lines(request, today, initial=rows))


@login_required
@require_POST
def journal_week_log(request: PersonRequest) -> HttpResponse:
    """Write all the rows, or none and the reason."""
    today = localdate()
    lines = _lines(request, today, data=request.POST)
    if not lines.is_valid():
        return _week(request, SentencesForm(), lines, status=422)
    facts = [_facts(request, row) for row in lines.cleaned_data]
    page = SentOnce(request.POST)
    page.full_clean()

    def note() -> str:
        actions.log_interventions(facts, actor=request.user, today=today)
        return reverse("support:journal_week")

    try:
        to = made_once(request.user, page, note)
    except Refused as refusal:
        return _week(request, SentencesForm(), lines, refusal=str(refusal), status=422)
    messages.success(request, _("C’est noté."))
    return redirect(to)


def _proposed(request: PersonRequest, today: date) -> tuple[dict[str, Any], Any]:
    if (again := number_asked(request.GET, "refaire")) is not None:
        mine = Intervention.objects.filter(resource__person=request.user).prefetch_related("shares")
        return queries.fields_again(get_object_or_404(mine, pk=again), today), {}
    fields, because = queries.guess_for(request.user, request.GET.get("q", "")[:500], today)
    asked = _day(request.GET.get("date", ""))
    if asked and "on" not in because:
        fields["on"] = asked
    return fields, because


def _row(request: PersonRequest, sentence: str, today: date) -> dict[str, Any]:
    fields, because = queries.guess_for(request.user, sentence, today)
    return {
        **fields,
        "stage": next(iter(fields["stages"]), ""),
        "dimension": fields["dimensions"][0] if "dimension" in because else "",
        "because": because,
    }


def _lines(request: PersonRequest, today: date, **kwargs: Any) -> BaseFormSet[LineForm]:
    processes = queries.writable_processes(request.user, today).prefetch_related(None)
    return Lines(form_kwargs={"processes": processes}, **kwargs)


def _facts(request: PersonRequest, row: dict[str, Any]) -> dict[str, Any]:
    said, stage = row.pop("dimension"), row.pop("stage")
    return {
        **row,
        "stages": [stage],
        "dimensions": [said] if said else queries.dimensions_of(request.user, row["process"]),
        **queries.said_in(request.user, row["text"], row["process"], row["on"]),
        "audience": Intervention.Audience.BODY,
    }


def _week(
    request: PersonRequest,
    form: SentencesForm,
    lines: BaseFormSet[LineForm] | None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    today = localdate()
    asked = _day(request.GET.get("du", "")) or today
    monday = asked - timedelta(days=asked.weekday())
    days = queries.week_of(request.user, monday, today)
    context = {
        "form": form,
        "lines": lines,
        "page": SentOnce(request.POST if lines and lines.is_bound else None),
        "refusal": refusal,
        "days": days,
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "noted": queries.hours(queries.quarters_noted(request.user, monday)),
        "promised": queries.hours(queries.promised_per_week(request.user, monday)),
        "can_write": rules.can_write_journal(request.user, today),
    }
    return render(
        request, "support/journal_week.html", context, status=422 if form.errors else status
    )


def _day(text: str) -> date | None:
    """Return the day of the address, or nothing when it does not exist or leads nowhere."""
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and date(2000, 1, 1) <= found <= date(2100, 1, 1) else None
