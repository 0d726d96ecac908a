"""The pages of the journal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.core.lists.answering import show_list
from jonction.support.actions import journal as actions
from jonction.support.lists import journal
from jonction.support.queries import journal as queries
from jonction.support.rules import journal as rules


@login_required
def intervention_list(request: PersonRequest) -> HttpResponseBase:
    today = localdate()
    context = {"can_write": rules.can_write_journal(request.user, today)}
    listing = journal(request, today)
    page = "support/intervention_list.html"
    return show_list(request, page, listing, name=_("journal"), context=context)


@login_required
def intervention_detail(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    line = get_object_or_404(queries.interventions_visible_to(request.user, today), pk=pk)
    verdict = rules.can_remove_intervention(request.user, line, today=today)
    context = {
        "line": line,
        "can_remove": verdict,
        "can_write": rules.can_write_journal(request.user, today),
        "is_mine": line.resource.person_id == request.user.pk,
    }
    return render(request, "support/intervention_detail.html", context)


@login_required
@require_POST
def intervention_remove(request: PersonRequest, pk: int) -> HttpResponse:
    today = localdate()
    line = get_object_or_404(queries.interventions_visible_to(request.user, today), pk=pk)
    actions.remove_intervention(line, actor=request.user, today=today)
    messages.success(request, _("La ligne est retirée du journal."))
    return redirect("support:intervention_list")
