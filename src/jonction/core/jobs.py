"""What runs in the background for everybody: the mail, and the words of what has a new name."""

from datetime import date, datetime

from django.apps import apps
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from jonction.core import delivery, once, search


@task()
def deliver() -> None:
    """Send what is due, and come back when something else will be."""
    come_back(delivery.deliver_messages())


@task()
def forget_secrets() -> None:
    delivery.forget_secrets()


@task()
def forget_receipts(on: str) -> None:
    once.forget_receipts(date.fromisoformat(on))


@task()
def index_around(label: str, pk: int) -> None:
    """Make what names a thing found by its new name; a body may have written ten years of lines."""
    search.index_around(apps.get_model(label), [pk])


def plan_delivery(forgets_at: datetime | None) -> None:
    deliver.enqueue()
    if forgets_at and forget_secrets.get_backend().supports_defer:
        forget_secrets.using(run_after=forgets_at).enqueue()


def come_back(due_at: datetime | None) -> None:
    """Plan the next delivery, unless one is planned by then: a night of mails is one delivery."""
    if not due_at or not deliver.get_backend().supports_defer:
        return
    planned = DBTaskResult.objects.filter(
        task_path=deliver.module_path,
        status=TaskResultStatus.READY,
        run_after__range=(timezone.now(), due_at),
    )
    if not planned.exists():
        deliver.using(run_after=due_at).enqueue()
