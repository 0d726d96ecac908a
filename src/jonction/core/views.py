"""The doors by which files come in and leave."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from jonction.core.attachments import attach, attachment_visible_to, detach, subject_named
from jonction.core.files import PICTURES, clean_name
from jonction.core.models import Attachment
from jonction.core.verdicts import Refused


@login_required
@require_safe
def attachment(request: HttpRequest, token: UUID) -> FileResponse:
    found = _attachment(request, token)
    page = FileResponse(
        found.file.open("rb"),
        as_attachment=found.media_type not in PICTURES,  # pictures were drawn again by us
        filename=found.name,
        content_type=found.media_type,
    )
    page["Content-Security-Policy"] = "default-src 'none'; sandbox"
    page["X-Content-Type-Options"] = "nosniff"
    page["Cache-Control"] = "private, no-cache"
    return page


@login_required
@require_POST
def attachment_add(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    """Keep each file that may be kept, and say of each other one why it is not."""
    thing = subject_named(word, pk, request.user)
    if thing is None:
        raise Http404
    kept, sent = 0, request.FILES.getlist("files")
    for upload in sent:
        try:
            attach(thing, upload, actor=request.user)
        except Refused as refusal:
            name = clean_name(upload.name or "")
            messages.error(
                request, _("« %(name)s » : %(why)s") % {"name": name, "why": str(refusal)}
            )
        else:
            kept += 1
    if kept:
        sentence = ngettext(
            "%(count)s fichier est ajouté.", "%(count)s fichiers sont ajoutés.", kept
        )
        messages.success(request, sentence % {"count": kept})
    elif not sent:
        messages.error(request, _("Choisissez d’abord un fichier."))
    return _back(thing)


@login_required
@require_POST
def attachment_remove(request: HttpRequest, token: UUID) -> HttpResponse:
    found = _attachment(request, token)
    thing: Any = found.subject
    detach(found, actor=request.user)
    messages.success(request, _("Le fichier est retiré."))
    return _back(thing)


def _attachment(request: HttpRequest, token: UUID) -> Attachment:
    found = attachment_visible_to(request.user, token)
    if found is None:
        raise Http404
    return found


def _back(thing: models.Model) -> HttpResponse:
    return redirect(f"{resolve_url(thing)}#fichiers")
