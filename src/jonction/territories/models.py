"""The places: province, regions, MRC and equivalents, and what lies below."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from jonction.core import clocks


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
