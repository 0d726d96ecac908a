"""What people send is read, to the line and to the quarter hour."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from odf.office import Annotation
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.text import P, S, Span, Tab

from jonction.core.tables.reading import Row, open_table
from jonction.engines.reading import NotADate, NotADuration, read_date, read_decimal, read_quarters
from tests.core.spreadsheets import ods, ods_row, said, saved, table_of, workbook

SAMPLES = Path(__file__).parents[1] / "samples"
TEXT = "Date;Activité;Durée\n2026-11-23;Médiation à l’été;1,5\n"


def rows_of(content):
    return [row.values for row in table_of(content).rows]


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "count", "bad_lines"),
    [
        ("journal-accompagnement.csv", "cp1252", ";", 240, [62, 122]),
        ("journal-2.csv", "utf-8-sig", ",", 120, []),
    ],
)
def test_the_journals_that_people_keep_are_read(name, encoding, delimiter, count, bad_lines):
    with (SAMPLES / name).open("rb") as stream:
        table = open_table(stream, name)
        rows = list(table.rows)

    bad = []
    for row in rows:
        try:
            read_date(row.values[0]), read_quarters(row.values[4])
        except (NotADate, NotADuration):
            bad.append(row.line)
    assert (table.kind, table.encoding, table.delimiter) == ("csv", encoding, delimiter)
    assert (len(rows), bad) == (count, bad_lines)
    assert {len(row.values) for row in rows} == {8}
    assert [row.extra for row in rows if row.extra] == []


@pytest.mark.parametrize(
    ("name", "column", "quarters"),
    [("journal-accompagnement.csv", 4, 1266), ("journal-2.csv", 4, 593)],
)
def test_the_quarter_hours_of_the_good_rows_are_those_of_the_sample(name, column, quarters):
    refused = {62, 122, 182}
    with (SAMPLES / name).open("rb") as stream:
        rows = list(open_table(stream, name).rows)

    good = [row for row in rows if name == "journal-2.csv" or row.line not in refused]
    assert sum(read_quarters(row.values[column]) for row in good) == quarters


def test_the_line_given_is_that_of_the_file():
    with (SAMPLES / "journal-accompagnement.csv").open("rb") as stream:
        rows = {row.line: row.values for row in open_table(stream, "journal.csv").rows}

    assert rows[62][0] == "31/02/2026"
    assert rows[122][4] == "beaucoup"
    assert rows[182][1] == "Table inconnue"


def test_the_organisations_are_read_with_their_budgets():
    with (SAMPLES / "organisations.csv").open("rb") as stream:
        table = open_table(stream, "organisations.csv")
        rows = list(table.rows)

    assert (table.encoding, table.delimiter, len(rows)) == ("utf-8-sig", ";", 141)
    assert table.headers == [
        "Nom légal",
        "NEQ",
        "Type",
        "MRC",
        "Téléphone",
        "Courriel",
        "Budget annuel",
    ]
    assert read_decimal(rows[0].values[6]) == Decimal(95422)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_text_is_read_whatever_its_encoding_and_separator(encoding, delimiter):
    text = TEXT.replace("1,5", '"1,5"').replace(";", delimiter).replace("\n", "\r\n")
    mark = "\ufeff" if encoding.startswith("utf-16-") else ""

    table = table_of((mark + text).encode(encoding))

    assert table.headers == ["Date", "Activité", "Durée"]
    assert [row.values for row in table.rows] == [["2026-11-23", "Médiation à l’été", "1,5"]]


def test_an_old_page_of_characters_is_recognised_by_its_french():
    text = "Nom;Rôle\nHélène;à la trésorerie\nFrançois;élève\n"

    assert {table_of(text.encode(e)).encoding for e in ("cp1252", "mac_roman", "cp850")} == {
        "cp1252",
        "mac_roman",
        "cp850",
    }


def test_lines_broken_inside_a_cell_count_as_lines_of_the_file():
    content = b'Nom;Note\r\nA;"un\r\ndeux\r\ntrois"\r\nB;rien\r\n\r\nC;fin'

    assert list(table_of(content).rows) == [
        Row(2, ["A", "un\r\ndeux\r\ntrois"], []),
        Row(5, ["B", "rien"], []),
        Row(7, ["C", "fin"], []),
    ]


def test_the_lines_of_an_old_mac_count_too():
    assert [row.line for row in table_of(b"Nom;Note\rA;1\rB;2\r").rows] == [2, 3]


def test_a_row_shorter_than_the_headers_is_filled_and_what_exceeds_is_reported():
    rows = list(table_of(b"A;B;;\n1\n1;2;;\n1;2;;trop; \n;;;\n").rows)

    assert rows == [Row(2, ["1", ""], []), Row(3, ["1", "2"], []), Row(4, ["1", "2"], ["trop"])]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        (b"Nom;Adresse, ville;Tel\nA;12 rue X, Rimouski;418\nB;3 rue Y, Matane;581\n", ";"),
        (b"A;B;C\n1,5;2\n3\n", ";"),
        (b"A,B,C\n1;2,3;4,5\n", ","),
        (b"Nom\tNote\nA\tun; deux, trois\n", "\t"),
        (b"sep=,\r\nNom,a;b;c\r\nA,1\r\n", ","),
    ],
)
def test_the_separator_is_the_one_that_makes_a_regular_table(content, delimiter):
    assert table_of(content).delimiter == delimiter


def test_a_single_column_is_a_table():
    assert rows_of(b"Nom\nTremblay, Marie\nRoy, Luc\n") == [["Tremblay, Marie"], ["Roy, Luc"]]


def test_the_separator_that_excel_declares_is_not_a_header():
    table = table_of(b"sep=;\r\nNom;Note\r\nA;1\r\n")

    assert (table.headers, list(table.rows)) == (["Nom", "Note"], [Row(3, ["A", "1"], [])])


def test_a_column_without_a_name_takes_its_number():
    assert table_of(b"Nom;;Note\nA;1;2\n").headers == ["Nom", "Colonne 2", "Note"]


def test_an_upload_of_either_size_is_read_and_left_open():
    small = SimpleUploadedFile("a.csv", TEXT.encode())
    large = TemporaryUploadedFile("a.csv", "text/csv", len(TEXT), None)
    large.write(workbook(["Nom"], ["A"]))

    assert len(list(open_table(small, "a.csv", size=small.size).rows)) == 1
    assert [row.values for row in open_table(large, "a.xlsx").rows] == [["A"]]
    assert (small.closed, large.closed) == (False, False)
    large.close()


def test_a_reader_who_leaves_early_harms_nothing():
    with (SAMPLES / "journal-2.csv").open("rb") as stream:
        first = next(open_table(stream, "journal-2.csv").rows)
        assert not stream.closed

    assert first.line == 2


def test_the_cells_of_excel_become_text_that_reads_back():
    moment = datetime(2026, 11, 23, 14, 5)  # noqa: DTZ001 - a sheet has no time zone
    table = table_of(
        workbook(
            ["Jour", "Moment", "Durée", "Longue", "Nombre", "Entier", "Vrai", "Texte"],
            [],
            [
                date(2026, 11, 23),
                moment,
                time(1, 30),
                timedelta(hours=26, minutes=30),
                0.1 + 0.2,
                12,
                True,
                " a ",
            ],
        )
    )

    (row,) = table.rows

    assert row == Row(
        3, ["2026-11-23", "2026-11-23 14:05", "1:30", "26:30", "0,3", "12", "oui", "a"], []
    )
    assert {read_date(text) for text in row.values[:2]} == {date(2026, 11, 23)}
    assert [read_quarters(text) for text in row.values[2:4]] == [6, 106]
    assert [read_decimal(text) for text in row.values[4:6]] == [Decimal("0.3"), Decimal(12)]


def test_a_share_is_read_as_its_cell_shows_it_and_not_a_hundred_times_smaller():
    book = openpyxl.Workbook()
    book.active.append(["Part", "Entière", "Nombre"])
    book.active.append([0.124, 0.5, 0.124])
    book.active["A2"].number_format = "0.0%"
    book.active["B2"].number_format = "0 %"
    share = TableCell(valuetype="percentage", value="0.124")

    (excel,) = table_of(saved(book), "chiffres.xlsx").rows
    (libre,) = table_of(ods([ods_row("Part"), ods_row(share)]), "chiffres.ods").rows

    assert excel.values == ["12,4 %", "50 %", "0,124"]
    assert libre.values == ["12,4 %"]


def test_the_first_visible_sheet_that_holds_something_is_read():
    book = openpyxl.Workbook()
    book.active.title = "Vide"
    hidden = book.create_sheet("Cachée")
    hidden.append(["Secret"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Journal").append(["Nom"])
    book.create_sheet("Autre").append(["Note"])

    assert table_of(saved(book)).headers == ["Nom"]


def test_the_cells_of_an_ods_become_text_that_reads_back():
    rich = TableCell(valuetype="string")
    note = Annotation()
    note.addElement(P(text="un commentaire"))
    rich.addElement(note)
    line = P(text="a")
    line.addElement(S(c=3))
    line.addElement(Span(text="b"))
    line.addElement(Tab())
    line.addText("c")
    rich.addElement(line)
    rich.addElement(P(text="suite"))
    content = ods(
        [TableRow()],
        [
            ods_row("Jour", "Moment", "Durée", "Nombre", "Vrai", "Texte"),
            ods_row(
                TableCell(valuetype="date", datevalue="2026-11-23"),
                TableCell(valuetype="date", datevalue="2026-11-23T14:05:00"),
                TableCell(valuetype="time", timevalue="PT26H30M00S"),
                TableCell(valuetype="float", value="1234.5"),
                TableCell(valuetype="boolean", booleanvalue="false"),
                rich,
            ),
        ],
        [ods_row("Autre")],
    )

    (row,) = table_of(content).rows

    assert row == Row(
        2, ["2026-11-23", "2026-11-23 14:05", "26:30", "1234,5", "non", "a   b\tc\nsuite"], []
    )


def test_an_ods_repeats_cells_and_rows_without_exploding():
    far = TableCell(numbercolumnsrepeated=16_000)
    content = ods(
        [
            ods_row("A", "B", "C", "D", far),
            ods_row(
                said("x", numbercolumnsrepeated=2), CoveredTableCell(), "y", numberrowsrepeated=2
            ),
            ods_row(TableCell(numbercolumnsrepeated=16_384), numberrowsrepeated=1_000_000),
            ods_row("z"),
            ods_row(TableCell(), numberrowsrepeated=48_000),
        ]
    )

    assert list(table_of(content).rows) == [
        Row(2, ["x", "x", "", "y"], []),
        Row(3, ["x", "x", "", "y"], []),
        Row(1_000_004, ["z", "", "", ""], []),
    ]
