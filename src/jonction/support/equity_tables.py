"""The table of equity as it leaves the page: a row per territory, the least served first."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from jonction.support.equity import Line, Picture
from jonction.support.templatetags.equity import missing_words
from jonction.support.veil import Veiled


def headers() -> list[str]:
    return [
        _("Territoire"),
        _("Indice de besoin (0 à 100)"),
        _("Besoin, au plus bas"),
        _("Besoin, au plus haut"),
        _("Heures reçues"),
        _("Heures par semaine"),
        _("Part due (%)"),
        _("Part reçue (%)"),
        _("Heures reçues pour 100 dues"),
        _("Heures manquantes"),
        _("Heures à ajouter sans rien retirer"),
        _("Premier rang possible"),
        _("Dernier rang possible"),
        _("Continuité (%)"),
        _("Fonctions"),
        _("Dimensions"),
        _("Ce qui manque au calcul"),
        _("Version de la méthode"),
    ]


def rows_of(picture: Picture) -> Iterator[list[Any]]:
    """Yield the territories judged, then those that could not be."""
    for line in (*picture.lines, *picture.apart):
        yield _row(picture, line)


def veiled_rows(picture: Picture, veil: Veiled | None) -> Iterator[list[Any]]:
    """Yield what may leave the Alliance: the small territories together, without ranks."""
    if veil is None:
        return
    for line in veil.shown:
        row = _row(picture, line)
        yield [*row[:10], None, None, None, *row[13:]]
    if veil.together:
        hours, ratio = float(veil.hours), veil.ratio
        yield [
            _("Territoires regroupés"),
            None,
            None,
            None,
            hours,
            _tenth(veil.hours / picture.weeks),
            _tenth(veil.due * 100),
            _tenth(veil.received * 100),
            _tenth(ratio * 100) if ratio is not None else None,
            _tenth(veil.lacking),
            *[None] * 7,
            picture.method.number,
        ]


def _row(picture: Picture, line: Line) -> list[Any]:
    need, standing = line.need, line.standing
    index = (need.index, need.low, need.high)
    placed: list[Any] = [None] * 7
    if standing:
        shares = (standing.due * 100, standing.received * 100, standing.ratio * 100)
        hours = (standing.lacking, standing.added)
        placed = [*map(_tenth, shares + hours), standing.first_rank, standing.last_rank]
    return [
        line.name,
        *(None if value is None else _tenth(value * 100) for value in index),
        float(line.facts.hours),
        _tenth(line.facts.hours / picture.weeks),
        *placed,
        None if line.continuity is None else _tenth(line.continuity * 100),
        line.functions,
        line.dimensions,
        missing_words(need.missing, picture.figures),
        picture.method.number,
    ]


def _tenth(value: Any) -> float:
    return round(float(value), 1)
