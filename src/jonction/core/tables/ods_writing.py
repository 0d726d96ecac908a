"""LibreOffice workbooks written as the rows come: odfpy would keep every one."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from jonction.core.tables.cells import Value, as_text, fits, tidy
from jonction.core.tables.limits import chunks
from jonction.core.tables.pages import MAX_PAGE, pages

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
XMLNS = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{XMLNS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
YEAR_MONTH_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/>'
)
HOURS_MINUTES = (
    '<number:text> </number:text><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/>'
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content xmlns:office="{XMLNS}:office:1.0" xmlns:table="{XMLNS}:table:1.0" '
    f'xmlns:text="{XMLNS}:text:1.0" xmlns:style="{XMLNS}:style:1.0" '
    f'xmlns:number="{XMLNS}:datastyle:1.0" xmlns:fo="{XMLNS}:xsl-fo-compatible:1.0" '
    'office:version="1.2"><office:automatic-styles>'
    f'<number:date-style style:name="iso">{YEAR_MONTH_DAY}</number:date-style>'
    f'<number:date-style style:name="isot">{YEAR_MONTH_DAY}{HOURS_MINUTES}</number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="isot"/>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
FOOT = "</office:spreadsheet></office:body></office:document-content>"
RUN_OF_SPACES = re.compile(r"^ +|  +| +$")


def stream_ods(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, most: int = MAX_PAGE
) -> Iterator[bytes]:
    """Write a workbook aside, then give its bytes; nothing stays behind, finished or not."""
    with tempfile.TemporaryFile() as stream:
        with ZipFile(stream, "w") as archive:
            # first and not compressed: this is how a reader recognises the format
            archive.writestr("mimetype", MIMETYPE, ZIP_STORED)
            archive.writestr("META-INF/manifest.xml", MANIFEST, ZIP_DEFLATED)
            archive.compression = ZIP_DEFLATED
            with archive.open("content.xml", "w") as content:
                content.write(HEAD.encode())
                for number, page in enumerate(pages(rows, most), 1):
                    _fill(content, number, headers, page)
                content.write(FOOT.encode())
        yield from chunks(stream)


def _fill(
    content: IO[bytes], number: int, headers: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    titles = "".join(_cell("string", tidy(header), style="head") for header in headers)
    content.write(
        f'<table:table table:name="Feuille {number}">'
        f'<table:table-column table:number-columns-repeated="{max(len(headers), 1)}"/>'
        f"<table:table-row>{titles or '<table:table-cell/>'}</table:table-row>".encode()
    )
    for row in rows:
        cells = "".join(map(_typed, row))
        content.write(
            f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>".encode()
        )
    content.write(b"</table:table>")


def _typed(value: object) -> str:
    held = tidy(value)
    if held is None or held == "":
        return "<table:table-cell/>"
    if isinstance(held, bool):
        return _cell("boolean", held, f'office:boolean-value="{str(held).lower()}"')
    if isinstance(held, int | float | Decimal) and fits(held):
        return _cell("float", held, f'office:value="{held}"')
    if isinstance(held, datetime):
        stamp = held.isoformat(timespec="seconds")
        return _cell("date", held, f'office:date-value="{stamp}"', style="moment")
    if isinstance(held, date):
        return _cell("date", held, f'office:date-value="{held.isoformat()}"', style="day")
    return _cell("string", held)


def _cell(kind: str, held: Value, attribute: str = "", style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell office:value-type="{kind}" {attribute}{named}>'
        f"{_paragraphs(as_text(held))}</table:table-cell>"
    )


def _paragraphs(text: str) -> str:
    """Write the text as paragraphs; a reader joins spaces unless they are spelt out."""
    spelt = RUN_OF_SPACES.sub(
        lambda found: f'<text:s text:c="{len(found[0])}"/>',
        escape(text.replace("\r\n", "\n").replace("\r", "\n")),
    )
    return "".join(
        f"<text:p>{line}</text:p>" for line in spelt.replace("\t", "<text:tab/>").split("\n")
    )
