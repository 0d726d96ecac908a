"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)  # a page of failure may come before it is known
    entries = settings.NAVIGATION if user and user.is_authenticated else _open_to_all()
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "navigation": entries,
        "printed_on": localdate(),
        "demo": settings.JONCTION_DEMO,
        "locale": f"{language}-CA",
        "other_languages": [one for one in settings.LANGUAGES if one[0] != language],
    }


def _open_to_all() -> list[dict[str, Any]]:
    """Return what a visitor may open, side by side: the other entries would only ask to sign in."""
    flat = [item for entry in settings.NAVIGATION for item in entry.get("below", [entry])]
    return [item for item in flat if item.get("for_all")]
