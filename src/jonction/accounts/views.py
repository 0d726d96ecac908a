"""The pages of one's account, and the demonstration sign-in; the true sign-in is allauth's."""

from typing import Any

from allauth.account.views import LogoutView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from jonction.accounts import actions, lists, queries, rules
from jonction.accounts.forms import ForgetForAnotherForm, ForgetForm, NewsForm, PersonForm
from jonction.accounts.http import PersonRequest
from jonction.accounts.language import is_offered, page_to_return_to, remember
from jonction.accounts.models import Consent, Person
from jonction.accounts.own_data import obstacles_of, parts_of, what_stays_of
from jonction.core.lists.answering import show_list
from jonction.core.queries import messages_visible_to
from jonction.core.verdicts import Refused


@csrf_exempt  # outside the demonstration there is nothing here, whatever is sent
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration roles; in demonstration mode only."""
    if not settings.JONCTION_DEMO:
        raise Http404
    return _sign_in_as_role(request)


@csrf_protect
def _sign_in_as_role(request: HttpRequest) -> HttpResponse:
    person = queries.demonstration_person(request.POST.get("role", ""))
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on: in this browser, and to this person everywhere."""
    code = request.POST.get("langue", "")
    if not is_offered(code):
        raise Refused(_("Jonction parle français ou anglais : choisissez l’un des deux."))
    if isinstance(request.user, Person):
        actions.choose_language(request.user, actor=request.user, language=code)
    response = redirect(page_to_return_to(request))
    remember(response, code)
    return response


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and have the browser forget; first ask about the work that it may still hold.

    One cookie says that work was kept on the device, another how much waits: not told, it is asked.
    """
    answer = request.POST.get("appareil", "")
    kept = {c: url for c, url in settings.WORK_ON_DEVICES.items() if c in request.COOKIES}
    waits = next((u for c, u in kept.items() if request.COOKIES.get(f"{c}-attente") != "0"), None)
    if request.method == "POST" and waits and answer not in {"vider", "garder"}:
        return redirect(waits)
    page: HttpResponse = LogoutView.as_view()(request)
    if request.method != "POST":
        return page
    for cookie, url in kept.items():
        page["Location"] = f"{reverse(url)}?garder" if answer == "garder" else reverse(url)
        if answer != "garder":
            page.delete_cookie(cookie, path=settings.WORK_COOKIE_PATH)
            page.delete_cookie(f"{cookie}-attente", path=settings.WORK_COOKIE_PATH)
    if answer != "garder":  # "cache" too would hold Chromium for seconds (its issue 40233601)
        page["Clear-Site-Data"] = '"storage"'
    return page


@never_cache
def session_whose(request: HttpRequest) -> HttpResponse:
    """Say whose session stands, or nobody's: a page come back to asks before it is shown."""
    return HttpResponse(str(request.user.pk or ""), content_type="text/plain")


