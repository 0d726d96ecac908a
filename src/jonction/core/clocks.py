"""The legal times of Québec (T-5.1), as the tz database names them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    EAST = "America/Toronto", _("heure de l’Est")
    ISLANDS = "America/Halifax", _("heure de l’Atlantique")
    LOWER_NORTH_SHORE = "America/Blanc-Sablon", _("heure normale de l’Atlantique")
