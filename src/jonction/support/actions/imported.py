"""Writing in a journal what an import read, and taking it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from jonction.accounts.models import Person
from jonction.core.bulk import insert_rows, moment, take_keys, update_rows
from jonction.core.verdicts import require
from jonction.cycle.models import Process
from jonction.imports.models import Row
from jonction.imports.reading import keep_written
from jonction.support.models import Intervention, Resource, Share, parts_in
from jonction.support.queries.journal import SAID, facts_by_line
from jonction.support.rules import journal as rules
from jonction.support.tallies import Touched, recount

BATCH = 500
WRITTEN = ["process", "on", *SAID]
ADDED = ["id", "resource", "audience", "aspects", "written_at"]
SHARED = ["intervention", "process", "resource", "on", "level", "stage", "dimension", "parts"]
Facts = Mapping[str, Any]


@transaction.atomic
def write_interventions(
    resource: Resource, *, actor: Person, today: date, rows: Iterable[Row], audience: str
) -> None:
    """Write the new rows of an import, and change the lines that changed rows name."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    require(rules.can_write_interventions(actor, resource, today))
    touched = set[Touched]()
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        changed = [row for row in batch if row.target]
        known = _lines_of(changed)
        for row in changed:
            row.before = known[row.target or 0]
        _rewrite({row.target or 0: row.facts for row in changed}, resource)
        _add([row for row in batch if not row.target], resource, audience)
        touched |= _touched(resource, [*known.values(), *(row.facts for row in batch)])
        keep_written(batch)
    recount(touched)


@transaction.atomic
def restore_interventions(
    resource: Resource, *, actor: Person, today: date, rows: Iterable[Row]
) -> int:
    """Take back what an import wrote; return how many lines changed since, left as they are."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    require(rules.can_restore_interventions(actor, resource, today))
    left, touched = 0, set[Touched]()
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        known = _lines_of(batch)
        as_written = [row for row in batch if known.get(row.target or 0) == _sorted(row.facts)]
        left += len(batch) - len(as_written)
        back = {row.target or 0: row.before for row in as_written if row.before is not None}
        _rewrite(back, resource)
        _delete([row.target or 0 for row in as_written if row.before is None])
        touched |= _touched(resource, [*known.values(), *back.values()])
    recount(touched)
    return left


def _lines_of(rows: Iterable[Row]) -> dict[int, dict[str, Any]]:
    return facts_by_line(Intervention.objects.filter(pk__in=[row.target for row in rows]))


def _touched(resource: Resource, said: Iterable[Facts]) -> set[Touched]:
    return {(facts["process"], resource.pk, int(facts["on"][:4])) for facts in said}


def _sorted(facts: Facts) -> dict[str, Any]:
    return {n: sorted(v) if isinstance(v, list) else v for n, v in _whole(facts).items()}


def _whole(facts: Facts) -> Facts:
    """Return the facts of a row, also of one that was read before postures were."""
    return {"posture": "", **facts}


def _values(facts: Facts) -> list[Any]:
    whole = _whole(facts)
    return [whole[name] for name in WRITTEN]


def _add(rows: list[Row], resource: Resource, audience: str) -> None:
    for row, key in zip(rows, take_keys(Intervention, len(rows)), strict=True):
        row.target = key
    same = (resource.pk, audience, "[]", moment(now()))
    written = ((row.target, *same, *_values(row.facts)) for row in rows)
    insert_rows(Intervention, [*ADDED, *WRITTEN], written)
    _share(((row.target or 0, row.facts) for row in rows), resource)


def _rewrite(lines: Mapping[int, Facts], resource: Resource) -> None:
    """Write anew what the lines say."""
    rewritten = ((*_values(facts), pk) for pk, facts in lines.items())
    update_rows(Intervention, WRITTEN, rewritten)
    Share.objects.filter(intervention__in=list(lines)).delete()
    _share(lines.items(), resource)


def _delete(lines: list[int]) -> None:
    """Delete lines that an import made: their shares alone point to them."""
    Share.objects.filter(intervention__in=lines).delete()
    made = Intervention.objects.filter(pk__in=lines)
    made._raw_delete(made.db)  # `delete` would read each of them again


def _share(lines: Iterable[tuple[int, Facts]], resource: Resource) -> None:
    """Add the shares of those lines, as `shares_of` makes them, without making objects of them."""
    levels = dict(Process.objects.values_list("pk", "body__level"))
    rows = (
        (pk, facts["process"], resource.pk, facts["on"], levels[facts["process"]], *parts)
        for pk, facts in lines
        for parts in parts_in(facts["quarters"], facts["stages"], facts["dimensions"])
    )
    insert_rows(Share, SHARED, rows)
