"""The one door by which files leave."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from jonction.core.attachments import attachment_visible_to
from jonction.core.files import PICTURES


@login_required
@require_safe
def attachment(request: HttpRequest, token: UUID) -> FileResponse:
    found = attachment_visible_to(request.user, token)
    if found is None:
        raise Http404
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
