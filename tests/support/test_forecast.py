import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.cycle.models import Milestone
from jonction.engines.forecast.network import Past, Pert
from jonction.support.actions.forecast import ask_forecast, edit_assumptions
from jonction.support.forecast import compute, computed, new_forecast, project_of
from jonction.support.jobs import compute_forecast
from jonction.support.models import Assumptions, Capacity, Forecast
from jonction.support.queries.forecast import assumptions_of
from tests.factories import (
    TODAY,
    BodyFactory,
    DeadlineFactory,
    MandateFactory,
    MilestoneFactory,
    PersonFactory,
    ProcessFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db


def a_forecast(process, *, today=TODAY, draws=200):
    """Return a forecast already answered."""
    project = project_of(process, today=today)
    forecast = new_forecast(process, project, actor=PersonFactory(), today=today)
    forecast.draws = draws
    forecast.save()
    compute(forecast)
    return forecast


def tasks_of(process):
    return {task.key: task for task in project_of(process, today=TODAY).tasks}


def lived(process, kind, weeks):
    """Say that a stage of a process ended that many weeks after it began, as planned."""
    stage = process.stages.get(kind=kind)
    stage.real_from = stage.planned_from
    stage.real_to = stage.planned_from + timedelta(weeks=weeks)
    stage.save()


# what goes in


def test_each_stage_waits_for_the_one_before_and_knows_where_it_stands():
    tasks = tasks_of(ProcessFactory())

    assert [task.after for task in tasks.values()][:2] == [(), ("mobilisation",)]
    assert tasks["mobilisation"].ended_on == date(2026, 6, 30)  # as planned: nobody said otherwise
    assert tasks["planning"].begun_on == date(2026, 9, 30)
    assert tasks["calls"].begun_on is None


def test_support_counts_by_the_days_and_the_dimensions_that_it_holds():
    mandate = MandateFactory(stages=["calls"], starts_on=TODAY, ends_on=date(2028, 1, 1))

    assert tasks_of(mandate.process)["calls"].support == Fraction(1, 2)
    assert tasks_of(mandate.process)["delivery"].support == 0


def test_whoever_promised_twice_what_she_offers_gives_half():
    mandate = MandateFactory(stages=["calls"], quarters_per_week=40, ends_on=date(2028, 1, 1))
    Capacity.objects.create(
        resource=mandate.resource,
        quarters_per_week=20,
        starts_on=date(2026, 1, 1),
        ends_on=date(2029, 1, 1),
    )

    assert tasks_of(mandate.process)["calls"].support == Fraction(1, 4)


def test_a_deadline_waits_for_what_the_plan_has_done_or_for_the_stage_said():
    process = ProcessFactory()
    by_plan = DeadlineFactory(process=process, due_at=datetime(2026, 12, 29, 4, tzinfo=UTC))
    said = DeadlineFactory(process=process, stage="calls")
    DeadlineFactory(process=process, due_at=datetime(2026, 11, 1, tzinfo=UTC))  # it is over

    targets = {target.key: target for target in project_of(process, today=TODAY).targets}

    assert set(targets) == {str(by_plan.pk), str(said.pk)}
    # four in the morning in Greenwich is the day before here; the stage ends that Tuesday
    assert targets[str(by_plan.pk)].on == date(2026, 12, 28)
    assert targets[str(by_plan.pk)].task == "planning"
    assert (targets[str(said.pk)].task, targets[str(said.pk)].fraction) == ("calls", 1)


def test_the_meetings_of_a_stage_decide_its_end():
    process = ProcessFactory()
    MilestoneFactory(process=process, stage="calls", kind=Milestone.Kind.MEETING)
    MilestoneFactory(process=process, stage="calls")

    assert tasks_of(process)["calls"].meetings == (date(2026, 12, 9),)


def test_the_history_of_the_region_speaks_once_it_is_long_enough():
    process = ProcessFactory()
    Assumptions.objects.create(alliance=process.body.alliance, least_history=3)
    for weeks in (12, 15, 20):
        past = MandateFactory(
            stages=["mobilisation", "calls"],
            dimensions=["governance", "management", "operations", "communication"],
            starts_on=date(2026, 1, 1),
            ends_on=date(2028, 1, 1),
        ).process
        lived(past, "calls", weeks)
    found = tasks_of(process)["calls"]

    assert isinstance(found.spread, Past)
    assert len(found.spread.ratios) == 3
    assert found.alone == Fraction(5, 4)  # no stage was ever lived without support
    assert tasks_of(process)["review"].spread == Pert(
        Fraction(8, 10), Fraction(11, 10), Fraction(17, 10)
    )


def test_stages_lived_alone_tell_what_happens_without_support():
    process = ProcessFactory()
    Assumptions.objects.create(alliance=process.body.alliance, least_history=1)
    lived(MandateFactory(dimensions=["governance", "management", "operations"], stages=["calls"],
                         ends_on=date(2028, 1, 1)).process, "calls", 13)  # fmt: skip
    lived(ProcessFactory(), "calls", 26)

    found = tasks_of(process)["calls"]
    assert (len(found.spread.ratios), len(found.alone.ratios)) == (1, 1)
    assert found.alone.ratios[0] > found.spread.ratios[0]


# asking


def test_what_was_asked_is_computed_and_kept_with_what_went_in(django_capture_on_commit_callbacks):
    seat = SeatFactory()
    process = ProcessFactory(body=seat.body)
    deadline = DeadlineFactory(process=process, stage="planning")

    with django_capture_on_commit_callbacks(execute=True):
        ask_forecast(process, actor=seat.person, today=TODAY)

    forecast = Forecast.objects.get()
    assert forecast.status == Forecast.Status.DONE
    assert forecast.result["supported"]["targets"][0][0] == str(deadline.pk)
    assert [line.verb for line in Trace.objects.order_by("pk")] == [
        "support.forecast.waiting",
        "support.forecast.done",
    ]
    assert computed(forecast) == (forecast.result, forecast.starts)


def test_the_same_question_is_not_asked_twice_while_it_waits():
    seat = SeatFactory()
    process = ProcessFactory(body=seat.body)

    first = ask_forecast(process, actor=seat.person, today=TODAY)

    assert ask_forecast(process, actor=seat.person, today=TODAY) == first


def test_an_answer_is_given_once():
    forecast = a_forecast(ProcessFactory())
    at = forecast.computed_at

    compute_forecast.func(forecast.pk)

    forecast.refresh_from_db()
    assert forecast.computed_at == at


def test_a_crash_is_said():
    process = ProcessFactory()
    forecast = new_forecast(
        process, project_of(process, today=TODAY), actor=PersonFactory(), today=TODAY
    )
    forecast.inputs["project"]["tasks"][0]["after"] = ["review"]
    forecast.save()

    with pytest.raises(Exception, match="mobilisation"):
        compute(forecast)

    forecast.refresh_from_db()
    assert forecast.status == Forecast.Status.FAILED


@pytest.mark.parametrize("role", ["observer", "researcher"])
def test_who_looks_from_outside_asks_for_nothing(role):
    table = BodyFactory(level="regional")
    process = ProcessFactory(body__alliance=table.alliance)

    with pytest.raises(Refused, match="prennent part"):
        ask_forecast(process, actor=SeatFactory(body=table, role=role).person, today=TODAY)


def test_without_stages_there_is_nothing_to_compute():
    seat = SeatFactory()
    process = ProcessFactory(body=seat.body)
    process.stages.all().delete()

    with pytest.raises(Refused, match="Prévoyez d’abord les étapes"):
        ask_forecast(process, actor=seat.person, today=TODAY)


def test_the_coordination_alone_says_what_is_supposed():
    table = BodyFactory(level="regional")
    coordinator, member = (
        SeatFactory(body=table, role=r).person for r in ("coordinator", "member")
    )
    changes = {"alone_percent": 150}

    with pytest.raises(Refused):
        edit_assumptions(table.alliance, actor=member, today=TODAY, version=1, changes=changes)
    edit_assumptions(table.alliance, actor=coordinator, today=TODAY, version=1, changes=changes)

    assert assumptions_of(table.alliance).alone_percent == 150


def test_the_web_process_loads_neither_numpy_nor_the_word_writer():
    said = (
        "import django; django.setup(); import jonction.config.urls, jonction.config.wsgi, sys;"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "sys.exit(sorted({'numpy', 'docx'} & set(sys.modules)) or 0)"
    )

    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
