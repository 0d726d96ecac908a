"""What runs outside the request: every morning, the digests."""

from datetime import date

from django_tasks import task

from jonction.accounts import telling


@task()
def send_digests(on: str) -> None:
    telling.send_digests(date.fromisoformat(on))
