"""What support (accompagnement) remembers: resources, mandates, needs and the journal."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Dimension, Function, Level, Mode, ResourceKind, Stage


class Resource(models.Model):
    """A person or a body that supports (S6)."""

    name = models.CharField(_("nom"), max_length=150)
    kind = models.CharField(_("type"), max_length=24, choices=ResourceKind)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="resource"
    )
    home = models.ForeignKey(
        "governance.Organisation", models.PROTECT, null=True, blank=True, related_name="resources"
    )
    alliance = models.ForeignKey("governance.Alliance", models.PROTECT, related_name="resources")
    leaves_on = models.DateField(_("départ annoncé"), null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Leave(models.Model):
    """A time during which a resource is away; the reason is nobody's business."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="leaves")
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} : {self.starts_on} – {self.ends_on}"


class Mandate(models.Model):
    """Who supports what, at which stages and in which dimensions, between two dates."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposé")
        ACTIVE = "active", _("actif")
        DECLINED = "declined", _("décliné")
        SUSPENDED = "suspended", _("suspendu")
        ENDED = "ended", _("terminé")

    MOVES = {
        Status.PROPOSED: {Status.ACTIVE, Status.DECLINED},
        Status.ACTIVE: {Status.SUSPENDED, Status.ENDED},
        Status.SUSPENDED: {Status.ACTIVE, Status.ENDED},
    }

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="mandates")
    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="mandates")
    level = models.CharField(_("niveau"), max_length=10, choices=Level)
    stages = models.JSONField(_("étapes"), default=list)
    dimensions = models.JSONField(_("dimensions"), default=list)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.CONTINUOUS)
    quarters_per_week = models.PositiveSmallIntegerField(_("quarts d’heure par semaine"))
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    status = models.CharField(
        _("état"), max_length=10, choices=Status, default=Status.PROPOSED, editable=False
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="mandate_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} – {self.process}"


class Intervention(models.Model):
    """One line of the journal: what was done, when, for how long."""

    class Audience(models.TextChoices):
        MINE = "mine", _("moi")
        MANDATE = "mandate", _("mandat")
        BODY = "body", _("instance")
        OPEN = "open", _("ouvert")

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="interventions")
    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="interventions")
    on = models.DateField(_("date"))
    quarters = models.PositiveSmallIntegerField(_("durée, en quarts d’heure"))
    text = models.CharField(_("ce qui a été fait"), max_length=500)
    audience = models.CharField(
        _("qui peut lire"), max_length=8, choices=Audience, default=Audience.BODY
    )
    function = models.CharField(_("fonction"), max_length=12, choices=Function, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarters__gte=1, quarters__lte=96), name="intervention_within_a_day"
            )
        ]
        indexes = [models.Index(fields=["resource", "-on", "-id"], name="journal_of_resource")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("support:intervention_detail", args=[self.pk])

    @property
    def hours(self) -> float:
        return self.quarters / 4


class Share(models.Model):
    """The part of an intervention that falls in one cell, in 1/720 of a quarter hour.

    Process, resource and date are copied here so that coverage reads one table: the sum of the
    shares of an intervention is its duration, exactly.
    """

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="shares")
    process = models.ForeignKey("cycle.Process", models.PROTECT, related_name="+")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+")
    on = models.DateField()
    level = models.CharField(max_length=10, choices=Level)
    stage = models.CharField(max_length=12, choices=Stage)
    dimension = models.CharField(max_length=13, choices=Dimension)
    parts = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["process", "level", "stage", "dimension", "resource", "on", "parts"],
                name="share_by_cell",
            )
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.stage}/{self.dimension}"


class Waiver(models.Model):
    """A cell that somebody said needs no support, with the reason."""

    process = models.ForeignKey("cycle.Process", models.CASCADE, related_name="waivers")
    level = models.CharField(max_length=10, choices=Level)
    stage = models.CharField(max_length=12, choices=Stage)
    dimension = models.CharField(max_length=13, choices=Dimension)
    reason = models.CharField(_("raison"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "level", "stage", "dimension"], name="one_waiver_per_cell"
            )
        ]

    def __str__(self) -> str:
        return self.reason
