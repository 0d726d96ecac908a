"""A matching round: what was asked of the computation, what it proposed, what people chose (S7)."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from jonction.support.models.mandate import Mandate, Need
from jonction.support.models.resource import Resource

SILENCE = timedelta(minutes=5)  # a computation that says nothing for so long is no more


class MatchingRound(models.Model):
    """One question (which needs, which weights), its answer and its proof."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("en attente")
        COMPUTING = "computing", _("en calcul")
        FAILED = "failed", _("arrêté par une panne")
        PROPOSED = "proposed", _("proposé")
        CLOSED = "closed", _("fermé")

    MOVES = {
        Status.WAITING: {Status.COMPUTING, Status.FAILED},
        Status.COMPUTING: {Status.PROPOSED, Status.FAILED},
        Status.FAILED: {Status.WAITING},
        Status.PROPOSED: {Status.CLOSED},
    }

    class Which(models.TextChoices):
        ALL = "all", _("tous les besoins ouverts")
        SOON = "soon", _("ceux de tout de suite et d’ici un mois")
        NOW = "now", _("ceux de tout de suite seulement")

    class Weight(models.IntegerChoices):
        NONE = 0, _("ne compte pas")
        LITTLE = 2, _("compte un peu")
        USUAL = 4, _("compte")
        MUCH = 8, _("compte beaucoup")

    alliance = models.ForeignKey("governance.Alliance", models.PROTECT, related_name="rounds")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    on = models.DateField(_("vu du"))
    since = models.DateField(_("besoins qui courent du"))
    until = models.DateField(_("au"))
    which = models.CharField(_("besoins"), max_length=4, choices=Which, default=Which.ALL)
    skills = models.PositiveSmallIntegerField(
        _("les compétences"), choices=Weight, default=Weight.USUAL
    )
    travel = models.PositiveSmallIntegerField(
        _("la proximité"), choices=Weight, default=Weight.LITTLE
    )
    affinity = models.PositiveSmallIntegerField(
        _("les affinités"), choices=Weight, default=Weight.USUAL
    )
    continuity = models.PositiveSmallIntegerField(
        _("la continuité"), choices=Weight, default=Weight.USUAL
    )
    team = models.PositiveSmallIntegerField(
        _("personnes par besoin, au plus"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(6)],
    )
    progress = models.JSONField(default=dict)
    heard_at = models.DateTimeField(null=True)
    is_to_stop = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, blank=True)
    result = models.JSONField(default=dict)
    computed_at = models.DateTimeField(null=True)
    status = models.CharField(
        _("état"), max_length=9, choices=Status, default=Status.WAITING, editable=False
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="round_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return str(_("Jumelage n° {number}").format(number=self.pk))

    def get_absolute_url(self) -> str:
        return reverse("support:round_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.COMPUTING)

    @property
    def is_silent(self) -> bool:
        """Say whether the computation has not been heard for so long that it is lost."""
        return self.is_running and (self.heard_at or self.asked_at) < now() - SILENCE


class Proposal(models.Model):
    """A pair proposed, why, and what people made of it; what was proposed never changes."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("à décider")
        ADOPTED = "adopted", _("adoptée")
        CHANGED = "changed", _("adoptée autrement")
        REFUSED = "refused", _("refusée")

    MOVES = {Status.PROPOSED: {Status.ADOPTED, Status.CHANGED, Status.REFUSED}}

    round = models.ForeignKey(MatchingRound, models.CASCADE, related_name="proposals")
    need = models.ForeignKey(Need, models.PROTECT, related_name="proposals")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="proposals")
    quarters_per_week = models.PositiveSmallIntegerField(_("quarts d’heure par semaine"))
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    reasons = models.JSONField(default=list)
    word = models.CharField(_("raison donnée"), max_length=300, blank=True)
    mandate = models.OneToOneField(
        Mandate, models.PROTECT, null=True, related_name="proposal", verbose_name=_("mandat")
    )
    chosen = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="+")
    chosen_quarters = models.PositiveSmallIntegerField(null=True)
    chosen_from = models.DateField(null=True)
    chosen_to = models.DateField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    status = models.CharField(
        _("état"), max_length=8, choices=Status, default=Status.PROPOSED, editable=False
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "need", "resource"], name="one_pair_per_round")
        ]

    def __str__(self) -> str:
        return f"{self.resource} – {self.need}"

    def get_absolute_url(self) -> str:
        return reverse("support:proposal_detail", args=[self.pk])


class Unmatched(models.Model):
    """A need that the round does not serve in full: what binds, and the least that would do."""

    round = models.ForeignKey(MatchingRound, models.CASCADE, related_name="unmatched")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    met = models.PositiveSmallIntegerField()
    missing = models.PositiveSmallIntegerField()
    binding = models.CharField(max_length=12)
    kind = models.CharField(max_length=16)
    quarters = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, related_name="+")
    wanted = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "unmatched"

    def __str__(self) -> str:
        return str(self.need)
