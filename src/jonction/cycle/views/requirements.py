"""What the funder asks of an Alliance's processes: written once, in two languages, by its coordination."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Person
from jonction.core.attachments import files_beside, shelf_of
from jonction.core.editing import edition, typed
from jonction.core.verdicts import Verdict, require
from jonction.cycle import actions, queries, rules
from jonction.cycle.forms import QuestionRows, RequirementForm, SourceForm
from jonction.cycle.models import Requirement
from jonction.governance.models import Alliance


def requirement_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _list(request, _alliance(pk))


def _list(
    request: HttpRequest, alliance: Alliance, refused: SourceForm | None = None
) -> HttpResponse:
    today = localdate()
    person = request.user if isinstance(request.user, Person) else None
    requirements = list(queries.requirements_of(alliance))
    tools = files_beside(person, requirements)
    can_add = person and rules.can_add_requirement(person, alliance, today=today)
    context = {
        "alliance": alliance,
        "rows": [(requirement, tools.get(requirement.pk, [])) for requirement in requirements],
        "can_add": can_add,
        "copy": refused or (SourceForm(alliance=alliance) if can_add else None),
    }
    status = 422 if refused else 200
    return render(request, "cycle/requirement_list.html", context, status=status)


@login_required
def requirement_add(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = _alliance(pk), localdate()

    def save(form: RequirementForm, questions: Any) -> None:
        facts = {"facts": form.changes(), "questions": questions}
        actions.add_requirement(alliance, actor=request.user, today=today, **facts)

    verdict = rules.can_add_requirement(request.user, alliance, today=today)
    return _written(request, Requirement(alliance=alliance), verdict, save)


@login_required
def requirement_edit(request: PersonRequest, pk: int) -> HttpResponse:
    requirement, today = _requirement(pk), localdate()

    def save(form: RequirementForm, questions: Any) -> None:
        facts = {**edition(form), "questions": questions}
        actions.edit_requirement(requirement, actor=request.user, today=today, **facts)

    verdict = rules.can_edit_requirement(request.user, requirement, today=today)
    return _written(request, requirement, verdict, save)


@login_required
@require_POST
def requirement_remove(request: PersonRequest, pk: int) -> HttpResponse:
    requirement = _requirement(pk)
    actions.remove_requirement(requirement, actor=request.user, today=localdate())
    messages.success(request, _("L’exigence est retirée."))
    return redirect("cycle:requirement_list", requirement.alliance_id)


@login_required
@require_POST
def requirement_copy(request: PersonRequest, pk: int) -> HttpResponse:
    alliance, today = _alliance(pk), localdate()
    require(rules.can_copy_requirements(request.user, alliance, today=today))
    form = SourceForm(request.POST, alliance=alliance)
    if not form.is_valid():
        return _list(request, alliance, form)
    count = actions.copy_requirements(
        alliance, actor=request.user, today=today, **form.cleaned_data
    )
    said = ngettext("{n} exigence reprise.", "{n} exigences reprises.", count)
    messages.success(request, said.format(n=count))
    return redirect("cycle:requirement_list", alliance.pk)


def _written(
    request: PersonRequest, requirement: Requirement, verdict: Verdict, save: Any
) -> HttpResponse:
    require(verdict)
    sent = typed(request)
    known = requirement.questions.values("text", "heading", "help") if requirement.pk else []
    form = RequirementForm(sent, thing=requirement)
    rows = QuestionRows(sent, prefix="questions", initial=list(known))
    form.rows = (rows,)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        if not form.is_done:
            save(form, [row.cleaned_data for row in rows if row.cleaned_data.get("text")])
        messages.success(request, _("C’est enregistré."))
        return redirect("cycle:requirement_list", requirement.alliance_id)
    context = {
        "form": form,
        "rows": rows,
        "requirement": requirement,
        "shelf": shelf_of(request.user, requirement) if requirement.pk else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "cycle/requirement_edit.html", context, status=status)


def _alliance(pk: int) -> Alliance:
    return get_object_or_404(Alliance.objects.select_related("region", "plan"), pk=pk)


def _requirement(pk: int) -> Requirement:
    return get_object_or_404(Requirement.objects.select_related("alliance__plan"), pk=pk)
