"""What is exported is read back, runs nothing in a spreadsheet, and leaves nothing behind."""

import csv
import io
import tempfile
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow

from jonction.core.tables.reading import open_table
from jonction.core.tables.writing import (
    KINDS,
    as_download,
    stream_csv,
    stream_ods,
    stream_xlsx,
)
from jonction.engines.reading import read_date, read_decimal

STREAMS = [stream_csv, stream_xlsx, stream_ods]
LIVE = [
    "=1+1",
    "+1 418 555-0199",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    " =1+1",
    "'=1+1",
    '=HYPERLINK("x")',
]


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def written(stream, rows, headers=("Jour", "Texte")):
    return b"".join(stream(headers, rows))


def read_back(content):
    return [row.values for row in open_table(io.BytesIO(content), "export").rows]


@pytest.mark.parametrize("stream", STREAMS)
def test_each_kind_of_value_is_read_back(stream):
    headers = [f"C{n}" for n in range(12)]
    row = [
        date(2026, 11, 23),
        datetime(2026, 11, 23, 14, 5, tzinfo=UTC),
        date(1850, 2, 3),
        Decimal("1234.50"),
        Decimal("-0.125"),
        Decimal("12345678901234567.89"),
        -12,
        0.25,
        True,
        None,
        float("nan"),
        gettext_lazy("Accompagnement « d’été » & <b>"),
    ]

    (values,) = read_back(written(stream, [row], headers))

    assert read_date(values[0]) == date(2026, 11, 23)
    assert values[1:3] == ["2026-11-23 09:05", "1850-02-03"]
    assert [read_decimal(text) for text in values[3:8]] == [
        Decimal("1234.5"),
        Decimal("-0.125"),
        Decimal("12345678901234567.89"),
        Decimal(-12),
        Decimal("0.25"),
    ]
    assert values[8:] == ["oui", "", "", "Accompagnement « d’été » & <b>"]


@pytest.mark.parametrize("stream", STREAMS)
def test_spaces_lines_and_forbidden_characters_survive_or_go(stream):
    text = "a  b\nc\td\x00\x0b\ud800e_x0041_ ;,\"'’\u202f!"

    assert read_back(written(stream, [["x", text]])) == [["x", "a  b\nc\tde_x0041_ ;,\"'’\u202f!"]]


@pytest.mark.parametrize("stream", STREAMS)
def test_a_text_that_a_spreadsheet_would_run_is_read_back_as_it_was(stream):
    rows = [["x", text] for text in LIVE]

    assert read_back(written(stream, rows)) == [["x", text.strip()] for text in LIVE]


def test_nothing_in_a_csv_begins_as_a_formula_but_numbers_stay_numbers():
    rows = [[text, ""] for text in LIVE] + [[-12, Decimal("-0.5")], [4185550199, "418 555-0199"]]

    content = written(stream_csv, rows, ["=A", "B"]).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";")) == [
        ["'=A", "B"],
        *([f"'{text}", ""] for text in LIVE),
        ["-12", "-0,5"],
        ["4185550199", "418 555-0199"],
    ]


def test_nothing_in_a_workbook_is_a_formula_or_a_link():
    rows = [[text, "https://exemple.org"] for text in LIVE]

    book = openpyxl.load_workbook(io.BytesIO(written(stream_xlsx, rows, ["=A", "B"])))
    sheet = zipfile.ZipFile(io.BytesIO(written(stream_ods, rows, ["=A", "B"]))).read("content.xml")

    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}
    assert {cell.hyperlink for cell in cells} == {None}
    assert (b"formula" in sheet, b"xlink" in sheet) == (False, False)


def test_a_csv_opens_in_the_excel_of_quebec():
    assert written(stream_csv, [[date(2026, 6, 1), Decimal("1.50")]]) == (
        "\ufeffJour;Texte\r\n2026-06-01;1,50\r\n".encode()
    )


