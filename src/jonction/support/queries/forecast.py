"""The forecasts of a process: the last one answered, and the one being computed."""

from jonction.cycle.models import Process
from jonction.support.models import Forecast


def last_forecast(process: Process) -> Forecast | None:
    return Forecast.objects.filter(process=process, status=Forecast.Status.DONE).first()


def last_asked(process: Process) -> Forecast | None:
    """Return the last one asked, whatever became of it."""
    return Forecast.objects.filter(process=process).defer("inputs", "result", "starts").first()
