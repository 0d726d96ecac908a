"""What keeps somebody away from a file: a tie that was declared, or a refusal that was said."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Tie(models.Model):
    """A tie between a person and an organisation, with dates, as declared in an Alliance (S4, R4)."""

    class Kind(models.TextChoices):
        EMPLOYMENT = "employment", _("emploi")
        BOARD = "board", _("conseil d’administration")
        FAMILY = "family", _("famille ou proche")
        SUPPLY = "supply", _("fournisseur")
        WRITING = "writing", _("aide à rédiger sa demande")
        OTHER = "other", _("autre")

    alliance = models.ForeignKey(
        "governance.Alliance", models.PROTECT, related_name="ties", verbose_name=_("Alliance")
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ties")
    organisation = models.ForeignKey(
        "governance.Organisation",
        models.PROTECT,
        related_name="ties",
        verbose_name=_("organisme"),
    )
    kind = models.CharField(_("lien"), max_length=10, choices=Kind)
    word = models.CharField(_("précision"), max_length=300, blank=True)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="tie_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"


class Refusal(models.Model):
    """A person who will not support a body, or a body that does not want that person (S7)."""

    class Side(models.TextChoices):
        PERSON = "person", _("la personne ne veut pas y accompagner")
        BODY = "body", _("l’instance ne souhaite pas cette personne")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="refusals")
    body = models.ForeignKey(
        "governance.Body", models.PROTECT, related_name="refusals", verbose_name=_("instance")
    )
    side = models.CharField(_("qui refuse"), max_length=6, choices=Side)
    reason = models.CharField(_("raison"), max_length=300, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_on = models.DateField(_("dit le"))
    withdrawn_on = models.DateField(_("retiré le"), null=True, blank=True)

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body", "side"],
                condition=Q(withdrawn_on=None),
                name="one_refusal_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.body}"
