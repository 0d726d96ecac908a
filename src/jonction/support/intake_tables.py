"""The triage as a table to take along: the order, and what each criterion says of each need."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jonction.support.intake import CRITERIA, Triage, Waiting


def triage_headers() -> list[str]:
    return [
        _("État"),
        _("Rang"),
        _("Note, sur 100"),
        _("Besoin"),
        _("Démarche"),
        _("Urgence"),
        _("Jours dans cet état"),
        _("Attend trop longtemps"),
        *(f"{capfirst(name)} ({_('sur 100')})" for name in CRITERIA.values()),
    ]


def triage_rows(triage: Triage) -> Iterator[list[Any]]:
    """Yield what waits for a decision in the order of the criteria, then what waits otherwise."""
    for rows in (triage.to_decide, triage.to_admit, triage.to_match, triage.matched):
        for one in rows:
            yield _row(one)


def _row(one: Waiting) -> list[Any]:
    need, standing = one.need, one.standing
    values = {part.code: part.value for part in standing.parts} if standing else {}
    score = standing.score if standing else None
    return [
        need.get_status_display(),
        standing.rank if standing else None,
        None if score is None else round(score * 100),
        need.text,
        need.process.name,
        need.get_urgency_display(),
        one.days,
        _("oui") if one.is_late else _("non"),
        *(round(values[code] * 100) if code in values else None for code in CRITERIA),
    ]
