"""Who supports (S6), and when they can."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jonction.core.addresses import page_of
from jonction.core.fields import Labelled
from jonction.core.taxonomy import ResourceKind
from jonction.core.typography import colon
from jonction.core.versions import Versioned


class Resource(Labelled, Versioned):
    """A person or a body that supports (S6)."""

    PARTS = {"description": _("langues, compétences et affinités")}

    name = models.CharField(_("nom"), max_length=150)
    kind = models.CharField(_("type"), max_length=24, choices=ResourceKind)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="resource"
    )
    home = models.ForeignKey(
        "governance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("organisme d’attache"),
    )
    alliance = models.ForeignKey("governance.Alliance", models.PROTECT, related_name="resources")
    territories = models.ManyToManyField(
        "governance.AllianceTerritory",
        blank=True,
        related_name="resources",
        verbose_name=_("territoires"),
    )
    languages = models.JSONField(_("langues"), default=list, blank=True)
    base = models.ForeignKey(
        "territories.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("MRC de départ"),
    )
    is_published = models.BooleanField(
        _("paraît au répertoire public"),
        default=False,
        help_text=_("Pour une instance ; une personne y paraît par son propre accord."),
    )
    leaves_on = models.DateField(_("départ annoncé"), null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("support:resource_detail", self.pk)


class Capacity(models.Model):
    """The hours a week that a resource can give, over a period; none said means no limit known."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="capacities")
    quarters_per_week = models.PositiveSmallIntegerField(_("quarts d’heure par semaine"))
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name_plural = "capacities"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="capacity_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource}{colon()}{self.hours_per_week:g}\u00a0h"

    @property
    def hours_per_week(self) -> float:
        return self.quarters_per_week / 4


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
        return f"{self.resource}{colon()}{self.starts_on} – {self.ends_on}"
