"""The grid of coverage as a sheet: one line per cell, with why."""

from collections.abc import Iterable, Iterator
from typing import Any

from jonction.core.taxonomy import Level
from jonction.support.coverage import Judged, thresholds_of
from jonction.support.templatetags.support import clause_sentence, status_word

HEADERS = [
    "Démarche", "Niveau", "Étape", "Dimension", "État", "Pourquoi", "Heures faites",
    "Heures prévues par semaine", "Personnes", "Dernière fois",
]  # fmt: skip


def lines_of(cells: Iterable[Judged], level: str) -> Iterator[list[Any]]:
    for judged in cells:
        yield [
            judged.process.name,
            str(Level(level).label),
            judged.stage_label,
            judged.dimension_label,
            status_word(judged.status),
            clause_sentence(judged.clause, thresholds_of(judged.process)),
            judged.done_hours,
            judged.planned_hours,
            judged.people,
            judged.cell.last_on,
        ]
