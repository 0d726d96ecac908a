"""Everything that changes a process and its dates."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core import search
from jonction.core.attachments import attach_again, attachments_of, detach, files_beside
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.verdicts import Refused, require
from jonction.core.versions import claim, rewrite
from jonction.cycle import queries, rules
from jonction.cycle.models import (
    Deadline,
    Milestone,
    Process,
    ProcessStage,
    Question,
    Requirement,
    Window,
)
from jonction.governance.models import Alliance, Body


@transaction.atomic
def open_process(body: Body, *, actor: Person, today: date, name: str) -> Process:
    Body.objects.select_for_update().get(pk=body.pk)
    require(rules.can_open_process(actor, body, today=today))
    process = Process.objects.create(body=body, name=name)
    Trace.leave(actor, "cycle.process.opened", process)
    search.index(process)
    return process


@transaction.atomic
def plan_stages(
    process: Process, *, actor: Person, today: date, version: int, dates: rules.Dates
) -> Process:
    """Write the six planned periods at once; the real dates stay."""
    require(rules.can_plan_stages(actor, process, today=today, dates=dates))
    claim(process, ["stages"], version=version, actor=actor)
    for kind, (start, end) in dates.items():
        ProcessStage.objects.update_or_create(
            process=process, kind=kind, defaults={"planned_from": start, "planned_to": end}
        )
    return process


@transaction.atomic
def open_stage(stage: ProcessStage, *, actor: Person, today: date, on: date) -> ProcessStage:
    _hold(stage)
    require(rules.can_open_stage(actor, stage, today=today, on=on))
    stage.real_from = on
    stage.save(update_fields=["real_from"])
    Trace.leave(actor, "cycle.processstage.opened", stage, on=on.isoformat())
    return stage


@transaction.atomic
def close_stage(stage: ProcessStage, *, actor: Person, today: date, on: date) -> ProcessStage:
    _hold(stage)
    require(rules.can_close_stage(actor, stage, today=today, on=on))
    stage.real_to = on
    stage.save(update_fields=["real_to"])
    Trace.leave(actor, "cycle.processstage.closed", stage, on=on.isoformat())
    return stage


@transaction.atomic
def add_milestone(
    process: Process, *, actor: Person, today: date, facts: dict[str, Any]
) -> Milestone:
    require(rules.can_add_milestone(actor, process, today=today))
    milestone = Milestone.objects.create(process=process, **facts)
    Trace.leave(actor, "cycle.milestone.added", milestone)
    return milestone


def edit_milestone(
    milestone: Milestone, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> Milestone:
    require(rules.can_edit_milestone(actor, milestone, today=today))
    rewrite(milestone, changes, version=version, actor=actor)
    return milestone


@transaction.atomic
def remove_milestone(milestone: Milestone, *, actor: Person, today: date) -> None:
    require(rules.can_remove_milestone(actor, milestone, today=today))
    Trace.leave(actor, "cycle.milestone.removed", milestone, name=milestone.name)
    milestone.delete()


@transaction.atomic
def add_deadline(
    process: Process, *, actor: Person, today: date, facts: dict[str, Any]
) -> Deadline:
    require(rules.can_add_deadline(actor, process, today=today))
    deadline = Deadline.objects.create(process=process, **facts)
    Trace.leave(actor, "cycle.deadline.added", deadline, due_at=deadline.due_at.isoformat())
    return deadline


def edit_deadline(
    deadline: Deadline, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> Deadline:
    require(rules.can_edit_deadline(actor, deadline, today=today))
    rewrite(deadline, changes, version=version, actor=actor)
    return deadline


@transaction.atomic
def remove_deadline(deadline: Deadline, *, actor: Person, today: date) -> None:
    require(rules.can_remove_deadline(actor, deadline, today=today))
    Trace.leave(actor, "cycle.deadline.removed", deadline, name=deadline.name)
    deadline.delete()


@transaction.atomic
def start_transition(
    process: Process, new_alliance: Alliance, *, actor: Person, today: date
) -> Process:
    """Open the process that follows under the new Alliance and return it."""
    body = queries.body_in(new_alliance, process.body)
    if body:
        # locked first: the body of the new Alliance opens one process only
        Body.objects.select_for_update().get(pk=body.pk)
    require(rules.can_start_transition(actor, process, today=today, new_alliance=new_alliance))
    following = Process.objects.create(body=cast("Body", body), name=process.name, previous=process)
    move(process, Process.Status.TRANSITION, actor=actor, following=following.pk)
    Trace.leave(actor, "cycle.process.opened", following, previous=process.pk)
    search.index(following)
    return following


@transaction.atomic
def close_process(process: Process, *, actor: Person, today: date) -> Process:
    require(rules.can_close_process(actor, process, today=today))
    move(process, Process.Status.CLOSED, actor=actor)
    return process


@transaction.atomic
def add_window(alliance: Alliance, *, actor: Person, today: date, facts: dict[str, Any]) -> Window:
    require(rules.can_add_window(actor, alliance, today=today))
    window = Window.objects.create(alliance=alliance, **facts)
    Trace.leave(actor, "cycle.window.added", window, gesture=window.gesture)
    return window


def edit_window(
    window: Window, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> Window:
    require(rules.can_edit_window(actor, window, today=today))
    rewrite(window, changes, version=version, actor=actor)
    return window


@transaction.atomic
def remove_window(window: Window, *, actor: Person, today: date) -> None:
    require(rules.can_remove_window(actor, window, today=today))
    Trace.leave(actor, "cycle.window.removed", window, gesture=window.gesture)
    window.delete()


@transaction.atomic
def add_requirement(
    alliance: Alliance,
    *,
    actor: Person,
    today: date,
    facts: dict[str, Any],
    questions: Iterable[Mapping[str, str]],
) -> Requirement:
    require(rules.can_add_requirement(actor, alliance, today=today))
    requirement = Requirement.objects.create(alliance=alliance, **facts)
    _ask(requirement, questions)
    Trace.leave(actor, "cycle.requirement.added", requirement)
    return requirement


@transaction.atomic
def edit_requirement(
    requirement: Requirement,
    *,
    actor: Person,
    today: date,
    version: int,
    changes: dict[str, Any],
    questions: Iterable[Mapping[str, str]],
) -> Requirement:
    """Write the requirement; a question kept under its heading keeps its answers."""
    require(rules.can_edit_requirement(actor, requirement, today=today))
    if not rewrite(requirement, changes, version=version, actor=actor):
        claim(requirement, ["questions"], version=version, actor=actor)
    requirement.questions.all().delete()
    _ask(requirement, questions)
    return requirement


@transaction.atomic
def remove_requirement(requirement: Requirement, *, actor: Person, today: date) -> None:
    require(rules.can_remove_requirement(actor, requirement, today=today))
    Trace.leave(actor, "cycle.requirement.removed", requirement, name=requirement.name)
    for attachment in attachments_of(requirement):
        detach(attachment, actor=actor)
    try:
        requirement.delete()
    except ProtectedError as error:
        raise Refused(
            _("Des démarches ont commencé à répondre à cette exigence : elle reste.")
        ) from error


@transaction.atomic
def copy_requirements(alliance: Alliance, *, actor: Person, today: date, source: Alliance) -> int:
    """Write here what `source` asks and this Alliance does not yet; return how many.

    The tools that the person may read there come along.
    """
    require(rules.can_copy_requirements(actor, alliance, today=today))
    known = set(alliance.requirements.values_list("name", flat=True))
    rows = list(source.requirements.exclude(name__in=known).prefetch_related("questions"))
    tools = files_beside(actor, rows)
    for requirement in rows:
        files = tools.get(requirement.pk, [])
        questions = [
            {"text": q.text, "heading": q.heading, "help": q.help}
            for q in requirement.questions.all()
        ]
        requirement.pk, requirement.alliance, requirement.version = None, alliance, 1
        requirement._state.adding = True
        requirement.save()
        _ask(requirement, questions)
        Trace.leave(actor, "cycle.requirement.added", requirement, source=source.pk)
        for file in files:
            attach_again(requirement, file, actor=actor)
    return len(rows)


def _ask(requirement: Requirement, questions: Iterable[Mapping[str, str]]) -> None:
    for question in questions:
        Question.objects.create(requirement=requirement, **question)


def _hold(stage: ProcessStage) -> None:
    """Lock the process and read the stage again: it begins and ends once."""
    Process.objects.select_for_update().get(pk=stage.process_id)
    stage.refresh_from_db(fields=["real_from", "real_to"])
