"""Files as people send them."""

import io
import zipfile

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from jonction.core.tables.reading import open_table


def table_of(content, name="journal.csv"):
    return open_table(io.BytesIO(content), name)


def workbook(*rows, title="Journal"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book):
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def ods(*tables):
    document = OpenDocumentSpreadsheet()
    for rows in tables:
        sheet = Table(name="Feuille")
        for row in rows:
            sheet.addElement(row)
        document.spreadsheet.addElement(sheet)
    return saved(document)


def ods_row(*cells, **attributes):
    row = TableRow(**attributes)
    for cell in cells:
        row.addElement(said(cell) if isinstance(cell, str) else cell)
    return row


def said(text, **attributes):
    cell = TableCell(valuetype="string", **attributes)
    cell.addElement(P(text=text))
    return cell


def zipped(**files):
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return page.getvalue()
