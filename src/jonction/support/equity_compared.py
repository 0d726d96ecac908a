"""The tables and pictures of equity between bodies and between sizes of promoter, for the files."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from jonction.core.typography import percentage
from jonction.support.compared import Compared, Row
from jonction.support.equity_bodies import Bodies, BodyFacts
from jonction.support.equity_sizes import SizeFacts, Sizes
from jonction.ui.charts import Chart, Pair, pairs


def body_headers() -> list[str]:
    return [
        _("Instance"),
        _("Niveau"),
        _("Indice de besoin (0 à 100)"),
        _("Semaines de démarche"),
        _("Heures reçues"),
        *_shares(),
        _("Continuité (%)"),
        _("Fonctions"),
        _("Dimensions"),
        _("Version de la méthode"),
    ]


def body_rows(bodies: Bodies) -> Iterator[list[Any]]:
    for row in bodies.compared.every if bodies.compared else ():
        facts = row.facts
        yield [
            row.name,
            facts.level_label,
            _percent(facts.need),
            _tenth(facts.weeks),
            float(row.hours),
            *_placed(row),
            _percent(facts.continuity),
            facts.functions,
            facts.dimensions,
            bodies.method.number,
        ]


def size_headers() -> list[str]:
    return [
        _("Taille"),
        _("Organismes connus dans la région"),
        _("Organismes qui ont demandé"),
        _("Demandes"),
        _("Demandes avec un mandat"),
        _("Heures demandées"),
        _("Heures promises"),
        *_shares(),
        _("Petit organisme, sous ($)"),
        _("Grand organisme, à partir de ($)"),
        _("Version de la méthode"),
    ]


def size_rows(sizes: Sizes) -> Iterator[list[Any]]:
    for row in sizes.rows:
        facts = row.facts
        yield [
            row.name,
            facts.known,
            facts.asking,
            facts.needs,
            facts.carried,
            _tenth(facts.asked),
            _tenth(row.hours),
            *_placed(row),
            sizes.method.small_under,
            sizes.method.large_from,
            sizes.method.number,
        ]


def body_picture(bodies: Bodies) -> Chart | None:
    return _drawn(
        bodies.compared,
        _("Ce qui est dû à chaque instance, et ce qu’elle reçoit"),
        _("Le contour est la part due ; la barre pleine, la part reçue des heures notées."),
        words=(_("due"), _("reçue")),
        headers=(_("Instance"), _("Part due (%)"), _("Part reçue (%)")),
    )


def size_picture(sizes: Sizes) -> Chart | None:
    return _drawn(
        sizes.compared,
        _("Ce que les organismes demandent, et ce qui leur est promis"),
        _(
            "Le contour est la part des heures demandées ; la barre pleine, celle des heures promises."
        ),
        words=(_("demandée"), _("promise")),
        headers=(_("Taille"), _("Part demandée (%)"), _("Part promise (%)")),
    )


def _drawn(
    compared: Compared[BodyFacts] | Compared[SizeFacts] | None,
    title: str,
    description: str,
    *,
    words: tuple[str, str],
    headers: tuple[str, str, str],
) -> Chart | None:
    if compared is None or not compared.result.hours:
        return None
    items = [
        Pair(row.name, _tenth(row.stand.due * 100), _tenth(row.stand.received * 100))
        for row in compared.rows
        if row.stand
    ]
    unit = percentage("")
    return pairs(title, description, items=items, words=words, headers=headers, unit=unit)


def _shares() -> list[str]:
    return [
        _("Part due (%)"),
        _("Part reçue (%)"),
        _("Heures pour 100 dues"),
        _("Heures manquantes"),
    ]


def _placed(row: Row[Any]) -> list[float | None]:
    stand = row.stand
    if stand is None:
        return [None] * 4
    shares = (stand.due * 100, stand.received * 100, stand.ratio * 100, stand.lacking)
    return [_tenth(value) for value in shares]


def _percent(value: Fraction | None) -> float | None:
    return None if value is None else _tenth(value * 100)


def _tenth(value: Fraction) -> float:
    return round(float(value), 1)
