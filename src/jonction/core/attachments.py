"""Files tied to things of any area.

An area says who sees its things, once for all its files:

    @subject(Mandate)
    def mandates_with_files(person: Person) -> QuerySet[Mandate]:
        return mandates_visible_to(person)

Its actions then call `attach` and `detach` after their own rule; its pages print `attachments_of`.
A model that no area declared has no readable file.
"""

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import QuerySet

from jonction.core.files import check_file
from jonction.core.models import Attachment, Trace

Visible = Callable[[Any], QuerySet[Any]]
SUBJECTS: dict[type[models.Model], Visible] = {}


def subject(model: type[models.Model]) -> Callable[[Visible], Visible]:
    """Declare who sees the things of this model, hence their files."""

    def declare(visible_to: Visible) -> Visible:
        if model in SUBJECTS:
            raise ValueError(f"{model._meta.label} is declared twice")
        SUBJECTS[model] = visible_to
        return visible_to

    return declare


@transaction.atomic
def attach(thing: models.Model, upload: UploadedFile[Any], *, actor: Any) -> Attachment:
    """Keep a file with `thing`; refuse it, with the reason, when it is not what it says."""
    checked = check_file(upload)
    attachment = Attachment(
        subject=thing,
        owner=actor,
        name=checked.name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
    )
    # a stored name says nothing and cannot be guessed
    attachment.file.save(attachment.token.hex, ContentFile(checked.content), save=False)
    attachment.save()
    Trace.leave(actor, "core.attachment.added", attachment, sha256=attachment.sha256)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, actor: Any) -> None:
    """Forget a file; its bytes go once the transaction has held."""
    Trace.leave(actor, "core.attachment.removed", attachment, sha256=attachment.sha256)
    storage, stored = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(stored), robust=True)


def attachments_of(thing: models.Model) -> QuerySet[Attachment]:
    kind = ContentType.objects.get_for_model(thing)
    return Attachment.objects.filter(content_type=kind, object_id=thing.pk)


def attachment_visible_to(person: Any, token: UUID) -> Attachment | None:
    """Return the file if the thing it is tied to is visible to `person`, else None."""
    attachment = Attachment.objects.filter(token=token).first()
    if attachment is None:
        return None
    model = attachment.content_type.model_class()
    visible_to = SUBJECTS.get(model) if model else None
    if visible_to is None or not visible_to(person).filter(pk=attachment.object_id).exists():
        return None
    return attachment
