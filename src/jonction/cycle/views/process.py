"""A process: its list, its page, its calendar, its stages and what follows it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.attachments import shelf_of
from jonction.core.editing import typed, written
from jonction.core.lists.answering import show_list
from jonction.cycle import actions, lists, queries, rules
from jonction.cycle.doors import Way, panels_of, ways_from
from jonction.cycle.feeds import calendar_of
from jonction.cycle.forms import DayForm, ProcessForm, StagesForm, TransitionForm
from jonction.cycle.models import ProcessStage
from jonction.cycle.offered import StageGesture, first_due, stage_gestures
from jonction.cycle.pictures import thread_of_stages
from jonction.cycle.tracks import track_of
from jonction.governance.models import Body
from jonction.ui.downloads import chart_download


def process_list(request: HttpRequest) -> HttpResponseBase:
    today = localdate()
    to_open = (
        queries.bodies_to_open(request.user, today) if isinstance(request.user, Person) else []
    )
    listing, page = lists.processes(request, today), "cycle/process_list.html"
    rows = [] if listing.export_format else listing.rows
    context = {
        "rows": [(process, track_of(process, today)) for process in rows],
        "to_open": to_open,
    }
    return show_list(request, page, listing, name=_("démarches"), context=context)


def process_detail(request: HttpRequest, pk: int) -> HttpResponse:
    process, today = get_object_or_404(queries.whole_processes(), pk=pk), localdate()
    zone = queries.zone_of(process.body)
    gestures: list[StageGesture] = []
    ways: dict[int, list[Way]] = {}
    context = {
        "process": process,
        "following": queries.following_of(process),
        "today": today,
        "track": track_of(process, today),
        "deadlines": queries.deadlines_in(process, zone),
        "thread": thread_of_stages(process, zone=zone, today=today),
    }
    if isinstance(request.user, Person):
        can_steer = rules.can_plan_stages(request.user, process, today=today)
        gestures = stage_gestures(process, today) if can_steer else []
        ways = ways_from(request.user, process, today)
        context |= {
            "can_steer": can_steer,
            "beyond": queries.planned_beyond_plan(process) if can_steer else [],
            "panels": panels_of(request.user, process, today),
            "shelf": shelf_of(request.user, process),
            "can_transit": rules.can_start_transition(request.user, process, today=today),
            "can_close": rules.can_close_process(request.user, process, today=today),
        }
    offered = {gesture.stage.pk: gesture for gesture in gestures}
    context |= {
        "next": first_due(gestures),
        "has_ways": any(ways.values()),
        "stages": [
            (stage, stage.state_on(today), offered.get(stage.pk), ways.get(stage.pk, []))
            for stage in process.stages.all()
        ],
    }
    return render(request, "cycle/process_detail.html", context)


def process_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the stages of a process as a picture or as their data."""
    process = get_object_or_404(queries.whole_processes(), pk=pk)
    chart = thread_of_stages(process, zone=queries.zone_of(process.body), today=localdate())
    return chart_download(chart, request.GET.get("forme", "svg"))


def process_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    process = get_object_or_404(queries.whole_processes(), pk=pk)
    zone = queries.zone_of(process.body)
    feed = calendar_of(process, zone=zone, site=request.get_host(), now=now())
    name = {"Content-Disposition": f'inline; filename="demarche-{pk}.ics"'}
    return HttpResponse(feed, content_type="text/calendar; charset=utf-8", headers=name)


@login_required
def process_open(request: PersonRequest, pk: int) -> HttpResponse:
    body, today = get_object_or_404(Body.objects.select_related("alliance"), pk=pk), localdate()
    form = ProcessForm(typed(request), initial={"name": body.name})

    def save() -> Any:
        return actions.open_process(body, actor=request.user, today=today, **form.cleaned_data)

    verdict = rules.can_open_process(request.user, body, today=today)
    return written(request, form, verdict, save, title=_("Ouvrir une démarche"), back=body)


@login_required
def stages_plan(request: PersonRequest, pk: int) -> HttpResponse:
    process, today = get_object_or_404(queries.public_processes(), pk=pk), localdate()
    form = StagesForm(typed(request), thing=process)

    def save() -> Any:
        version = form.cleaned_data["version"]
        return actions.plan_stages(
            process, actor=request.user, today=today, version=version, dates=form.dates()
        )

    verdict = rules.can_plan_stages(request.user, process, today=today)
    title = _("Prévoir les six étapes")
    return written(request, form, verdict, save, title=title, back=process)


@login_required
def stage_open(request: PersonRequest, pk: int) -> HttpResponse:
    stage, today = _stage(pk), localdate()
    form = DayForm(typed(request), initial={"on": today})

    def save() -> Any:
        actions.open_stage(stage, actor=request.user, today=today, **form.cleaned_data)
        return stage.process

    verdict = rules.can_open_stage(request.user, stage, today=today)
    title = _("Commencer l’étape « %(stage)s »") % {"stage": stage}
    return written(request, form, verdict, save, title=title, back=stage.process)


@login_required
def stage_close(request: PersonRequest, pk: int) -> HttpResponse:
    stage, today = _stage(pk), localdate()
    form = DayForm(typed(request), initial={"on": today})

    def save() -> Any:
        actions.close_stage(stage, actor=request.user, today=today, **form.cleaned_data)
        return stage.process

    verdict = rules.can_close_stage(request.user, stage, today=today)
    title = _("Terminer l’étape « %(stage)s »") % {"stage": stage}
    return written(request, form, verdict, save, title=title, back=stage.process)


@login_required
def transition_start(request: PersonRequest, pk: int) -> HttpResponse:
    process, today = get_object_or_404(queries.whole_processes(), pk=pk), localdate()
    form = TransitionForm(typed(request), process=process)

    def save() -> Any:
        alliance = form.cleaned_data["alliance"]
        return actions.start_transition(process, alliance, actor=request.user, today=today)

    return written(
        request,
        form,
        rules.can_start_transition(request.user, process, today=today),
        save,
        title=_("Passer au plan suivant"),
        back=process,
        template="cycle/transition_start.html",
        extra={"continuing": queries.continuing(process, today, now()), "process": process},
    )


@login_required
@require_POST
def process_close(request: PersonRequest, pk: int) -> HttpResponse:
    process = get_object_or_404(queries.public_processes(), pk=pk)
    actions.close_process(process, actor=request.user, today=localdate())
    messages.success(request, _("La démarche est fermée : elle reste à lire."))
    return redirect(process)


def _stage(pk: int) -> ProcessStage:
    rows = ProcessStage.objects.select_related("process__body__alliance")
    return get_object_or_404(rows, pk=pk)
