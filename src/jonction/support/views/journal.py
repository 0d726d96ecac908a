"""The pages of the journal."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.support.actions import journal as actions
from jonction.support.forms.journal import InterventionForm
from jonction.support.lists import journal
from jonction.support.queries import journal as queries
from jonction.support.rules import journal as rules


@login_required
def intervention_list(request: PersonRequest) -> HttpResponse:
    today = localdate()
    return render(request, "support/intervention_list.html", _journal(request, today, None))


@login_required
@require_POST
def intervention_log(request: PersonRequest) -> HttpResponse:
    today = localdate()
    processes = queries.writable_processes(request.user, today)
    form = InterventionForm(request.POST, processes=processes)
    if not form.is_valid():
        context = _journal(request, today, form)
        return render(request, "support/intervention_list.html", context, status=422)
    line = actions.log_intervention(actor=request.user, today=today, **form.cleaned_data)
    messages.success(request, _("C’est noté."))
    return redirect(line)


@login_required
def intervention_detail(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    line = get_object_or_404(queries.interventions_visible_to(request.user, today), pk=pk)
    verdict = rules.can_remove_intervention(request.user, line, today=today)
    context = {"line": line, "can_remove": verdict}
    return render(request, "support/intervention_detail.html", context)


@login_required
@require_POST
def intervention_remove(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    line = get_object_or_404(queries.interventions_visible_to(request.user, today), pk=pk)
    actions.remove_intervention(line, actor=request.user, today=today)
    messages.success(request, _("La ligne est retirée du journal."))
    return redirect("support:intervention_list")


def _journal(request: PersonRequest, today: date, form: InterventionForm | None) -> dict[str, Any]:
    sentence = request.GET.get("q", "")[:500]
    guessed = queries.guess_for(request.user, sentence, today)
    processes = queries.writable_processes(request.user, today).prefetch_related(None)
    return {
        "sentence": sentence,
        "listing": journal(request, today),
        "can_write": rules.can_write_journal(request.user, today),
        "form": form or InterventionForm(processes=processes, initial=guessed),
    }
