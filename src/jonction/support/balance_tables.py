"""The table of a balance as it leaves the page: a row per territory, then the whole Alliance."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jonction.core.taxonomy import Function, Posture
from jonction.engines.balance import NOT_SAID, State, Whole
from jonction.support.balance import FUNCTIONS, POSTURES, Balance, Row

STATES = (State.ON_TIME, State.LATE, State.UNKNOWN)


def headers() -> list[str]:
    unsaid = [_("Fonction non précisée"), _("Posture non précisée")]
    functions = [capfirst(str(Function(code).label)) for code in FUNCTIONS]
    postures = [_("Posture : {name}").format(name=Posture(code).label) for code in POSTURES]
    parts = [*functions, unsaid[0], *postures, unsaid[1]]
    return [
        _("Territoire"),
        _("Heures"),
        _("Heures par semaine"),
        *(_("{name} (%)").format(name=name) for name in parts),
        _("Continuité (%)"),
        _("Étapes finies à temps"),
        _("Étapes en retard"),
        _("Étapes échues sans date réelle"),
        _("Heures par étape à temps (médiane)"),
        _("Heures par étape en retard (médiane)"),
        _("Du"),
        _("Au"),
    ]


def rows_of(balance: Balance) -> Iterator[list[Any]]:
    for row in (*balance.rows, *filter(None, (balance.grouped, balance.whole))):
        yield _row(balance, row)


def _row(balance: Balance, row: Row) -> list[Any]:
    stages = row.stages
    hours: list[Any] = [None] * (4 + len(FUNCTIONS) + len(POSTURES))
    if row.is_shown:
        received = [float(row.hours), _tenth(balance.per_week(row))]
        hours = received + _parts(row.functions, FUNCTIONS) + _parts(row.postures, POSTURES)
    return [
        row.name,
        *hours,
        None if row.continuity is None else _tenth(row.continuity * 100),
        *(stages.counts[state] for state in STATES),
        None if stages.on_time_hours is None else _tenth(stages.on_time_hours),
        None if stages.late_hours is None else _tenth(stages.late_hours),
        balance.since,
        balance.until,
    ]


def _parts(whole: Whole, codes: Sequence[str]) -> list[float | None]:
    shares = [whole.share(code) for code in (*codes, NOT_SAID)]
    return [None if share is None else _tenth(share * 100) for share in shares]


def _tenth(value: Fraction) -> float:
    return round(float(value), 1)
