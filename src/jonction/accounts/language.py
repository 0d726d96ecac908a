"""In which language the site speaks: the one that a person chose, French until then.

What a browser prefers is not asked: French is the common language, and nobody meets English by
chance. What people wrote stays in the language in which they wrote it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from jonction.accounts.models import Person

YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Answer in the language of the person: that of her account, else that of this browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        if type(response) is StreamingHttpResponse:  # a file already written says what it says
            pieces = cast("Iterator[bytes]", response.streaming_content)  # no view is async
            response.streaming_content = _spoken(pieces, language)
        return response


def language_of(request: HttpRequest) -> str:
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(
        settings.LANGUAGE_COOKIE_NAME, ""
    )
    return chosen if is_offered(chosen) else settings.LANGUAGE_CODE


def spoken_to(person: Person) -> AbstractContextManager[None]:
    """Write what follows in the language of that person: for jobs, which answer no request."""
    return translation.override(person.language or settings.LANGUAGE_CODE)


def is_offered(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def remember(response: HttpResponse, code: str) -> None:
    """Have this browser keep the language, for whoever has no account or has not signed in yet."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def page_to_return_to(request: HttpRequest) -> str:
    """Return the page that was read, when it is one of ours, or the welcome page."""
    asked = request.POST.get("suite", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else "home:welcome"


def _spoken(pieces: Iterable[bytes], language: str) -> Iterator[bytes]:
    """Write a file that streams in the language of its page: it is made once the page has left."""
    with translation.override(language):
        yield from pieces
