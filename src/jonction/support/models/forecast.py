"""What an Alliance supposes of its calendar and its load, and the forecasts computed from it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Stage
from jonction.core.typography import colon
from jonction.core.versions import Versioned

PERCENT = [MinValueValidator(100), MaxValueValidator(400)]
A_SHARE = [MinValueValidator(1), MaxValueValidator(100)]
A_FEW = [MinValueValidator(1), MaxValueValidator(200)]
# before anybody says otherwise: what a stage lasts, in % of its plan, at best, usually, at worst
POINTS = {
    Stage.MOBILISATION: [80, 100, 160],
    Stage.PRIORITIES: [80, 100, 160],
    Stage.PLANNING: [80, 110, 170],
    Stage.CALLS: [90, 110, 180],
    Stage.DELIVERY: [90, 100, 140],
    Stage.REVIEW: [80, 110, 170],
}


def starting_points() -> dict[str, list[int]]:
    return {stage.value: list(points) for stage, points in POINTS.items()}


class Assumptions(Versioned):
    """What the coordination supposes, said so that anybody may discuss it; one row per Alliance."""

    alliance = models.OneToOneField(
        "governance.Alliance", models.CASCADE, related_name="assumptions"
    )
    points = models.JSONField(_("trois points par étape"), default=starting_points)
    alone_percent = models.PositiveSmallIntegerField(
        _("durée sans accompagnement, en %"),
        default=125,
        validators=PERCENT,
        help_text=_(
            "De la durée avec accompagnement. C’est une hypothèse de l’Alliance, jusqu’à ce que "
            "son histoire suffise."
        ),
    )
    least_history = models.PositiveSmallIntegerField(
        _("étapes finies qu’il faut pour suivre l’histoire"), default=8, validators=A_FEW
    )
    meeting_quarters = models.PositiveSmallIntegerField(_("durée d’une rencontre"), default=8)
    preparation_quarters = models.PositiveSmallIntegerField(
        _("préparation d’une rencontre"), default=8
    )
    travel_quarters = models.PositiveSmallIntegerField(_("déplacement, aller et retour"), default=4)
    deadline_quarters = models.PositiveSmallIntegerField(
        _("travail avant une échéance"), default=16
    )
    most_meetings = models.PositiveSmallIntegerField(
        _("rencontres par personne en quatre semaines, au plus"), default=6, validators=A_FEW
    )
    most_minutes = models.PositiveSmallIntegerField(
        _("minutes par semaine que Jonction peut demander, au plus"),
        default=15,
        validators=A_FEW,
    )
    coordination_percent = models.PositiveSmallIntegerField(
        _("part des heures au-delà de laquelle la coordination prend le dessus, en %"),
        default=40,
        validators=A_SHARE,
    )
    thin_percent = models.PositiveSmallIntegerField(
        _("part des heures sous laquelle une fonction est mince, en %"),
        default=10,
        validators=A_SHARE,
    )
    heavy_percent = models.PositiveSmallIntegerField(
        _("part des heures au-delà de laquelle une fonction est lourde, en %"),
        default=50,
        validators=A_SHARE,
    )
    least_hours = models.PositiveSmallIntegerField(
        _("heures notées qu’il faut pour juger un équilibre"), default=20, validators=A_FEW
    )

    class Meta:
        verbose_name_plural = "assumptions"

    def __str__(self) -> str:
        return str(_("Hypothèses de l’Alliance"))

    def get_absolute_url(self) -> str:
        return reverse("support:assumptions_edit", args=[self.alliance_id])


class Forecast(models.Model):
    """One forecast: what went in, what came out, so that it can be computed again the same."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("en calcul")
        DONE = "done", _("calculée")
        FAILED = "failed", _("arrêtée")

    MOVES = {Status.WAITING: {Status.DONE, Status.FAILED}}

    process = models.ForeignKey("cycle.Process", models.CASCADE, related_name="forecasts")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    on = models.DateField(_("vue du"))
    seed = models.PositiveIntegerField()
    draws = models.PositiveIntegerField()
    method = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    inputs = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    starts = models.JSONField(default=list)
    computed_at = models.DateTimeField(null=True)
    status = models.CharField(
        _("état"), max_length=7, choices=Status, default=Status.WAITING, editable=False
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["process", "status", "-id"], name="forecast_of_process")]

    def __str__(self) -> str:
        return f"{self.process}{colon()}{self.on}"

    def get_absolute_url(self) -> str:
        return reverse("support:forecast_detail", args=[self.process_id])
