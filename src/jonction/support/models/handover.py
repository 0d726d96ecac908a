"""What somebody who stops supporting leaves to whoever takes over (R4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.versions import Versioned
from jonction.support.models.mandate import Mandate
from jonction.support.models.resource import Resource

LONGEST_TEXT = 10_000


class HandOver(Versioned):
    """A hand-over file of one mandate: drawn from the rows, finished by people, handed, read.

    Its texts are a copy: what was handed stays as it was handed, whatever changes afterwards.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        HANDED = "handed", _("remise")
        READ = "read", _("lue")
        FOLLOWED = "followed", _("suivie")
        DROPPED = "dropped", _("abandonnée")

    class Reason(models.TextChoices):
        ENDING = "ending", _("le mandat se termine")
        DEPARTURE = "departure", _("un départ est annoncé")
        ASKED = "asked", _("demandée")

    MOVES = {
        Status.DRAFT: {Status.HANDED, Status.DROPPED},
        Status.HANDED: {Status.READ, Status.DRAFT},
        Status.READ: {Status.FOLLOWED},
    }
    # named without their value: who writes beside may not be one who reads the sensitive points
    PARTS = {
        "contacts": _("personnes à connaître"),
        "promises": _("promesses ouvertes"),
        "sensitive": _("points délicats"),
    }

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="handovers")
    successor = models.ForeignKey(
        Resource,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers_received",
        verbose_name=_("qui prend la relève"),
    )
    reason = models.CharField(max_length=9, choices=Reason, default=Reason.ASKED)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="handovers_prepared"
    )
    prepared_on = models.DateField(_("préparée le"))
    stages = models.TextField(_("où en sont les étapes"), max_length=LONGEST_TEXT, blank=True)
    ahead = models.TextField(_("les soixante prochains jours"), max_length=LONGEST_TEXT, blank=True)
    documents = models.TextField(_("documents"), max_length=LONGEST_TEXT, blank=True)
    sensitive = models.TextField(
        _("points délicats"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("Ce que vous choisissez de dire ; la personne qui prend la relève le lira."),
    )
    is_sensitive_shared = models.BooleanField(
        _("la coordination lit aussi les points délicats"), default=False
    )
    handed_on = models.DateField(_("remise le"), null=True, blank=True)
    read_on = models.DateField(_("lue le"), null=True, blank=True)
    follow_on = models.DateField(_("suivi prévu le"), null=True, blank=True)
    followed_on = models.DateField(_("suivi fait le"), null=True, blank=True)
    follow_up = models.TextField(_("ce qui manquait"), max_length=LONGEST_TEXT, blank=True)
    status = models.CharField(
        _("état"), max_length=8, choices=Status, default=Status.DRAFT, editable=False
    )

    class Meta:
        ordering = ["-prepared_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(status__in=["draft", "handed"]),
                name="one_handover_under_way_per_mandate",
            )
        ]

    def __str__(self) -> str:
        return str(self.mandate)

    def get_absolute_url(self) -> str:
        return reverse("support:handover_detail", args=[self.pk])


class Contact(models.Model):
    """Somebody to know, and how that person likes to be reached."""

    handover = models.ForeignKey(HandOver, models.CASCADE, related_name="contacts")
    name = models.CharField(_("nom"), max_length=150)
    quality = models.CharField(_("qui est-ce"), max_length=200, blank=True)
    reach = models.CharField(_("comment la joindre"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Promise(models.Model):
    """Something said that would be done, and still is to be."""

    handover = models.ForeignKey(HandOver, models.CASCADE, related_name="promises")
    text = models.CharField(_("promesse"), max_length=500)
    since = models.DateField(_("depuis le"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
