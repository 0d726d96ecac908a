"""The forecasts of a process: the last one answered, and the last one asked."""

from django.db.models import Q

from jonction.cycle.models import Process
from jonction.support.models import Forecast


def forecasts_shown(process: Process) -> tuple[Forecast | None, Forecast | None]:
    """Return the last forecast asked, whatever became of it, and the last one answered."""
    rows = Forecast.objects.filter(process=process)
    done = rows.filter(status=Forecast.Status.DONE)
    found = list(rows.filter(Q(pk__in=rows.values("pk")[:1]) | Q(pk__in=done.values("pk")[:1])))
    answered = [forecast for forecast in found if forecast.status == Forecast.Status.DONE]
    return (found[0] if found else None), (answered[0] if answered else None)
