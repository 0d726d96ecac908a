"""What support is asked for, and who has agreed to give it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jonction.core.addresses import page_of
from jonction.core.fields import Labelled
from jonction.core.taxonomy import Dimension, Level, Mode, Posture, Stage
from jonction.core.typography import colon
from jonction.support.models.coverage import Alert
from jonction.support.models.directory import Language
from jonction.support.models.resource import Resource


class Placed(Labelled, models.Model):
    """What is placed in the space of support (S4): a level, stages, dimensions, a rhythm, dates."""

    process = models.ForeignKey(
        "cycle.Process", models.PROTECT, related_name="%(class)ss", verbose_name=_("démarche")
    )
    level = models.CharField(_("niveau"), max_length=10, choices=Level)
    stages = models.JSONField(_("étapes"), default=list)
    dimensions = models.JSONField(_("dimensions"), default=list)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.CONTINUOUS)
    posture = models.CharField(
        _("posture"), max_length=14, choices=Posture, default=Posture.SUPPORT
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))

    class Meta:
        abstract = True

    @property
    def stage_labels(self) -> list[str]:
        return [str(Stage(code).label) for code in self.stages]

    @property
    def dimension_labels(self) -> list[str]:
        return [str(Dimension(code).label) for code in self.dimensions]


class Need(Placed):
    """Support that somebody asks for; whoever types may do it for someone else."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("reçu")
        ADMISSIBLE = "admissible", _("admissible")
        INADMISSIBLE = "inadmissible", _("non admissible")
        PRIORITISED = "prioritised", _("retenu")
        MATCHED = "matched", _("jumelé")
        IN_PROGRESS = "in_progress", _("en cours")
        MET = "met", _("répondu")
        CLOSED = "closed", _("fermé")
        DECLINED = "declined", _("non retenu")

    class Urgency(models.TextChoices):
        NOW = "now", _("tout de suite")
        SOON = "soon", _("d’ici un mois")
        LATER = "later", _("plus tard")

    class Channel(models.TextChoices):
        PAGE = "page", _("cette page")
        TELEPHONE = "telephone", _("téléphone")
        MEETING = "meeting", _("rencontre")
        PAPER = "paper", _("papier")

    class Origin(models.TextChoices):
        ITSELF = "itself", _("la personne qui demande")
        STAGE = "stage", _("une étape de la démarche")
        CELL = "cell", _("une case de la couverture")
        REQUIREMENT = "requirement", _("une exigence du bailleur")
        ALERT = "alert", _("une rupture prévue")

    # from received, an Alliance that chose the short path goes straight to a mandate or a refusal
    MOVES = {
        Status.RECEIVED: {
            Status.ADMISSIBLE,
            Status.INADMISSIBLE,
            Status.MATCHED,
            Status.DECLINED,
            Status.CLOSED,
        },
        Status.ADMISSIBLE: {Status.PRIORITISED, Status.DECLINED, Status.CLOSED},
        Status.INADMISSIBLE: {Status.RECEIVED, Status.CLOSED},
        Status.PRIORITISED: {Status.MATCHED, Status.DECLINED, Status.CLOSED},
        Status.MATCHED: {
            Status.IN_PROGRESS,
            Status.PRIORITISED,
            Status.RECEIVED,
            Status.CLOSED,
        },
        Status.IN_PROGRESS: {Status.MET, Status.PRIORITISED, Status.RECEIVED, Status.CLOSED},
        Status.MET: {Status.CLOSED},
    }

    # whoever asks may not know: it is said before the need is retained
    quarters_per_week = models.PositiveSmallIntegerField(
        _("quarts d’heure par semaine"), null=True, blank=True
    )
    text = models.CharField(_("ce qu’il faudrait"), max_length=500)
    # empty: whoever speaks French will do
    language = models.CharField(_("langue"), max_length=4, choices=Language, blank=True)
    urgency = models.CharField(_("urgence"), max_length=5, choices=Urgency, default=Urgency.SOON)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="needs")
    on_behalf_of = models.CharField(_("au nom de"), max_length=150, blank=True)
    channel = models.CharField(_("reçu par"), max_length=9, choices=Channel, default=Channel.PAGE)
    asked_on = models.DateField(_("demandé le"))
    organisation = models.ForeignKey(
        "governance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("pour l’organisme"),
    )
    origin = models.CharField(
        _("né de"), max_length=11, choices=Origin, default=Origin.ITSELF, editable=False
    )
    # what it came from, when that is a thing of its own; a stage or a cell is its own place
    requirement = models.ForeignKey(
        "cycle.Requirement", models.SET_NULL, null=True, blank=True, related_name="needs"
    )
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, blank=True, related_name="needs")
    answer = models.CharField(_("réponse"), max_length=500, blank=True)
    status = models.CharField(
        _("état"), max_length=12, choices=Status, default=Status.RECEIVED, editable=False
    )

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="need_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(quarters_per_week__isnull=False)
                | Q(status__in=["received", "admissible", "inadmissible", "declined", "closed"]),
                name="hours_said_before_retained",
            ),
        ]
        indexes = [models.Index(fields=["status", "-asked_on", "-id"], name="needs_by_status")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return page_of("support:need_detail", self.pk)

    @property
    def hours_per_week(self) -> float | None:
        return None if self.quarters_per_week is None else self.quarters_per_week / 4


class Mandate(Placed):
    """Who supports what, at which stages and in which dimensions, between two dates."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposé")
        ACTIVE = "active", _("actif")
        DECLINED = "declined", _("décliné")
        WITHDRAWN = "withdrawn", _("retiré")
        SUSPENDED = "suspended", _("suspendu")
        ENDED = "ended", _("terminé")
        JOINED = "joined", _("prolongation faite")

    # an extension accepted is joined to the mandate that it extends, whose end moves
    MOVES = {
        Status.PROPOSED: {Status.ACTIVE, Status.JOINED, Status.DECLINED, Status.WITHDRAWN},
        Status.ACTIVE: {Status.SUSPENDED, Status.ENDED},
        Status.SUSPENDED: {Status.ACTIVE, Status.ENDED},
    }

    quarters_per_week = models.PositiveSmallIntegerField(_("quarts d’heure par semaine"))
    resource = models.ForeignKey(
        Resource, models.PROTECT, related_name="mandates", verbose_name=_("ressource")
    )
    need = models.ForeignKey(
        Need,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name=_("besoin"),
    )
    host = models.ForeignKey(
        "governance.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_mandates",
        verbose_name=_("organisme d’accueil"),
    )
    extends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="extensions",
        verbose_name=_("mandat prolongé"),
    )
    word = models.CharField(_("raison donnée"), max_length=300, blank=True)
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
        indexes = [models.Index(fields=["process", "status"], name="mandates_of_process")]

    def __str__(self) -> str:
        return f"{self.resource} – {self.process}"

    def get_absolute_url(self) -> str:
        return page_of("support:mandate_detail", self.pk)

    @property
    def hours_per_week(self) -> float:
        return self.quarters_per_week / 4


# offers that were never a mandate of their own
NEVER_HELD = (
    Mandate.Status.PROPOSED,
    Mandate.Status.DECLINED,
    Mandate.Status.WITHDRAWN,
    Mandate.Status.JOINED,
)


class Pause(models.Model):
    """A time during which an active mandate was suspended; open while it is."""

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="pauses")
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.mandate}{colon()}{self.starts_on}"
