"""The parts of a document, as plain text: each writer gives them its own shape."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a newline stays one."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their headers, every row as long as the headers."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A titled document; `subtitle` says of what, `made_on` on which day it was true."""

    title: str
    subtitle: str
    made_on: date
    blocks: Sequence[Block] = field(default_factory=tuple)
    footer: str = ""


def printable(text: str) -> str:
    """Leave out the control characters that no file may hold: somebody pasted them unseen."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
