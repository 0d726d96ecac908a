"""The pages of load: my weeks, whom to protect, what concertation asks of an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.accounts.http import PersonRequest
from jonction.core.days import in_brief
from jonction.engines.load import WEEK, Kind, Part, Week
from jonction.engines.words import fold
from jonction.governance.models import Organisation
from jonction.support.load import (
    WEEKS,
    Bearer,
    Concerted,
    Loads,
    Named,
    concerted,
    days_to_know,
    loads_of,
    minutes_of,
)
from jonction.support.queries.load import (
    asked_by_several,
    most_minutes_for,
    protected_resources,
    reads_load_of,
)
from jonction.support.words import hours_word
from jonction.ui.charts import Chart
from jonction.ui.charts.weeks import Column, weeks
from jonction.ui.downloads import chart_download

KINDS = {
    Kind.MANDATE: gettext_lazy("Mandats"),
    Kind.MEETING: gettext_lazy("Rencontres"),
    Kind.PREPARATION: gettext_lazy("Préparation"),
    Kind.TRAVEL: gettext_lazy("Déplacements"),
    Kind.DEADLINE: gettext_lazy("Échéances"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A week as its person reads it."""

    monday: date
    hours: str
    offered: str
    excess: str
    lines: list[tuple[str, Named, str]]
    to_know: list[tuple[date, Named]]
    movable: list[tuple[Named, str]]


@login_required
def load_mine(request: PersonRequest) -> HttpResponse:
    today = localdate()
    resources = list(protected_resources(request.user, today))
    mine = next((r for r in resources if r.person_id == request.user.pk), None)
    others = [r for r in resources if r is not mine]
    bearers = [Bearer(request.user.pk, mine), *(Bearer(r.person_id, r) for r in others)]
    loads = loads_of(bearers, since=today)
    known = days_to_know(bearers[0], since=today)
    people = [request.user.pk, *(r.person_id for r in others if r.person_id)]
    minutes = minutes_of(people, today=today)
    most = most_minutes_for(request.user, today)
    over = [
        (resource.name, [week.monday for week in found if week.excess])
        for resource, found in zip(others, loads.weeks[1:], strict=True)
    ]
    context = {
        "chart": _chart(_("Mes douze prochaines semaines"), loads.weeks[0]),
        "is_stuck": any(
            sum(part.quarters for part in week.movable) < week.excess for week in loads.weeks[0]
        ),
        "weeks": [_told(week, loads, known) for week in loads.weeks[0]],
        "resource": mine,
        "has_limit": any(week.offered is not None for week in loads.weeks[0]),
        "others": others,
        "protect": sorted(
            ((name, mondays) for name, mondays in over if mondays), key=lambda one: fold(one[0])
        ),
        "organisations": asked_by_several(request.user, today),
        "minutes": minutes[request.user.pk],
        "most_minutes": most,
        "over_minutes": sum(minutes[person] > most for person in people[1:]),
        "people_counted": len(people) - 1,
    }
    return render(request, "support/load_mine.html", context)


@login_required
def load_picture(request: PersonRequest) -> HttpResponse:
    today = localdate()
    rows = protected_resources(request.user, today).filter(person=request.user)
    loads = loads_of([Bearer(request.user.pk, rows.first())], since=today)
    chart = _chart(_("Mes douze prochaines semaines"), loads.weeks[0])
    return chart_download(chart, request.GET.get("forme", "svg"))


@login_required
def load_organisation(request: PersonRequest, pk: int) -> HttpResponse:
    organisation, found = _concerted(request, pk)
    context: dict[str, Any] = {
        "organisation": organisation,
        "found": found,
        "bodies": len({seat.body_id for seat in found.seats}),
        "people": len({seat.person_id for seat in found.seats}),
        "chart": _organisation_chart(organisation, found),
        "gatherings": [
            (one.milestone, one.people, hours_word(one.quarters)) for one in found.gatherings
        ],
        "duties": [(one.deadline, one.people, hours_word(one.quarters)) for one in found.duties],
        "most": found.most,
    }
    return render(request, "support/load_organisation.html", context)


@login_required
def load_organisation_picture(request: PersonRequest, pk: int) -> HttpResponse:
    organisation, found = _concerted(request, pk)
    return chart_download(_organisation_chart(organisation, found), request.GET.get("forme", "svg"))


def _concerted(request: PersonRequest, pk: int) -> tuple[Organisation, Concerted]:
    today = localdate()
    organisation = get_object_or_404(Organisation.objects.select_related("place"), pk=pk)
    if not reads_load_of(request.user, organisation, today):
        raise Http404
    return organisation, concerted(organisation, since=today)


def _told(week: Week, loads: Loads, known: Sequence[tuple[date, Named]]) -> Told:
    movable = [(loads.names[p.source], hours_word(p.quarters)) for p in _together(week.movable)]
    return Told(
        monday=week.monday,
        hours=hours_word(week.quarters),
        offered="" if week.offered is None else hours_word(week.offered),
        excess=hours_word(week.excess) if week.excess else "",
        lines=[
            (str(KINDS[part.kind]), loads.names[part.source], hours_word(part.quarters))
            for part in week.parts
        ],
        to_know=[(on, named) for on, named in known if week.monday <= on < week.monday + WEEK],
        movable=movable,
    )


def _together(parts: Sequence[Part]) -> list[Part]:
    """Return one part for each thing: a meeting moves with its preparation and its travel."""
    found: dict[str, Part] = {}
    for part in parts:
        before = found.get(part.source)
        quarters = part.quarters + before.quarters if before else part.quarters
        found[part.source] = Part(part.kind, part.source, quarters, can_move=True)
    return list(found.values())


def _chart(title: str, found: Sequence[Week]) -> Chart:
    return weeks(
        title,
        _("Les heures demandées chaque semaine ; le trait est ce que vous offrez."),
        columns=[
            Column(
                label=in_brief(week.monday),
                value=float(week.quarters / 4),
                note=hours_word(week.quarters),
                limit=None if week.offered is None else float(week.offered / 4),
                warning=f"+ {hours_word(week.excess)}" if week.excess else "",
                cells=_cells(week),
            )
            for week in found
        ],
        headers=(
            _("Semaine du"),
            _("Heures demandées"),
            _("Heures offertes"),
            *(str(label) for label in KINDS.values()),
        ),
    )


def _cells(week: Week) -> tuple[float | None, ...]:
    figures = [week.quarters, week.offered, *(week.of(kind) for kind in KINDS)]
    return tuple(None if q is None else round(float(q / 4), 2) for q in figures)


def _organisation_chart(organisation: Organisation, found: Concerted) -> Chart:
    return weeks(
        _("Réunions : {name}").format(name=organisation.name),
        _(
            "Les heures de toutes les personnes qui y siègent pour l’organisme : rencontres, "
            "préparation, déplacements, échéances à préparer, sur {n} semaines."
        ).format(n=WEEKS),
        columns=[
            Column(
                label=in_brief(week.monday),
                value=float(week.quarters / 4),
                note=hours_word(week.quarters),
                cells=(round(float(week.quarters / 4), 2),),
            )
            for week in found.weeks
        ],
        headers=(_("Semaine du"), _("Heures")),
    )
