"""What runs in the background for everybody: the mail."""

from datetime import datetime

from django_tasks import task

from jonction.core import delivery


@task()
def deliver() -> None:
    """Send what is due, and come back when something else will be."""
    come_back(delivery.deliver_messages())


@task()
def forget_secrets() -> None:
    delivery.forget_secrets()


def plan_delivery(forgets_at: datetime | None) -> None:
    deliver.enqueue()
    if forgets_at and forget_secrets.get_backend().supports_defer:
        forget_secrets.using(run_after=forgets_at).enqueue()


def come_back(due_at: datetime | None) -> None:
    if due_at and deliver.get_backend().supports_defer:
        deliver.using(run_after=due_at).enqueue()
