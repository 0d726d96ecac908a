"""The sums kept beside the journal: each resource's, by cell and year, by function or posture and quarter.

Whoever changes the journal calls `recount` in the same transaction, holding the journal of the
resource. Sums are taken again from the shares, never added to: they cannot drift.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Max, Sum
from django.db.models.functions import ExtractYear, TruncQuarter

from jonction.support.models import Intervention, PostureTally, QuarterTally, Resource, Share, Tally

Touched = tuple[int, int, int]  # process, resource, year
AnyTally = TypeVar("AnyTally", QuarterTally, PostureTally)
BY_QUARTER: list[tuple[type[Any], list[str], dict[str, F]]] = [
    (QuarterTally, ["stage"], {"function": F("intervention__function")}),
    (PostureTally, [], {"posture": F("intervention__posture")}),
]


def touched_by(lines: Iterable[Intervention]) -> set[Touched]:
    """Return what is to be counted again when those lines come, change or go."""
    return {(line.process_id, line.resource_id, line.on.year) for line in lines}


def recount(touched: Iterable[Touched]) -> None:
    for process, resource, year in sorted(touched):
        cells = (
            Share.objects.filter(process=process, resource=resource, on__year=year)
            .values("level", "stage", "dimension")
            .annotate(parts=Sum("parts"), last_on=Max("on"))
            .order_by()
        )
        known = {"process_id": process, "resource_id": resource, "year": year}
        made = [Tally(**known, **cell) for cell in cells]
        Tally.objects.filter(**known).delete()
        Tally.objects.bulk_create(made)
        here = {"process": process, "resource": resource}
        for kept, own, lent in BY_QUARTER:
            kept.objects.filter(**here, quarter__year=year).delete()
            kept.objects.bulk_create(_by_quarter(kept, own, lent, on__year=year, **here))


def recount_all() -> Iterator[int]:
    """Count every journal again, one resource at a time; tell how many are done after each."""
    resources = Resource.objects.order_by("pk").values_list("pk", flat=True)
    for done, pk in enumerate(list(resources), 1):
        with transaction.atomic():
            Resource.objects.select_for_update().get(pk=pk)
            Tally.objects.filter(resource=pk).delete()
            Tally.objects.bulk_create(_tallies_of(pk))
            for kept, own, lent in BY_QUARTER:
                kept.objects.filter(resource=pk).delete()
                kept.objects.bulk_create(_by_quarter(kept, own, lent, resource=pk))
        yield done


def _tallies_of(resource: int) -> list[Tally]:
    sums = (
        Share.objects.filter(resource=resource)
        .annotate(year=ExtractYear("on"))
        .values("process_id", "resource_id", "year", "level", "stage", "dimension")
        .annotate(parts=Sum("parts"), last_on=Max("on"))
        .order_by()
    )
    return [Tally(**row) for row in sums]


def _by_quarter(
    kept: type[AnyTally], own: list[str], lent: dict[str, F], **those: int
) -> list[AnyTally]:
    sums = (
        Share.objects.filter(**those)
        .values("process_id", "resource_id", *own, quarter=TruncQuarter("on"), **lent)
        .annotate(parts=Sum("parts"))
        .order_by()
    )
    return [kept(**row) for row in sums]
