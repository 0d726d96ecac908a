"""The pages of imports: a file, its preview, its corrections, its writing."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.gestures import Gesture, attempt, offers, perform
from jonction.core.http import show
from jonction.core.lists.answering import show_list
from jonction.core.tables.writing import as_download
from jonction.imports import actions, lists, queries, rules
from jonction.imports.forms import FileForm, NamesForm, RowForm
from jonction.imports.models import Import, Row
from jonction.imports.readers import Reader, readers

PER_PAGE = 50
TALLY = {
    Row.Verdict.REFUSED: gettext_lazy("Refusées"),
    Row.Verdict.NEW: gettext_lazy("Nouvelles"),
    Row.Verdict.CHANGED: gettext_lazy("Changées"),
    Row.Verdict.SAME: gettext_lazy("Identiques"),
}
BEFORE = [
    Gesture(
        "ecrire",
        gettext_lazy("Écrire dans Jonction"),
        rules.can_apply_import,
        actions.apply_import,
        gettext_lazy("L’écriture est lancée."),
    ),
    Gesture(
        "abandonner",
        gettext_lazy("Abandonner"),
        rules.can_abandon_import,
        actions.abandon_import,
        gettext_lazy("L’import est abandonné : rien n’a été écrit."),
        tone="quiet",
    ),
]
AFTER = [
    Gesture(
        "annuler",
        gettext_lazy("Annuler cet import"),
        rules.can_undo_import,
        actions.undo_import,
        gettext_lazy("L’import est annulé : ce qu’il avait écrit est repris."),
        warning=gettext_lazy(
            "Les lignes ajoutées disparaissent, les lignes changées reviennent comme avant. "
            "Celles que quelqu’un a modifiées depuis restent."
        ),
    ),
]

GESTURES: dict[str, list[Gesture]] = {Import.Status.READ: BEFORE, Import.Status.APPLIED: AFTER}
SORTS = {
    Row.Verdict.REFUSED: gettext_lazy("Refusées"),
    Row.Verdict.NEW: gettext_lazy("Nouvelles"),
    Row.Verdict.CHANGED: gettext_lazy("Changées"),
    Row.Verdict.SAME: gettext_lazy("Identiques"),
}


@login_required
def import_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    kinds = [r for r in readers().values() if _may_start(r, request, today)]
    page, listing = "imports/import_list.html", lists.imports(request)
    return show_list(request, page, listing, name=_("imports"), context={"kinds": kinds})


@login_required
def match_list(request: PersonRequest) -> HttpResponseBase:
    """Show what was remembered of the names that files bear."""
    scopes = queries.scopes_of(request.user, localdate())
    rows, things = queries.matches_within(scopes), queries.things_within(scopes)
    listing = lists.names(request, rows, things)
    context = {
        "keepers": queries.keepers_within(scopes),
        "rows": [(match, *(c.value(match) for c in listing.columns)) for match in listing.rows],
    }
    page = "imports/match_list.html"
    return show_list(request, page, listing, name=_("noms reconnus"), context=context)


@login_required
@require_POST
def match_forget(request: PersonRequest, pk: int) -> HttpResponse:
    match = get_object_or_404(queries.matches_visible_to(request.user, localdate()), pk=pk)
    actions.forget_name(match, actor=request.user, today=localdate())
    messages.success(request, _("« %(name)s » est oublié.") % {"name": match.text})
    return redirect("imports:match_list")


@login_required
def import_new(request: PersonRequest, reader: str) -> HttpResponse:
    kind, today = queries.reader_named(reader), localdate()
    if kind is None or not _may_start(kind, request, today):
        raise Http404
    file = FileForm(request.POST or None, request.FILES or None)
    options = kind.form(request.user, today, request.POST or None)
    if request.method == "POST" and options.is_valid():
        facts = {"actor": request.user, "today": today, "options": _plain(options.cleaned_data)}
        source = attempt(file, actions.start_import, kind, **facts)
        if source is not None:
            return redirect(source)
    status = 422 if file.errors or options.errors else 200
    context = {"reader": kind, "file": file, "options": options}
    return render(request, "imports/import_new.html", context, status=status)


@login_required
def import_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _import(request, pk))


@login_required
@require_POST
def import_names(request: PersonRequest, pk: int) -> HttpResponse:
    source = _import(request, pk)
    form = NamesForm(request.POST, unknown=queries.unknown_names(source))
    if form.is_valid():
        actions.recognise_names(source, actor=request.user, today=localdate(), chosen=form.chosen())
        messages.success(request, _("C’est retenu, pour ce fichier et les suivants."))
    return redirect(source)


@login_required
def row_correct(request: PersonRequest, pk: int, row: int) -> HttpResponse:
    source = _import(request, pk)
    line = get_object_or_404(source.rows.select_related("source__owner"), pk=row)
    verdict = rules.can_correct_row(request.user, source, localdate())
    reader = readers()[source.reader]
    form = RowForm(request.POST or None, reader=reader, cells=line.cells)
    if request.method == "POST" and form.is_valid():
        line = actions.correct_row(
            line, actor=request.user, today=localdate(), cells=form.cleaned_data
        )
        if line.verdict != Row.Verdict.REFUSED:
            messages.success(request, _("La ligne est bonne maintenant."))
            return redirect(source)
    context = {"source": source, "line": line, "form": form, "verdict": verdict}
    refused = request.method == "POST"
    return render(request, "imports/row_correct.html", context, status=422 if refused else 200)


@login_required
@require_POST
def import_gesture(request: PersonRequest, pk: int, word: str) -> HttpResponse:
    source = _import(request, pk)
    done = perform(request, BEFORE + AFTER, word, source)
    return done if isinstance(done, HttpResponse) else _page(request, source)


@login_required
def import_refused(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    """Give the refused rows back with their reasons, to correct in one's own spreadsheet."""
    source = _import(request, pk)
    reader = readers()[source.reader]
    columns = list(reader.columns)
    headers = [*(str(c.label) for c in columns), _("Ligne"), _("Raison")]

    def rows() -> Iterator[list[Any]]:
        for row in source.rows.filter(verdict=Row.Verdict.REFUSED).iterator(chunk_size=500):
            reasons = " ".join(queries.reason_of(reader, *problem[:2]) for problem in row.problems)
            yield [*(row.cells.get(c.code, "") for c in columns), row.line, reasons]

    return as_download(_("lignes refusées"), "csv", headers, rows())


