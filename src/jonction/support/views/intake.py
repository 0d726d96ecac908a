"""The pages of intake: what waits in order, how it is weighed, how long it takes."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jonction.accounts.http import PersonRequest
from jonction.core.editing import typed, written
from jonction.core.tables.writing import KINDS, as_download
from jonction.engines.stays import Service
from jonction.governance.models import Alliance
from jonction.support.actions.intake import set_intake
from jonction.support.forms.intake import IntakeForm, WeightsForm
from jonction.support.intake import Triage, services_of, triage_of
from jonction.support.intake_tables import triage_headers, triage_rows
from jonction.support.models import IntakeMethod, Need
from jonction.support.queries import intake as queries
from jonction.support.queries.access import may_ask
from jonction.support.rules.intake import can_set_intake
from jonction.support.tracks import path_of
from jonction.ui.charts import Chart
from jonction.ui.charts.plots import Bar, bars
from jonction.ui.downloads import chart_download

SHOWN = 50
WAITING_SHOWN = 30  # of those that wait together, the oldest first


@login_required
def my_needs(request: PersonRequest) -> HttpResponse:
    """Show everybody where what she asked stands."""
    today = localdate()
    needs = list(queries.asked_by(request.user, today)[:SHOWN])
    rows = [(need, path_of(need)) for need in needs]
    context = {"rows": rows, "can_raise": may_ask(request.user, today)}
    return render(request, "support/need_mine.html", context)


@login_required
def triage_list(request: PersonRequest) -> HttpResponse:
    today = localdate()
    waiting = queries.waiting_by_alliance(request.user, today)
    alliances = list(queries.answered_alliances(request.user, today))
    short = queries.short_alliances(alliances)
    rows = [(one, waiting.get(one.pk, {}), one.pk in short) for one in alliances]
    return render(request, "support/triage_list.html", {"rows": rows})


@login_required
def triage_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what waits; weights said in the address are tried on this list, and write nothing."""
    alliance = _alliance(request, pk)
    form, method = _weighed(request, alliance)
    context = {
        "alliance": alliance,
        "method": method,
        "form": form,
        "tried": form.is_bound and not form.errors,
        "is_short": method.path == IntakeMethod.Path.SHORT,
        "triage": _triage(request, alliance, method),
        "can_set": can_set_intake(request.user, alliance, localdate()),
        "kinds": list(KINDS),
        "shown": f":{WAITING_SHOWN}",
        "shown_count": WAITING_SHOWN,
    }
    return render(request, "support/triage_detail.html", context)


@login_required
def triage_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    """Give the same order as a table, under the weights that the address tries too."""
    if kind not in KINDS:
        raise Http404
    alliance = _alliance(request, pk)
    _form, method = _weighed(request, alliance)
    rows = triage_rows(_triage(request, alliance, method))
    return as_download(f"{_('tri des besoins')} {alliance.name}", kind, triage_headers(), rows)


@login_required
def intake_set(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = _alliance(request, pk), localdate()
    method = queries.intake_of(pk)
    # what was tried on the list comes along in the address
    form = IntakeForm(typed(request), method=method, initial=request.GET.dict())
    back = reverse("support:triage_detail", args=[pk])

    def save() -> str:
        set_intake(alliance, actor=request.user, today=today, **form.facts())
        return back

    return written(
        request,
        form,
        can_set_intake(request.user, alliance, today),
        save,
        title=_("Choisir comment les besoins sont pesés"),
        back=back,
        template="support/intake_set.html",
    )


@login_required
def service_detail(request: PersonRequest, pk: int) -> HttpResponse:
    alliance = _alliance(request, pk)
    services = _services(request, alliance)
    context = {
        "alliance": alliance,
        "rows": [(Need.Status(one.state).label, one) for one in services],
        "chart": _chart(services),
        "kinds": list(KINDS),
        "history": queries.intake_history(alliance),
    }
    return render(request, "support/service_detail.html", context)


@login_required
def service_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    if kind not in KINDS:
        raise Http404
    alliance = _alliance(request, pk)
    rows = (
        (
            str(Need.Status(one.state).label),
            one.over,
            one.median,
            one.eightieth,
            len(one.lasting),
            one.lasting[0] if one.lasting else None,
        )
        for one in _services(request, alliance)
    )
    return as_download(f"{_('délais')} {alliance.name}", kind, _headers(), rows)


@login_required
def service_picture(request: PersonRequest, pk: int) -> HttpResponse:
    services = _services(request, _alliance(request, pk))
    return chart_download(_chart(services), request.GET.get("forme", "svg"))


def _headers() -> list[str]:
    return [
        _("État"),
        _("Séjours finis"),
        _("Médiane, en jours"),
        _("80e centile, en jours"),
        _("Y sont encore"),
        _("Depuis le plus longtemps, en jours"),
    ]


def _chart(services: list[Service]) -> Chart:
    items = [
        Bar(
            str(Need.Status(one.state).label).capitalize(),
            one.eightieth,
            _("{n} j (médiane {median})").format(n=one.eightieth, median=one.median),
        )
        for one in services
        if one.eightieth is not None
    ]
    return bars(
        _("Combien de jours dans chaque état"),
        _("Quatre besoins sur cinq n’y restent pas plus longtemps."),
        items=items,
        headers=(_("État"), _("80e centile, en jours")),
    )


def _weighed(request: PersonRequest, alliance: Alliance) -> tuple[WeightsForm, IntakeMethod]:
    """Return the weights of the address when they are tried and right, else those in force."""
    method = queries.intake_of(alliance.pk)
    tried = any(name.startswith("weight_") for name in request.GET)
    form = WeightsForm(request.GET if tried else None, method=method)
    if tried and form.is_valid():
        method = IntakeMethod(
            alliance=alliance, path=method.path, weights=form.weights(), limits=method.limits
        )
    return form, method


def _triage(request: PersonRequest, alliance: Alliance, method: IntakeMethod) -> Triage:
    today = localdate()
    needs = queries.answered_needs(request.user, today, alliance)
    waiting = queries.with_processes(needs.filter(status__in=queries.WAITING))
    return triage_of(alliance, waiting, method, today)


def _services(request: PersonRequest, alliance: Alliance) -> list[Service]:
    today = localdate()
    needs = queries.answered_needs(request.user, today, alliance)
    return services_of(needs.only("pk"), today)


def _alliance(request: PersonRequest, pk: int) -> Alliance:
    return get_object_or_404(queries.answered_alliances(request.user, localdate()), pk=pk)
