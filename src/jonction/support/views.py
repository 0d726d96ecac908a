"""The pages of support: the journal and the coverage."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.taxonomy import Dimension, Level, Stage
from jonction.support import actions, queries, rules
from jonction.support.coverage import coverage_of, thresholds_of
from jonction.support.forms import InterventionForm
from jonction.support.models import Intervention, Mandate


@login_required
def coverage_list(request: PersonRequest) -> HttpResponse:
    today = localdate()
    processes = list(queries.followed_processes(request.user, today))
    rows = []
    judged = coverage_of(processes, None, on=today)
    for rank, process in enumerate(processes):
        cells = judged[rank * 24 : rank * 24 + 24]
        tally = {s: sum(c.status == s for c in cells) for s in ("hole", "thin", "covered")}
        rows.append((process, tally))
    rows.sort(key=lambda row: (-row[1]["hole"], -row[1]["thin"], row[0].name))
    return render(request, "support/coverage_list.html", {"rows": rows, "today": today})


@login_required
def coverage_detail(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    process = get_object_or_404(queries.followed_processes(request.user, today), pk=pk)
    on = _date_asked(request, today)
    level = request.GET.get("niveau", "")
    level = level if level in Level.values else process.body.level
    cells = coverage_of([process], level, on=on)
    rows = [
        (Dimension(dimension).label, [c for c in cells if c.dimension == dimension])
        for dimension in Dimension.values
    ]
    chosen = [
        c
        for c in cells
        if (c.stage, c.dimension) == (request.GET.get("etape"), request.GET.get("dimension"))
    ]
    context = {
        "process": process,
        "on": on,
        "today": today,
        "level": level,
        "levels": Level.choices,
        "rows": rows,
        "stages": [(code, label, _is_now(cells, code, on)) for code, label in Stage.choices],
        "thresholds": thresholds_of(process),
        "chosen": chosen[0] if chosen else None,
        **(_evidence(request, chosen[0], level, on) if chosen else {}),
    }
    return render(request, "support/coverage_detail.html", context)


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
    return {
        "sentence": sentence,
        "lines": queries.interventions_visible_to(request.user, today)[:50],
        "can_write": rules.can_write_journal(request.user, today),
        "form": form
        or InterventionForm(
            processes=queries.writable_processes(request.user, today), initial=guessed
        ),
    }


def _evidence(request: PersonRequest, chosen: Any, level: str, on: date) -> dict[str, Any]:
    """Return what lies behind a cell, as far as the person may read it."""
    named = queries.named_processes(request.user, localdate()).filter(pk=chosen.process.pk)
    mandates = Mandate.objects.filter(pk__in=chosen.cell.mandates, process__in=named)
    lines = Intervention.objects.filter(
        shares__process=chosen.process,
        shares__level=level,
        shares__stage=chosen.stage,
        shares__dimension=chosen.dimension,
        on__lte=on,
    )
    readable = queries.interventions_visible_to(request.user, localdate()).filter(
        pk__in=lines.values("pk")
    )
    return {
        "mandates": mandates.select_related("resource"),
        "lines": readable[:20],
        "reserved": lines.count() - readable.count(),
    }


def _is_now(cells: list[Any], stage: str, on: date) -> bool:
    window = next(c.window for c in cells if c.stage == stage)
    return bool(window and window.starts_on <= on <= window.ends_on)


def _date_asked(request: PersonRequest, today: date) -> date:
    """Return the date of the address; today when there is none or it does not exist."""
    try:
        return parse_date(request.GET.get("date", "")) or today
    except ValueError:
        return today
