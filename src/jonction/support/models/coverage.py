"""What people say of a cell, and of a break that is coming."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Dimension, Level, Stage


class Waiver(models.Model):
    """A cell that somebody said needs no support, with the reason."""

    process = models.ForeignKey("cycle.Process", models.CASCADE, related_name="waivers")
    level = models.CharField(max_length=10, choices=Level)
    stage = models.CharField(max_length=12, choices=Stage)
    dimension = models.CharField(max_length=13, choices=Dimension)
    reason = models.CharField(_("raison"), max_length=300)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    said_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "level", "stage", "dimension"], name="one_waiver_per_cell"
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Alert(models.Model):
    """A break foreseen in the support of a process (R4), from the day it was first seen.

    `key` names the same break from one day to the next; the alert closes when it is foreseen no
    more, and its history stays.
    """

    process = models.ForeignKey("cycle.Process", models.CASCADE, related_name="alerts")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    breaks_on = models.DateField(_("rupture le"))
    seen_on = models.DateField(_("vue le"))
    closed_on = models.DateField(_("refermée le"), null=True, blank=True)

    class Meta:
        ordering = ["breaks_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process", "key"],
                condition=models.Q(closed_on=None),
                name="one_open_alert_per_break",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.breaks_on}"


class Snooze(models.Model):
    """Somebody put an alert aside until a day, with the reason."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="snoozes")
    until = models.DateField(_("jusqu’au"))
    reason = models.CharField(_("raison"), max_length=300)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-said_at", "-pk"]

    def __str__(self) -> str:
        return self.reason
