"""What the equity between promoters reads: what organisations asked, and who carries it.

No organisation is named: their sizes alone leave these functions.
"""

from datetime import date

from django.db.models import Case, Count, Value, When

from jonction.engines.claims import Size
from jonction.governance.models import Alliance, Organisation
from jonction.support.models import Need


def promoter_needs(alliance: Alliance, since: date, until: date) -> list[Need]:
    """Return what was asked for an organisation for days of the period, inadmissible needs aside."""
    rows = Need.objects.filter(
        process__body__alliance=alliance,
        organisation__isnull=False,
        starts_on__lte=until,
        ends_on__gte=since,
    ).exclude(status=Need.Status.INADMISSIBLE)
    names = ("quarters_per_week", "starts_on", "ends_on", "organisation__annual_budget")
    return list(rows.select_related("organisation").only(*names).order_by("pk"))


def organisations_by_size(alliance: Alliance, small_under: int, large_from: int) -> dict[Size, int]:
    """Return how many organisations of the region of the Alliance are of each size."""
    size = Case(
        When(annual_budget=None, then=Value(Size.UNKNOWN.value)),
        When(annual_budget__lt=small_under, then=Value(Size.SMALL.value)),
        When(annual_budget__gte=large_from, then=Value(Size.LARGE.value)),
        default=Value(Size.MEDIUM.value),
    )
    here = Organisation.objects.filter(place__path__startswith=alliance.region.path)
    counted = here.annotate(size=size).values_list("size").annotate(n=Count("pk")).order_by()
    return {Size(found): n for found, n in counted}
