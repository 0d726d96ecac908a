"""The path of a need: the day of each step, and how an Alliance goes through it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from jonction.core.typography import colon
from jonction.support.models.mandate import Need


class NeedStep(models.Model):
    """A need entered a state that day, with the words said then; who did it is in the trail.

    The day is not known for what happened before these steps were kept.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="steps")
    status = models.CharField(_("état"), max_length=12, choices=Need.Status)
    on = models.DateField(_("le"), null=True)
    word = models.CharField(_("ce qui a été dit"), max_length=500, blank=True)
    # where it stood among those that waited for a decision, when it was retained
    rank = models.PositiveIntegerField(null=True)
    among = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.need_id}{colon()}{self.status}"


def usual_weights() -> dict[str, int]:
    return {"urgency": 1, "equity": 1, "deadline": 1, "stage": 1}


def usual_limits() -> dict[str, int]:
    """Return the days in a state after which a need waits too long."""
    return {"received": 10, "admissible": 21, "prioritised": 30, "matched": 14}


class IntakeMethod(models.Model):
    """How an Alliance takes needs in: each version stays, the last one is in force."""

    class Path(models.TextChoices):
        FULL = "full", _("complet : admissibilité, priorisation, décision, puis mandat")
        SHORT = "short", _("court : un mandat se propose dès que le besoin est reçu")

    alliance = models.ForeignKey(
        "governance.Alliance", models.PROTECT, related_name="intake_methods"
    )
    number = models.PositiveIntegerField(_("version"))
    path = models.CharField(_("cheminement"), max_length=5, choices=Path, default=Path.FULL)
    weights: models.JSONField[Any, Any] = models.JSONField(default=usual_weights)
    limits: models.JSONField[Any, Any] = models.JSONField(default=usual_limits)
    reason = models.CharField(_("raison"), max_length=300)
    # nobody, for the version that keeps what an Alliance did before it could choose
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="one_intake_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.alliance}{colon()}{self.number}"
