"""What search finds of governance: Alliances and bodies are public; their people are not."""

from django.utils.translation import gettext_lazy as _

from jonction.core.search import Source
from jonction.governance.models import Alliance, Body

SOURCES = [
    Source(
        model=Alliance,
        kind=_("Alliances"),
        title=lambda alliance: alliance.name,
        text=lambda alliance: f"{alliance.plan} · {alliance.region}",
        visible_to=lambda _person, _today: Alliance.objects.all(),
        related=("plan", "region"),
    ),
    Source(
        model=Body,
        kind=_("Instances de concertation"),
        title=lambda body: body.name,
        text=lambda body: " · ".join(str(p) for p in (body.territory, body.alliance) if p),
        visible_to=lambda _person, _today: Body.objects.all(),
        related=("territory", "alliance"),
    ),
]
