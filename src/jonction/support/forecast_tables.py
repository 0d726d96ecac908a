"""A forecast as it leaves the page: a row per deadline and per stage to come, with what remakes it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from jonction.engines.forecast.results import Dates, Odds
from jonction.support.told import ToldForecast


def headers() -> list[str]:
    return [
        _("Sorte"),
        _("Nom"),
        _("Prévu le"),
        _("Chances avec l’accompagnement prévu (%)"),
        _("Chances sans accompagnement (%)"),
        _("Fait 1 fois sur 2 le"),
        _("Fait 8 fois sur 10 le"),
        _("Fait 19 fois sur 20 le"),
        _("Sans accompagnement, 8 fois sur 10 le"),
        _("Retient la fin (%)"),
        _("Jours ouvrables ajoutés à la fin"),
        _("Vu du"),
        _("Tirages"),
        _("Graine"),
        _("Méthode"),
    ]


def rows_of(found: ToldForecast) -> Iterator[list[Any]]:
    made = found.forecast
    source = [made.on, made.draws, made.seed, made.method]
    for one in found.deadlines:
        odds = [_percent(one.supported.odds), _percent(one.alone.odds)]
        dates = [*_dates(one.supported.dates), one.alone.dates.at_80]
        yield [_("échéance"), one.deadline.name, one.on, *odds, *dates, None, None, *source]
    for stage in found.stages:
        if stage.is_over:
            continue
        dates = [*_dates(stage.supported.dates), stage.alone.dates.at_80]
        held = [_percent(stage.supported.critical), round(stage.supported.delay, 1)]
        planned = stage.task.planned_to
        yield [_("étape"), stage.label, planned, None, None, *dates, *held, *source]


def _dates(dates: Dates) -> list[Any]:
    return [dates.at_50, dates.at_80, dates.at_95]


def _percent(odds: Odds) -> float:
    return round(float(100 * odds.share), 1)
