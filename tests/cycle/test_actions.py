from datetime import UTC, date, datetime

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.cycle import actions
from jonction.cycle.models import Deadline, Milestone, Process, ProcessStage, Window
from tests.cycle.test_rules import a_finished_process, a_steered_process, six_periods
from tests.factories import (
    TODAY,
    BodyFactory,
    DeadlineFactory,
    MilestoneFactory,
    PersonFactory,
    SeatFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 12, 15, 22, tzinfo=UTC)


def traces():
    return list(Trace.objects.order_by("pk").values_list("verb", flat=True))


def test_a_process_is_opened_then_its_six_stages_are_planned_at_once():
    body = BodyFactory()
    actor = SeatFactory(body=body, role="coordinator").person

    process = actions.open_process(body, actor=actor, today=TODAY, name="Démarche")
    actions.plan_stages(process, actor=actor, today=TODAY, version=1, dates=six_periods())

    kinds = list(process.stages.values_list("kind", flat=True))
    assert kinds == ["mobilisation", "priorities", "planning", "calls", "delivery", "review"]
    assert Process.objects.get().version == 2
    assert traces() == ["cycle.process.opened", "cycle.process.edited"]


def test_stages_planned_again_keep_their_real_dates():
    process, actor = a_steered_process()
    process.stages.filter(kind="mobilisation").update(real_from=date(2026, 4, 3))

    actions.plan_stages(process, actor=actor, today=TODAY, version=1, dates=six_periods())

    stage = ProcessStage.objects.get(kind="mobilisation")
    assert (stage.planned_from, stage.real_from) == (date(2027, 1, 1), date(2026, 4, 3))
    assert ProcessStage.objects.count() == 6


@pytest.mark.parametrize("version", [1, 7])
def test_a_refused_plan_changes_nothing(version):
    process, actor = a_steered_process()
    disorder = {} if version == 7 else {"calls": (date(2027, 4, 10), date(2027, 4, 9))}
    before = list(ProcessStage.objects.values())

    with pytest.raises(Refused):
        actions.plan_stages(
            process, actor=actor, today=TODAY, version=version, dates=six_periods(**disorder)
        )

    assert list(ProcessStage.objects.values()) == before
    assert (Process.objects.get().version, traces()) == (1, [])


def test_a_stage_begins_and_ends_for_real():
    process, actor = a_steered_process()
    stage = process.stages.first()

    actions.open_stage(stage, actor=actor, today=TODAY, on=date(2026, 4, 3))
    actions.close_stage(stage, actor=actor, today=TODAY, on=date(2026, 7, 3))

    stage = ProcessStage.objects.get(pk=stage.pk)
    assert (stage.real_from, stage.real_to) == (date(2026, 4, 3), date(2026, 7, 3))
    assert traces() == ["cycle.processstage.opened", "cycle.processstage.closed"]


def test_of_two_people_who_begin_a_stage_the_second_is_told():
    process, actor = a_steered_process()
    stage, read_before = process.stages.first(), process.stages.first()
    actions.open_stage(stage, actor=actor, today=TODAY, on=date(2026, 4, 3))

    with pytest.raises(Refused, match="déjà commencée"):
        actions.open_stage(read_before, actor=actor, today=TODAY, on=date(2026, 4, 9))

    assert ProcessStage.objects.get(pk=stage.pk).real_from == date(2026, 4, 3)


def test_milestones_and_deadlines_are_added_changed_and_removed():
    process, actor = a_steered_process()
    by = {"actor": actor, "today": TODAY}

    milestone = actions.add_milestone(process, **by, facts={"name": "Forum", "on": TODAY})
    actions.edit_milestone(milestone, **by, version=1, changes={"name": "Grand forum"})
    deadline = actions.add_deadline(process, **by, facts={"name": "Dépôt", "due_at": DUE})
    actions.edit_deadline(deadline, **by, version=1, changes={"force": "soft"})
    assert (Milestone.objects.get().name, Deadline.objects.get().force) == ("Grand forum", "soft")

    actions.remove_milestone(milestone, **by)
    actions.remove_deadline(deadline, **by)

    assert (Milestone.objects.count(), Deadline.objects.count()) == (0, 0)
    assert traces() == [
        "cycle.milestone.added",
        "cycle.milestone.edited",
        "cycle.deadline.added",
        "cycle.deadline.edited",
        "cycle.milestone.removed",
        "cycle.deadline.removed",
    ]


def test_a_stranger_changes_no_date():
    process, _ = a_steered_process()
    milestone, deadline = MilestoneFactory(process=process), DeadlineFactory(process=process)
    window = WindowFactory(alliance=process.body.alliance)
    by = {"actor": PersonFactory(), "today": TODAY}
    edition = {"version": 1, "changes": {"name": "Autre"}}

    for refused in (
        lambda: actions.open_process(process.body, name="Autre", **by),
        lambda: actions.open_stage(process.stages.first(), on=TODAY, **by),
        lambda: actions.close_stage(process.stages.first(), on=TODAY, **by),
        lambda: actions.add_milestone(process, facts={"name": "Forum", "on": TODAY}, **by),
        lambda: actions.edit_milestone(milestone, **edition, **by),
        lambda: actions.remove_milestone(milestone, **by),
        lambda: actions.add_deadline(process, facts={"name": "Dépôt", "due_at": DUE}, **by),
        lambda: actions.edit_deadline(deadline, **edition, **by),
        lambda: actions.remove_deadline(deadline, **by),
        lambda: actions.close_process(process, **by),
        lambda: actions.add_window(process.body.alliance, facts={}, **by),
        lambda: actions.edit_window(window, **edition, **by),
        lambda: actions.remove_window(window, **by),
    ):
        with pytest.raises(Refused):
            refused()

    assert [Process.objects.get(), Milestone.objects.get(), Deadline.objects.get()] == [
        process,
        milestone,
        deadline,
    ]
    assert (Window.objects.get(), traces()) == (window, [])


def test_a_process_goes_on_under_the_next_plan_then_is_closed():
    process, actor, new = a_finished_process()
    body = BodyFactory(alliance=new, name=process.body.name)
    SeatFactory(body=body, person=actor, role="coordinator")

    following = actions.start_transition(process, new, actor=actor, today=TODAY)
    actions.close_process(process, actor=actor, today=TODAY)

    assert (following.body, following.previous, following.status) == (body, process, "open")
    assert Process.objects.get(pk=process.pk).status == "closed"
    assert traces() == [
        "cycle.process.transition",
        "cycle.process.opened",
        "cycle.process.closed",
    ]


def test_a_refused_transition_changes_nothing():
    process, actor, new = a_finished_process()

    with pytest.raises(Refused, match="Créez d’abord"):
        actions.start_transition(process, new, actor=actor, today=TODAY)

    assert (Process.objects.get().status, traces()) == ("open", [])


def test_a_window_is_set_moved_and_removed():
    regional = BodyFactory(level="regional")
    by = {
        "actor": SeatFactory(body=regional, role="coordinator").person,
        "today": TODAY,
    }
    facts = {
        "gesture": "support.raise_need",
        "territory": None,
        "starts_at": datetime(2026, 11, 1, tzinfo=UTC),
        "ends_at": DUE,
    }

    window = actions.add_window(regional.alliance, **by, facts=facts)
    later = datetime(2026, 12, 20, 22, tzinfo=UTC)
    actions.edit_window(window, **by, version=1, changes={"ends_at": later})
    assert Window.objects.get().ends_at == later
    actions.remove_window(window, **by)

    assert Window.objects.count() == 0
    assert traces() == ["cycle.window.added", "cycle.window.edited", "cycle.window.removed"]
