"""The milestones and the deadlines of a process."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.editing import edition, typed, written
from jonction.cycle import actions, queries, rules
from jonction.cycle.forms import DeadlineForm, MilestoneForm
from jonction.cycle.models import Deadline, Milestone


@login_required
def milestone_add(request: PersonRequest, pk: int) -> HttpResponse:
    process, today = get_object_or_404(queries.public_processes(), pk=pk), localdate()
    form = MilestoneForm(typed(request), thing=Milestone(process=process))

    def save() -> Any:
        actions.add_milestone(process, actor=request.user, today=today, facts=form.changes())
        return process

    verdict = rules.can_add_milestone(request.user, process, today=today)
    return written(request, form, verdict, save, title=_("Ajouter un jalon"), back=process)


@login_required
def milestone_edit(request: PersonRequest, pk: int) -> HttpResponse:
    milestone, today = _milestone(pk), localdate()
    form = MilestoneForm(typed(request), thing=milestone)

    def save() -> Any:
        actions.edit_milestone(milestone, actor=request.user, today=today, **edition(form))
        return milestone.process

    verdict = rules.can_edit_milestone(request.user, milestone, today=today)
    title, back = _("Modifier le jalon"), milestone.process
    return written(request, form, verdict, save, title=title, back=back)


@login_required
@require_POST
def milestone_remove(request: PersonRequest, pk: int) -> HttpResponse:
    milestone = _milestone(pk)
    actions.remove_milestone(milestone, actor=request.user, today=localdate())
    messages.success(request, _("Le jalon est retiré."))
    return redirect(milestone.process)


@login_required
def deadline_add(request: PersonRequest, pk: int) -> HttpResponse:
    process, today = get_object_or_404(queries.public_processes(), pk=pk), localdate()
    zone = queries.zone_of(process.body)
    form = DeadlineForm(typed(request), thing=Deadline(process=process), zone=zone)

    def save() -> Any:
        actions.add_deadline(process, actor=request.user, today=today, facts=form.changes())
        return process

    verdict = rules.can_add_deadline(request.user, process, today=today)
    return written(request, form, verdict, save, title=_("Ajouter une échéance"), back=process)


@login_required
def deadline_edit(request: PersonRequest, pk: int) -> HttpResponse:
    deadline, today = _deadline(pk), localdate()
    zone = queries.zone_of(deadline.process.body)
    form = DeadlineForm(typed(request), thing=deadline, zone=zone)

    def save() -> Any:
        actions.edit_deadline(deadline, actor=request.user, today=today, **edition(form))
        return deadline.process

    verdict = rules.can_edit_deadline(request.user, deadline, today=today)
    title, back = _("Modifier l’échéance"), deadline.process
    return written(request, form, verdict, save, title=title, back=back)


@login_required
@require_POST
def deadline_remove(request: PersonRequest, pk: int) -> HttpResponse:
    deadline = _deadline(pk)
    actions.remove_deadline(deadline, actor=request.user, today=localdate())
    messages.success(request, _("L’échéance est retirée."))
    return redirect(deadline.process)


def _milestone(pk: int) -> Milestone:
    rows = Milestone.objects.select_related("process__body__alliance")
    return get_object_or_404(rows, pk=pk)


def _deadline(pk: int) -> Deadline:
    rows = Deadline.objects.select_related(
        "process__body__alliance__region", "process__body__territory"
    )
    return get_object_or_404(rows, pk=pk)
