"""Who runs the work together: organisations, plans, Alliances, bodies and seats."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Level


class Organisation(models.Model):
    name = models.CharField(_("nom légal"), max_length=200)
    neq = models.CharField(_("NEQ"), max_length=10, blank=True)
    kind = models.CharField(_("type"), max_length=80, blank=True)
    place = models.ForeignKey(
        "territories.Place", models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("courriel"), blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["neq"], condition=~Q(neq=""), name="one_organisation_per_neq"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """A government plan against poverty (S1), over dates."""

    name = models.CharField(_("nom"), max_length=120)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="plan_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Alliance(models.Model):
    """A territorial agreement under one plan, with its thresholds of coverage."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="alliances")
    name = models.CharField(_("nom"), max_length=160)
    region = models.ForeignKey("territories.Place", models.PROTECT, related_name="alliances")
    mandataire = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="alliances"
    )
    lookahead_weeks = models.PositiveSmallIntegerField(_("semaines d’avance"), default=12)
    gap_weeks = models.PositiveSmallIntegerField(_("semaines de silence permises"), default=6)
    floor_quarters = models.PositiveSmallIntegerField(
        _("plancher, en quarts d’heure par semaine"), default=4
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AllianceTerritory(models.Model):
    """A territory as the Alliance cuts it: several MRC, or a part of one."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="territories")
    name = models.CharField(_("nom"), max_length=120)
    places = models.ManyToManyField("territories.Place", related_name="alliance_territories")
    part = models.CharField(_("partie couverte"), max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name"], name="one_territory_of_that_name_per_alliance"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A concertation body: the regional table or a local one."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="bodies")
    name = models.CharField(_("nom"), max_length=160)
    level = models.CharField(_("niveau"), max_length=10, choices=Level, default=Level.LOCAL)
    territory = models.ForeignKey(
        AllianceTerritory, models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    contact = models.CharField(_("qui appeler"), max_length=160, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name"], name="one_body_of_that_name_per_alliance"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person in a body, in a role, between two dates: the source of rights."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordination")
        MEMBER = "member", _("membre")
        OBSERVER = "observer", _("observation")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    role = models.CharField(_("rôle"), max_length=12, choices=Role, default=Role.MEMBER)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.body}"
