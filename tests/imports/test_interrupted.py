"""An import whose worker died: nothing is half-written, and its owner can act on it again."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import time_machine
from django.conf import settings as house
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jonction.core.management.commands.work import Worker
from jonction.core.models import Trace
from jonction.imports.actions import apply_import, start_import
from jonction.imports.jobs import free_imports, write_import
from jonction.imports.models import Import, Row
from jonction.imports.readers import readers
from jonction.imports.work import at_work
from jonction.support.models import Intervention, Share, Tally
from tests.core.test_outbox import DATABASE_JOBS
from tests.factories import TODAY, MandateFactory
from tools.messages import printed

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
INTERRUPTED = printed("L’écriture a été interrompue et rien n’est écrit : recommencez.")
# the lines and their shares are in the transaction when the process dies
KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from jonction.imports.jobs import write_import

def dies(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "support_tally"'):
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(dies):
    write_import.func(int(sys.argv[1]))
"""


@pytest.fixture
def asked(settings, tmp_path):
    """Return an import that its owner asked to write a minute ago; no worker has taken it yet."""
    settings.DATA_DIR = (
        tmp_path  # tests at work beside this one have imports of their own under way
    )
    mandate = MandateFactory()
    row = f"2026-11-02;{mandate.process.body};Portrait;1 h\n2026-11-03;{mandate.process.body};Relance;2 h\n"
    file = ContentFile(f"Date;Instance;Activité;Durée\n{row}".encode(), name="journal.csv")
    options = {"resource": mandate.resource_id, "audience": "body"}
    actor = mandate.resource.person
    source = start_import(
        readers()["journal"], actor=actor, today=TODAY, file=file, options=options
    )
    settings.TASKS = DATABASE_JOBS
    apply_import(Import.objects.get(pk=source.pk), actor=actor, today=TODAY)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        yield Import.objects.select_related("owner").get(pk=source.pk)


def taken():
    """Let a worker take the job from the queue, and die at once."""
    DBTaskResult.objects.update(status="RUNNING")


def told(source):
    source.refresh_from_db()
    return source.status, source.problem


def written():
    return [model.objects.count() for model in (Intervention, Share, Tally)]


def address():
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["JONCTION_DATABASE_URL"])._replace(path=f"/{name}"))


def killed_while_writing(source):
    env = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "jonction.config.test_settings",
        "JONCTION_DATA_DIR": str(house.DATA_DIR),
        "JONCTION_DATABASE_URL": address(),
    }
    ran = subprocess.run([sys.executable, "-c", KILLED, str(source.pk)], env=env, check=False)
    return ran.returncode


def test_a_process_killed_while_it_writes_leaves_nothing_and_one_starts_again(asked):
    taken()

    code = killed_while_writing(asked)
    left = (written(), told(asked))
    free_imports()
    freed = told(asked)
    apply_import(asked, actor=asked.owner, today=TODAY)
    write_import.func(asked.pk)

    assert code == -signal.SIGKILL
    assert left == ([0, 0, 0], ("applying", ""))
    assert freed == ("read", INTERRUPTED)
    assert told(asked) == ("applied", "")
    assert Intervention.objects.count() == 2


def test_an_import_that_waits_for_a_worker_is_left_in_the_queue(asked):
    free_imports()

    assert told(asked) == ("applying", "")


def test_an_import_under_way_is_left_to_whoever_writes_it(asked):
    taken()

    with at_work():
        free_imports()

    assert told(asked) == ("applying", "")


def test_an_import_just_asked_is_not_taken_for_one_that_was_left(asked):
    DBTaskResult.objects.all().delete()
    Trace._base_manager.update(left_at=timezone.now())

    free_imports()

    assert told(asked) == ("applying", "")


def test_whoever_was_slow_and_not_dead_writes_nothing_once_it_was_given_back(asked):
    taken()
    free_imports()

    write_import.func(asked.pk)

    assert (told(asked), written()) == (("read", INTERRUPTED), [0, 0, 0])


def test_a_reading_that_was_interrupted_asks_for_the_file_again(asked):
    asked.stored.save("essai", ContentFile(b"Date;Instance\n"))
    Import.objects.filter(pk=asked.pk).update(status="reading")
    name, storage = asked.stored.name, asked.stored.storage
    taken()

    free_imports()

    assert told(asked) == (
        "failed",
        printed("La lecture a été interrompue : envoyez de nouveau ce fichier."),
    )
    assert (Row.objects.count(), storage.exists(name)) == (0, False)


def test_the_worker_gives_back_what_another_left_as_soon_as_it_starts(asked):
    taken()
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id="essai",
    )
    run = worker.run_task

    def once(task):
        run(task)
        worker.running = False

    worker.run_task = once
    worker.run()

    assert told(asked) == ("read", INTERRUPTED)
