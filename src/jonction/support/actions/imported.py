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
from jonction.imports.reading import save_again
from jonction.support.models import Intervention, Resource, Share, shares_of
from jonction.support.queries.journal import facts_of
from jonction.support.rules import journal as rules
from jonction.support.tallies import Touched, recount, touched_by

BATCH = 500
Facts = Mapping[str, Any]


@transaction.atomic
def write_interventions(
    resource: Resource, *, actor: Person, today: date, rows: Iterable[Row], audience: str
) -> None:
    """Write the new rows of an import, and change the lines that changed rows name."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    require(rules.can_write_interventions(actor, resource, today))
    levels, touched = _levels(), set[Touched]()
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        lines = _lines_of(batch)
        for row in batch:
            if row.target:
                row.before = facts_of(lines[row.target])
        touched |= touched_by(lines.values())
        _rewrite([(lines[r.target], r.facts) for r in batch if r.target], levels)
        added = _add([row for row in batch if not row.target], resource, audience, levels)
        touched |= touched_by([*lines.values(), *added])
        save_again(batch, ["target", "before"])
    recount(touched)


@transaction.atomic
def restore_interventions(
    resource: Resource, *, actor: Person, today: date, rows: Iterable[Row]
) -> int:
    """Take back what an import wrote; return how many lines changed since, left as they are."""
    require(rules.can_restore_interventions(actor, resource, today))
    levels, left, touched = _levels(), 0, set[Touched]()
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        lines = _lines_of(batch)
        touched |= touched_by(lines.values())
        gone, back = [], []
        for row in batch:
            line = lines.get(row.target or 0)
            if line is None or facts_of(line) != _sorted(row.facts):
                left += 1
            elif row.before is None:
                gone.append(line.pk)
            else:
                back.append((line, row.before))
        _rewrite(back, levels)
        touched |= touched_by(line for line, _facts in back)
        Intervention.objects.filter(pk__in=gone).delete()
    recount(touched)
    return left


def _lines_of(rows: Iterable[Row]) -> dict[int, Intervention]:
    wanted = [row.target for row in rows if row.target]
    return Intervention.objects.prefetch_related("shares").in_bulk(wanted)


def _sorted(facts: Facts) -> dict[str, Any]:
    return {n: sorted(v) if isinstance(v, list) else v for n, v in _whole(facts).items()}


def _whole(facts: Facts) -> Facts:
    """Return the facts of a row, also of one that was read before postures were."""
    return {"posture": "", **facts}


def _columns(facts: Facts) -> dict[str, Any]:
    facts = _whole(facts)
    names = ["quarters", "text", "function", "posture", "follow_up", "participants"]
    columns = {name: facts[name] for name in names}
    return {**columns, "process_id": facts["process"], "on": date.fromisoformat(facts["on"])}


def _add(
    rows: list[Row], resource: Resource, audience: str, levels: Mapping[int, str]
) -> list[Intervention]:
    lines = Intervention.objects.bulk_create(
        Intervention(resource=resource, audience=audience, **_columns(row.facts)) for row in rows
    )
    for row, line in zip(rows, lines, strict=True):
        row.target = line.pk
    _share(zip(lines, (row.facts for row in rows), strict=True), levels)
    return lines


def _rewrite(lines: list[tuple[Intervention, Facts]], levels: Mapping[int, str]) -> None:
    """Write anew what the lines say; the lines themselves say it too afterwards."""
    for line, facts in lines:
        for name, value in _columns(facts).items():
            setattr(line, name, value)
        line.save()
    Share.objects.filter(intervention__in=[line.pk for line, _facts in lines]).delete()
    _share(lines, levels)


def _share(lines: Iterable[tuple[Intervention, Facts]], levels: Mapping[int, str]) -> None:
    Share.objects.bulk_create(
        share
        for line, facts in lines
        for share in shares_of(line, levels[line.process_id], facts["stages"], facts["dimensions"])
    )


def _levels() -> dict[int, str]:
    return dict(Process.objects.values_list("pk", "body__level"))
