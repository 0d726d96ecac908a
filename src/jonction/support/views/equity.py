"""The pages of equity: who has little and gets little, territory by territory, never by person."""

from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jonction.accounts.http import PersonRequest
from jonction.core.editing import typed, written
from jonction.core.tables.writing import KINDS, as_download
from jonction.support.actions import equity as actions
from jonction.support.equity import (
    Picture,
    equity_of,
    grouped_by_region,
    what_if,
)
from jonction.support.equity_method import method_from
from jonction.support.equity_pictures import cloud_of, lorenz_of
from jonction.support.equity_tables import headers, rows_of, veiled_rows
from jonction.support.forms.equity import MethodForm, WhatIfForm
from jonction.support.queries import equity as queries
from jonction.support.rules import equity as rules
from jonction.support.templatetags.equity import FAIR
from jonction.support.veil import Veiled, veiled
from jonction.support.views.equity_asked import Asked, alliance_looked_at, period_asked
from jonction.ui.downloads import chart_download

PICTURES = {"lorenz": lorenz_of, "nuage": cloud_of}


@login_required
def equity_list(request: PersonRequest) -> HttpResponse:
    today = localdate()
    alliances, inside = queries.equity_alliances(request.user, today)
    whole = inside >= {alliance.pk for alliance in alliances}
    asked = period_asked(request, is_inside=whole)
    pictures = equity_of(alliances, asked.since, asked.until) if alliances else []
    rows = [
        (picture, is_inside, None if is_inside else veiled(picture))
        for picture in pictures
        for is_inside in [picture.alliance.pk in inside]
    ]
    context = {
        "rows": rows,
        "asked": asked,
        "regions": grouped_by_region(pictures) if whole else None,
    }
    return render(request, "support/equity_list.html", context)


@login_required
def equity_detail(request: PersonRequest, pk: int) -> HttpResponse:
    picture, veil, asked, is_inside = _read(request, pk)
    choices = [(line.facts.key, line.name) for line in picture.lines]
    wants = "territoire" in request.GET and is_inside
    form = WhatIfForm(request.GET if wants else None, territories=choices) if is_inside else None
    after = None
    if form is not None and wants and form.is_valid():
        after = _after(picture, form.cleaned_data)
    context = {
        "picture": picture,
        "veil": veil,
        "is_inside": is_inside,
        "asked": asked,
        "form": form,
        "after": after,
        "lorenz": lorenz_of(picture, veil) if is_inside or veil else None,
        "cloud": cloud_of(picture, veil) if is_inside or veil else None,
        "transfer": _transfer(picture) if is_inside else None,
        "fair": FAIR,
        "can_set": rules.can_set_method(request.user, picture.alliance, localdate()),
    }
    return render(request, "support/equity_detail.html", context)


@login_required
def equity_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    if kind not in KINDS:
        raise Http404
    picture, veil, asked, is_inside = _read(request, pk)
    rows = rows_of(picture) if is_inside else veiled_rows(picture, veil)
    name = f"{_('équité')} {picture.alliance.name} {asked.since} {asked.until}"
    return as_download(name, kind, headers(), rows)


@login_required
def equity_picture(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    picture, veil, _period_asked, is_inside = _read(request, pk)
    if name not in PICTURES or not (is_inside or veil):
        raise Http404
    return chart_download(PICTURES[name](picture, veil), request.GET.get("forme", "svg"))


@login_required
def method_detail(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, is_inside = alliance_looked_at(request, pk)
    indicators, history = queries.indicators(), list(queries.method_history(alliance))
    verdict = rules.can_set_method(request.user, alliance, localdate())
    method = method_from(history[0] if history else None, indicators)
    context = {
        "alliance": alliance,
        "method": method,
        "history": history,
        "is_inside": is_inside,
        "names": {i.code: i.name for i in indicators},
        "verdict": verdict,
    }
    return render(request, "support/method_detail.html", context)


@login_required
def method_set(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, _inside = alliance_looked_at(request, pk)
    indicators, today = queries.indicators(), localdate()
    last = queries.method_history(alliance).first()
    form = MethodForm(typed(request), method=last, indicators=indicators)

    back = reverse("support:method_detail", args=[alliance.pk])

    def save() -> str:
        actions.set_method(alliance, actor=request.user, today=today, **form.facts())
        return back

    verdict = rules.can_set_method(request.user, alliance, today)
    title = _("Choisir comment le besoin est pesé")
    return written(request, form, verdict, save, title=title, back=back)


def _read(request: PersonRequest, pk: int) -> tuple[Picture, Veiled | None, Asked, bool]:
    alliance, is_inside = alliance_looked_at(request, pk)
    asked = period_asked(request, is_inside=is_inside)
    [picture] = equity_of([alliance], asked.since, asked.until)
    return picture, None if is_inside else veiled(picture), asked, is_inside


def _after(picture: Picture, said: dict[str, Any]) -> dict[str, Any]:
    """Return the equity before and after so many more hours a week in one territory."""
    key, quarters = said["territoire"], said["heures"]
    result = what_if(picture, key, quarters)
    before = {s.key: s for s in picture.result.standings}
    names = {line.facts.key: line.name for line in picture.lines}
    return {
        "name": names[key],
        "quarters": quarters,
        "hours": Fraction(quarters, 4) * picture.weeks,
        "before": before[key],
        "after": next(s for s in result.standings if s.key == key),
        "result": result,
        "first": [names[s.key] for s in result.standings[:3]],
    }


def _transfer(picture: Picture) -> dict[str, Any] | None:
    found = picture.transfer
    if found is None:
        return None
    names = {line.facts.key: line.name for line in picture.lines}
    moves = sorted(found.moves.items(), key=lambda move: -move[1])
    return {
        "hours": found.hours,
        "theil": found.theil_after,
        "gains": [(names[key], hours) for key, hours in moves if hours > 0],
        "losses": [(names[key], -hours) for key, hours in reversed(moves) if hours < 0],
    }
