"""Everything that changes an import. Reading and writing run as jobs, with progress."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.background import later
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.verdicts import Refused, require
from jonction.engines.words import fold
from jonction.imports import rules
from jonction.imports.models import Import, Match, Row
from jonction.imports.readers import Reader, readers
from jonction.imports.reading import INDEX_JOB, judged, read_again, rows_written, session_of

if TYPE_CHECKING:
    from django.core.files.base import File

READ_JOB = "jonction.imports.jobs.read_import"
WRITE_JOB = "jonction.imports.jobs.write_import"


@transaction.atomic
def start_import(
    reader: Reader,
    *,
    actor: Person,
    today: date,
    file: "File[bytes]",
    options: dict[str, Any],
) -> Import:
    """Keep the file and have it read; nothing of what it says is written."""
    require(rules.can_start_import(actor, reader, options, today))
    name = (file.name or "")[-200:]
    source = Import.objects.create(reader=reader.name, owner=actor, file_name=name, options=options)
    source.stored.save(f"{source.pk}", file)
    Trace.leave(actor, "imports.import.reading", source)
    later(READ_JOB, source.pk)
    return source


@transaction.atomic
def correct_row(row: Row, *, actor: Person, today: date, cells: Mapping[str, str]) -> Row:
    """Replace what the row says and judge it again."""
    source = row.source
    _hold(source)
    require(rules.can_correct_row(actor, source, today))
    row.cells = {**row.cells, **cells}
    judged(row, session_of(source, readers()[source.reader])).save()
    source.basis = ""  # the rows were not judged together: they will be before they are written
    source.save(update_fields=["basis"])
    return row


@transaction.atomic
def recognise_names(
    source: Import, *, actor: Person, today: date, chosen: Mapping[str, int]
) -> Import:
    """Remember what each name is, for this file and the next ones, and judge the rows again."""
    _hold(source)
    require(rules.can_recognise_names(actor, source, today))
    scope = readers()[source.reader].scope(source.options)
    for text, target in chosen.items():
        Match.objects.update_or_create(
            reader=source.reader, scope=scope, text=fold(text)[:200], defaults={"target": target}
        )
    Trace.leave(actor, "imports.import.recognised", source, names=dict(chosen), scope=scope)
    read_again(source)
    return source


@transaction.atomic
def forget_name(match: Match, *, actor: Person, today: date) -> None:
    """Forget what a name was said to be; what was already written with it stays."""
    require(rules.can_forget_name(actor, match, today))
    facts = {"reader": match.reader, "scope": match.scope, "name": match.text}
    Trace.leave(actor, "imports.match.forgotten", match, **facts, target=match.target)
    match.delete()


@transaction.atomic
def abandon_import(source: Import, *, actor: Person, today: date) -> Import:
    require(rules.can_abandon_import(actor, source, today))
    move(source, Import.Status.ABANDONED, actor=actor)
    source.rows.all().delete()
    return source


@transaction.atomic
def apply_import(source: Import, *, actor: Person, today: date) -> Import:
    """Have what the person saw written, by a job (`jonction.imports.work`)."""
    require(rules.can_apply_import(actor, source, today))
    if not source.rows.filter(verdict__in=[Row.Verdict.NEW, Row.Verdict.CHANGED]).exists():
        raise Refused(_("Ce fichier n’apporte rien de nouveau : il n’y a rien à écrire."))
    source.problem = ""
    source.save(update_fields=["problem"])
    move(source, Import.Status.APPLYING, actor=actor)
    later(WRITE_JOB, source.pk)
    return source


@transaction.atomic
def undo_import(source: Import, *, actor: Person, today: date) -> int:
    """Take back what was written; return how many rows somebody changed since, left alone."""
    require(rules.can_undo_import(actor, source, today))
    reader = readers()[source.reader]
    left = reader.unwrite(rows_written(source), source.options, actor)
    move(source, Import.Status.UNDONE, actor=actor, left=left)
    later(INDEX_JOB, source.pk)
    return left


def _hold(source: Import) -> None:
    """Take the import and read how far it is: what is being written is not corrected any more."""
    Import.objects.select_for_update().get(pk=source.pk)
    source.refresh_from_db(fields=["status"])
