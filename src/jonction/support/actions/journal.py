"""Everything that changes the journal, line by line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core import search
from jonction.core.models import Trace
from jonction.core.verdicts import Refused, require
from jonction.cycle.models import Process
from jonction.support.models import Intervention, Resource, Share, shares_of
from jonction.support.queries.journal import facts_of
from jonction.support.rules import journal as rules
from jonction.support.tallies import recount, touched_by


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
    aspects: Sequence[str] = (),
    follow_up: str = "",
    participants: int | None = None,
    posture: str = "",
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
        aspects=list(aspects),
        follow_up=follow_up,
        participants=participants,
        posture=posture,
    )
    Share.objects.bulk_create(shares_of(line, process.body.level, stages, dimensions))
    recount(touched_by([line]))
    Trace.leave(actor, "support.intervention.logged", line, quarters=quarters)
    search.index(line)
    return line


@transaction.atomic
def remove_intervention(line: Intervention, *, actor: Person, today: date) -> None:
    _hold(line)
    require(rules.can_remove_intervention(actor, line, today=today))
    Trace.leave(actor, "support.intervention.removed", line, quarters=line.quarters)
    search.unindex(line)
    touched = touched_by([line])
    line.delete()
    recount(touched)


@transaction.atomic
def correct_intervention(
    line: Intervention, *, actor: Person, today: date, process: Process, **facts: Any
) -> Intervention:
    """Write one's line anew; the trail keeps what it said before."""
    _hold(line)
    on, quarters = facts["on"], facts["quarters"]
    require(
        rules.can_correct_intervention(
            actor, line, process=process, on=on, quarters=quarters, today=today
        )
    )
    before, touched = facts_of(line), touched_by([line])
    stages, dimensions = facts.pop("stages"), facts.pop("dimensions")
    for name, value in {**facts, "process": process}.items():
        setattr(line, name, value)
    line.save()
    line.shares.all().delete()
    Share.objects.bulk_create(shares_of(line, process.body.level, stages, dimensions))
    recount(touched | touched_by([line]))
    Trace.leave(actor, "support.intervention.corrected", line, before=before)
    search.index(line)
    return line


@transaction.atomic
def log_interventions(
    lines: Sequence[Mapping[str, Any]], *, actor: Person, today: date
) -> list[Intervention]:
    """Write several lines, or none when one of them is refused."""
    require(rules.can_log_interventions(actor, today))
    return [log_intervention(actor=actor, today=today, **line) for line in lines]


def _hold(line: Intervention) -> None:
    """Take the journal first, and read the line as it now is: a line taken back stays so."""
    Resource.objects.select_for_update().get(pk=line.resource_id)
    try:
        line.refresh_from_db()
    except Intervention.DoesNotExist as error:
        raise Refused(_("Cette ligne vient d’être retirée.")) from error
