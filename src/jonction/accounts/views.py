"""The pages of one's account, and the demonstration sign-in; the true sign-in is allauth's."""

from typing import Any

from allauth.account.views import LogoutView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jonction.accounts import actions, queries
from jonction.accounts.forms import PersonForm
from jonction.accounts.http import PersonRequest
from jonction.accounts.models import Consent
from jonction.core.queries import messages_visible_to


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration roles; in demonstration mode only."""
    person = queries.demonstration_person(request.POST.get("role", ""))
    if not settings.JONCTION_DEMO or person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)


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


@login_required
def account(request: PersonRequest) -> HttpResponse:
    initial = {"name": request.user.name, "phone": request.user.phone}
    return render(request, "accounts/account.html", _context(request, PersonForm(initial=initial)))


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
def message_list(request: PersonRequest) -> HttpResponse:
    mails = messages_visible_to(request.user)[:100]
    return render(request, "accounts/message_list.html", {"mails": mails})


@login_required
def message_detail(request: PersonRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(messages_visible_to(request.user), pk=pk)
    return render(request, "accounts/message_detail.html", {"mail": mail})


def _context(request: PersonRequest, form: PersonForm) -> dict[str, Any]:
    means = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    return {
        "form": form,
        "consents": queries.consent_states(request.user),
        "has_password": request.user.has_usable_password(),
        "has_totp": Authenticator.Type.TOTP in means,
        "has_passkey": Authenticator.Type.WEBAUTHN in means,
    }


def _purpose(value: str) -> str:
    if value not in Consent.Purpose.values:
        raise Http404
    return value
