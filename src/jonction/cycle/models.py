"""The local and regional processes: their stages, their dates, and when gestures are open."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Stage
from jonction.core.versions import Versioned

# The gestures that a window may open, by the name of their action. An area above adds its own:
# GESTURES["fund.submit_application"] = _("…") beside its models.
GESTURES: dict[str, Any] = {"support.raise_need": _("Demander de l’accompagnement")}


class Process(Versioned):
    """The work (démarche) of one body under its Alliance's plan.

    The end of a plan is not its end: it goes in transition to the process that follows it.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("ouverte")
        TRANSITION = "transition", _("en transition")
        CLOSED = "closed", _("fermée")

    MOVES = {Status.OPEN: {Status.TRANSITION}, Status.TRANSITION: {Status.CLOSED}}
    PARTS = {"stages": _("dates des étapes")}

    body = models.ForeignKey("governance.Body", models.PROTECT, related_name="processes")
    name = models.CharField(_("nom"), max_length=160)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="following"
    )
    status = models.CharField(
        _("état"), max_length=10, choices=Status, default=Status.OPEN, editable=False
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

    def state_on(self, day: date) -> str:
        """Return over, running, late or coming: real dates first, the plan where there are none."""
        if self.real_to or (not self.real_from and self.planned_to < day):
            return "over"
        if self.real_from and self.planned_to < day:
            return "late"
        return "coming" if (self.real_from or self.planned_from) > day else "running"


class Milestone(Versioned):
    """A day that counts in a process: a forum, an adoption, a filing.

    A meeting is expected of those who sit in the body; until the meeting room exists, it is here
    that its length and its preparation are said. Nothing said means what the Alliance supposes.
    """

    class Kind(models.TextChoices):
        MILESTONE = "milestone", _("jalon")
        MEETING = "meeting", _("rencontre de l’instance")

    process = models.ForeignKey(Process, models.CASCADE, related_name="milestones")
    name = models.CharField(_("nom"), max_length=160)
    on = models.DateField(_("date"))
    stage = models.CharField(
        _("étape"),
        max_length=12,
        choices=Stage,
        blank=True,
        help_text=_("Pour une rencontre : l’étape dont la fin s’y décide."),
    )
    kind = models.CharField(_("sorte"), max_length=9, choices=Kind, default=Kind.MILESTONE)
    quarters = models.PositiveSmallIntegerField(_("durée"), null=True, blank=True)
    preparation_quarters = models.PositiveSmallIntegerField(_("préparation"), null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.name


class Deadline(Versioned):
    """An hour before which something is due, in the legal time of the process's territory."""

    class Force(models.TextChoices):
        HARD = "hard", _("ferme")
        SOFT = "soft", _("souple")

    PARTS = {"due_at": _("jour et heure")}

    process = models.ForeignKey(Process, models.CASCADE, related_name="deadlines")
    name = models.CharField(_("nom"), max_length=160)
    due_at = models.DateTimeField(_("échéance"))
    force = models.CharField(_("fermeté"), max_length=4, choices=Force, default=Force.HARD)
    stage = models.CharField(
        _("étape à finir avant"),
        max_length=12,
        choices=Stage,
        blank=True,
        help_text=_("Vide : le travail que le calendrier prévoit avoir fait ce jour-là."),
    )
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("Qui fixe cette échéance : entente, guide, décision."),
    )

    class Meta:
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return self.name


class Window(Versioned):
    """When a gesture is open, in a whole Alliance or in one of its territories."""

    PARTS = {"starts_at": _("ouverture"), "ends_at": _("fermeture")}

    alliance = models.ForeignKey("governance.Alliance", models.CASCADE, related_name="windows")
    territory = models.ForeignKey(
        "governance.AllianceTerritory",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="windows",
        verbose_name=_("territoire"),
    )
    gesture = models.CharField(_("geste"), max_length=60)
    starts_at = models.DateTimeField(_("ouverture"))
    ends_at = models.DateTimeField(_("fermeture"))

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="window_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return str(GESTURES.get(self.gesture, self.gesture))
