"""Coverage over several processes: an Alliance or one of its territories, the worst first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jonction.accounts.http import PersonRequest
from jonction.core.tables.writing import KINDS, as_download
from jonction.core.taxonomy import Level
from jonction.cycle.models import Process
from jonction.engines.coverage import STATUS_OF, WORST_FIRST, Clause, Status
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support import coverage, pictures, second_views
from jonction.support.coverage import Judged
from jonction.support.queries.access import followed_list
from jonction.support.sheets import HEADERS, lines_of
from jonction.support.views import asked
from jonction.support.worst import ahead_of, rows_of, worst_of
from jonction.ui.charts import Chart
from jonction.ui.downloads import chart_download


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: an Alliance, or one of its territories; `url` is how its pages begin."""

    name: str
    alliance: Alliance
    territory: AllianceTerritory | None
    processes: Sequence[Process]
    url: str


@login_required
def coverage_alliance(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _alliance(request, pk))


@login_required
def coverage_territory(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _territory(request, pk))


@login_required
def coverage_method(request: PersonRequest, pk: int) -> HttpResponse:
    """Say how cells and continuity are judged, with the thresholds of the Alliance."""
    alliance = _alliance(request, pk).alliance
    context = {
        "alliance": alliance,
        "thresholds": coverage.thresholds_in(alliance),
        "clauses": [(STATUS_OF[clause].value, clause.value) for clause in Clause],
    }
    return render(request, "support/coverage_method.html", context)


@login_required
def alliance_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    return _export(request, _alliance(request, pk), kind)


@login_required
def territory_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    return _export(request, _territory(request, pk), kind)


@login_required
def alliance_image(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    return _image(request, _alliance(request, pk), name)


@login_required
def territory_image(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    return _image(request, _territory(request, pk), name)


def _alliance(request: PersonRequest, pk: int) -> Subject:
    followed = _followed(request, body__alliance=pk)
    alliance = followed[0].body.alliance
    url = reverse("support:coverage_alliance", args=[pk])
    return Subject(alliance.name, alliance, None, followed, url)


def _territory(request: PersonRequest, pk: int) -> Subject:
    followed = _followed(request, body__territory=pk)
    territory = next(p.body.territory for p in followed if p.body.territory)
    url = reverse("support:coverage_territory", args=[pk])
    return Subject(territory.name, followed[0].body.alliance, territory, followed, url)


def _followed(request: PersonRequest, **subject: int) -> list[Process]:
    """Return the processes of a subject: where none may be followed, it does not exist."""
    followed = followed_list(request.user, localdate(), **subject)
    if not followed:
        raise Http404
    return followed


@dataclass(frozen=True, slots=True)
class Whole:
    """The cells of a subject at one level, on one date."""

    level: str
    on: date
    cells: list[Judged]
    holes: dict[str, int]

    @property
    def processes(self) -> list[Process]:
        return list({c.process.pk: c.process for c in self.cells}.values())

    def totals(self) -> list[second_views.Total]:
        return second_views.planned_and_done(self.processes, self.level, self.cells, on=self.on)


def _whole(request: PersonRequest, subject: Subject) -> Whole:
    """Judge every process at its own level, or all of them where promoters are asked for."""
    levels = {process.body.level for process in subject.processes}
    usual = Level.LOCAL if Level.LOCAL in levels else Level.REGIONAL
    level, on = asked.level_asked(request, usual), asked.date_asked(request)
    if level == Level.PROMOTER:
        return Whole(level, on, coverage.coverage_of(subject.processes, level, on=on), {})
    own = coverage.coverage_of(subject.processes, None, on=on)
    holes = Counter(c.process.body.level for c in own if c.status == Status.HOLE)
    return Whole(level, on, [c for c in own if c.process.body.level == level], holes)


def _page(request: PersonRequest, subject: Subject) -> HttpResponse:
    whole = _whole(request, subject)
    cells, view = whole.cells, asked.view_asked(request)
    cell = asked.cell_asked(request)
    chosen = [c for c in cells if (c.stage, c.dimension) == cell]
    tally, rows = Counter(c.status for c in cells), rows_of(cells, whole.on)
    context = {
        "subject": subject,
        "on": whole.on,
        "level": whole.level,
        "levels": [(code, label, whole.holes.get(code, 0)) for code, label in Level.choices],
        "view": view,
        "asked": asked.kept(whole.level, whole.on),
        "stages": asked.stages_on(cells, whole.on),
        "grid": asked.by_dimension(coverage.combined(cells)),
        "second": second_views.table(whole.processes, whole.level, view, on=whole.on),
        "rows": rows,
        "worst": worst_of(rows),
        "to_fill": ahead_of(rows)[Status.HOLE],
        "paired": [(row, None) for row in rows],
        "tally": [(s.value, tally[s]) for s in WORST_FIRST[:3]],
        "chosen": sorted(chosen, key=lambda c: (WORST_FIRST.index(c.cell.status), str(c.process))),
        "hours": pictures.hours_of(whole.totals()) if cells else None,
        "map": _map(subject, whole),
    }
    return render(request, "support/coverage_whole.html", context)


def _export(request: PersonRequest, subject: Subject, kind: str) -> StreamingHttpResponse:
    if kind not in KINDS:
        raise Http404
    whole = _whole(request, subject)
    cells = [cell for row in rows_of(whole.cells, whole.on) for cell in row.cells]
    name = f"{_('couverture')} {subject.name} {whole.on}"
    return as_download(name, kind, HEADERS, lines_of(cells, whole.level))


def _image(request: PersonRequest, subject: Subject, name: str) -> HttpResponse:
    whole = _whole(request, subject)
    chart = None
    if name == "carte":
        chart = _map(subject, whole)
    elif name == "heures":
        chart = pictures.hours_of(whole.totals())
    if chart is None:
        raise Http404
    return chart_download(chart, request.GET.get("forme", "svg"))


def _map(subject: Subject, whole: Whole) -> Chart | None:
    if subject.territory:
        return None
    return pictures.map_of_coverage(subject.alliance, whole.cells, level=whole.level, on=whole.on)
