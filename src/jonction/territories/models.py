"""The places: province, regions, MRC and equivalents, and what lies below."""

from decimal import Decimal

from django.db import models
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from jonction.core import clocks
from jonction.core.typography import colon, percentage


class Place(MP_Node):  # type: ignore[misc]
    """A place of the tree; the real Québec list ships with the product."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        REGION = "region", _("région")
        MRC = "mrc", _("MRC")
        TERRITORY = "territory", _("territoire équivalent à une MRC")
        MUNICIPALITY = "municipality", _("municipalité")

    Zone = clocks.Zone

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    sort_key = models.CharField(max_length=120, db_index=True, editable=False)
    kind = models.CharField(_("type"), max_length=12, choices=Kind)
    # empty: that of the nearest place above (queries.legal_zone)
    time_zone = models.CharField(
        _("heure légale"), max_length=40, choices=Zone, blank=True, default=""
    )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("territories:place_detail", args=[self.code])


class Indicator(models.Model):
    """What a figure measures: its unit, and whether more of it means more need of support."""

    class Direction(models.TextChoices):
        MORE = "more", _("plus de besoin")
        LESS = "less", _("moins de besoin")
        SIZE = "size", _("une taille, ni plus ni moins de besoin")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=150)
    unit = models.CharField(_("unité"), max_length=40, blank=True)
    direction = models.CharField(
        _("quand le chiffre est plus grand"), max_length=4, choices=Direction
    )
    # counts of several places add up; rates are averaged by population
    is_count = models.BooleanField(_("un nombre, qui s’additionne"), default=False)
    source = models.CharField(_("où le trouver"), max_length=200, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Figure(models.Model):
    """One figure of one place: for a period, with the source of this very value."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    period = models.CharField(_("période"), max_length=9)
    value = models.DecimalField(_("valeur"), max_digits=18, decimal_places=4)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["indicator__name", "-period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "indicator", "period"], name="one_figure_per_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}{colon()}{self.place}, {self.period}"

    @property
    def amount(self) -> str:
        """Return the value with its unit, as the language writes it."""
        exact = Decimal(f"{self.value.normalize():f}")
        number, unit = number_format(exact, force_grouping=True), self.indicator.unit
        return percentage(number) if unit == "%" else f"{number}\u00a0{unit}".strip()
