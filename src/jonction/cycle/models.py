"""The local and regional processes, and the six stages of each."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Stage


class Process(models.Model):
    """The work (démarche) of one body under its Alliance's plan."""

    body = models.ForeignKey("governance.Body", models.PROTECT, related_name="processes")
    name = models.CharField(_("nom"), max_length=160)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="following"
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "processes"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cycle:process_detail", args=[self.pk])


class ProcessStage(models.Model):
    """One stage of a process: planned dates, real dates when they are known (S4)."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="stages")
    kind = models.CharField(_("étape"), max_length=12, choices=Stage)
    planned_from = models.DateField(_("début prévu"))
    planned_to = models.DateField(_("fin prévue"))
    real_from = models.DateField(_("début réel"), null=True, blank=True)
    real_to = models.DateField(_("fin réelle"), null=True, blank=True)

    class Meta:
        ordering = ["planned_from", "pk"]
        verbose_name_plural = "stages"
        constraints = [
            models.UniqueConstraint(fields=["process", "kind"], name="one_stage_of_each_kind"),
            models.CheckConstraint(
                condition=Q(planned_to__gte=F("planned_from")), name="stage_planned_in_order"
            ),
            models.CheckConstraint(
                condition=Q(real_to__isnull=True) | Q(real_to__gte=F("real_from")),
                name="stage_lived_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
