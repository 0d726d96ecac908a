"""Choosing how need is weighed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.verdicts import require
from jonction.governance.models import Alliance
from jonction.support.models import EquityMethod
from jonction.support.rules import equity as rules


@transaction.atomic
def set_method(
    alliance: Alliance,
    *,
    actor: Person,
    today: date,
    figures_percent: int,
    indicators: Mapping[str, int],
    factors: Mapping[str, int],
    size: str,
    target: Decimal,
    fewest_contributors: int,
    small_under: int,
    large_from: int,
    reason: str,
) -> EquityMethod:
    """Write one more version of the method; those before it stay, with who chose them and why."""
    require(rules.can_set_method(actor, alliance, today))
    Alliance.objects.select_for_update(of=("self",)).get(pk=alliance.pk)
    last = EquityMethod.objects.filter(alliance=alliance).order_by("-number").first()
    method = EquityMethod.objects.create(
        alliance=alliance,
        number=last.number + 1 if last else 1,
        figures_percent=figures_percent,
        indicators=dict(indicators),
        factors=dict(factors),
        size=size,
        target=target,
        fewest_contributors=fewest_contributors,
        small_under=small_under,
        large_from=large_from,
        reason=reason,
        set_by=actor,
    )
    Trace.leave(actor, "support.equitymethod.set", method, number=method.number, why=reason)
    return method
