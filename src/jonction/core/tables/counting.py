"""Whether a file holds more rows than are taken, before any of them is read for what it says.

Judging and keeping a quarter of a million rows takes most of a minute: a file that is refused in the
end is refused at once. The marks of rows are counted first, at the cost of a moment; only a file that
has too many of them has its filled rows counted, and none of their cells is understood.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import IO
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from jonction.core.tables.limits import MAX_ROWS, Cells, chunks, too_many

ROW = re.compile(rb"<(?:\w+:)?(?:table-)?row[\s/>]")
# what begins a sheet, a row, or a value in it; a mark that closes itself holds nothing
MARK = re.compile(rb"<(?:\w+:)?(?:(table)|(row|table-row)|[vtp])(?:\s[^>]*)?(?<!/)>")
SHEET = re.compile(r"xl/worksheets/[^/]+|content\.xml")
PIECE = 1 << 16


def refuse_long_csv(stream: IO[bytes], rows: Cells) -> None:
    """Raise `NotATable` when there are too many rows; `rows` are read only if it may be so."""
    ends = sum(chunk.count(b"\n") + chunk.count(b"\r") for chunk in chunks(stream))
    if ends > MAX_ROWS:
        _refuse(any(cell.strip() for cell in cells) for _line, cells in rows)


def refuse_long_workbook(stream: IO[bytes]) -> None:
    """Do the same for the first visible sheet that holds something.

    A row that a mark repeats counts for one here: the reading sees the others.
    """
    with ZipFile(stream) as archive:
        found = [name for name in archive.namelist() if SHEET.fullmatch(name)]
        if max((_row_marks(archive, name) for name in found), default=0) <= MAX_ROWS:
            return
        for name in _in_order(archive, found):
            with archive.open(name) as sheet, closing(_filled(sheet)) as rows:
                if _refuse(rows):
                    return


def _refuse(rows: Iterable[bool]) -> bool:
    """Raise when too many rows are filled, headers aside; say whether one is."""
    filled = sum(1 for _ in islice((True for is_filled in rows if is_filled), MAX_ROWS + 2))
    if filled > MAX_ROWS + 1:
        raise too_many()
    return filled > 0


def _row_marks(archive: ZipFile, name: str) -> int:
    with archive.open(name) as sheet:
        return sum(len(ROW.findall(piece)) for piece in _pieces(sheet))


def _filled(sheet: IO[bytes]) -> Generator[bool, None, None]:
    """Say of each row whether it holds a value, to the end of the first sheet that has one."""
    is_used, is_filled = False, None
    for piece in _pieces(sheet):
        for mark in MARK.finditer(piece):
            begins_sheet, begins_row = mark[1], mark[2]
            if not (begins_sheet or begins_row):
                is_filled = is_filled is not None
                continue
            if is_filled is not None:
                yield is_filled
            is_used = is_used or bool(is_filled)
            if begins_sheet and is_used:
                return
            is_filled = None if begins_sheet else False
    if is_filled is not None:
        yield is_filled


def _pieces(sheet: IO[bytes]) -> Iterator[bytes]:
    """Give the sheet in pieces that cut no mark in two."""
    rest = b""
    while chunk := sheet.read(PIECE):
        cut = chunk.rfind(b"<")
        yield rest + (chunk if cut < 0 else chunk[:cut])
        rest = b"" if cut < 0 else chunk[cut:]
    yield rest


def _in_order(archive: ZipFile, found: list[str]) -> list[str]:
    """Return the visible sheets in the order of the workbook; one file holds those of an ODS."""
    if "content.xml" in found:
        return ["content.xml"]
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    files = {link.get("Id"): link.get("Target", "") for link in links}
    book = fromstring(archive.read("xl/workbook.xml"))
    visible = [
        files.get(value, "")
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet") and sheet.get("state", "visible") == "visible"
        for key, value in sheet.attrib.items()
        if key.endswith("}id")
    ]
    paths = [file[1:] if file.startswith("/") else f"xl/{file}" for file in visible]
    return [path for path in paths if path in found]
