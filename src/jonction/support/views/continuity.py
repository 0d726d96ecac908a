"""The page of continuity: what held, what will break, and what was said of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.gestures import attempt
from jonction.cycle.models import Process
from jonction.support.actions.coverage import snooze_alert
from jonction.support.continuity import continuity_by_dimension, continuity_of, foreseen_of
from jonction.support.coverage import thresholds_of
from jonction.support.forms.coverage import SnoozeForm
from jonction.support.models import Alert
from jonction.support.pictures import thread_of
from jonction.support.queries.access import coordinates, followed_processes, reads_names
from jonction.support.rules.coverage import can_snooze_alert
from jonction.ui.downloads import chart_download

READ = ("body__alliance__plan", "body__alliance__region", "body__territory")


@login_required
def continuity_detail(request: PersonRequest, pk: int) -> HttpResponse:
    # its region is read for the legal time of its deadlines
    followed = followed_processes(request.user, localdate())
    process = get_object_or_404(followed.select_related(*READ), pk=pk)
    return _page(request, process, None)


@login_required
@require_POST
def alert_snooze(request: PersonRequest, pk: int) -> HttpResponse:
    process = get_object_or_404(followed_processes(request.user, localdate()), pk=pk)
    form = SnoozeForm(request.POST)
    attempt(form, snooze_alert, process, actor=request.user, today=localdate())
    if form.errors:
        return _page(request, process, form)
    messages.success(request, _("L’alerte est mise de côté ; elle reviendra ce jour-là."))
    return redirect("support:continuity_detail", process.pk)


@login_required
def continuity_thread(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the thread as a picture or as its data, or the figure that the grid's page shows."""
    today = localdate()
    process = get_object_or_404(followed_processes(request.user, today), pk=pk)
    foreseen = foreseen_of([process], today=today)
    kept = continuity_of([process], today=today).get(process.pk)
    chart = thread_of(process, foreseen, kept, is_named=reads_names(process), today=today)
    form = request.GET.get("forme", "svg")
    if form == "page":
        return render(request, "support/continuity_thread.html", {"chart": chart, "pk": pk})
    return chart_download(chart, form)


def _page(request: PersonRequest, process: Process, form: SnoozeForm | None) -> HttpResponse:
    today = localdate()
    named = reads_names(process)
    foreseen = foreseen_of([process], today=today)
    kept = continuity_of([process], today=today).get(process.pk)
    context = {
        "process": process,
        "today": today,
        "named": named,
        "kept": kept,
        "dimensions": continuity_by_dimension(process, today=today),
        "can_propose": coordinates(request.user, process, today),
        "thresholds": thresholds_of(process),
        "thread": thread_of(process, foreseen, kept, is_named=named, today=today),
        "foreseen": [(one, _form_for(one.breaking.key, form)) for one in foreseen],
        "can_snooze": can_snooze_alert(request.user, process, today),
        "history": Alert.objects.filter(process=process)
        .prefetch_related("snoozes__said_by")
        .order_by("-seen_on", "-pk")[:50],
    }
    return render(request, "support/continuity_detail.html", context, status=422 if form else 200)


def _form_for(key: str, refused: SnoozeForm | None) -> SnoozeForm:
    """Return the form of this alert: the one just refused keeps what was typed."""
    if refused is not None and refused.data.get("key") == key:
        return refused
    return SnoozeForm(initial={"key": key}, auto_id=f"id_{key}_%s")
