"""What a territory starts from (S5), and how its need is weighed."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import StartingFactor
from jonction.core.typography import colon
from jonction.core.versions import Versioned

HUNDRED = [MaxValueValidator(100)]


class StartingProfile(models.Model):
    """What the people of a territory said of it together: a draft, then signed by their body.

    Once adopted it is never written again: another one takes its place and it stays in the history.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        ADOPTED = "adopted", _("adopté")
        SUPERSEDED = "superseded", _("remplacé")
        ABANDONED = "abandoned", _("abandonné")

    MOVES = {
        Status.DRAFT: {Status.ADOPTED, Status.ABANDONED},
        Status.ADOPTED: {Status.SUPERSEDED},
    }

    territory = models.ForeignKey(
        "governance.AllianceTerritory", models.PROTECT, related_name="profiles"
    )
    body = models.ForeignKey("governance.Body", models.PROTECT, related_name="profiles")
    opened_on = models.DateField(_("commencé le"))
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    # how many were in the room, never who
    present = models.PositiveSmallIntegerField(_("personnes dans la salle"), null=True, blank=True)
    status = models.CharField(
        _("état"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )

    class Meta:
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(status="draft"), name="one_draft_profile_per_body"
            ),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(status="adopted"),
                name="one_adopted_profile_per_territory",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "abandoned"])
                | Q(signed_on__isnull=False, present__gte=1),
                name="signed_profile_says_when_and_how_many",
            ),
        ]

    def __str__(self) -> str:
        return str(self.territory)

    def get_absolute_url(self) -> str:
        return reverse("support:profile_detail", args=[self.pk])


class Appraisal(Versioned):
    """One factor as the room saw it: the value agreed, the words, and the dissent kept."""

    class Value(models.IntegerChoices):
        NOTHING = 1, _("1, presque rien")
        LITTLE = 2, _("2, peu")
        SOME = 3, _("3, moyennement")
        MUCH = 4, _("4, beaucoup")
        FULL = 5, _("5, pleinement")

    profile = models.ForeignKey(StartingProfile, models.CASCADE, related_name="appraisals")
    factor = models.CharField(max_length=17, choices=StartingFactor)
    value = models.PositiveSmallIntegerField(
        _("valeur convenue"), choices=Value, null=True, blank=True
    )
    words = models.TextField(_("ce qui a été dit"), max_length=2000, blank=True)
    dissent = models.TextField(_("ce sur quoi on ne s’entend pas"), max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "factor"], name="one_appraisal_per_factor"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5),
                name="appraisal_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return self.get_factor_display()


class EquityMethod(models.Model):
    """How an Alliance weighs need: each version stays, the last one is in force."""

    alliance = models.ForeignKey(
        "governance.Alliance", models.PROTECT, related_name="equity_methods"
    )
    number = models.PositiveIntegerField(_("version"))
    figures_percent = models.PositiveSmallIntegerField(
        _("poids des chiffres, sur 100"), default=50, validators=HUNDRED
    )
    indicators = models.JSONField(default=dict)
    factors = models.JSONField(default=dict)
    # the code of the indicator by which territories are sized; empty: all the same size
    size = models.CharField(_("taille"), max_length=40, blank=True, default="population")
    target = models.DecimalField(
        _("seuil du T de Theil"), max_digits=4, decimal_places=3, default="0.050"
    )
    fewest_contributors = models.PositiveSmallIntegerField(
        _("ressources, au moins"), default=3, validators=[MinValueValidator(2)]
    )
    # the budgets of a year between which an organisation is neither small nor large
    small_under = models.PositiveIntegerField(_("petit organisme, sous"), default=100_000)
    large_from = models.PositiveIntegerField(_("grand organisme, à partir de"), default=500_000)
    reason = models.CharField(_("raison"), max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="one_method_per_version"),
            models.CheckConstraint(
                condition=Q(large_from__gte=F("small_under")), name="large_begins_after_small_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance}{colon()}{self.number}"
