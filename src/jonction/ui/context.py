"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def shell(_request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "navigation": settings.NAVIGATION,
        "demo": settings.JONCTION_DEMO,
        "locale": f"{language}-CA",
        "other_languages": [one for one in settings.LANGUAGES if one[0] != language],
    }
