"""The pages of travel times: how long between two territories, written and taken away (S7)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jonction.accounts.http import PersonRequest
from jonction.core.editing import edition, typed, written
from jonction.core.http import number_asked
from jonction.core.tables.writing import KINDS, as_download
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support.actions.travel import edit_travel_times
from jonction.support.forms.travel import FARTHEST, TravelForm
from jonction.support.queries.round import coordinated_alliances
from jonction.support.queries.travel import WaysKnown, territories_on, travel_times_of, ways_of
from jonction.support.rules.travel import can_edit_travel_times

AT_ONCE = 12  # territories: more have over sixty-six ways between them, too many for one page


@login_required
def travel_edit(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = _alliance(request, pk), localdate()
    times = travel_times_of(alliance)
    ways = ways_of(times)
    rows = territories_on(ways)
    base = _base(request, rows)
    form = TravelForm(typed(request), thing=times, ways=ways, base=base)

    def save() -> Any:
        edit_travel_times(alliance, actor=request.user, today=today, **edition(form))
        page = reverse("support:travel_edit", args=[alliance.pk])
        return f"{page}?depuis={base.pk}" if base else page

    minutes = [way.minutes for way in ways if way.minutes is not None]
    extra = {
        "alliance": alliance,
        "known": len(minutes),
        "of": len(ways),
        "too_far": sum(n > FARTHEST for n in minutes),
        "farthest": FARTHEST,
        "kinds": list(KINDS),
        "rows": rows if base else {},
    }
    return written(
        request,
        form,
        can_edit_travel_times(request.user, alliance, today),
        save,
        title=_("Temps de trajet"),
        back="support:round_list",
        template="support/travel_edit.html",
        extra=extra,
    )


@login_required
def travel_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    alliance = _alliance(request, pk)
    if kind not in KINDS:
        raise Http404
    ways = ways_of(travel_times_of(alliance))
    rows = ([str(way.one), str(way.other), way.minutes] for way in ways)
    name = f"{_('temps de trajet')} {alliance.name}"
    return as_download(name, kind, [_("De"), _("À"), _("Minutes")], rows)


def _base(
    request: PersonRequest, rows: dict[AllianceTerritory, WaysKnown]
) -> AllianceTerritory | None:
    """Return from where the ways are asked: everywhere at once, where that is not too much.

    Else from the territory of the address, or from the first one that lacks a time.
    """
    if len(rows) <= AT_ONCE:
        return None
    asked = number_asked(request.GET, "depuis")
    chosen = next((territory for territory in rows if territory.pk == asked), None)
    lacking = (territory for territory, ways in rows.items() if ways.known < ways.of)
    return chosen or next(lacking, next(iter(rows)))


def _alliance(request: PersonRequest, pk: int) -> Alliance:
    return get_object_or_404(coordinated_alliances(request.user, localdate()), pk=pk)
