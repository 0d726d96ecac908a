"""The pages of the forecast: odds, back-planning, what is supposed, the argument for a delay."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap

from jonction.accounts.http import PersonRequest
from jonction.core.days import in_words
from jonction.core.editing import edition, typed, written
from jonction.core.http import show
from jonction.core.tables.writing import KINDS, as_download
from jonction.cycle.models import Process
from jonction.engines.forecast.backward import latest_start
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of
from jonction.support.actions import forecast as actions
from jonction.support.argument import WRITERS, Argument, file_name
from jonction.support.forecast import fingerprint_of, project_of
from jonction.support.forecast_tables import headers, rows_of
from jonction.support.forms.forecast import ArgumentForm, AssumptionsForm, BackwardForm
from jonction.support.models import Forecast
from jonction.support.queries.access import followed_processes, reads_names
from jonction.support.queries.forecast import assumptions_of, forecasts_shown
from jonction.support.rules import forecast as rules
from jonction.support.told import ToldDeadline, ToldForecast, odds_chart, told
from jonction.support.words import odds_figures, odds_word
from jonction.ui.downloads import chart_download


@login_required
def forecast_detail(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    process = _process(request, pk)
    asked, done = forecasts_shown(process)
    is_waiting = asked is not None and asked.status == Forecast.Status.WAITING
    if is_waiting and getattr(request, "htmx", False):
        return reswap(HttpResponse(), "none")  # who reads the last one meanwhile keeps their place
    named = reads_names(process)
    found = told(done, process) if done else None
    context: dict[str, Any] = {
        "process": process,
        "named": named,
        "found": found,
        "is_waiting": is_waiting,
        "has_failed": asked is not None and asked.status == Forecast.Status.FAILED,
        "can_ask": rules.can_ask_forecast(request.user, process, today, is_named=named),
    }
    if found and done:
        project = project_of(process, today=today)
        context |= {
            "kinds": list(KINDS),
            "chart": odds_chart(found),
            "can_suppose": rules.can_edit_assumptions(request.user, process.body.alliance, today),
            "is_stale": fingerprint_of(project) != done.fingerprint,
            **_backward(request, found),
        }
    return show(request, "support/forecast_detail.html", "state", context)


@login_required
@require_POST
def forecast_ask(request: PersonRequest, pk: int) -> HttpResponse:
    process = _process(request, pk)
    forecast = actions.ask_forecast(process, actor=request.user, today=localdate())
    messages.success(request, _("Le calcul est lancé."))
    return redirect(forecast)


@login_required
def forecast_picture(request: PersonRequest, pk: int) -> HttpResponse:
    process = _process(request, pk)
    _asked, done = forecasts_shown(process)
    if done is None:
        raise Http404
    return chart_download(odds_chart(told(done, process)), request.GET.get("forme", "svg"))


@login_required
def forecast_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    process = _process(request, pk)
    _asked, done = forecasts_shown(process)
    if done is None or kind not in KINDS:
        raise Http404
    name = f"{_('prévision')} {process.name} {done.on}"
    return as_download(name, kind, headers(), rows_of(told(done, process)))


@login_required
def forecast_argument(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer the words of an argument, and give it back as Word or PDF with its figures."""
    process = _process(request, pk)
    _asked, done = forecasts_shown(process)
    found = told(done, process) if done else None
    if found is None or not found.deadlines or not reads_names(process):
        raise Http404
    chosen = _chosen(request, found)
    later = _later(request, chosen)
    initial = _first_words(process, found, chosen, later)
    form = ArgumentForm(typed(request), initial=initial)
    kind = request.POST.get("forme", "")
    if request.method == "POST" and form.is_valid() and kind in WRITERS:
        writer, media_type = WRITERS[kind]
        made = writer(_argument(found, chosen, form.cleaned_data))
        name = f"{file_name()}.{kind}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(made, content_type=media_type, headers=headers)
    context = {
        "process": process,
        "found": found,
        "chosen": chosen,
        "later": later,
        "form": form,
        "rows": _rows(chosen),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "support/forecast_argument.html", context, status=status)


