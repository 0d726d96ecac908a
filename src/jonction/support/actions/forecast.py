"""Asking for a forecast, and saying what an Alliance supposes."""

from datetime import date
from typing import Any

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.background import later
from jonction.core.models import Trace
from jonction.core.verdicts import require
from jonction.core.versions import rewrite
from jonction.cycle.models import Process
from jonction.governance.models import Alliance
from jonction.support.forecast import fingerprint_of, new_forecast, project_of
from jonction.support.models import Assumptions, Forecast
from jonction.support.rules import forecast as rules

JOB = "jonction.support.jobs.compute_forecast"


@transaction.atomic
def ask_forecast(process: Process, *, actor: Person, today: date) -> Forecast:
    """Have the calendar drawn; the same question is not asked twice while it is being answered."""
    Process.objects.select_for_update().get(pk=process.pk)
    require(rules.can_ask_forecast(actor, process, today))
    project = project_of(process, today=today)
    waiting = Forecast.objects.filter(
        process=process, status=Forecast.Status.WAITING, fingerprint=fingerprint_of(project)
    ).first()
    if waiting:
        return waiting
    forecast = new_forecast(process, project, actor=actor, today=today)
    forecast.save()
    Trace.leave(actor, "support.forecast.waiting", forecast)
    later(JOB, forecast.pk)
    return forecast


@transaction.atomic
def edit_assumptions(
    alliance: Alliance, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> Assumptions:
    """Write what the Alliance supposes; the first writing makes its row."""
    require(rules.can_edit_assumptions(actor, alliance, today))
    assumed, _is_new = Assumptions.objects.get_or_create(alliance=alliance)
    rewrite(assumed, changes, version=version, actor=actor)
    return assumed
