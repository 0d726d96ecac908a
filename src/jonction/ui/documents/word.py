"""A document as a Word file, in the styles of Word: people change its letters as they are used to."""

from io import BytesIO
from typing import Any

from django.utils.translation import get_language

from jonction.core.days import in_words
from jonction.ui.documents.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Table,
    printable,
)


def word(document: Document) -> bytes:
    """Return the bytes of a .docx file."""
    import docx

    made = docx.Document()
    made.core_properties.title = printable(document.title)
    # the library signs with its own name otherwise, in what whoever receives it can read
    made.core_properties.author, made.core_properties.comments = "Jonction", ""
    made.core_properties.language = f"{get_language()}-CA"
    made.add_heading(printable(document.title), level=0)
    made.add_paragraph(printable(f"{document.subtitle}\n{in_words(document.made_on)}"))
    for block in document.blocks:
        _add(made, block)
    if document.footer:
        made.sections[0].footer.paragraphs[0].text = printable(document.footer)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _add(made: Any, block: Block) -> None:
    match block:
        case Heading(text):
            made.add_heading(printable(text), level=1)
        case Paragraph(text):
            made.add_paragraph(printable(text))
        case Bullets(items):
            for item in items:
                made.add_paragraph(printable(item), style="List Bullet")
        case Table(headers, rows):
            _add_table(made, [headers, *rows])


def _add_table(made: Any, rows: list[Any]) -> None:
    table = made.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1")
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = printable(text)
    _repeat(table.rows[0])


def _repeat(row: Any) -> None:
    """Name the first row a header: it comes back on each page, and readers say it with each cell."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
