"""Who runs the work together: organisations, plans, Alliances, bodies and seats."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jonction.core.addresses import page_of
from jonction.core.fields import FoldedField
from jonction.core.taxonomy import Level
from jonction.core.versions import Versioned

THRESHOLD = [MinValueValidator(1), MaxValueValidator(104)]


class Organisation(Versioned):
    name = models.CharField(_("nom légal"), max_length=200)
    neq = models.CharField(_("NEQ"), max_length=10, blank=True)
    kind = models.CharField(_("type"), max_length=80, blank=True)
    place = models.ForeignKey(
        "territories.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("MRC"),
    )
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    annual_budget = models.DecimalField(
        _("budget annuel"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    folded = FoldedField(of=["name", "neq"])

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["neq"], condition=~Q(neq=""), name="one_organisation_per_neq"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("governance:organisation_detail", self.pk)


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


class Alliance(Versioned):
    """A territorial agreement under one plan, with its thresholds of coverage."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="alliances")
    name = models.CharField(_("nom"), max_length=160)
    region = models.ForeignKey("territories.Place", models.PROTECT, related_name="alliances")
    mandataire = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alliances",
        verbose_name=_("mandataire"),
    )
    cosigners = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="cosigned_alliances",
        verbose_name=_("cosignataires"),
    )
    envelope = models.DecimalField(
        _("enveloppe, en dollars"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    lookahead_weeks = models.PositiveSmallIntegerField(
        _("semaines d’avance"),
        default=12,
        validators=THRESHOLD,
        help_text=_(
            "Une étape à venir est regardée à partir de ce nombre de semaines avant son début ; "
            "plus tôt, elle est « sans besoin »."
        ),
    )
    gap_weeks = models.PositiveSmallIntegerField(
        _("semaines de silence permises"),
        default=6,
        validators=THRESHOLD,
        help_text=_(
            "Quelqu’un compte comme présent pendant ce nombre de semaines après sa dernière ligne "
            "au journal ; une étape à venir laissée seule plus longtemps est un trou."
        ),
    )
    tolerance_weeks = models.PositiveSmallIntegerField(
        _("semaines de rupture tolérées"),
        default=2,
        validators=[MaxValueValidator(104)],
        help_text=_(
            "Une rupture de ce nombre de semaines ou moins ne baisse pas l’indice de continuité et "
            "ne lève pas d’alerte au passage d’une étape à l’autre ; 0 n’en tolère aucune."
        ),
    )
    floor_quarters = models.PositiveSmallIntegerField(
        _("plancher, en quarts d’heure par semaine"),
        default=4,
        help_text=_(
            "Une case est mince quand ni le temps prévu ni le temps fait n’atteignent ce temps par "
            "semaine."
        ),
    )
    floor_weeks = models.PositiveSmallIntegerField(
        _("semaines observées pour le plancher"),
        default=8,
        validators=THRESHOLD,
        help_text=_("Le temps fait se compare au plancher sur ce nombre de dernières semaines."),
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("governance:alliance_detail", self.pk)


class AllianceTerritory(Versioned):
    """A territory as the Alliance cuts it: several MRC, or a part of one."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="territories")
    name = models.CharField(_("nom"), max_length=120)
    places = models.ManyToManyField(
        "territories.Place", related_name="alliance_territories", verbose_name=_("lieux")
    )
    part = models.CharField(
        _("partie couverte"),
        max_length=200,
        blank=True,
        help_text=_("À remplir quand le territoire ne couvre qu’une partie de ces lieux."),
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name"], name="one_territory_of_that_name_per_alliance"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_one_place(self) -> bool:
        """Say whether it is a whole place, under its own name."""
        return not self.part and [place.name for place in self.places.all()] == [self.name]


class Body(Versioned):
    """A concertation body: the regional table or a local one."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="bodies")
    name = models.CharField(_("nom"), max_length=160)
    level = models.CharField(_("niveau"), max_length=10, choices=Level, default=Level.LOCAL)
    territory = models.ForeignKey(
        AllianceTerritory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("territoire"),
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

    def get_absolute_url(self) -> str:
        return page_of("governance:body_detail", self.pk)


class Seat(models.Model):
    """A person in a body, in a role, between two dates: the source of rights."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordination")
        MEMBER = "member", _("membre")
        REVIEWER = "reviewer", _("analyse des demandes")
        FINANCE = "finance", _("finances")
        ELECTED = "elected", _("personne élue")
        OBSERVER = "observer", _("observation")
        RESEARCHER = "researcher", _("recherche")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    role = models.CharField(_("rôle"), max_length=12, choices=Role, default=Role.MEMBER)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="seats"
    )
    is_citizen = models.BooleanField(_("à titre citoyen"), default=False)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(is_citizen=False) | Q(organisation__isnull=True),
                name="seat_of_a_citizen_or_of_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.body}"


class Membership(models.Model):
    """A person in an organisation, between two dates: who writes for a promoter."""

    class Role(models.TextChoices):
        OWNER = "owner", _("responsable")
        WRITER = "writer", _("rédaction")
        READER = "reader", _("lecture")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=6, choices=Role, default=Role.WRITER)
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"
