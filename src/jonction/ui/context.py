"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(_request: HttpRequest) -> dict[str, Any]:
    return {"navigation": settings.NAVIGATION, "demo": settings.JONCTION_DEMO}
