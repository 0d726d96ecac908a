"""LibreOffice workbooks, one row at a time.

odfpy keeps a whole workbook in memory; it only lends its names here.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import IO, Any
from zipfile import ZipFile

from defusedxml.ElementTree import iterparse
from odf.namespaces import OFFICENS, TABLENS, TEXTNS

from jonction.core.tables.cells import as_percentage, as_text
from jonction.core.tables.limits import MAX_ROWS, Budget, Cells, too_many

TABLE, ROW = f"{{{TABLENS}}}table", f"{{{TABLENS}}}table-row"
CELLS = (f"{{{TABLENS}}}table-cell", f"{{{TABLENS}}}covered-table-cell")
ROWS_REPEATED = f"{{{TABLENS}}}number-rows-repeated"
COLUMNS_REPEATED = f"{{{TABLENS}}}number-columns-repeated"
PARAGRAPHS = (f"{{{TEXTNS}}}p", f"{{{TEXTNS}}}h")
SPACES, SPACES_COUNT = f"{{{TEXTNS}}}s", f"{{{TEXTNS}}}c"
MARKS = {f"{{{TEXTNS}}}tab": "\t", f"{{{TEXTNS}}}line-break": "\n"}
ASIDE = (f"{{{OFFICENS}}}annotation", f"{{{TEXTNS}}}note")
MAX_SPACES = 1000

KIND, NUMBER = f"{{{OFFICENS}}}value-type", f"{{{OFFICENS}}}value"
DAY, CLOCK = f"{{{OFFICENS}}}date-value", f"{{{OFFICENS}}}time-value"
TRUTH = f"{{{OFFICENS}}}boolean-value"
PERIOD = re.compile(
    r"(-)?P(?:(\d{1,5})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7}(?:\.\d{1,9})?)S)?)?",
    re.ASCII,
)


def read_ods(stream: IO[bytes]) -> Cells:
    """Give the rows of the first sheet that holds something."""
    budget = Budget()
    is_used = False
    with ZipFile(stream) as archive, archive.open("content.xml") as content:
        for line, repeated, row in _rows(content):
            if line == 1 and is_used:
                return
            cells = _cells(row, budget)
            if cells:
                is_used = True
                budget.spend(len(cells) * repeated)
                if repeated > MAX_ROWS:
                    raise too_many()
                for again in range(repeated):
                    yield line + again, cells


def _rows(content: IO[bytes]) -> Iterator[tuple[int, int, Any]]:
    """Give each row of each sheet: its number, how many times it comes, its element."""
    line = 1
    path: list[Any] = []
    for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            line = 1 if element.tag == TABLE else line
            continue
        path.pop()
        if element.tag == ROW:
            repeated = _times(element, ROWS_REPEATED)
            yield line, repeated, element
            line += repeated
            path[-1].remove(element)  # or the whole sheet stays in memory


def _cells(row: Any, budget: Budget) -> list[str]:
    """Return the cells up to the last one filled: a row may end with a million empty ones."""
    cells: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        repeated = _times(cell, COLUMNS_REPEATED)
        text = _value(cell)
        if not text:
            empty += repeated
            continue
        budget.spend(empty + repeated)
        cells += [""] * empty + [text] * repeated
        empty = 0
    return cells


def _times(element: Any, attribute: str) -> int:
    return max(int(element.get(attribute, "1")), 1)


def _value(cell: Any) -> str:
    """Return the typed value as text; what is shown, when the value is odd or is a text."""
    kind = cell.get(KIND)
    with suppress(ValueError):
        if kind in {"float", "currency"}:
            return as_text(float(cell.get(NUMBER, "")))
        if kind == "percentage":
            return as_percentage(float(cell.get(NUMBER, "")))
        if kind == "date":
            return as_text(datetime.fromisoformat(cell.get(DAY, "")))
        if kind == "time":
            return as_text(_period(cell.get(CLOCK, "")))
        if kind == "boolean":
            return as_text(cell.get(TRUTH) == "true")
    return "\n".join(_text(child) for child in cell if child.tag in PARAGRAPHS)


def _period(text: str) -> timedelta:
    found = PERIOD.fullmatch(text)
    if found is None:
        raise ValueError(text)
    sign, days, hours, minutes, seconds = found.groups(default="0")
    length = timedelta(
        days=int(days), hours=int(hours), minutes=int(minutes), seconds=float(seconds)
    )
    return -length if sign == "-" else length


def _text(element: Any) -> str:
    """Return the text of a paragraph, its spaces and tabs spelt out, without its comments."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == SPACES:
            parts.append(" " * min(_times(child, SPACES_COUNT), MAX_SPACES))
        elif child.tag in MARKS:
            parts.append(MARKS[child.tag])
        elif child.tag not in ASIDE:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
