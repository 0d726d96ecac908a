"""What the grammar remembers: who did what, what people were told, what they attached."""

import hashlib
import json
import uuid
from typing import Any, NoReturn, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jonction.core.search.models import SearchEntry

__all__ = ["AppendOnly", "SearchEntry", "Trace", "TraceHead", "broken_trace", "seal_traces"]


class AppendOnly(Exception):  # noqa: N818 - it names the law that was broken
    """The trail is never edited: a correction is a new line."""


class Lines(models.QuerySet["Trace"]):
    """Lines in number: read and added, neither changed nor removed."""

    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly(", ".join(values))

    def delete(self) -> NoReturn:
        raise AppendOnly(self.model._meta.label)


class Trace(models.Model):
    """One line: who did what, to what, when.

    Lines are chained after the transaction that wrote them (see `seal`), so that writers never
    wait for one another, and a line changed or removed later breaks the chain.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=100)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    facts = models.JSONField(default=dict)
    left_at = models.DateTimeField(auto_now_add=True)
    position = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    seal = models.CharField(max_length=64, default="", editable=False)

    objects = Lines.as_manager()

    class Meta:
        ordering = ["-left_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="trace_of_subject")]

    def __str__(self) -> str:
        return self.verb

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly(self.verb)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        raise AppendOnly(self.verb)

    @classmethod
    def leave(cls, actor: Any, verb: str, subject: models.Model, **facts: Any) -> Self:
        """Write one line now and chain it once the transaction has held."""
        line = cls.objects.create(actor=actor, verb=verb, subject=subject, facts=facts)
        transaction.on_commit(seal_traces)
        return line

    @classmethod
    def of(cls, subject: models.Model) -> Lines:
        """Return the lines about this thing, newest first."""
        kind = ContentType.objects.get_for_model(subject)
        return cls.objects.filter(content_type=kind, object_id=subject.pk)

    def digest(self, previous: str) -> str:
        """Return the hash of this line and of all before it."""
        content = [
            previous,
            self.actor_id,
            self.verb,
            self.content_type_id,
            self.object_id,
            self.facts,
            self.left_at.isoformat(),
        ]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


class TraceHead(models.Model):
    """The single row that a sealing locks: the last position and seal of the chain."""

    position = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return str(self.position)


@transaction.atomic
def seal_traces() -> int:
    """Chain the lines not chained yet, oldest first; return how many."""
    TraceHead.objects.get_or_create(pk=1)
    head = TraceHead.objects.select_for_update().get(pk=1)
    lines = list(Trace.objects.filter(position__isnull=True).order_by("pk"))
    for line in lines:
        head.position += 1
        head.seal = line.digest(head.seal)
        # not by its manager, which refuses: the seal is what makes a change show
        Trace._base_manager.filter(pk=line.pk).update(position=head.position, seal=head.seal)
    if lines:
        head.save()
    return len(lines)


def broken_trace() -> int | None:
    """Return the first position whose seal is not what the chain says, or None when it holds."""
    previous, expected = "", 1
    for line in Trace.objects.filter(position__isnull=False).order_by("position").iterator():
        if line.position != expected or line.seal != line.digest(previous):
            return expected
        previous, expected = line.seal, expected + 1
    head = TraceHead.objects.filter(pk=1).first()
    return expected if head and head.position != expected - 1 else None


def own_key() -> str:
    """Return the key of a mail that nothing else repeats."""
    return uuid.uuid4().hex


class Message(models.Model):
    """One mail to one address, from the moment an action says it until the server takes it.

    Its states are moved by `core.delivery` without a trace: this row is itself the trace.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("en attente")
        SENDING = "sending", _("en cours d’envoi")
        SENT = "sent", _("envoyé")
        FAILED = "failed", _("échec")

    MOVES = {
        Status.QUEUED: {Status.SENDING},
        Status.SENDING: {Status.SENT, Status.FAILED, Status.QUEUED},
    }

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages"
    )
    address = models.EmailField(_("adresse"))
    template = models.CharField(max_length=200)
    subject = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("texte"))
    key = models.CharField(max_length=200, unique=True, default=own_key, editable=False)
    status = models.CharField(
        _("état"), max_length=8, choices=Status, default=Status.QUEUED, editable=False
    )
    is_uncertain = models.BooleanField(_("envoi incertain"), default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    forget_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(fields=["status", "due_at"], name="message_due")]

    def __str__(self) -> str:
        return self.subject

    @property
    def outcome(self) -> str:
        """Say in a word what became of it."""
        return gettext("envoi incertain") if self.is_uncertain else self.get_status_display()

    @property
    def waits(self) -> bool:
        """Say whether it will leave later: the quiet hours run, or the server refused it once."""
        return self.status == self.Status.QUEUED and self.due_at > timezone.now()

    @property
    def is_forgotten(self) -> bool:
        """Say whether the text was a secret and is no longer kept."""
        return self.forget_at is not None and not self.body


class Run(models.Model):
    """A routine planned for a day, once (`core.schedule`)."""

    routine = models.CharField(max_length=100)
    on = models.DateField()
    planned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["routine", "on"], name="one_run_of_a_routine_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.routine} {self.on}"


class Attachment(models.Model):
    """A file tied to something; who sees that thing sees the file (`core.attachments`)."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("nom"), max_length=150)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("taille, en octets"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="pieces")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="attachment_of_subject")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("core:attachment", args=[self.token])


class Receipt(models.Model):
    """What became of a page or of a note that says which one it is; see `core.once`.

    It outlives what was made: what was taken back does not return.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField(editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    subject = GenericForeignKey()
    url = models.CharField(max_length=200, blank=True, editable=False)
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], name="one_receipt_per_token")
        ]

    def __str__(self) -> str:
        return str(self.token)
