"""The pages of coverage: all that one follows, then one process; on a date."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.gestures import attempt
from jonction.core.tables.writing import KINDS, as_download
from jonction.core.taxonomy import Level
from jonction.cycle.models import Process
from jonction.engines.coverage import Status
from jonction.governance.models import Alliance
from jonction.support import coverage, pictures, second_views
from jonction.support.actions import coverage as actions
from jonction.support.continuity import continuity_of
from jonction.support.forms.coverage import WaiverForm
from jonction.support.models import Intervention, Mandate, Waiver
from jonction.support.queries.access import followed_list, followed_processes, reads_names
from jonction.support.queries.journal import interventions_visible_to
from jonction.support.rules import coverage as rules
from jonction.support.rules.need import can_raise_need
from jonction.support.sheets import HEADERS, lines_of
from jonction.support.views.asked import (
    by_dimension,
    cell_asked,
    date_asked,
    kept,
    level_asked,
    stages_on,
    view_asked,
)
from jonction.support.worst import ahead_of, rows_of, worst_of
from jonction.ui.charts import Chart
from jonction.ui.downloads import chart_download


@login_required
def coverage_list(request: PersonRequest) -> HttpResponse:
    """Show every process that one follows, the worst first, and the newest Alliance as a map."""
    on = date_asked(request)
    processes = followed_list(request.user, localdate())
    judged = coverage.coverage_of(processes, None, on=on)
    continuities = continuity_of(processes, today=on)
    alliances = {p.body.alliance_id: p.body.alliance for p in processes}
    newest = sorted(alliances.values(), key=lambda a: (a.plan.starts_on, -a.pk), reverse=True)
    rows = rows_of(judged, on)
    context = {
        "rows": [(row, continuities.get(row.process.pk)) for row in rows],
        "worst": worst_of(rows),
        "ahead": pictures.counts_in_words(ahead_of(rows)),
        "on": on,
        "iso": on.isoformat(),
        "alliances": newest,
        "map": _map_of(newest[0], judged, on) if newest else None,
    }
    return render(request, "support/coverage_list.html", context)


def _map_of(alliance: Alliance, judged: Sequence[coverage.Judged], on: date) -> Chart | None:
    """Draw the local processes of the Alliance: the regional one has no territory of its own."""
    cells = [c for c in judged if c.process.body.alliance_id == alliance.pk]
    local = [c for c in cells if c.process.body.level == Level.LOCAL]
    return pictures.map_of_coverage(alliance, local, level=Level.LOCAL, on=on)


@login_required
def coverage_detail(request: PersonRequest, pk: int) -> HttpResponse:
    process = _process(request, pk)
    return _page(request, process, None)


@login_required
@require_POST
def waiver_say(request: PersonRequest, pk: int) -> HttpResponse:
    process = _process(request, pk)
    form = WaiverForm(request.POST)
    attempt(form, actions.waive_cell, process, actor=request.user, today=localdate())
    if form.errors:
        return _page(request, process, form)
    messages.success(request, _("C’est noté, avec la raison."))
    return redirect("support:coverage_detail", process.pk)


@login_required
@require_POST
def waiver_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    followed = followed_processes(request.user, localdate())
    waiver = get_object_or_404(Waiver, pk=pk, process__in=followed.values("pk"))
    actions.withdraw_waiver(waiver, actor=request.user, today=localdate())
    messages.success(request, _("La dispense est retirée : la case est jugée de nouveau."))
    return redirect("support:coverage_detail", waiver.process_id)


@login_required
def coverage_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    process = _process(request, pk)
    if kind not in KINDS:
        raise Http404
    on, level = date_asked(request), level_asked(request, process.body.level)
    cells = coverage.coverage_of([process], level, on=on)
    name = f"{_('couverture')} {process.name} {on}"
    return as_download(name, kind, HEADERS, lines_of(cells, level))


@login_required
def coverage_image(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    """Give the grid or the hours of a process as a picture, or as their data."""
    process = _process(request, pk)
    on, level = date_asked(request), level_asked(request, process.body.level)
    cells = coverage.coverage_of([process], level, on=on)
    if name == "grille":
        chart = pictures.grid_of(process.name, cells)
    elif name == "heures":
        chart = pictures.hours_of(second_views.planned_and_done([process], level, cells, on=on))
    else:
        raise Http404
    return chart_download(chart, request.GET.get("forme", "svg"))


def _page(request: PersonRequest, process: Process, form: WaiverForm | None) -> HttpResponse:
    today, on = localdate(), date_asked(request)
    level = level_asked(request, process.body.level)
    cells = coverage.coverage_of([process], level, on=on)
    place, view = cell_asked(request), view_asked(request)
    chosen = next((c for c in cells if (c.stage, c.dimension) == place), None)
    context = {
        "process": process,
        "on": on,
        "today": today,
        "level": level,
        "levels": Level.choices,
        "asked": kept(level, on),
        "view": view,
        "second": second_views.table([process], level, view, on=on),
        "hours": pictures.hours_of(second_views.planned_and_done([process], level, cells, on=on)),
        "rows": by_dimension(cells),
        "stages": stages_on(cells, on),
        "thresholds": coverage.thresholds_of(process),
        "chosen": chosen,
        **(_evidence(request, chosen, level, on, form) if chosen else {}),
    }
    status = 422 if form is not None else 200
    return render(request, "support/coverage_detail.html", context, status=status)


def _evidence(
    request: PersonRequest, chosen: coverage.Judged, level: str, on: date, form: WaiverForm | None
) -> dict[str, Any]:
    """Return what lies behind a cell, as far as the person may read it."""
    named = Mandate.objects.filter(
        pk__in=chosen.cell.mandates if reads_names(chosen.process) else ()
    )
    place = {"level": level, "stage": chosen.stage, "dimension": chosen.dimension}
    lines = Intervention.objects.filter(
        shares__process=chosen.process,
        **{f"shares__{name}": value for name, value in place.items()},
        on__lte=on,
    )
    readable = interventions_visible_to(request.user, localdate()).filter(pk__in=lines.values("pk"))
    counts = lines.aggregate(
        all=Count("pk"), readable=Count("pk", filter=Q(pk__in=readable.values("pk")))
    )
    asked = {**place, "dimensions": [chosen.dimension]}
    return {
        "is_over": chosen.is_over(localdate()),  # what is over is not asked for any more
        "can_raise": can_raise_need(request.user, chosen.process, localdate()),
        "mandates": named.select_related("resource"),
        "lines": readable.prefetch_related(None)[:20],
        "reserved": counts["all"] - counts["readable"],
        "waiver": _waiver(chosen, level),
        "waiver_form": form or WaiverForm(initial=asked),
        "can_waive": rules.can_waive_cell(request.user, chosen.process, localdate()),
        "need_url": reverse("support:need_new")
        + f"?demarche={chosen.process.pk}&niveau={level}"
        + f"&etape={chosen.stage}&dimension={chosen.dimension}&origine=cell",
    }


def _waiver(chosen: coverage.Judged, level: str) -> Waiver | None:
    """Return what was said of a cell that needs nothing; the others have nothing said of them."""
    if chosen.cell.status != Status.UNNEEDED:
        return None
    place = {"level": level, "stage": chosen.stage, "dimension": chosen.dimension}
    said = Waiver.objects.filter(process=chosen.process, **place)
    return said.select_related("said_by").first()


def _process(request: PersonRequest, pk: int) -> Process:
    return get_object_or_404(followed_processes(request.user, localdate()), pk=pk)
