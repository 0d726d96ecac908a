"""What a process answers to what the funder asks (S8)."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.versions import Versioned


class Filing(Versioned):
    """The answer of one process to one requirement, for one period: plain words, then a document.

    `answers` are kept by the heading of the official document, so that they outlive an edition of
    the questions. `period` is the year in which the fiscal year ends, or 0 for what is asked once.
    """

    class Status(models.TextChoices):
        STARTED = "started", _("commencée")
        READY = "ready", _("prête")
        GIVEN = "given", _("remise")

    MOVES = {
        Status.STARTED: {Status.READY},
        Status.READY: {Status.STARTED, Status.GIVEN},
        Status.GIVEN: {Status.STARTED},
    }
    PARTS = {"answers": _("réponses")}

    process = models.ForeignKey("cycle.Process", models.CASCADE, related_name="filings")
    requirement = models.ForeignKey("cycle.Requirement", models.PROTECT, related_name="filings")
    period = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(_("réponses"), default=dict)
    given_on = models.DateField(_("remise le"), null=True, blank=True)
    word = models.CharField(_("raison du retour"), max_length=300, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="filings_written"
    )
    status = models.CharField(
        _("état"), max_length=7, choices=Status, default=Status.STARTED, editable=False
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "requirement", "period"], name="one_filing_per_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement} – {self.process}"

    def get_absolute_url(self) -> str:
        place = [self.process_id, self.requirement_id, self.period]
        return reverse("support:filing_detail", args=place)
