"""Choosing how needs are taken in and weighed."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.verdicts import require
from jonction.governance.models import Alliance
from jonction.support.models import IntakeMethod
from jonction.support.queries.intake import intake_of
from jonction.support.rules import intake as rules


@transaction.atomic
def set_intake(
    alliance: Alliance,
    *,
    actor: Person,
    today: date,
    path: str,
    weights: Mapping[str, int],
    limits: Mapping[str, int],
    reason: str,
) -> IntakeMethod:
    """Write one more version; those before it stay, with who chose them and why."""
    require(rules.can_set_intake(actor, alliance, today))
    Alliance.objects.select_for_update(of=("self",)).get(pk=alliance.pk)
    method = IntakeMethod.objects.create(
        alliance=alliance,
        number=intake_of(alliance.pk).number + 1,
        path=path,
        weights=dict(weights),
        limits=dict(limits),
        reason=reason,
        set_by=actor,
    )
    Trace.leave(actor, "support.intakemethod.set", method, number=method.number, why=reason)
    return method