def _import(request: PersonRequest, pk: int) -> Import:
    return get_object_or_404(queries.imports_visible_to(request.user), pk=pk)


def _may_start(reader: Reader, request: PersonRequest, today: Any) -> bool:
    """Say whether at least one answer of the reader's questions is open to the person."""
    form = reader.form(request.user, today)
    field = next((f for f in form.fields.values() if hasattr(f, "queryset")), None)
    return field is None or bool(field.queryset.exists())


def _plain(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in cleaned.items()}


def _page(request: PersonRequest, source: Import) -> HttpResponse:
    tally = queries.tally_of(source)
    asked = request.GET.get("voir", "")
    first = Row.Verdict.REFUSED if tally[Row.Verdict.REFUSED] else Row.Verdict.NEW
    shown = asked if asked in Row.Verdict.values else first
    rows = Paginator(source.rows.filter(verdict=shown), PER_PAGE)
    is_read = source.status == Import.Status.READ
    unknown = queries.unknown_names(source) if is_read else []
    reader, to_write = readers()[source.reader], tally[Row.Verdict.NEW] + tally[Row.Verdict.CHANGED]
    gestures = GESTURES.get(source.status, [])
    context = {
        "source": source,
        "reader": reader,
        "columns": reader.columns,
        "tally": [(code, label, tally[code]) for code, label in SORTS.items()],
        "to_write": to_write,
        "sum": reader.sum_of(queries.rows_to_write(source)) if to_write else "",
        "shown": shown,
        "rows": rows.get_page(request.GET.get("page")),
        "names": NamesForm(unknown=unknown) if unknown else None,
        "is_busy": source.status in Import.BUSY,
        "can_correct": is_read,
        # nothing to write: nothing to confirm
        "offers": [
            offer
            for offer in offers(gestures, request.user, source)
            if to_write or offer.gesture.word != "ecrire"
        ],
    }
    return show(request, "imports/import_detail.html", "state", context)
