"""What a phone keeps of the site to open the field journal without network.

The list is closed: the empty page, its styles, its letters, its modules. Nothing that holds a name.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jonction.cycle.models import Process
from jonction.support.forms.field import LONGEST, FieldForm

STYLES = ["tokens", "page", "parts", "forms", "tables", "charts", "workshop", "print"]
MODULES = ["cards", "network", "notes", "page", "seal", "store"]
FILES = [
    *(f"ui/css/{name}.css" for name in STYLES),
    "support/field/field.css",
    "ui/vendor/atkinson-hyperlegible-next-latin.woff2",
    "ui/mark.svg",
    *(f"support/field/{name}.js" for name in MODULES),
]
WORKER = "support/field/worker.js"
ICONS = [
    ("support/field/icon.svg", "any", "image/svg+xml", "any"),
    ("support/field/icon-192.png", "192x192", "image/png", "any"),
    ("support/field/icon-512.png", "512x512", "image/png", "any"),
    ("support/field/icon-maskable-512.png", "512x512", "image/png", "maskable"),
]


@cache
def worker(language: str = settings.LANGUAGE_CODE) -> str:
    """Return the service worker: its list, then its code; a file that changes makes another one.

    It asks for the empty page without a cookie: its address says in which language.
    """
    kept = {
        "page": reverse("support:field_journal"),
        "shell": f"{reverse('support:field_shell')}?langue={language}",
        "files": [static(name) for name in FILES],
        "version": _version(language),
    }
    return f"const KEPT = {json.dumps(kept)};\n{_source(WORKER).decode()}"


def empty_page() -> str:
    """Return the page of the journal rendered for nobody: the same bytes for everybody."""
    form = FieldForm(processes=Process.objects.none())
    context = {"frame": "bare.html", "longest": LONGEST, "form": form, "can_write": True}
    return render_to_string("support/field_journal.html", context)


def manifest() -> dict[str, Any]:
    """Return what a phone needs to install the journal beside its other applications."""
    page = reverse("support:field_journal")
    return {
        "id": page,
        "name": _("Jonction, journal de terrain"),
        "short_name": "Jonction",
        "description": _("Noter ce qu’on a fait, même sans réseau."),
        "lang": f"{translation.get_language()}-CA",
        "dir": "ltr",
        "start_url": page,
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf8f3",
        "theme_color": "#ffffff",
        "icons": [
            {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
    }


def _version(language: str) -> str:
    """Return what changes when the empty page or any of its files does."""
    seal = hashlib.sha256()
    with translation.override(language):
        seal.update(empty_page().encode())
    for name in [*FILES, WORKER]:
        seal.update(name.encode() + _source(name))
    return seal.hexdigest()[:16]


def _source(name: str) -> bytes:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_bytes()