@login_required
def assumptions_edit(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    coordinated = standing_of(request.user, today).coordinated_alliances
    alliance = get_object_or_404(Alliance, pk=pk, pk__in=coordinated)
    form = AssumptionsForm(typed(request), thing=assumptions_of(alliance))

    def save() -> Any:
        actions.edit_assumptions(alliance, actor=request.user, today=today, **edition(form))
        return reverse("support:assumptions_edit", args=[alliance.pk])

    verdict = rules.can_edit_assumptions(request.user, alliance, today)
    title = _("Ce que l’Alliance suppose")
    page = "support/assumptions_edit.html"
    return written(request, form, verdict, save, title=title, back=alliance, template=page)


def _process(request: PersonRequest, pk: int) -> Process:
    rows = followed_processes(request.user, localdate()).select_related("body__alliance__region")
    process: Process = get_object_or_404(rows.prefetch_related("deadlines"), pk=pk)
    return process


def _backward(request: PersonRequest, found: ToldForecast) -> dict[str, Any]:
    """Return the form of back-planning and, once it is filled, the latest day to begin."""
    stages = list(found.starts[0].ends) if found.starts else []
    if not stages:
        return {}
    asked = "by" in request.GET
    form = BackwardForm(request.GET if asked else None, stages=stages)
    context: dict[str, Any] = {"backward": form, "first_stage": stages[0]}
    if asked and form.is_valid():
        said = form.cleaned_data
        context["is_planned"] = True
        context["latest"] = latest_start(
            found.starts, said["stage"], by=said["by"], odds=said["odds"]
        )
        # the last Monday looked at is not the last one that would do
        context["is_farther"] = context["latest"] == found.starts[-1].on
        context["label"] = next(s.label for s in found.stages if s.code == stages[0])
    return context


def _chosen(request: PersonRequest, found: ToldForecast) -> ToldDeadline:
    """Return the deadline that the address names, or the one most at risk."""
    asked = request.GET.get("echeance", "")
    named = [one for one in found.deadlines if str(one.deadline.pk) == asked]
    at_risk = min(found.deadlines, key=lambda one: one.supported.odds.share)
    return named[0] if named else at_risk


def _later(request: PersonRequest, chosen: ToldDeadline) -> date:
    """Return the day asked for: that of the address, or the first one with 8 chances in 10."""
    days = [on for on, _odds in chosen.later]
    asked = request.GET.get("report", "")
    if asked in {day.isoformat() for day in days}:
        return date.fromisoformat(asked)
    likely = [on for on, odds in chosen.later if odds.share * 10 >= 8]  # noqa: PLR2004 - said above
    return likely[0] if likely else days[-1]


def _first_words(
    process: Process, found: ToldForecast, chosen: ToldDeadline, later: date
) -> dict[str, str]:
    """Return the argument as the figures alone would tell it; people then make it theirs."""
    odds_later = dict(chosen.later)[later]
    facts = {
        "process": process.name,
        "deadline": chosen.deadline.name,
        "on": in_words(chosen.on),
        "later": in_words(later),
        "words": odds_word(chosen.supported.odds),
        "figures": odds_figures(chosen.supported.odds),
        "words_later": odds_word(odds_later),
        "words_alone": odds_word(chosen.alone.odds),
        "made": in_words(found.forecast.on),
    }
    paragraphs = [
        _(
            "La démarche « {process} » a pour échéance « {deadline} », le {on}. D’après son "
            "calendrier au {made}, elle a {words} d’y arriver ({figures}), même avec "
            "l’accompagnement prévu."
        ),
        _("Avec un report au {later}, elle aurait {words_later}. C’est ce que nous demandons."),
        _("Sans l’accompagnement prévu, ce serait {words_alone} à la date actuelle."),
    ]
    if found.is_supposed:
        paragraphs[-1] += " " + _("Cette comparaison est une hypothèse de l’Alliance.")
    if slowest := found.slowest_for(chosen):
        facts["slowest"] = slowest.label
        paragraphs.append(_("L’étape qui retarde le plus ce travail est « {slowest} »."))
    paragraphs.append(
        _(
            "Ces chiffres sont une estimation, non une promesse : ils valent ce que valent le "
            "calendrier inscrit et les hypothèses de l’Alliance, que nous pouvons vous montrer."
        )
    )
    return {
        "title": _("Demande de report : {deadline}").format(**facts),
        "text": "\n\n".join(words.format(**facts) for words in paragraphs),
        "signature": process.body.name,
    }


def _rows(chosen: ToldDeadline) -> list[tuple[str, str, str]]:
    """Return, for the deadline and each later day, the odds with and without support."""
    days = [
        (chosen.on, chosen.supported.odds, chosen.alone.odds),
        *(
            (on, held, alone)
            for (on, held), (_on, alone) in zip(chosen.later, chosen.alone.later, strict=True)
        ),
    ]
    return [
        (
            in_words(on),
            f"{odds_word(held)} ({odds_figures(held)})",
            f"{odds_word(alone)} ({odds_figures(alone)})",
        )
        for on, held, alone in days
    ]


def _argument(found: ToldForecast, chosen: ToldDeadline, said: dict[str, str]) -> Argument:
    forecast = found.forecast
    source = _(
        "Chiffres calculés par Jonction avec les données du {on} : {draws} calendriers tirés au "
        "sort, méthode {method}, graine {seed}. L’écart donné est l’erreur du tirage ; il ne dit "
        "rien de la justesse des hypothèses."
    )
    return Argument(
        title=said["title"],
        recipient=said["recipient"],
        written_on=in_words(localdate()),
        text=said["text"],
        signature=said["signature"],
        headers=(
            _("Si l’échéance est le"),
            _("Avec l’accompagnement prévu"),
            _("Sans accompagnement"),
        ),
        rows=tuple(_rows(chosen)),
        source=source.format(
            on=in_words(forecast.on),
            draws=number_format(forecast.draws, use_l10n=True, force_grouping=True),
            method=forecast.method,
            seed=forecast.seed,
        ),
    )
