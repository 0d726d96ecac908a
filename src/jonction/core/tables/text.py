"""CSV: which encoding, which separator, the rows, and writing it."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from jonction.core.tables.cells import as_text, tidy
from jonction.core.tables.limits import Cells, NotATable, chunks

SAMPLE = 1 << 16
SAMPLE_ROWS = 100
DELIMITERS = (";", ",", "\t")
DIRECTIVE = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

ASCII = bytes(range(0x80))
# A page of single bytes is recognised by its French: the detectors tried take a short one for
# Greek. The everyday letters weigh more, since the pages swap them with the others.
ONE_BYTE = ("cp1252", "mac_roman", "cp850")
EVERYDAY = frozenset("éèêëàâçîïôûùœÉÈÊÀ’«»–\xa0")
POSSIBLE = frozenset("ÂÇÎÏÔÛÙËŒäöüæÄÖÜÆáíóúñÁÍÓÚÑãõ\u2018“”—…·•°ºª²³½¼¾€£§")
FRENCH_ENOUGH = 0.75

# what a spreadsheet would run, a leading space or not; apostrophes before it are ours
LIVE = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@])")


def encoding_of(stream: IO[bytes]) -> str:
    """Return the encoding in which the whole stream reads as French text."""
    head = next(chunks(stream), b"")
    if head.startswith(UTF16):
        if _decodes(stream, "utf-16"):
            return "utf-16"
        raise _unreadable()
    if any(b"\0" in chunk for chunk in chunks(stream)):
        raise NotATable(
            _("Ce fichier n’est pas un tableau. Envoyez un fichier Excel (.xlsx), ODS ou CSV.")
        )
    if _decodes(stream, "utf-8"):
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    high = b"".join(chunk.translate(None, ASCII) for chunk in chunks(stream))
    best = max(ONE_BYTE, key=lambda encoding: _french(high, encoding))
    if _french(high, best) < FRENCH_ENOUGH:
        raise _unreadable()
    return best


def delimiter_of(stream: IO[bytes], encoding: str) -> str:
    """Return the separator that makes the most regular table of the first rows."""
    stream.seek(0)
    head = stream.read(SAMPLE)
    is_whole = len(head) < SAMPLE
    text = codecs.getincrementaldecoder(encoding)().decode(head)
    if found := DIRECTIVE.match(text):
        return found[1]
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter, is_whole=is_whole))


def read_csv(stream: IO[bytes], encoding: str, delimiter: str) -> Cells:
    """Give each row with the physical line where it begins; the stream stays the caller's."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    line = 1
    try:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        for cells in reader:
            if line > 1 or not cells or cells[0].casefold() != "sep=":
                yield line, [_as_typed(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotATable(
            _(
                "À la ligne %(line)s, un guillemet est mal placé ou n’est pas fermé. Corrigez-le, "
                "puis recommencez."
            )
            % {"line": line}
        ) from error
    finally:
        if not stream.closed:
            text.detach()


def stream_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Write what Excel opens in French: semicolons, decimal commas, a mark of UTF-8."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
    yield codecs.BOM_UTF8
    writer.writerow([_harmless(header) for header in headers])
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
        if page.tell() > SAMPLE:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def _harmless(value: object) -> str:
    """Return the value as text, an apostrophe before what a spreadsheet would run."""
    held = tidy(value)
    if isinstance(held, str) and LIVE.match(held):
        return f"'{held}"
    return as_text(held)


def _as_typed(cell: str) -> str:
    """Take away the apostrophe that our own export, or Excel's habit, puts before a sign."""
    return cell[1:] if cell[:1] == "'" and LIVE.match(cell) else cell


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks(stream):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _french(high: bytes, encoding: str) -> float:
    """Return how much the characters beyond ASCII are those of French, from 0 to 1."""
    try:
        text = high.decode(encoding)
    except UnicodeDecodeError:
        return 0
    everyday = sum(map(text.count, EVERYDAY))
    possible = sum(map(text.count, POSSIBLE))
    return (everyday + 0.8 * possible) / len(text)


def _regularity(text: str, delimiter: str, *, is_whole: bool) -> tuple[bool, float]:
    """Return whether the first row is split, then how many columns hold from row to row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = list(islice(reader, SAMPLE_ROWS + 1))
    if len(rows) > SAMPLE_ROWS or (not is_whole and len(rows) > 1):
        rows.pop()  # it may be cut
    widths = [width for width in map(_width, rows) if width]
    if not widths:
        return bool(rows), 0  # nothing but separators: this one
    first = widths[0]
    return first > 1, sum(w if w <= first else -w for w in widths) / len(widths)


def _width(cells: list[str]) -> int:
    return max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _unreadable() -> NotATable:
    return NotATable(
        _(
            "Les accents de ce fichier ne se lisent pas. Enregistrez-le en format « CSV UTF-8 » ou "
            ".xlsx, puis recommencez."
        )
    )
