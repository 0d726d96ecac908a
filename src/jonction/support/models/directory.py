"""What a resource can do, where it likes to go, and who frees its time (S6, S7, R3)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.taxonomy import Dimension, Function, Stage
from jonction.support.models.resource import Resource


class Language(models.TextChoices):
    """The languages in which people support, in Québec."""

    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")
    LSQ = "lsq", _("langue des signes québécoise")
    SPANISH = "es", _("espagnol")
    ARABIC = "ar", _("arabe")
    INNU = "innu", _("innu-aimun")
    CREE = "cri", _("cri")
    ATIKAMEKW = "atj", _("atikamekw")
    MIKMAQ = "mic", _("mi’kmaw")
    INUKTITUT = "iu", _("inuktitut")


class Skill(models.Model):
    """What a resource knows how to support; an empty part of the place means all of it."""

    class Grade(models.IntegerChoices):
        LEARNS = 1, _("débute, avec quelqu’un")
        DOES = 2, _("le fait")
        TEACHES = 3, _("peut former")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="skills")
    stage = models.CharField(_("étape"), max_length=12, choices=Stage, blank=True)
    dimension = models.CharField(_("dimension"), max_length=13, choices=Dimension, blank=True)
    function = models.CharField(_("fonction"), max_length=12, choices=Function, blank=True)
    grade = models.PositiveSmallIntegerField(_("niveau"), choices=Grade, default=Grade.DOES)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "stage", "dimension", "function"], name="one_skill_per_place"
            )
        ]

    def __str__(self) -> str:
        where = [
            self.get_stage_display(),
            self.get_dimension_display(),
            self.get_function_display(),
        ]
        return ", ".join(part for part in where if part) or str(_("tout"))


class Affinity(models.Model):
    """A body with which it goes well, in the words of the resource or of the milieu (S7)."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="affinities")
    body = models.ForeignKey(
        "governance.Body", models.CASCADE, related_name="affinities", verbose_name=_("instance")
    )
    word = models.CharField(_("pourquoi"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "affinities"
        constraints = [
            models.UniqueConstraint(fields=["resource", "body"], name="one_affinity_per_body")
        ]

    def __str__(self) -> str:
        return f"{self.resource} – {self.body}"


class ReleaseAgreement(models.Model):
    """An institution frees hours of its professional for support, between dates (S5, S6)."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("demandée")
        AGREED = "agreed", _("accordée")
        REFUSED = "refused", _("refusée")
        ENDED = "ended", _("terminée")

    MOVES = {
        Status.PROPOSED: {Status.AGREED, Status.REFUSED},
        Status.AGREED: {Status.ENDED},
    }

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="releases")
    organisation = models.ForeignKey(
        "governance.Organisation",
        models.PROTECT,
        related_name="releases",
        verbose_name=_("organisme qui libère"),
    )
    addressee = models.CharField(
        _("à qui la demande est faite"), max_length=160, help_text=_("Nom et fonction.")
    )
    quarters_per_week = models.PositiveSmallIntegerField(_("quarts d’heure par semaine"))
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewal"
    )
    asked_on = models.DateField(_("demandée le"))
    answered_on = models.DateField(_("répondue le"), null=True, blank=True)
    word = models.CharField(_("raison donnée"), max_length=300, blank=True)
    status = models.CharField(
        _("état"), max_length=8, choices=Status, default=Status.PROPOSED, editable=False
    )

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="release_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} – {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("support:release_detail", args=[self.pk])

    @property
    def hours_per_week(self) -> float:
        return self.quarters_per_week / 4
