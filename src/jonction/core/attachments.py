"""Files tied to things of any area.

An area says who sees its things, once for all their files and news, in its `subjects.py`. Whoever
reads a thing may tie a file to it, unless its area leaves that to who keeps it; a file is removed
by who brought it or by who keeps its thing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jonction.core.files import check_file
from jonction.core.models import Attachment, Trace
from jonction.core.subjects import left_to_keepers, read_by, readable_ids, sight_of, subjects
from jonction.core.verdicts import YES, Refused, Verdict, no, require


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file as its reader finds it."""

    attachment: Attachment
    can_remove: Verdict

    @property
    def kind(self) -> str:
        return PurePosixPath(self.attachment.name).suffix[1:]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one thing, for somebody who may read it."""

    word: str
    pk: int
    files: list[Shelved]
    can_add: bool = True


def can_attach(actor: Any, thing: models.Model) -> Verdict:
    """R4: whoever takes part in a thing ties to it what the next person will look for."""
    seen = sight_of(actor, thing)
    if seen is not None and _adds(seen, type(thing)):
        return YES
    return no(_("Les fichiers sont ajoutés par les personnes qui prennent part à ce travail."))


def can_detach(actor: Any, attachment: Attachment) -> Verdict:
    """R4: what somebody else brought is removed by the coordination alone."""
    thing = read_by(actor, attachment.content_type.model_class(), attachment.object_id)
    return _detaches(actor, attachment, thing)


@transaction.atomic
def attach(thing: models.Model, upload: UploadedFile[Any], *, actor: Any) -> Attachment:
    """Keep a file with `thing`; refuse it, with the reason, when it is not what it says."""
    require(can_attach(actor, thing))
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


def attach_again(thing: models.Model, attachment: Attachment, *, actor: Any) -> Attachment:
    """Keep the same file with another thing."""
    with attachment.file.open("rb") as stored:
        copied = SimpleUploadedFile(attachment.name, stored.read())
    return attach(thing, copied, actor=actor)


@transaction.atomic
def detach(attachment: Attachment, *, actor: Any) -> None:
    """Forget a file; its bytes go once the transaction has held."""
    if not Attachment.objects.select_for_update().filter(pk=attachment.pk).exists():
        raise Refused(_("Ce fichier vient d’être retiré."))
    require(can_detach(actor, attachment))
    Trace.leave(actor, "core.attachment.removed", attachment, sha256=attachment.sha256)
    storage, stored = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(stored), robust=True)


def attachments_of(thing: models.Model) -> QuerySet[Attachment]:
    return _files_of(type(thing)).filter(object_id=thing.pk)


def shelf_of(person: Any, thing: models.Model) -> Shelf | None:
    """Return the files of `thing` with what `person` may do, or None when she may not see them."""
    seen = sight_of(person, thing) if getattr(person, "pk", None) else None
    if seen is None:
        return None
    found = attachments_of(thing).select_related("owner")
    files = [Shelved(a, _detaches(person, a, seen)) for a in found]
    return Shelf(subjects()[type(thing)].word, thing.pk, files, can_add=_adds(seen, type(thing)))


def files_beside(person: Any, things: Sequence[models.Model]) -> dict[int, list[Attachment]]:
    """Return the files of things of one kind that `person` may read, by thing, in two queries."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    if things and getattr(person, "pk", None):
        ids = readable_ids(person, type(things[0]), [thing.pk for thing in things])
        for attachment in _files_of(type(things[0])).filter(object_id__in=ids):
            found[attachment.object_id].append(attachment)
    return found


def subject_named(word: str, pk: int, person: Any) -> models.Model | None:
    """Return the thing of that address, if files may be tied to it and `person` may read it."""
    model = next((s.model for s in subjects().values() if s.word == word), None)
    found: models.Model | None = read_by(person, model, pk)
    return found


def attachment_visible_to(person: Any, token: UUID) -> Attachment | None:
    """Return the file if the thing it is tied to is visible to `person`, else None."""
    attachment = Attachment.objects.select_related("content_type").filter(token=token).first()
    if attachment is None:
        return None
    model = attachment.content_type.model_class()
    ids = readable_ids(person, model, [attachment.object_id])
    return attachment if attachment.object_id in ids else None


def _files_of(model: type[models.Model]) -> QuerySet[Attachment]:
    kind = model._meta
    return Attachment.objects.filter(
        content_type__app_label=kind.app_label, content_type__model=kind.model_name
    )


def _adds(seen: Any, model: type[models.Model]) -> bool:
    """Say whether who reads a thing so may tie a file to it."""
    return not left_to_keepers(model) or bool(getattr(seen, "is_kept", False))


def _detaches(person: Any, attachment: Attachment, thing: Any) -> Verdict:
    """Say whether `person`, who reads `thing` so, may remove a file of it."""
    if attachment.owner_id == person.pk or getattr(thing, "is_kept", False):
        return YES
    return no(_("Ce fichier se retire par la personne qui l’a ajouté ou par la coordination."))
