"""The demonstration sign-in; the true one is allauth's, under /compte/."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jonction.accounts import queries


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration roles; in demonstration mode only."""
    person = queries.demonstration_person(request.POST.get("role", ""))
    if not settings.JONCTION_DEMO or person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)
