"""Everything that changes support."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core import search
from jonction.core.models import Trace
from jonction.core.verdicts import require
from jonction.cycle.models import Process
from jonction.support.models import Intervention, Resource, Share, shares_of
from jonction.support.rules import journal as rules


@transaction.atomic
def log_intervention(
    process: Process,
    *,
    actor: Person,
    today: date,
    on: date,
    quarters: int,
    text: str,
    stages: Sequence[str],
    dimensions: Sequence[str],
    function: str,
    audience: str,
) -> Intervention:
    """Write one line and spread its time equally over the cells it served."""
    # locked first: two lines written at once could together pass 24 hours
    resource = Resource.objects.select_for_update().filter(person=actor).first()
    require(rules.can_log_intervention(actor, process, on=on, quarters=quarters, today=today))
    line = Intervention.objects.create(
        resource=cast("Resource", resource),
        process=process,
        on=on,
        quarters=quarters,
        text=text,
        function=function,
        audience=audience,
    )
    Share.objects.bulk_create(shares_of(line, process.body.level, stages, dimensions))
    Trace.leave(actor, "support.intervention.logged", line, quarters=quarters)
    search.index(line)
    return line


@transaction.atomic
def remove_intervention(line: Intervention, *, actor: Person, today: date) -> None:
    require(rules.can_remove_intervention(actor, line, today=today))
    Trace.leave(actor, "support.intervention.removed", line, quarters=line.quarters)
    search.unindex(line)
    line.delete()
