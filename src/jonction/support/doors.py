"""What support lets a person do from the things of the areas below."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from jonction.cycle.doors import StageDoor
from jonction.cycle.models import ProcessStage
from jonction.support.models import Need
from jonction.support.rules.need import may_ask


def _asking(stage: ProcessStage) -> str:
    origin = Need.Origin.STAGE.value
    said = urlencode({"demarche": str(stage.process_id), "etape": stage.kind, "origine": origin})
    return f"{reverse('support:need_new')}?{said}"


STAGE_DOORS = [StageDoor(_("Demander de l’accompagnement"), may_ask, _asking)]
