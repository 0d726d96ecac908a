"""The pages of coverage."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate

from jonction.accounts.http import PersonRequest
from jonction.core.taxonomy import Dimension, Level, Stage
from jonction.support.coverage import coverage_of, thresholds_of
from jonction.support.models import Intervention, Mandate
from jonction.support.queries.access import followed_processes, named_processes
from jonction.support.queries.journal import interventions_visible_to


@login_required
def coverage_list(request: PersonRequest) -> HttpResponse:
    today = localdate()
    processes = list(followed_processes(request.user, today))
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
    process = get_object_or_404(followed_processes(request.user, today), pk=pk)
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


def _evidence(request: PersonRequest, chosen: Any, level: str, on: date) -> dict[str, Any]:
    """Return what lies behind a cell, as far as the person may read it."""
    named = named_processes(request.user, localdate()).filter(pk=chosen.process.pk)
    mandates = Mandate.objects.filter(pk__in=chosen.cell.mandates, process__in=named)
    lines = Intervention.objects.filter(
        shares__process=chosen.process,
        shares__level=level,
        shares__stage=chosen.stage,
        shares__dimension=chosen.dimension,
        on__lte=on,
    )
    readable = interventions_visible_to(request.user, localdate()).filter(pk__in=lines.values("pk"))
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
