"""The worker: it runs the jobs of the queue, and plans each day's routines."""

import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands import db_worker

from jonction.core.schedule import due_routines, plan_routine

if TYPE_CHECKING:
    from datetime import date


class Worker(db_worker.Worker):
    """A worker that looks, each time the queue is empty, at the clock and at what others left."""

    def run(self) -> None:
        planned: set[tuple[str, date]] = set()
        while self.running:
            for routine in due_routines():
                if routine not in planned:
                    plan_routine(*routine)
                    planned.add(routine)
            for path in settings.RESCUES:
                import_string(path)()
            super().run()  # in batch: until the queue is empty
            time.sleep(self.interval)


class Command(BaseCommand):
    help = "Fait le travail de fond : courriels, alertes, imports, tâches de chaque jour."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=1,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        worker.run()
