"""What search finds of governance: Alliances and bodies are public; organisations are for those who
have an account, as their list is; people are not found."""

from django.utils.translation import gettext_lazy as _

from jonction.core.search import Source
from jonction.governance.models import Alliance, Body, Organisation
from jonction.governance.queries import organisations

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
    Source(
        model=Organisation,
        kind=_("Organismes"),
        title=lambda organisation: organisation.name,
        text=lambda organisation: " · ".join(
            str(part) for part in (organisation.kind, organisation.place, organisation.neq) if part
        ),
        visible_to=lambda person, _today: (
            organisations() if person else Organisation.objects.none()
        ),
        related=("place",),
    ),
]
