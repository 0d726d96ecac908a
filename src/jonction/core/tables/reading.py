"""A table that someone sent, whatever the format: its headers, then its rows as they come.

A file may only show its fault on its way: reading `rows` may raise `NotATable` too.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import SEEK_END
from typing import IO

from django.utils.translation import gettext as _

from jonction.core.tables.counting import refuse_long_csv, refuse_long_workbook
from jonction.core.tables.kinds import empty, kind_of
from jonction.core.tables.limits import (
    MAX_BYTES,
    MAX_ROWS,
    MEGABYTE,
    Cells,
    NotATable,
    damaged,
    too_many,
)
from jonction.core.tables.ods import read_ods
from jonction.core.tables.text import delimiter_of, encoding_of, read_csv
from jonction.core.tables.xlsx import read_xlsx
from jonction.engines.reading import NotADate, read_date


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a text by header, and what was found beyond the last header."""

    line: int  # in the file: the physical line of a CSV, the row number of a sheet
    values: list[str]
    extra: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    kind: str
    headers: list[str]
    rows: Iterator[Row]
    encoding: str = ""  # of a CSV
    delimiter: str = ""


def open_table(stream: IO[bytes], name: str, *, size: int | None = None) -> Table:
    """Return the table that the stream holds, or raise `NotATable` with the reason."""
    if _size(stream, size) > MAX_BYTES:
        raise NotATable(
            _("Ce fichier dépasse %(most)s Mo. Divisez-le en plusieurs fichiers.")
            % {"most": MAX_BYTES // MEGABYTE}
        )
    with _any_fault_said():
        kind = kind_of(stream)
    encoding = delimiter = ""
    if kind == "csv":
        encoding = encoding_of(stream)
        delimiter = delimiter_of(stream, encoding)
        refuse_long_csv(stream, read_csv(stream, encoding, delimiter))
        cells = read_csv(stream, encoding, delimiter)
    else:
        with _any_fault_said():
            refuse_long_workbook(stream)
        cells = read_xlsx(stream) if kind == "xlsx" else read_ods(stream)
    filled = _filled(cells)
    headers = _headers(filled)
    return Table(name, kind, headers, _rows(filled, len(headers)), encoding, delimiter)


def _size(stream: IO[bytes], said: int | None) -> int:
    if said is None:
        stream.seek(0, SEEK_END)
        return stream.tell()
    return said


@contextmanager
def _any_fault_said() -> Iterator[None]:
    """The libraries fail in many ways on a file made by anyone; the person reads one sentence."""
    try:
        yield
    except NotATable:
        raise
    except Exception as error:
        raise damaged() from error


def _filled(rows: Cells) -> Cells:
    """Give the rows that hold something, their cells trimmed."""
    with _any_fault_said():
        for line, cells in rows:
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                yield line, trimmed


def _headers(rows: Cells) -> list[str]:
    """Return the names of the columns, which are on the first row that holds something."""
    line, cells = next(rows, (0, []))
    if not cells:
        raise empty()
    while not cells[-1]:
        cells.pop()
    if any(map(_is_date, cells)) or not any(c.isalpha() for cell in cells for c in cell):
        raise NotATable(
            _(
                "La ligne %(line)s devrait porter le nom des colonnes et non des données. Ajoutez "
                "une première ligne, par exemple « Date ; Activité ; Durée »."
            )
            % {"line": line}
        )
    names = [" ".join(cell.split()) for cell in cells]
    twice = [name for name, n in Counter(n.casefold() for n in names if n).items() if n > 1]
    if twice:
        raise NotATable(
            _("Deux colonnes portent le nom « %(name)s ». Renommez l’une d’elles.")
            % {"name": next(name for name in names if name.casefold() == twice[0])}
        )
    return [name or _unnamed(n, names) for n, name in enumerate(names, 1)]


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except NotADate:
        return False
    return True


def _unnamed(number: int, names: list[str]) -> str:
    """Name the column by its place, so that what it holds can still be chosen."""
    name = _("Colonne %(number)s") % {"number": number}
    return name if name not in names else f"{name} ({number})"


def _rows(rows: Cells, width: int) -> Iterator[Row]:
    for count, (line, cells) in enumerate(rows, 1):
        if count > MAX_ROWS:
            raise too_many()
        values = cells[:width] + [""] * (width - len(cells))
        yield Row(line, values, [cell for cell in cells[width:] if cell])
