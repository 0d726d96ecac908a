"""What a link already says of the place of a need or a mandate, to fill its form."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from jonction.core.http import number_asked
from jonction.core.taxonomy import Dimension, Level, Stage
from jonction.cycle.models import Process, Requirement
from jonction.support.coverage import windows_of
from jonction.support.models import Alert, Need


def initial_place(
    processes: QuerySet[Process], said: QueryDict, today: date, only: Process | None = None
) -> dict[str, Any]:
    """Return the fields that the address says.

    It says `demarche`, `niveau`, `etape`, `dimension` (several if need be), `quarts` a week; whoever
    has `only` one process is not asked which. The dates offered are those of the stage that is left,
    from today.
    """
    ends_on = today + timedelta(weeks=26)
    # the most usual level, until the process is known
    initial: dict[str, Any] = {"starts_on": today, "ends_on": ends_on, "level": Level.LOCAL}
    number = number_asked(said, "demarche")
    process = processes.filter(pk=number).first() if number else only
    if process is None:
        return initial
    stage, dimensions = said.get("etape", ""), said.getlist("dimension")
    level = said.get("niveau", "")
    initial["process"] = process.pk
    initial["level"] = level if level in Level.values else process.body.level
    initial["stages"] = [stage] if stage in Stage.values else []
    initial["dimensions"] = [d for d in dimensions if d in Dimension.values]
    if weekly := number_asked(said, "quarts"):
        initial["quarters_per_week"] = weekly
    initial |= _came_from(process, said)
    window = windows_of(process).get(stage)
    if window and window.ends_on > today:
        initial["starts_on"] = max(today, window.starts_on)
        initial["ends_on"] = window.ends_on
    return initial


def _came_from(process: Process, said: Mapping[str, str]) -> dict[str, Any]:
    """Return what the link says that the need was born of (`origine`, `exigence`, `rupture`)."""
    origin = said.get("origine", "")
    found: dict[str, Any] = {"origin": origin if origin in Need.Origin.values else "itself"}
    asked = number_asked(said, "exigence")
    if asked and origin == Need.Origin.REQUIREMENT:
        rows = Requirement.objects.filter(pk=asked, alliance=process.body.alliance_id)
        found["requirement"] = rows.values_list("pk", flat=True).first()
    if origin == Need.Origin.ALERT:
        alerts = Alert.objects.filter(process=process, key=said.get("rupture", ""), closed_on=None)
        found["alert"] = alerts.values_list("pk", flat=True).first()
    return found


def place_of_need(need: Need) -> dict[str, Any]:
    """Return the fields of a mandate that answers the need as it was asked."""
    names = ["level", "stages", "dimensions", "mode", "posture", "quarters_per_week"]
    names += ["starts_on", "ends_on"]
    asked = {name: getattr(need, name) for name in names}
    return {**asked, "process": need.process_id, "need": need.pk}
