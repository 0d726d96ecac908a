"""Writing in a journal what an import read, and taking it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.verdicts import require
from jonction.cycle.models import Process
from jonction.imports.models import Row
from jonction.support.models import Intervention, Resource, Share, shares_of
from jonction.support.queries.journal import facts_of
from jonction.support.rules import journal as rules

BATCH = 500


@transaction.atomic
def write_interventions(
    resource: Resource, *, actor: Person, today: date, rows: Iterable[Row], audience: str
) -> None:
    """Write the new rows of an import, and change the lines that changed rows name."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    require(rules.can_write_interventions(actor, resource, today))
    levels = _levels()
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        for row in batch:
            if row.target:
                line = Intervention.objects.get(pk=row.target)
                row.before = facts_of(line)
                _rewrite(line, row.facts, levels)
        _add([row for row in batch if not row.target], resource, audience, levels)
        Row.objects.bulk_update(batch, ["target", "before"])


@transaction.atomic
def restore_interventions(
    resource: Resource, *, actor: Person, today: date, rows: Iterable[Row]
) -> int:
    """Take back what an import wrote; return how many lines changed since, left as they are."""
    require(rules.can_restore_interventions(actor, resource, today))
    levels, left = _levels(), 0
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        wanted = [row.target for row in batch]
        lines = Intervention.objects.prefetch_related("shares").in_bulk(wanted)
        gone = []
        for row in batch:
            line = lines.get(row.target or 0)
            if line is None or facts_of(line) != _sorted(row.facts):
                left += 1
            elif row.before is None:
                gone.append(line.pk)
            else:
                _rewrite(line, row.before, levels)
        Intervention.objects.filter(pk__in=gone).delete()
    return left


def _sorted(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {n: sorted(v) if isinstance(v, list) else v for n, v in facts.items()}


def _columns(facts: Mapping[str, Any]) -> dict[str, Any]:
    names = ["quarters", "text", "function", "follow_up", "participants"]
    columns = {name: facts[name] for name in names}
    return {**columns, "process_id": facts["process"], "on": date.fromisoformat(facts["on"])}


def _add(rows: list[Row], resource: Resource, audience: str, levels: Mapping[int, str]) -> None:
    lines = Intervention.objects.bulk_create(
        Intervention(resource=resource, audience=audience, **_columns(row.facts)) for row in rows
    )
    shares = []
    for row, line in zip(rows, lines, strict=True):
        row.target = line.pk
        level = levels[line.process_id]
        shares += shares_of(line, level, row.facts["stages"], row.facts["dimensions"])
    Share.objects.bulk_create(shares)


def _rewrite(line: Intervention, facts: Mapping[str, Any], levels: Mapping[int, str]) -> None:
    for name, value in _columns(facts).items():
        setattr(line, name, value)
    line.save()
    line.shares.all().delete()
    level = levels[line.process_id]
    Share.objects.bulk_create(shares_of(line, level, facts["stages"], facts["dimensions"]))


def _levels() -> dict[int, str]:
    return dict(Process.objects.values_list("pk", "body__level"))
