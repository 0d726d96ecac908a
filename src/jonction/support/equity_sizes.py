"""From the rows to the engine and back: the equity between small and large promoters (R3, S5).

What a promoter asked is a need written for an organisation; what it got is the mandates that carry
that need. The journal does not say for which organisation an hour was given.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jonction.engines.claims import Size, hours_within, size_of
from jonction.governance.models import Alliance
from jonction.support.compared import Compared, Row, compare, compare_from_outside, joined
from jonction.support.coverage import absences_of
from jonction.support.equity_method import Method, method_from
from jonction.support.models import Mandate, Need
from jonction.support.queries import claims
from jonction.support.queries import equity as queries
from jonction.support.queries.mandate import carrying_mandates

NAMES = {
    Size.SMALL: _("Petits organismes"),
    Size.MEDIUM: _("Organismes moyens"),
    Size.LARGE: _("Grands organismes"),
    Size.UNKNOWN: _("Taille inconnue"),
}


@dataclass(frozen=True, slots=True)
class SizeFacts:
    """The organisations known in the region, those that asked, and what became of their needs."""

    size: str
    known: int
    asking: int
    needs: int
    carried: int
    asked: Fraction


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of promoter of an Alliance; nothing compared when it may not be told."""

    alliance: Alliance
    since: date
    until: date
    method: Method
    compared: Compared[SizeFacts] | None

    @property
    def rows(self) -> Sequence[Row[SizeFacts]]:
        return self.compared.every if self.compared else ()

    @property
    def asked(self) -> Fraction:
        return sum((row.facts.asked for row in self.rows), Fraction(0))

    @property
    def promised(self) -> Fraction:
        return sum((row.hours for row in self.rows), Fraction(0))

    @property
    def needs(self) -> int:
        return sum(row.facts.needs for row in self.rows)

    @property
    def carried(self) -> int:
        return sum(row.facts.carried for row in self.rows)


def sizes_of(alliance: Alliance, since: date, until: date, *, is_inside: bool) -> Sizes:
    method = method_from(queries.methods_of([alliance]).get(alliance.pk), [])
    period = (since, until)
    needs = claims.promoter_needs(alliance, since, until)
    carrying: defaultdict[int, list[Mandate]] = defaultdict(list)
    for mandate in carrying_mandates(needs):
        carrying[mandate.need_id or 0].append(mandate)
    asked: defaultdict[Size, list[Need]] = defaultdict(list)
    for need in needs:
        asked[_size(need, method)].append(need)
    known = claims.organisations_by_size(alliance, method.small_under, method.large_from)
    rows = [
        _row(size, asked[size], carrying, known.get(size, 0), period)
        for size in Size
        if asked[size] or known.get(size)
    ]
    fewest = method.fewest_contributors
    compared = compare(rows) if is_inside else compare_from_outside(rows, fewest, _together)
    return Sizes(alliance, since, until, method, compared)


def _size(need: Need, method: Method) -> Size:
    budget = need.organisation.annual_budget if need.organisation else None
    amount = None if budget is None else Fraction(budget)
    return size_of(amount, small_under=method.small_under, large_from=method.large_from)


def _row(
    size: Size,
    needs: Sequence[Need],
    carrying: dict[int, list[Mandate]],
    known: int,
    period: tuple[date, date],
) -> Row[SizeFacts]:
    pairs = [(need, mandate) for need in needs for mandate in carrying.get(need.pk, ())]
    asked = sum((_asked(need, period) for need in needs), Fraction(0))
    asking = {need.organisation_id for need in needs}
    carried = sum(need.pk in carrying for need in needs)
    return Row(
        size.value,
        str(NAMES[size]),
        # what is not known to be small or large says nothing of either
        asked if size is not Size.UNKNOWN else None,
        sum((_promised(mandate, need, period) for need, mandate in pairs), Fraction(0)),
        SizeFacts(size.value, known, len(asking), len(needs), carried, asked),
        frozenset(mandate.resource_id for _need, mandate in pairs),
        persons=len(asking),
    )


def _asked(need: Need, period: tuple[date, date]) -> Fraction:
    if need.quarters_per_week is None:  # counted among the needs, not among the hours
        return Fraction(0)
    return hours_within(need.quarters_per_week, (need.starts_on, need.ends_on), period)


def _promised(mandate: Mandate, need: Need, period: tuple[date, date]) -> Fraction:
    """Return the hours promised on the days of the period that the need asked, absences aside."""
    run = (max(mandate.starts_on, need.starts_on), min(mandate.ends_on, need.ends_on))
    return hours_within(mandate.quarters_per_week, run, period, absences_of(mandate))


def _together(rows: Sequence[Row[SizeFacts]]) -> Row[SizeFacts]:
    def total(name: str) -> Any:
        return sum(getattr(row.facts, name) for row in rows)

    names = ("known", "asking", "needs", "carried", "asked")
    facts = SizeFacts("", *(total(name) for name in names))
    name = ngettext("{n} taille, à part", "{n} tailles regroupées", len(rows))
    return joined(rows, name.format(n=len(rows)), facts)
