"""What comes back every day is planned by the worker, once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jonction.core import jobs
from jonction.core.management.commands.work import Worker
from jonction.core.models import Run
from jonction.core.schedule import due_routines, plan_routine
from tests.core.test_outbox import DATABASE_JOBS, queued
from tests.factories import TODAY

DIGESTS = "jonction.accounts.jobs.send_digests"
RECEIPTS = "jonction.core.jobs.forget_receipts"
WATCH = "jonction.support.jobs.watch_nightly"
REMINDERS = "jonction.support.jobs.remind_of_handovers"
EAST = ZoneInfo("America/Toronto")


@pytest.mark.parametrize(
    ("hour", "due"),
    [
        ((2, 59), []),
        ((3, 59), [RECEIPTS]),
        ((4, 0), [RECEIPTS, WATCH]),
        ((23, 0), [RECEIPTS, WATCH, REMINDERS, DIGESTS]),
    ],
)
def test_a_routine_is_due_from_its_hour_on(hour, due):
    with time_machine.travel(datetime(2026, 11, 23, *hour, tzinfo=EAST), tick=False):
        assert due_routines() == [(path, TODAY) for path in due]


@pytest.mark.django_db
def test_a_routine_is_planned_once_for_its_day(settings):
    settings.TASKS = DATABASE_JOBS

    planned = [plan_routine(WATCH, on) for on in (TODAY, TODAY, TODAY + timedelta(days=1))]

    assert planned == [True, False, True]
    assert sorted(job.args_kwargs["args"] for job in DBTaskResult.objects.all()) == [
        ["2026-11-23"],
        ["2026-11-24"],
    ]


@pytest.mark.django_db
def test_the_routines_are_jobs_that_exist_and_run():
    assert [plan_routine(path, TODAY) for path in (WATCH, DIGESTS)] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_the_worker_plans_and_does_what_is_due_then_stops(settings):
    settings.TASKS = DATABASE_JOBS
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=4,
        worker_id="essai",
    )
    run, rounds = worker.run_task, []

    def counted(task):
        run(task)
        rounds.append(task.task_path)
        worker.running = len(rounds) < 4

    worker.run_task = counted
    worker.run()

    assert sorted(rounds) == sorted([RECEIPTS, WATCH, REMINDERS, DIGESTS])
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert Run.objects.count() == 4


@pytest.mark.django_db
def test_a_night_of_mails_is_one_delivery_in_the_morning(settings):
    settings.TASKS = DATABASE_JOBS
    morning = timezone.now() + timedelta(hours=9)
    for _ in range(3):
        queued(due_at=morning)

    for _ in range(3):
        jobs.deliver.func()

    assert [job.run_after for job in DBTaskResult.objects.all()] == [morning]
