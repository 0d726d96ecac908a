"""Saying how long it takes to drive between the territories of an Alliance."""

from datetime import date
from typing import Any

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.verdicts import require
from jonction.core.versions import rewrite
from jonction.governance.models import Alliance
from jonction.support.models import TravelTimes
from jonction.support.rules import travel as rules


@transaction.atomic
def edit_travel_times(
    alliance: Alliance, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> TravelTimes:
    """Write the times of the Alliance; the first writing makes their row."""
    require(rules.can_edit_travel_times(actor, alliance, today))
    times, _is_new = TravelTimes.objects.get_or_create(alliance=alliance)
    rewrite(times, changes, version=version, actor=actor)
    return times
