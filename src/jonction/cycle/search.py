"""What search finds of the processes: where each one stands is public."""

from django.utils.translation import gettext_lazy as _

from jonction.core.search import Source
from jonction.cycle.models import Process

SOURCES = [
    Source(
        model=Process,
        kind=_("Démarches"),
        title=lambda process: process.name,
        text=lambda process: " · ".join(
            str(part) for part in (process.body.territory, process.body.alliance) if part
        ),
        visible_to=lambda _person, _today: Process.objects.all(),
        related=("body__territory", "body__alliance"),
    )
]