def test_an_ods_is_one_for_other_readers():
    content = written(stream_ods, [[date(2026, 6, 1), "a"], [None, -2.5]])

    (sheet,) = load(io.BytesIO(content)).spreadsheet.getElementsByType(Table)
    rows = [row.getElementsByType(TableCell) for row in sheet.getElementsByType(TableRow)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]

    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert [[cell.getAttribute("valuetype") for cell in row] for row in rows] == [
        ["string", "string"],
        ["date", "string"],
        [None, "float"],
    ]


@pytest.mark.parametrize("stream", [stream_xlsx, stream_ods])
def test_rows_beyond_what_a_sheet_holds_go_to_the_next(stream):
    content = b"".join(stream(["N"], ([n] for n in range(5)), most=2))

    if stream is stream_xlsx:
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheets = [[row[0] for row in sheet.values] for sheet in book]
    else:
        tables = load(io.BytesIO(content)).spreadsheet.getElementsByType(Table)
        sheets = [
            [
                int(t) if (t := str(row)).isdigit() else t
                for row in table.getElementsByType(TableRow)
            ]
            for table in tables
        ]
    assert sheets == [["N", 0, 1], ["N", 2, 3], ["N", 4]]


@pytest.mark.parametrize("stream", STREAMS)
def test_an_export_without_rows_keeps_its_headers(stream):
    table = open_table(io.BytesIO(written(stream, [])), "export")

    assert (table.headers, list(table.rows)) == (["Jour", "Texte"], [])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_is_exported_in_every_format(texts):
    for stream in STREAMS:
        ends = ["x", *texts, "x"]
        (values,) = read_back(written(stream, [ends], [f"C{n}" for n in range(len(ends))]))
        assert (values[0], values[-1], len(values)) == ("x", "x", len(ends))


@pytest.mark.parametrize("stream", STREAMS)
def test_an_export_keeps_little_in_memory(stream):
    rows = ([n, date(2026, 6, 1), Decimal(n) / 4, f"ligne {n} " * 20] for n in range(8_000))

    tracemalloc.start()
    size = sum(map(len, stream(["N", "Jour", "Heures", "Texte"], rows)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 100_000
    assert peak < 1_200_000  # the rows alone would take four times as much


@pytest.mark.parametrize("stream", [stream_xlsx, stream_ods])
def test_nothing_stays_when_the_reader_leaves(stream, aside):
    chunks = stream(["Texte"], [[str(n)] for n in range(20_000)])
    next(chunks)

    chunks.close()

    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("stream", [stream_xlsx, stream_ods])
def test_nothing_stays_when_the_rows_fail(stream, aside):
    def rows():
        yield ["a"]
        raise LookupError

    with pytest.raises(LookupError):
        list(stream(["Texte"], rows()))

    assert list(aside.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_download_keeps_its_name_and_its_type(kind):
    answer = as_download("Journal d’été", kind, ["Texte"], [["a"]])

    assert answer["Content-Disposition"] == (
        f"attachment; filename*=utf-8''Journal%20d%E2%80%99%C3%A9t%C3%A9.{kind}"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert open_table(io.BytesIO(answer.getvalue()), "export").kind == kind
    assert answer["Content-Type"] == KINDS[kind][1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_heading_is_found_by_what_a_keyboard_types(kind):
    made = as_download("x", kind, ["Posture\u00a0: relais"], [["un\u00a0: deux"]]).getvalue()

    if kind != "csv":
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            made = b"".join(map(archive.read, archive.namelist()))
    assert b"Posture : relais" in made
    assert "un\u00a0: deux".encode() in made


@pytest.mark.django_db  # an answer that ends looks at the connections
def test_a_download_that_is_left_cleans_after_itself(aside):
    answer = as_download("Journal", "xlsx", ["Texte"], [["a"]])
    next(iter(answer))

    answer.close()

    assert list(Path(aside).iterdir()) == []
