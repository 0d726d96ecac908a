"""A round as it leaves the page: a row per pair or per need left, in the order of the needs."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from jonction.core.typography import semicolon
from jonction.support.round_words import ToldRound


def headers() -> list[str]:
    return [
        _("Territoire"),
        _("Démarche"),
        _("Besoin"),
        _("Heures demandées par semaine"),
        _("Ressource proposée"),
        _("Heures proposées par semaine"),
        _("Du"),
        _("Au"),
        _("Raisons"),
        _("Décision"),
        _("Ce qui a été choisi"),
        _("Raison donnée"),
        _("Ce qui manque"),
        _("Plus petit changement"),
    ]


def rows_of(found: ToldRound) -> Iterator[list[Any]]:
    for group in found.groups:
        for line in group.proposals:
            one = line.proposal
            yield [
                group.share.name,
                one.need.process.name,
                one.need.text,
                one.need.hours_per_week,
                one.resource.name,
                one.quarters_per_week / 4,
                one.starts_on,
                one.ends_on,
                semicolon().join(line.reasons),
                one.get_status_display(),
                line.chosen,
                one.word,
                None,
                None,
            ]
    for left in found.unmatched:
        need = left.unmatched.need
        yield [
            left.territory,
            need.process.name,
            need.text,
            need.hours_per_week,
            *[None] * 8,
            left.why,
            left.change,
        ]
