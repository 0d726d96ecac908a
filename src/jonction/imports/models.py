"""What an import remembers: the file as read, the verdict on each row, what was written."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.typography import colon


class Import(models.Model):
    """One file, from its reading to its writing, which can be undone."""

    class Status(models.TextChoices):
        READING = "reading", _("en lecture")
        READ = "read", _("lu, rien n’est écrit")
        FAILED = "failed", _("illisible")
        APPLYING = "applying", _("en écriture")
        APPLIED = "applied", _("écrit")
        UNDONE = "undone", _("annulé")
        ABANDONED = "abandoned", _("abandonné")

    MOVES = {
        Status.READING: {Status.READ, Status.FAILED},
        Status.READ: {Status.APPLYING, Status.ABANDONED},
        Status.APPLYING: {Status.APPLIED, Status.READ},
        Status.APPLIED: {Status.UNDONE},
    }

    BUSY = (Status.READING, Status.APPLYING)

    reader = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    file_name = models.CharField(_("fichier"), max_length=200)
    stored = models.FileField(upload_to="imports/", blank=True)
    options = models.JSONField(default=dict)
    ignored = models.JSONField(default=list)
    rows_read = models.PositiveIntegerField(default=0)
    # on what the verdicts of the rows rest (readers.Session); empty when a row was judged alone
    basis = models.CharField(max_length=64, default="", editable=False)
    problem = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    status = models.CharField(
        _("état"), max_length=9, choices=Status, default=Status.READING, editable=False
    )

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("imports:import_detail", args=[self.pk])


class Row(models.Model):
    """One row: what the file says, what was understood, and what became of it."""

    class Verdict(models.TextChoices):
        REFUSED = "refused", _("refusée")
        NEW = "new", _("nouvelle")
        CHANGED = "changed", _("changée")
        SAME = "same", _("identique")

    source = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("ligne"))
    cells = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    verdict = models.CharField(max_length=7, choices=Verdict)
    target = models.PositiveBigIntegerField(null=True)
    before = models.JSONField(null=True)

    class Meta:
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["source", "verdict", "line"], name="rows_of_import")]

    def __str__(self) -> str:
        return f"{self.source}{colon()}{self.line}"


class Match(models.Model):
    """A name of a file that a person said is this thing: remembered for the next file."""

    reader = models.CharField(max_length=40)
    scope = models.CharField(max_length=60)
    text = models.CharField(max_length=200)
    target = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "scope", "text"], name="one_match_per_text")
        ]

    def __str__(self) -> str:
        return self.text
