"""How long it takes to drive from one territory of an Alliance to another (S7, the means)."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jonction.core.versions import Versioned

LONGEST = 600  # minutes: ten hours on the road one way is a slip of the keyboard


class TravelTimes(Versioned):
    """Whole minutes one way by car, by pair of territories; one row per Alliance.

    A pair is written once, the smaller id first (« 12-15 »); one that nobody said is not there.
    """

    PARTS: ClassVar[dict[str, Any]] = {"minutes": _("temps de trajet")}

    alliance = models.OneToOneField(
        "governance.Alliance", models.CASCADE, related_name="travel_times"
    )
    minutes = models.JSONField(_("minutes"), default=dict)

    class Meta:
        verbose_name = _("temps de trajet")
        verbose_name_plural = "travel times"

    def __str__(self) -> str:
        return str(_("Temps de trajet"))

    def get_absolute_url(self) -> str:
        return reverse("support:travel_edit", args=[self.alliance_id])

    def between(self, one: int, other: int) -> int | None:
        """Return the minutes from one territory to another, None when nobody said them."""
        known: int | None = self.minutes.get(pair_key(one, other))
        return known


def pair_key(one: int, other: int) -> str:
    """Return the name of a pair of territories, the same from both sides."""
    first, second = sorted((one, other))
    return f"{first}-{second}"
