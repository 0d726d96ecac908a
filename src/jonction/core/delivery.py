"""How mails leave: claimed one by one, sent once, retried when the server refuses.

A mail is claimed by an update that holds only while it is still queued, so that two workers never
send the same. Nothing tells a mail sent just before a crash from one that was not: such a mail is
shown as uncertain and never sent again by itself.
"""

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.utils import timezone

from jonction.core.models import Message

Status = Message.Status
ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)  # doubled at each attempt: 1, 2, 4, 8, 16 minutes
UNCERTAIN_AFTER = timedelta(minutes=10)


class Letter(EmailMessage):
    """A mail that knows whether it is soon forgotten, for who tells it otherwise (core.console)."""

    is_secret = False


def deliver_messages() -> datetime | None:
    """Send what is due; return when something else will be, or None."""
    settle_uncertain()
    forget_secrets()
    for pk in due_messages():
        if claim(pk):
            send(pk)
    queued = Message.objects.filter(status=Status.QUEUED).order_by("due_at")
    return queued.values_list("due_at", flat=True).first()


def due_messages() -> list[int]:
    due = Message.objects.filter(status=Status.QUEUED, due_at__lte=timezone.now())
    return list(due.order_by("due_at", "pk").values_list("pk", flat=True))


def claim(pk: int) -> bool:
    """Take a mail to send it; of two workers, one holds it."""
    queued = Message.objects.filter(pk=pk, status=Status.QUEUED)
    taken = queued.update(
        status=Status.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1
    )
    return taken == 1


def send(pk: int) -> None:
    """Send a mail that was claimed and write what became of it."""
    message = Message.objects.get(pk=pk)
    letter = Letter(
        message.subject, message.body, to=[message.address], connection=get_connection()
    )
    letter.is_secret = message.forget_at is not None
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    held = Message.objects.filter(pk=pk, status=Status.SENDING, attempts=message.attempts)
    if message.is_forgotten:
        held.update(status=Status.FAILED)
        return
    try:
        letter.send()
    except (SMTPException, OSError, ValueError) as error:
        held.update(**_after_a_failure(message, f"{type(error).__name__}: {error}"))
    else:
        body = "" if message.forget_at else message.body
        held.update(status=Status.SENT, sent_at=timezone.now(), body=body, last_error="")


def settle_uncertain() -> int:
    """Say uncertain the mails that a worker took and never gave back."""
    left = Message.objects.filter(
        status=Status.SENDING, claimed_at__lt=timezone.now() - UNCERTAIN_AFTER
    )
    return left.update(status=Status.FAILED, is_uncertain=True)


def forget_secrets() -> int:
    """Blank the codes that have lived; one not sent by then is worth nothing (see `send`)."""
    old = Message.objects.filter(forget_at__lte=timezone.now()).exclude(body="")
    return old.update(body="")


def _after_a_failure(message: Message, error: str) -> dict[str, object]:
    if message.attempts >= ATTEMPTS:
        return {"status": Status.FAILED, "last_error": error}
    pause = FIRST_PAUSE * 2 ** (message.attempts - 1)
    return {"status": Status.QUEUED, "last_error": error, "due_at": timezone.now() + pause}
