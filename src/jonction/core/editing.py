"""The page on which something is written: shown to whom it is open, saved once it is right."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from jonction.core.once import made_once, number_field
from jonction.core.verdicts import Refused, Verdict, require

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)


def is_plausible(day: date) -> bool:
    """Say whether the work may speak of that day: outside it, it is a slip of the keyboard."""
    return FIRST_DAY <= day <= LAST_DAY


def day_field(label: Any, **options: Any) -> forms.DateField:
    """Return a date that browsers offer to pick on a calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=[_plausible], **options)


def _plausible(day: date) -> None:
    if not is_plausible(day):
        raise forms.ValidationError(
            _("Vérifiez l’année : elle doit être entre %(first)s et %(last)s."),
            params={"first": FIRST_DAY.year, "last": LAST_DAY.year},
        )


def typed(request: HttpRequest) -> Any:
    """Return what a form is filled with: what was sent, or nothing yet."""
    return request.POST if request.method == "POST" else None


def written(
    request: HttpRequest,
    form: forms.BaseForm,
    verdict: Verdict,
    save: Callable[[], Any],
    *,
    title: str,
    back: Any,
    template: str = "core/form.html",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Refuse, show the form, show it again with its errors (422), or save and go where it says.

    What the action refuses is an error of the form too: what was typed stays on the page.
    """
    require(verdict)
    if not _is_edition(form):  # which is known again by its version
        form.fields.setdefault("once", number_field(uuid4()))
    if request.method == "POST" and form.is_valid():
        try:
            to = made_once(request.user, form, save)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect(to)
    context = {"form": form, "title": title, "back": resolve_url(back), **(extra or {})}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _is_edition(form: forms.BaseForm) -> bool:
    thing = getattr(form, "thing", None)
    return thing is not None and thing.pk is not None


def edition(form: Any) -> dict[str, Any]:
    """Return what an action that edits receives from a form that carries a version."""
    return {"version": form.cleaned_data["version"], "changes": form.changes()}
