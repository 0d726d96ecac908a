"""What people chose in a round, weighed as what it proposed: by urgency, by days and by hours (S7)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from fractions import Fraction

from jonction.support.models import Mandate, Need, Proposal
from jonction.support.queries.round import URGENCIES, WHOLE

_DAY = timedelta(days=1)
FALLEN = (Mandate.Status.DECLINED, Mandate.Status.WITHDRAWN)


def chosen_of(proposals: Iterable[Proposal]) -> Mapping[int, Fraction] | None:
    """Return what the choices give to each territory, None while nothing is decided.

    A mandate that its person declined, or that was taken back, gives nothing; nor do days outside
    those that the need asks for.
    """
    found, is_decided = defaultdict[int, Fraction](Fraction), False
    for one in proposals:
        is_decided |= one.status != Proposal.Status.PROPOSED
        found[one.need.process.body.territory_id or WHOLE] += _given(one)
    return found if is_decided else None


def fallen_of(proposals: Iterable[Proposal]) -> int:
    """Return how many of the mandates chosen were declined or taken back since."""
    return sum(one.mandate is not None and one.mandate.status in FALLEN for one in proposals)


def _given(one: Proposal) -> Fraction:
    if one.mandate is None or one.mandate.status in FALLEN or not one.chosen_quarters:
        return Fraction(0)
    first = max(one.starts_on, one.chosen_from or one.starts_on)
    last = min(one.ends_on, one.chosen_to or one.ends_on)
    days = max((last - first + _DAY).days, 0)
    return URGENCIES[Need.Urgency(one.need.urgency)] * days * one.chosen_quarters
