"""The local and regional processes: their stages, their dates, and when gestures are open."""

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jonction.core.addresses import page_of
from jonction.core.fields import Labelled
from jonction.core.taxonomy import Level, Stage
from jonction.core.versions import Versioned
from jonction.engines.due import Anchor as engine  # noqa: N813 - its values, labelled below
from jonction.engines.due import DueRule

# The gestures that a window may open, by the name of their action. An area above adds its own:
# GESTURES["fund.submit_application"] = _("…") beside its models.
GESTURES: dict[str, Any] = {"support.raise_need": _("Demander de l’accompagnement")}

LONGEST_TEXT = 10_000


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
        return page_of("cycle:process_detail", self.pk)


class ProcessStage(Labelled, models.Model):
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


class Requirement(Versioned):
    """What the funder asks of the processes of an Alliance under its plan, and what it means (S8)."""

    class Anchor(models.TextChoices):
        STAGE_START = engine.STAGE_START.value, _("le début de l’étape")
        STAGE_END = engine.STAGE_END.value, _("la fin de l’étape")
        PROCESS_START = engine.PROCESS_START.value, _("le début de la démarche")
        PROCESS_END = engine.PROCESS_END.value, _("la fin de la démarche")
        FISCAL_YEAR = engine.FISCAL_YEAR.value, _("la fin de chaque année financière (31 mars)")
        FIXED = engine.FIXED.value, _("une date fixe")

    PARTS = {"questions": _("questions")}

    alliance = models.ForeignKey("governance.Alliance", models.CASCADE, related_name="requirements")
    name = models.CharField(_("nom"), max_length=160)
    level = models.CharField(
        _("niveau concerné"),
        max_length=10,
        choices=Level,
        blank=True,
        help_text=_("Vide : toutes les démarches de l’Alliance."),
    )
    stage = models.CharField(_("étape"), max_length=12, choices=Stage)
    official_text = models.TextField(_("texte du bailleur, tel qu’écrit"), max_length=LONGEST_TEXT)
    source = models.CharField(
        _("où c’est écrit"), max_length=200, blank=True, help_text=_("Entente, guide, article.")
    )
    plain_text = models.TextField(_("en langage clair"), max_length=LONGEST_TEXT)
    why = models.TextField(_("pourquoi c’est demandé"), max_length=LONGEST_TEXT, blank=True)
    anchor = models.CharField(_("dû par rapport à"), max_length=13, choices=Anchor)
    offset_days = models.SmallIntegerField(
        _("jours après"),
        default=0,
        validators=[MinValueValidator(-1000), MaxValueValidator(1000)],
        help_text=_("Un nombre négatif compte les jours avant : -30 veut dire trente jours avant."),
    )
    fixed_on = models.DateField(_("date fixe"), null=True, blank=True)
    document = models.CharField(
        _("document à remettre"), max_length=160, help_text=_("Son nom officiel.")
    )
    helper = models.CharField(
        _("qui peut aider"), max_length=200, blank=True, help_text=_("Nom et téléphone.")
    )

    class Meta:
        ordering = ["stage", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name"], name="one_requirement_of_that_name_per_alliance"
            ),
            models.CheckConstraint(
                condition=~Q(anchor="fixed") | Q(fixed_on__isnull=False),
                name="requirement_of_a_fixed_day_has_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("cycle:requirement_edit", self.pk)

    @property
    def days_before(self) -> int:
        return -self.offset_days

    @property
    def due_rule(self) -> DueRule:
        return DueRule(engine(self.anchor), self.offset_days, self.fixed_on)


class Question(models.Model):
    """A plain question whose answer stands under a heading of the official document (S8)."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=300)
    heading = models.CharField(_("titre dans le document officiel"), max_length=200)
    help = models.CharField(_("aide"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
