"""The kinds of news that a person may want at once, in the morning, or not at all.

Sign-in codes and changes of one's own account are no news: they are always sent.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class News(models.TextChoices):
    MANDATE = "mandate", _("les mandats qui me concernent")
    NEED = "need", _("les besoins que je reçois ou que j’ai demandés")
    ALERT = "alert", _("les ruptures prévues dans l’accompagnement")
    DEPARTURE = "departure", _("les départs annoncés dans mon Alliance")
    HANDOVER = "handover", _("les passations que je remets ou que je reçois")
    IMPORT = "import", _("la fin de mes imports longs")


class Pace(models.TextChoices):
    NOW = "now", _("tout de suite")
    DIGEST = "digest", _("le matin, en un seul courriel")
    NEVER = "never", _("jamais")


# alerts come many at once: they are never a mail each
USUAL = {
    News.MANDATE: Pace.NOW,
    News.NEED: Pace.NOW,
    News.ALERT: Pace.DIGEST,
    News.DEPARTURE: Pace.NOW,
    News.HANDOVER: Pace.NOW,
    News.IMPORT: Pace.NOW,
}
PACES = {kind: [Pace.NOW, Pace.DIGEST, Pace.NEVER] for kind in News} | {
    News.ALERT: [Pace.DIGEST, Pace.NEVER]
}
