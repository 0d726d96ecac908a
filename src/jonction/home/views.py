"""The public face, the desk, and the pulse of the house."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from jonction.accounts.http import PersonRequest
from jonction.accounts.rules import can_read_platform
from jonction.core.lists.listing import Listing
from jonction.core.search.matching import BEST_FIRST, entries_of, groups, hit
from jonction.core.search.sources import sources
from jonction.engines.words import question
from jonction.governance.tracks import tracks_of
from jonction.home import queries
from jonction.home.desk import desk_of
from jonction.home.outside import outside_of
from jonction.home.platform import platform_of
from jonction.support.rules.journal import can_write_journal

FEW = 3  # above, each body is shown on the page of its Alliance: the first page stays light


def welcome(request: HttpRequest) -> HttpResponse:
    """Show each Alliance at work, with where its bodies stand when there are few Alliances."""
    today = localdate()
    alliances = list(queries.current_alliances(today))
    are_few = len(alliances) <= FEW
    tracks = tracks_of(queries.with_bodies(alliances), today) if are_few else {}
    context = {
        "alliances": [
            (
                alliance,
                [(b, tracks.get(b.pk)) for b in alliance.bodies.all()] if are_few else [],
            )
            for alliance in alliances
        ],
        "are_few": are_few,
        "past": queries.past_alliances(today),
        "roles": queries.demonstration_roles() if settings.JONCTION_DEMO else [],
    }
    return render(request, "home/welcome.html", context)


@login_required
def desk(request: PersonRequest) -> HttpResponse:
    today = localdate()
    context = {
        "today": today,
        "desk": desk_of(request.user, today),
        "outside": outside_of(request.user, today),
        "can_read_platform": can_read_platform(request.user, today),
        "can_write": can_write_journal(request.user, today),
    }
    return render(request, "home/desk.html", context)


@login_required
def platform(request: PersonRequest) -> HttpResponse:
    """Show how the platform goes to whoever keeps it; to the others, it does not exist."""
    if not can_read_platform(request.user, localdate()):
        raise Http404
    return render(request, "home/platform.html", {"found": platform_of()})


def search(request: HttpRequest) -> HttpResponse:
    """Search all that one may see; `genre` names one kind of results, then read page by page."""
    text = request.GET.get("q", "")[:200]
    asked = question(text)
    person = request.user if request.user.is_authenticated else None
    context: dict[str, Any] = {"text": text, "asked": asked}
    source = sources().get(request.GET.get("genre", ""))
    if asked and source:
        found = entries_of(source, asked, person, localdate())
        listing = Listing(request, found, order=BEST_FIRST, page_size=20, keep=["q", "genre"])
        hits = [hit(entry, asked) for entry in listing.rows]
        context |= {"kind": source.kind, "listing": listing, "hits": hits}
    elif asked:
        context["groups"] = groups(asked, person, localdate())
    return render(request, "home/search.html", context)


def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 when the house can serve; a broken database raises, hence 500."""
    return JsonResponse({"vivant": True, "base": queries.database_answers()})
