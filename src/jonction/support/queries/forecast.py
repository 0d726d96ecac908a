"""What an Alliance supposes, and the forecasts of a process."""

from django.db.models import Q

from jonction.cycle.models import Process
from jonction.governance.models import Alliance
from jonction.support.models import Assumptions, Forecast


def assumptions_of(alliance: Alliance) -> Assumptions:
    """Return what the Alliance supposes: its own row, or the starting one, not saved."""
    known = Assumptions.objects.filter(alliance=alliance).first()
    return known or Assumptions(alliance=alliance)


def forecasts_shown(process: Process) -> tuple[Forecast | None, Forecast | None]:
    """Return the last forecast asked, whatever became of it, and the last one answered."""
    rows = Forecast.objects.filter(process=process)
    done = rows.filter(status=Forecast.Status.DONE)
    found = list(rows.filter(Q(pk__in=rows.values("pk")[:1]) | Q(pk__in=done.values("pk")[:1])))
    answered = [forecast for forecast in found if forecast.status == Forecast.Status.DONE]
    return (found[0] if found else None), (answered[0] if answered else None)
