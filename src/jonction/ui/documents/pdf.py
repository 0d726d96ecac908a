"""A document as a PDF that reading aids can read (PDF/UA-1), set by typst in the product's letters.

The words enter as data: nothing that people typed is ever read as instructions.
"""

import json
import re
from typing import Any

from django.utils.translation import get_language

from jonction.core.days import in_words
from jonction.ui.charts.png import fonts
from jonction.ui.documents.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Table,
    printable,
)

# a word wider than a line (an address, keys held down) would leave the sheet: it may break there
UNBROKEN = re.compile(r"\S{40}(?=\S)")
MAY_BREAK = "\u200b"
SHEET = """
#let said = json(bytes(sys.inputs.document))
#let lines(words) = words.split("\\n").map(line => [#line]).join(linebreak())
#set document(title: said.title)
#set page(
  paper: "us-letter",
  margin: (x: 2.2cm, y: 2cm),
  footer: context [
    #set text(8.5pt, fill: rgb("#4a5560"))
    #said.footer #h(1fr) #counter(page).display()
  ],
)
#set text(font: "Atkinson Hyperlegible Next", size: 10.5pt, lang: said.language, region: "CA")
#set par(leading: 0.65em, spacing: 0.9em)
#show heading.where(level: 1): set text(18pt, fill: rgb("#0b5a56"))
#show heading.where(level: 2): set text(13pt, fill: rgb("#0b5a56"))
#show heading: set block(above: 1.3em, below: 0.7em)
#heading(level: 1, said.title)
#lines(said.subtitle) \\
#text(fill: rgb("#4a5560"), said.made)
#for block in said.blocks {
  if block.kind == "heading" { heading(level: 2, block.text) }
  else if block.kind == "paragraph" { par(lines(block.text)) }
  else if block.kind == "bullets" { list(..block.items.map(lines)) }
  else {
    table(
      columns: block.headers.len(),
      stroke: 0.5pt + rgb("#c9cfd3"),
      inset: 6pt,
      table.header(..block.headers.map(words => strong(words))),
      ..block.rows.flatten().map(lines),
    )
  }
}
"""


def pdf(document: Document) -> bytes:
    """Return the bytes of a PDF."""
    import typst  # 7 MB, for who takes a document away

    said = {
        "language": get_language(),
        "title": document.title,
        "subtitle": document.subtitle,
        "made": in_words(document.made_on),
        "footer": document.footer,
        "blocks": [_said(block) for block in document.blocks],
    }
    words = json.dumps(_cleaned(said))
    try:
        return _set(words, is_promised=True)
    except typst.TypstError:
        # a sign that our letters lack (an emoji) is drawn as a box, and the promise is not made
        return _set(words, is_promised=False)


def _set(words: str, *, is_promised: bool) -> bytes:
    import typst

    made: bytes = typst.compile(
        SHEET.encode(),
        format="pdf",
        font_paths=fonts(),
        pdf_standards=["ua-1"] if is_promised else [],
        sys_inputs={"document": words},
    )
    return made


def _cleaned(said: Any) -> Any:
    """Return the same words, without what no file may hold, none wider than the sheet."""
    if isinstance(said, str):
        return UNBROKEN.sub(rf"\g<0>{MAY_BREAK}", printable(said))
    if isinstance(said, list):
        return [_cleaned(part) for part in said]
    return {name: _cleaned(part) for name, part in said.items()}


def _said(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": list(items)}
        case Table(headers, rows):
            return {"kind": "table", "headers": list(headers), "rows": [list(r) for r in rows]}
