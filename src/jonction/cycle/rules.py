"""Who steers a process, and when gestures are open."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.days import in_words
from jonction.core.taxonomy import Stage
from jonction.core.verdicts import YES, Verdict, no
from jonction.cycle import queries
from jonction.cycle.models import Deadline, Milestone, Process, ProcessStage, Requirement, Window
from jonction.governance.models import Alliance, Body
from jonction.governance.queries import standing_of
from jonction.governance.rules import can_edit_alliance
from jonction.territories.legal_time import written

Dates = Mapping[str, tuple[date, date]]
# a process begins before its plan and ends after it; further, the year is a slip of the keyboard
AROUND_PLAN = timedelta(days=366)


def can_open_process(actor: Person, body: Body, *, today: date) -> Verdict:
    """S4: a body works one process at a time, under its plan."""
    verdict = _steers(actor, body, today)
    if verdict and body.processes.filter(status=Process.Status.OPEN).exists():
        return no(_("Cette instance a déjà une démarche ouverte."))
    return verdict


def can_plan_stages(
    actor: Person, process: Process, *, today: date, dates: Dates | None = None
) -> Verdict:
    """S4: six stages; two of them may overlap, but they begin in order."""
    verdict = _steers_on(actor, process, today)
    return in_order(dates) if verdict and dates else verdict


def in_order(dates: Dates) -> Verdict:
    """S4: say whether each stage ends after it begins and begins after the one before it."""
    stages = [(Stage(kind), *dates[kind]) for kind in Stage.values]
    for stage, start, end in stages:
        if end < start:
            return no(_("L’étape « %(stage)s » finit avant de commencer.") % {"stage": stage.label})
    for (before, first, _end), (stage, start, _other) in pairwise(stages):
        if start < first:
            return no(
                _(
                    "L’étape « %(stage)s » commence avant « %(before)s » : deux étapes peuvent se "
                    "chevaucher, mais elles commencent dans l’ordre."
                )
                % {"stage": stage.label, "before": before.label}
            )
    return YES


def near_plan(process: Process, day: date) -> Verdict:
    """S1, S4: say whether the work of a process may fall on that day: a year around its plan."""
    plan = process.body.alliance.plan
    if plan.starts_on - AROUND_PLAN <= day <= plan.ends_on + AROUND_PLAN:
        return YES
    days = {"day": day, "first": plan.starts_on, "last": plan.ends_on}
    return no(
        _(
            "Le %(day)s est à plus d’un an du plan de l’Alliance, qui va du %(first)s au "
            "%(last)s : vérifiez l’année."
        )
        % {name: in_words(on) for name, on in days.items()}
    )


def can_open_stage(
    actor: Person, stage: ProcessStage, *, today: date, on: date | None = None
) -> Verdict:
    """S4: a stage really begins once, after the one before it began, and never in the future."""
    verdict = _steers_on(actor, stage.process, today)
    return ready_to_open(stage, today=today, on=on) if verdict else verdict


def ready_to_open(stage: ProcessStage, *, today: date, on: date | None = None) -> Verdict:
    """S4: say whether the stage may begin on that day, whoever notes it."""
    on = on or today
    if stage.real_from:
        return no(_("Cette étape est déjà commencée."))
    if on > today:
        return no(_("Cette date est dans l’avenir : le début réel est un jour vécu."))
    if not (near := near_plan(stage.process, on)):
        return near
    rank = Stage.values.index(stage.kind)
    before = {s.kind: s for s in stage.process.stages.all()}.get(Stage.values[rank - 1])
    if rank and before and not (before.real_from and before.real_from <= on):
        return no(_("L’étape « %(stage)s » doit commencer avant.") % {"stage": before})
    return YES


def can_close_stage(
    actor: Person, stage: ProcessStage, *, today: date, on: date | None = None
) -> Verdict:
    """S4: a stage really ends once, after it began, and never in the future."""
    verdict = _steers_on(actor, stage.process, today)
    return ready_to_close(stage, today=today, on=on) if verdict else verdict


def ready_to_close(stage: ProcessStage, *, today: date, on: date | None = None) -> Verdict:
    """S4: say whether the stage may end on that day, whoever notes it."""
    on = on or today
    if stage.real_from is None:
        return no(_("Cette étape n’est pas commencée."))
    if stage.real_to:
        return no(_("Cette étape est déjà terminée."))
    if on > today:
        return no(_("Cette date est dans l’avenir : la fin réelle est un jour vécu."))
    if on < stage.real_from:
        return no(_("L’étape finirait avant de commencer."))
    return YES


def can_add_milestone(actor: Person, process: Process, *, today: date) -> Verdict:
    """S10: those who steer a process say its days that count."""
    return _steers_on(actor, process, today)


def can_edit_milestone(actor: Person, milestone: Milestone, *, today: date) -> Verdict:
    """S10: see `can_add_milestone`."""
    return _steers_on(actor, milestone.process, today)


def can_remove_milestone(actor: Person, milestone: Milestone, *, today: date) -> Verdict:
    """S10: see `can_add_milestone`."""
    return _steers_on(actor, milestone.process, today)


def can_add_deadline(actor: Person, process: Process, *, today: date) -> Verdict:
    """S10: those who steer a process say what is due, and who asks for it."""
    return _steers_on(actor, process, today)


def can_edit_deadline(actor: Person, deadline: Deadline, *, today: date) -> Verdict:
    """S10: see `can_add_deadline`."""
    return _steers_on(actor, deadline.process, today)


def can_remove_deadline(actor: Person, deadline: Deadline, *, today: date) -> Verdict:
    """S10: see `can_add_deadline`."""
    return _steers_on(actor, deadline.process, today)


def can_start_transition(
    actor: Person, process: Process, *, today: date, new_alliance: Alliance | None = None
) -> Verdict:
    """S1, R4: when the plan is over, the process goes on under the next one, by the same body."""
    if process.status != Process.Status.OPEN:
        return no(_("Cette démarche n’est plus ouverte."))
    plan = process.body.alliance.plan
    if plan.ends_on >= today:
        return no(_("Le plan n’est pas fini : la transition commence le lendemain de sa fin."))
    verdict = _steers(actor, process.body, today)
    if not verdict:
        return verdict
    return _may_follow(actor, process, new_alliance, today) if new_alliance else YES


def can_close_process(actor: Person, process: Process, *, today: date) -> Verdict:
    """S1: only a process that has handed over to the next one is closed."""
    if process.status != Process.Status.TRANSITION:
        return no(_("Une démarche se ferme quand sa transition est faite."))
    return _steers(actor, process.body, today)


def can_add_window(actor: Person, alliance: Alliance, *, today: date) -> Verdict:
    """S3: the coordination of the Alliance opens and closes gestures."""
    return can_edit_alliance(actor, alliance, today=today)


def can_edit_window(actor: Person, window: Window, *, today: date) -> Verdict:
    """S3: see `can_add_window`."""
    return can_edit_alliance(actor, window.alliance, today=today)


def can_remove_window(actor: Person, window: Window, *, today: date) -> Verdict:
    """S3: see `can_add_window`."""
    return can_edit_alliance(actor, window.alliance, today=today)


def can_add_requirement(actor: Person, alliance: Alliance, *, today: date) -> Verdict:
    """S8: the coordination of the Alliance says what the funder asks, and what it means."""
    return can_edit_alliance(actor, alliance, today=today)


def can_edit_requirement(actor: Person, requirement: Requirement, *, today: date) -> Verdict:
    """S8: see `can_add_requirement`."""
    return can_edit_alliance(actor, requirement.alliance, today=today)


def can_remove_requirement(actor: Person, requirement: Requirement, *, today: date) -> Verdict:
    """S8: what a process has begun to answer stays."""
    return can_edit_alliance(actor, requirement.alliance, today=today)


def can_copy_requirements(actor: Person, alliance: Alliance, *, today: date) -> Verdict:
    """S1, S8: what was written for another plan or another Alliance serves again."""
    return can_edit_alliance(actor, alliance, today=today)


def is_open(name: str, process: Process, at: datetime) -> Verdict:
    """S3: a gesture for which no window was ever set is open; the note says until when."""
    return openings(name, [process], at).get(process.pk, YES)


def openings(name: str, processes: Sequence[Process], at: datetime) -> dict[int, Verdict]:
    """S3: say the same of several processes at once; those that no window reaches are left out."""
    windows = queries.windows_for(name, processes)
    reached = [process for process in processes if process.pk in windows]
    zones = queries.zones_of([process.body for process in reached])
    return {p.pk: _opening(windows[p.pk], zones[p.body_id], at) for p in reached}


def _opening(windows: Sequence[Window], zone: str, at: datetime) -> Verdict:
    running = [w.ends_at for w in windows if w.starts_at <= at < w.ends_at]
    if running:
        return Verdict(note=_("Ouvert jusqu’au %(at)s.") % {"at": written(max(running), zone)})
    coming = [w.starts_at for w in windows if w.starts_at > at]
    if coming:
        return no(_("Fermé : ouvre le %(at)s.") % {"at": written(min(coming), zone)})
    last = max(w.ends_at for w in windows)
    return no(_("Fermé depuis le %(at)s.") % {"at": written(last, zone)})


def _steers(actor: Person, body: Body, today: date) -> Verdict:
    standing = standing_of(actor, today)
    if body.pk in standing.coordinated_bodies or (
        body.alliance_id in standing.coordinated_alliances
    ):
        return YES
    return no(_("Les coordinations de l’instance et de l’Alliance tiennent cette démarche."))


def _steers_on(actor: Person, process: Process, today: date) -> Verdict:
    """Add that a closed process belongs to the history."""
    verdict = _steers(actor, process.body, today)
    if verdict and process.status == Process.Status.CLOSED:
        return no(_("Cette démarche est fermée : elle fait partie de l’historique."))
    return verdict


def _may_follow(actor: Person, process: Process, alliance: Alliance, today: date) -> Verdict:
    if not queries.next_alliances(process).filter(pk=alliance.pk).exists():
        return no(_("La suite se fait dans la même région, sous un plan plus récent."))
    body = queries.body_in(alliance, process.body)
    if body is None:
        return no(
            _("Créez d’abord l’instance « %(body)s » dans cette Alliance.") % {"body": process.body}
        )
    return can_open_process(actor, body, today=today)
