"""From a file to rows with their verdicts."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jonction.core.bulk import insert_rows, update_rows
from jonction.core.tables.limits import NotATable
from jonction.core.tables.reading import open_table
from jonction.engines.words import fold
from jonction.imports.models import Import, Match, Row
from jonction.imports.readers import Column, Reader, Reading, Session, readers

BATCH = 500
INDEX_JOB = "jonction.imports.jobs.index_import"
JUDGED = ["facts", "problems", "verdict", "target"]
ADDED = ["line", "cells", *JUDGED]


def read_file(source: Import) -> None:
    """Read the stored file into rows; raise NotATable with a sentence when it cannot be read."""
    reader = readers()[source.reader]
    with source.stored.open("rb") as stream:
        table = open_table(stream, source.file_name)
        places, source.ignored = columns_of(table.headers, reader.columns)
        session = session_of(source, reader)
        source.basis = session.basis
        source.save(update_fields=["ignored", "basis"])
        rows = (
            judged(Row(line=row.line, cells=_cells(row.values, places)), session)
            for row in table.rows
        )
        _save(source, rows)
    if source.rows_read == 0:
        raise NotATable(_("Ce fichier n’a aucune ligne sous ses titres de colonnes."))


def read_again(source: Import) -> None:
    """Judge every row once more: a name was recognised, or what is known has changed."""
    session = session_of(source, readers()[source.reader])
    for batch in judged_again(source, session):
        save_again(batch, JUDGED)
    source.basis = session.basis
    source.save(update_fields=["basis"])


def judged_again(source: Import, session: Session) -> Iterator[list[Row]]:
    """Give, a few at a time, the rows of which the session understands something else."""
    rows = source.rows.order_by("line", "pk").iterator(chunk_size=BATCH)
    while batch := [(_said(row), judged(row, session)) for row in islice(rows, BATCH)]:
        yield [row for before, row in batch if _said(row) != before]


def rows_written(source: Import) -> Iterator[Row]:
    """Give the rows that bring something, in their order: what they say, not how they said it."""
    rows = _bringing(source).order_by("line", "pk").defer("cells", "problems")
    return rows.iterator(chunk_size=BATCH)


def targets_of(source: Import) -> list[int]:
    """Return what the rows that bring something became."""
    return [key for key in _bringing(source).values_list("target", flat=True) if key]


def _bringing(source: Import) -> QuerySet[Row]:
    return source.rows.filter(verdict__in=[Row.Verdict.NEW, Row.Verdict.CHANGED])


def keep_written(rows: Iterable[Row]) -> None:
    """Keep with each row what it became, and what that said before."""
    kept = ((row.target, row.before and json.dumps(row.before), row.pk) for row in rows)
    update_rows(Row, ["target", "before"], kept)


def save_again(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Write those fields of rows already saved.

    `bulk_update` writes a condition per row and field: 40 s for 50 000 rows, 4 s so.
    """
    Row.objects.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=names)


def _said(row: Row) -> list[object]:
    return [getattr(row, name) for name in JUDGED]


def judged(row: Row, session: Session) -> Row:
    """Set on the row what the session understands of it."""
    reading: Reading = session.read(row.cells)
    row.facts, row.target = reading.facts, reading.target
    row.problems = [[p.column, p.sentence, reading.unknown] for p in reading.problems]
    row.verdict = Row.Verdict.REFUSED if reading.problems else reading.verdict
    return row


def session_of(source: Import, reader: Reader) -> Session:
    remembered = Match.objects.filter(reader=reader.name, scope=reader.scope(source.options))
    return reader.session(source.options, dict(remembered.values_list("text", "target")))


def columns_of(
    headers: Sequence[str], columns: Sequence[Column]
) -> tuple[dict[str, int], list[str]]:
    """Return where each column stands, and the headers that nothing knows.

    Raise NotATable when a column that is needed is missing.
    """
    known = {fold(header): c.code for c in columns for header in (*c.headers, str(c.label))}
    places: dict[str, int] = {}
    ignored = []
    for rank, header in enumerate(headers):
        code = known.get(fold(header))
        if code is None or code in places:
            ignored.append(header)
        else:
            places[code] = rank
    missing = [str(c.label) for c in columns if c.is_required and c.code not in places]
    if missing:
        raise NotATable(
            _("Il manque à ce fichier : {columns}. Ses titres sont : {headers}.").format(
                columns=", ".join(missing), headers=", ".join(headers)[:200]
            )
        )
    return places, ignored


def _cells(values: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {code: values[rank].strip()[:1000] for code, rank in places.items()}


def _save(source: Import, rows: Iterator[Row]) -> None:
    """Add the rows as they come, so that the page shows how far it went."""
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            insert_rows(Row, ["source", *ADDED], (_added(source.pk, row) for row in batch))
            source.rows_read += len(batch)
            source.save(update_fields=["rows_read"])


def _added(source: int, row: Row) -> list[int | str | None]:
    cells, facts, problems = map(json.dumps, (row.cells, row.facts, row.problems))
    return [source, row.line, cells, facts, problems, str(row.verdict), row.target]