@login_required
def account(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/account.html", _context(request, _person_form(request)))


@login_required
@require_POST
def person_edit(request: PersonRequest) -> HttpResponse:
    form = PersonForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/account.html", _context(request, form), status=422)
    actions.edit_person(request.user, actor=request.user, **form.cleaned_data)
    messages.success(request, _("Vos coordonnées sont enregistrées."))
    return redirect("accounts:account")


@login_required
@require_POST
def news_choose(request: PersonRequest) -> HttpResponse:
    form = NewsForm(request.POST, person=request.user)
    if not form.is_valid():
        context = _context(request, _person_form(request), form)
        return render(request, "accounts/account.html", context, status=422)
    actions.choose_news(request.user, actor=request.user, **form.facts())
    messages.success(request, _("Vos choix de nouvelles sont enregistrés."))
    return redirect("accounts:account")


@login_required
@require_POST
def sessions_end(request: PersonRequest) -> HttpResponse:
    """End all the sessions of the person but this one."""
    update_session_auth_hash(request, actions.end_sessions(request.user, actor=request.user))
    messages.success(request, _("Vos autres connexions sont fermées, sur tous les appareils."))
    return redirect("accounts:account")


@login_required
@require_POST
def consent_give(request: PersonRequest, purpose: str) -> HttpResponse:
    actions.give_consent(request.user, actor=request.user, purpose=_purpose(purpose))
    messages.success(request, _("Votre accord est noté. Vous pouvez le retirer en tout temps."))
    return redirect("accounts:account")


@login_required
@require_POST
def consent_withdraw(request: PersonRequest, purpose: str) -> HttpResponse:
    actions.withdraw_consent(request.user, actor=request.user, purpose=_purpose(purpose))
    messages.success(request, _("Votre accord est retiré."))
    return redirect("accounts:account")


@login_required
def own_data(request: PersonRequest) -> HttpResponse:
    return _own_data(request, ForgetForm(person=request.user))


@login_required
@require_POST
def own_data_export(request: PersonRequest) -> StreamingHttpResponse:
    return _archive(request, request.user)


@login_required
@require_POST
def person_forget(request: PersonRequest) -> HttpResponse:
    form = ForgetForm(request.POST, person=request.user)
    if not form.is_valid():
        return _own_data(request, form, status=422)
    actions.forget_person(request.user, actor=request.user, today=localdate())
    logout(request)
    messages.success(request, _("C’est fait : votre compte n’existe plus. Merci d’avoir été là."))
    return redirect("home:welcome")


@login_required
def person_data(request: PersonRequest, pk: int) -> HttpResponse:
    """Show to who keeps the record of a person without an account what it holds."""
    person = _kept_person(request, pk)
    return _person_data(request, person, ForgetForAnotherForm(person=person))


@login_required
@require_POST
def person_data_export(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    return _archive(request, _kept_person(request, pk))


@login_required
@require_POST
def person_data_forget(request: PersonRequest, pk: int) -> HttpResponse:
    person = _kept_person(request, pk)
    form = ForgetForAnotherForm(request.POST, person=person)
    if not form.is_valid():
        return _person_data(request, person, form, status=422)
    channel = form.cleaned_data["channel"]
    actions.forget_person(person, actor=request.user, today=localdate(), channel=channel)
    messages.success(request, _("C’est fait : plus rien ne porte son nom."))
    return redirect("home:desk")


def _kept_person(request: PersonRequest, pk: int) -> Person:
    """Return a person whose record one keeps; of the others, one is not told that they exist."""
    person = get_object_or_404(Person, pk=pk, email=None)
    if not rules.can_disclose_person(request.user, person, localdate()):
        raise Http404
    return person


def _archive(request: PersonRequest, person: Person) -> StreamingHttpResponse:
    archive = actions.disclose_person(person, actor=request.user, today=localdate())
    name = _("renseignements-%(day)s.zip") % {"day": localdate().isoformat()}
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingHttpResponse(archive, content_type="application/zip", headers=headers)


@login_required
def message_list(request: PersonRequest) -> HttpResponseBase:
    page = "accounts/message_list.html"
    return show_list(request, page, lists.mails(request), name=_("courriels"), context={})


@login_required
def message_detail(request: PersonRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(messages_visible_to(request.user), pk=pk)
    return render(request, "accounts/message_detail.html", {"mail": mail})


def _person_form(request: PersonRequest) -> PersonForm:
    return PersonForm(initial={"name": request.user.name, "phone": request.user.phone})


def _context(
    request: PersonRequest, form: PersonForm, news: NewsForm | None = None
) -> dict[str, Any]:
    means = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    return {
        "form": form,
        "news": news or NewsForm(person=request.user),
        "consents": queries.consent_states(request.user),
        "has_password": request.user.has_usable_password(),
        "has_totp": Authenticator.Type.TOTP in means,
        "has_passkey": Authenticator.Type.WEBAUTHN in means,
    }


def _own_data(request: PersonRequest, form: ForgetForm, status: int = 200) -> HttpResponse:
    context = _known(request.user) | {"form": form}
    return render(request, "accounts/own_data.html", context, status=status)


def _person_data(
    request: PersonRequest, person: Person, form: ForgetForAnotherForm, status: int = 200
) -> HttpResponse:
    context = _known(person) | {"form": form, "person": person}
    return render(request, "accounts/person_data.html", context, status=status)


def _known(person: Person) -> dict[str, Any]:
    return {
        "parts": [part.label for part in parts_of(person)],
        "stays": what_stays_of(person),
        "obstacles": obstacles_of(person, localdate()),
    }


def _purpose(value: str) -> str:
    if value not in Consent.Purpose.values:
        raise Http404
    return value
