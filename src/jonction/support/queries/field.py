"""What the journal kept on a phone needs: whose it is, and what already came of a note."""

from datetime import date
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.utils.crypto import salted_hmac

from jonction.accounts.models import Person
from jonction.core.models import Receipt, Trace
from jonction.cycle.models import Process
from jonction.support.models import NEVER_HELD, Intervention, Mandate


def writer_of(person: Person) -> str:
    """Return the name without a name under which a phone keeps the notes of `person`."""
    return salted_hmac("jonction.field.writer", str(person.pk), algorithm="sha256").hexdigest()


def secret_of(person: Person) -> str:
    """Return that from which a phone makes the key of the notes of `person`.

    It is the same each time: once the key has left the phone, signing in again brings it back.
    """
    return salted_hmac("jonction.field.secret", str(person.pk), algorithm="sha256").hexdigest()


def receipt_of(person: Person, uuid: UUID) -> Receipt | None:
    return Receipt.objects.filter(person=person, token=uuid).first()


def line_of(receipt: Receipt) -> Intervention | None:
    """Return the line that a note became, unless it was taken back."""
    lines = Intervention.objects.select_related("process")
    return lines.filter(pk=receipt.object_id or 0).first()


def is_corrected(line: Intervention) -> bool:
    """Say whether its writer corrected the line since it was noted."""
    kind = ContentType.objects.get_for_model(Intervention)
    verb = "support.intervention.corrected"
    return Trace.objects.filter(content_type=kind, object_id=line.pk, verb=verb).exists()


def twin_of(person: Person, process: int, on: date, text: str) -> Intervention | None:
    """Return the line that already says the same words of the same process and day."""
    lines = Intervention.objects.filter(resource__person=person, process=process, on=on, text=text)
    return lines.select_related("process").first()


def last_mandate(person: Person, process: Process) -> Mandate | None:
    """Return the mandate of `person` in that process that ends last."""
    mandates = Mandate.objects.filter(resource__person=person, process=process)
    return (
        mandates.exclude(status__in=set(NEVER_HELD) - {Mandate.Status.PROPOSED})
        .order_by("-ends_on", "-pk")
        .first()
    )
