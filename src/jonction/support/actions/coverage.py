"""Saying that a cell needs nothing, and putting an alert aside."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.verdicts import Refused, require
from jonction.cycle.models import Process
from jonction.support.continuity import foreseen_of, watch
from jonction.support.models import Alert, Snooze, Waiver
from jonction.support.rules import coverage as rules


@transaction.atomic
def waive_cell(
    process: Process,
    *,
    actor: Person,
    today: date,
    level: str,
    stage: str,
    dimensions: Sequence[str],
    reason: str,
) -> None:
    """Say that these cells of a stage need no support; saying it again changes the reason."""
    require(rules.can_waive_cell(actor, process, today))
    for dimension in dimensions:
        Waiver.objects.update_or_create(
            process=process,
            level=level,
            stage=stage,
            dimension=dimension,
            defaults={"reason": reason, "said_by": actor},
        )
    Trace.leave(
        actor, "support.waiver.said", process, stage=stage, dimensions=list(dimensions), why=reason
    )
    watch([process], today=today)


@transaction.atomic
def withdraw_waiver(waiver: Waiver, *, actor: Person, today: date) -> None:
    require(rules.can_withdraw_waiver(actor, waiver.process, today))
    cell = {"stage": waiver.stage, "dimension": waiver.dimension, "why": waiver.reason}
    Trace.leave(actor, "support.waiver.withdrawn", waiver.process, **cell)
    waiver.delete()
    watch([waiver.process], today=today)


@transaction.atomic
def snooze_alert(
    process: Process, *, actor: Person, today: date, key: str, until: date, reason: str
) -> Snooze:
    """Put a foreseen break aside until that day; the alert and the reason stay in the history."""
    require(rules.can_snooze_alert(actor, process, today, until=until))
    if key not in {foreseen.breaking.key for foreseen in foreseen_of([process], today=today)}:
        raise Refused(_("Cette rupture n’est plus prévue : rechargez la page."))
    watch([process], today=today)
    alert = Alert.objects.get(process=process, key=key, closed_on=None)
    snooze = Snooze.objects.create(alert=alert, until=until, reason=reason, said_by=actor)
    Trace.leave(actor, "support.alert.snoozed", alert, until=until.isoformat(), why=reason)
    return snooze
