"""What support lets a person do from the things of the areas below."""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jonction.accounts.models import Person
from jonction.core.days import in_words
from jonction.cycle.doors import Line, Panel, StageDoor
from jonction.cycle.models import Process, ProcessStage
from jonction.support.filings import PRESSING, TONES, WORDS, asked_here
from jonction.support.models import Need
from jonction.support.queries.access import takes_part
from jonction.support.rules.need import may_ask


def _asking(stage: ProcessStage) -> str:
    origin = Need.Origin.STAGE.value
    said = urlencode({"demarche": str(stage.process_id), "etape": stage.kind, "origine": origin})
    return f"{reverse('support:need_new')}?{said}"


def _asked_by_the_funder(person: Person, process: Process, today: date) -> Panel | None:
    """S8: each process shows what is late, due soon or ready, to those who answer."""
    if not takes_part(person, process, today):
        return None
    every = asked_here(process, today=today)
    if not every:
        return None
    lines = [
        Line(
            asked.title,
            reverse("support:filing_detail", args=asked.place),
            str(_("dû le {day}")).format(day=in_words(asked.due.on)),
            WORDS[asked.state],
            TONES.get(asked.state, ""),
        )
        for asked in every
        if asked.state in PRESSING
    ]
    rest = ngettext(
        "Tout ce que le bailleur demande ici : {n} exigence",
        "Tout ce que le bailleur demande ici : {n} exigences",
        len(every),
    )
    shown = urlencode({"etat": "tous", "demarche": str(process.pk)})
    url = f"{reverse('support:filing_list')}?{shown}"
    return Panel(_("Ce que le bailleur demande"), lines, rest.format(n=len(every)), url)


PROCESS_PANELS = [_asked_by_the_funder]
STAGE_DOORS = [StageDoor(_("Demander de l’accompagnement"), may_ask, _asking)]
