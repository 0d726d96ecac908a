"""The pages of coverage: one process, a territory, an Alliance; on a date."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.editing import is_plausible
from jonction.core.gestures import attempt
from jonction.core.tables.writing import KINDS, as_download
from jonction.core.taxonomy import Dimension, Level, Stage
from jonction.cycle.models import Process
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support import coverage, second_views
from jonction.support.actions import coverage as actions
from jonction.support.continuity import continuity_of
from jonction.support.forms.coverage import WaiverForm
from jonction.support.models import Intervention, Mandate, Waiver
from jonction.support.queries.access import followed_processes, named_processes
from jonction.support.queries.journal import interventions_visible_to
from jonction.support.rules import coverage as rules
from jonction.support.rules.need import can_raise_need
from jonction.support.templatetags.support import clause_sentence, status_word

HEADERS = [
    "Démarche", "Niveau", "Étape", "Dimension", "État", "Pourquoi", "Heures faites",
    "Heures prévues par semaine", "Personnes", "Dernière fois",
]  # fmt: skip


@login_required
def coverage_list(request: PersonRequest) -> HttpResponse:
    today = localdate()
    processes = list(followed_processes(request.user, today))
    kept = continuity_of(processes, today=today)
    rows = []
    judged = coverage.coverage_of(processes, None, on=today)
    for rank, process in enumerate(processes):
        cells = judged[rank * 24 : rank * 24 + 24]
        tally = {s: sum(c.status == s for c in cells) for s in ("hole", "thin", "covered")}
        rows.append((process, tally, kept.get(process.pk)))
    rows.sort(key=lambda row: (-row[1]["hole"], -row[1]["thin"], row[0].name))
    alliances = {p.body.alliance_id: p.body.alliance for p in processes}
    territories = {p.body.territory_id: p.body.territory for p in processes if p.body.territory}
    context = {
        "rows": rows,
        "today": today,
        "alliances": sorted(alliances.values(), key=lambda a: a.plan.starts_on, reverse=True),
        "territories": sorted(territories.values(), key=lambda t: t.name),
    }
    return render(request, "support/coverage_list.html", context)


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
    on, level = _date_asked(request), _level(request, process.body.level)
    cells = coverage.coverage_of([process], level, on=on)
    name = f"{_('couverture')} {process.name} {on}"
    return as_download(name, kind, HEADERS, _lines(cells, level))


@login_required
def coverage_alliance(request: PersonRequest, pk: int) -> HttpResponse:
    alliance = get_object_or_404(Alliance.objects.select_related("plan"), pk=pk)
    followed = followed_processes(request.user, localdate()).filter(body__alliance=alliance)
    return _whole(request, alliance.name, list(followed))


@login_required
def coverage_territory(request: PersonRequest, pk: int) -> HttpResponse:
    territory = get_object_or_404(AllianceTerritory, pk=pk)
    followed = followed_processes(request.user, localdate()).filter(body__territory=territory)
    return _whole(request, territory.name, list(followed))


def _whole(request: PersonRequest, name: str, processes: Sequence[Process]) -> HttpResponse:
    """Show several processes as one grid: the worst of each cell, with how many of each."""
    if not processes:
        raise Http404
    on = _date_asked(request)
    levels = {process.body.level for process in processes}
    level = _level(request, Level.LOCAL if Level.LOCAL in levels else Level.REGIONAL)
    counted = [p for p in processes if level in (p.body.level, Level.PROMOTER)]
    cells = coverage.combined(coverage.coverage_of(counted, level, on=on))
    context = {
        "name": name,
        "on": on,
        "level": level,
        "levels": Level.choices,
        "stages": [(code, label, False) for code, label in Stage.choices],
        "rows": _by_dimension(cells),
        "processes": counted,
    }
    return render(request, "support/coverage_whole.html", context)


def _page(request: PersonRequest, process: Process, form: WaiverForm | None) -> HttpResponse:
    today, on = localdate(), _date_asked(request)
    level = _level(request, process.body.level)
    cells = coverage.coverage_of([process], level, on=on)
    chosen = _chosen(request, cells)
    view = request.GET.get("vue", "dimensions")
    context = {
        "process": process,
        "on": on,
        "today": today,
        "level": level,
        "levels": Level.choices,
        "view": view if view in second_views.VIEWS else "dimensions",
        "second": second_views.table(process, level, view, on=on),
        "totals": second_views.planned_and_done(process, level, cells, on=on),
        "rows": _by_dimension(cells),
        "stages": [(code, label, _is_now(cells, code, on)) for code, label in Stage.choices],
        "thresholds": coverage.thresholds_of(process),
        "chosen": chosen,
        "can_waive": rules.can_waive_cell(request.user, process, today),
        **(_evidence(request, chosen, level, on, form) if chosen else {}),
    }
    status = 422 if form is not None else 200
    return render(request, "support/coverage_detail.html", context, status=status)


def _evidence(
    request: PersonRequest, chosen: coverage.Judged, level: str, on: date, form: WaiverForm | None
) -> dict[str, Any]:
    """Return what lies behind a cell, as far as the person may read it."""
    named = named_processes(request.user, localdate()).filter(pk=chosen.process.pk)
    mandates = Mandate.objects.filter(pk__in=chosen.cell.mandates, process__in=named)
    place = {"level": level, "stage": chosen.stage, "dimension": chosen.dimension}
    lines = Intervention.objects.filter(
        shares__process=chosen.process,
        **{f"shares__{name}": value for name, value in place.items()},
        on__lte=on,
    )
    readable = interventions_visible_to(request.user, localdate()).filter(pk__in=lines.values("pk"))
    asked = {**place, "dimensions": [chosen.dimension]}
    return {
        "can_raise": can_raise_need(request.user, chosen.process, localdate()),
        "mandates": mandates.select_related("resource"),
        "lines": readable[:20],
        "reserved": lines.count() - readable.count(),
        "waiver": Waiver.objects.filter(process=chosen.process, **place)
        .select_related("said_by")
        .first(),
        "waiver_form": form or WaiverForm(initial=asked),
        "need_url": reverse("support:need_new")
        + f"?demarche={chosen.process.pk}&niveau={level}"
        + f"&etape={chosen.stage}&dimension={chosen.dimension}",
    }


def _process(request: PersonRequest, pk: int) -> Process:
    return get_object_or_404(followed_processes(request.user, localdate()), pk=pk)


def _chosen(request: PersonRequest, cells: Sequence[coverage.Judged]) -> coverage.Judged | None:
    said = request.POST if request.method == "POST" else request.GET
    asked = (
        said.get("etape", said.get("stage")),
        said.get("dimension", said.get("dimensions")),
    )
    return next((c for c in cells if (c.stage, c.dimension) == asked), None)


def _by_dimension(cells: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    return [
        (str(Dimension(dimension).label), [c for c in cells if c.dimension == dimension])
        for dimension in Dimension.values
    ]


def _lines(cells: Sequence[coverage.Judged], level: str) -> Iterator[list[Any]]:
    for judged in cells:
        yield [
            judged.process.name,
            str(Level(level).label),
            judged.stage_label,
            judged.dimension_label,
            status_word(judged.status),
            clause_sentence(judged.clause, coverage.thresholds_of(judged.process)),
            judged.done_hours,
            judged.planned_hours,
            judged.people,
            judged.cell.last_on,
        ]


def _is_now(cells: Sequence[coverage.Judged], stage: str, on: date) -> bool:
    window = next(c.window for c in cells if c.stage == stage)
    return bool(window and window.starts_on <= on <= window.ends_on)


def _level(request: PersonRequest, usual: str) -> str:
    asked = request.GET.get("niveau") or request.POST.get("level", "")
    return asked if asked in Level.values else usual


def _date_asked(request: PersonRequest) -> date:
    """Return the date of the address; today when there is none or it leads nowhere."""
    try:
        asked = parse_date(request.GET.get("date", ""))
    except ValueError:
        asked = None
    return asked if asked and is_plausible(asked) else localdate()
