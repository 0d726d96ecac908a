"""The page on which a mandate is extended, in one gesture."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jonction.accounts.http import PersonRequest
from jonction.core.once import attempt_once
from jonction.support.actions.mandate import extend_mandate
from jonction.support.extension import best_end
from jonction.support.forms.mandate import ExtendForm
from jonction.support.models import Mandate
from jonction.support.queries.mandate import (
    extension_of,
    extension_waiting,
    hours_with,
    mandates_visible_to,
)
from jonction.support.rules.mandate import can_extend_mandate, within_capacity

ONLY_LOOK = "regarder"


@login_required
def mandate_extend(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer the end that fills what will break; show the hours, then ask the person."""
    today = localdate()
    mandates = mandates_visible_to(request.user, today)
    mandate = get_object_or_404(mandates.select_related("process__body__alliance__plan"), pk=pk)
    form = _form(request, mandate, today)
    if request.method == "POST" and ONLY_LOOK not in request.POST:
        extension = attempt_once(
            request.user, form, extend_mandate, mandate, actor=request.user, today=today
        )
        if extension is not None:
            messages.success(
                request, _("La prolongation est proposée : la personne répond sur sa page.")
            )
            return redirect(extension)
    elif form.is_bound and form.is_valid():
        until = form.cleaned_data["until"]
        verdict = can_extend_mandate(request.user, mandate, today, until=until)
        if not verdict:
            form.add_error(None, verdict.reason)
    return _page(request, mandate, form, today)


def _form(request: PersonRequest, mandate: Mandate, today: date) -> ExtendForm:
    """Return the form filled by the link of a break, else by what the stages ask."""
    said = ExtendForm({"until": request.GET.get("jusqua", "")})
    until = said.cleaned_data["until"] if said.is_valid() else best_end(mandate, today=today)
    return ExtendForm(request.POST or None, initial={"until": until})


def _page(request: PersonRequest, mandate: Mandate, form: ExtendForm, today: date) -> HttpResponse:
    typed = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    extension = extension_of(mandate, typed["until"])
    verdict = can_extend_mandate(request.user, mandate, today)
    longer = extension.ends_on >= extension.starts_on
    context = {
        "mandate": mandate,
        "form": form,
        "verdict": verdict,
        "waiting": extension_waiting(mandate),
        "is_over": mandate.ends_on < today,
        "extension": extension,
        "hours": [
            (one, one.promised - mandate.quarters_per_week)
            for one in (hours_with(extension) if verdict and longer else [])
        ],
        "beyond": within_capacity(extension, today).reason if verdict and longer else "",
    }
    status = 422 if form.errors else 200
    return render(request, "support/mandate_extend.html", context, status=status)
