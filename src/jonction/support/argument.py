"""The one page that asks for a delay: words that a person chose, figures of the forecast (S10).

Written as Word to be finished elsewhere, or as PDF to be sent; both say the same.
"""

import io
import json
from dataclasses import asdict, dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jonction.ui.charts.png import fonts

SHEET = b"""#let said = json(bytes(sys.inputs.said))
#set document(title: said.title)
#set page(paper: "us-letter", margin: 2cm)
#set text(font: "Atkinson Hyperlegible Next", size: 10.5pt, lang: said.language, region: "ca")
#show heading: set block(below: 1em)
#set par(justify: false, leading: 0.65em, spacing: 1em)
#said.recipient #h(1fr) #said.written_on #v(0.4em)
#heading(level: 1, text(size: 15pt, said.title))
#for words in said.paragraphs { par(words) }
#set text(size: 9pt)
#table(
  columns: (1fr,) * said.headers.len(),
  stroke: 0.5pt + luma(160),
  inset: 5pt,
  table.header(..said.headers.map(words => strong(words))),
  ..said.rows.flatten(),
)
#said.source
#if said.signature != "" [#v(0.6em) #text(size: 10.5pt, said.signature)]
"""


@dataclass(frozen=True, slots=True)
class Argument:
    """What the page says; `source` tells how its figures were made."""

    title: str
    recipient: str
    written_on: str
    text: str
    signature: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str

    @property
    def paragraphs(self) -> list[str]:
        whole = self.text.replace("\r\n", "\n").split("\n\n")
        return [words.strip() for words in whole if words.strip()]


def as_pdf(argument: Argument) -> bytes:
    import typst  # 7 MB, for who takes the page away

    facts = {"paragraphs": argument.paragraphs, "language": get_language()}
    said = json.dumps({**asdict(argument), **facts})
    made: bytes = typst.compile(SHEET, font_paths=fonts(), sys_inputs={"said": said})
    return made


def as_word(argument: Argument) -> bytes:
    """Return a document with a true title and a true table, for whoever finishes it in Word."""
    from docx import Document  # loaded where it works: a web process does not carry it

    document = Document()
    document.core_properties.title = argument.title
    document.core_properties.author = argument.signature
    document.core_properties.language = f"{get_language()}-CA"
    document.add_paragraph(argument.written_on)
    if argument.recipient:
        document.add_paragraph(argument.recipient)
    document.add_heading(argument.title, level=1)
    for words in argument.paragraphs:
        document.add_paragraph(words)
    table = document.add_table(rows=1, cols=len(argument.headers), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, argument.headers, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(words).bold = True
    for row in argument.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph(argument.source)
    if argument.signature:
        document.add_paragraph(argument.signature)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


WRITERS = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (
        as_word,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


def file_name() -> str:
    return _("demande-de-report")
