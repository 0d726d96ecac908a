"""Excel workbooks: reading one row at a time, writing in constant memory.

The libraries are imported where they serve: reading brings numpy along, 50 MB that a worker of the
web never needs.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from jonction.core.tables.cells import as_percentage, as_text, fits, tidy
from jonction.core.tables.limits import Budget, Cells, chunks
from jonction.core.tables.pages import MAX_PAGE, pages

MAX_TEXT = 32_767  # Excel refuses a longer cell
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how it writes what XML forbids, and this mark itself
FIRST_YEAR = 1901  # its calendar before is false


def read_xlsx(stream: IO[bytes]) -> Cells:
    """Give the rows of the first visible sheet that holds something."""
    import openpyxl

    budget = Budget()
    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            is_used = False
            sheet.reset_dimensions()  # what the file says of its size is often false
            for line, row in enumerate(sheet.iter_rows(), 1):
                budget.spend(len(row) + 1)
                cells = [_text(cell) for cell in row]
                if any(cells):
                    is_used = True
                    yield line, cells
            if is_used:
                return
    finally:
        book.close()


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, int | float) and "%" in cell.number_format:
        return as_percentage(value)
    text = as_text(value)
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    return str(tidy(chr(int(found[1], 16))))


def stream_xlsx(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, most: int = MAX_PAGE
) -> Iterator[bytes]:
    """Write a workbook aside, then give its bytes; nothing stays behind, finished or not."""
    import xlsxwriter

    with tempfile.TemporaryDirectory(prefix="jonction-") as folder:
        path = Path(folder) / "export.xlsx"
        options = {"constant_memory": True, "tmpdir": folder}
        with xlsxwriter.Workbook(str(path), options) as book:
            for page in pages(rows, most):
                _fill(book, headers, page)
        with path.open("rb") as stream:
            yield from chunks(stream)


def _fill(book: Any, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    strong = book.add_format({"bold": True})
    styles = [book.add_format({"num_format": f"yyyy-mm-dd{clock}"}) for clock in ("", " hh:mm")]
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(headers) - 1, 0), 18)
    for column, header in enumerate(headers):
        sheet.write_string(0, column, as_text(tidy(header)), strong)
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write(sheet, (line, column), tidy(value), styles)


def _write(sheet: Any, place: tuple[int, int], value: object, styles: Sequence[Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, int | float | Decimal) and fits(value):
        sheet.write_number(*place, value)
    elif isinstance(value, date) and value.year >= FIRST_YEAR:
        sheet.write_datetime(*place, value, styles[isinstance(value, datetime)])
    else:
        sheet.write_string(*place, as_text(value)[:MAX_TEXT])
