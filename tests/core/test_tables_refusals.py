"""What is not a table is refused, with a reason that helps."""

import io
import re
import zipfile
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentText
from odf.table import TableCell

from jonction.core.tables import counting
from jonction.core.tables.limits import MAX_BYTES, MAX_ROWS, NotATable
from jonction.core.tables.reading import open_table
from tests.core.spreadsheets import ods, ods_row, said, saved, table_of, workbook, zipped
from tools.messages import printed


def refusal(content):
    with pytest.raises(NotATable) as refused:
        list(table_of(content).rows)
    return str(refused.value)


def test_a_row_repeated_without_end_is_refused():
    content = ods([ods_row("A"), ods_row("x", numberrowsrepeated=10**12)])

    assert refusal(content).startswith("Ce fichier a trop de cellules.")


def test_more_rows_than_an_import_takes_are_refused():
    assert refusal(b"Nom\n" + b"a\n" * (MAX_ROWS + 1)) == (
        "Ce fichier a plus de 250\u202f000 lignes. Divisez-le en plusieurs fichiers."
    )


class Counted(io.BytesIO):
    """A file that counts what is read of it."""

    count = 0

    def read(self, size=-1):
        taken = super().read(size)
        self.count += len(taken)
        return taken


def test_a_file_too_heavy_is_refused_without_being_read():
    heavy = Counted(b"Nom\n" + b"a\n" * (12 * 1024 * 1024))

    with pytest.raises(NotATable, match=printed("dépasse 20 Mo")):
        open_table(heavy, "journal.csv")

    assert heavy.count == 0


def test_too_many_rows_are_refused_before_the_first_one_is_given():
    with pytest.raises(NotATable, match="a plus de"):
        table_of(b"Nom\n" + b"a\n" * (MAX_ROWS + 1))
    assert len(list(table_of(b"Nom\r\n" + b"a\r\n\r\n" * MAX_ROWS).rows)) == MAX_ROWS


def hidden_then(rows):
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    for _ in range(9):
        book.active.append(["x"])
    for title, count in (("Vide", 0), ("Journal", rows), ("Ancien", 9)):
        sheet = book.create_sheet(title)
        for rank in range(count):
            sheet.append([f"Nom {rank}", None, 2])
        sheet.cell(60, 1).number_format = "0"  # a row that holds nothing
    return saved(book)


def prefixed(content):
    """Write the marks of a workbook as some programs do: each with the name of its language."""
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(page, "w") as new:
        for name in old.namelist():
            said = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                said = re.sub(rb"<(/?)([a-z])", rb"<\1x:\2", said)
                said = said.replace(b"xmlns=", b"xmlns:x=")
            new.writestr(name, said)
    return page.getvalue()


def sheets_of(rows):
    empty = [ods_row(TableCell()) for _ in range(9)]
    return ods(empty, [ods_row(f"Nom {n}") for n in range(rows)])


@pytest.mark.parametrize(
    "made",
    [hidden_then, lambda rows: prefixed(hidden_then(rows)), sheets_of],
    ids=["xlsx", "x:", "ods"],
)
def test_a_workbook_with_too_many_rows_is_refused_before_the_first_one_is_given(monkeypatch, made):
    monkeypatch.setattr(counting, "MAX_ROWS", 5)

    assert len(list(table_of(made(6)).rows)) == 5
    with pytest.raises(NotATable, match="a plus de"):
        table_of(made(7))


def test_a_row_repeated_too_many_times_is_refused_at_once():
    content = ods([ods_row("A"), ods_row("x", numberrowsrepeated=MAX_ROWS + 1)])

    rows = table_of(content).rows
    with pytest.raises(NotATable, match="a plus de"):
        next(rows)


def test_a_cell_repeated_without_end_is_refused():
    content = ods([ods_row("A"), ods_row(said("x", numbercolumnsrepeated=10**12))])

    assert refusal(content).startswith("Ce fichier a trop de cellules.")


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b";;;\n;;;\n"])
def test_an_empty_file_is_refused(content):
    assert refusal(content) == "Ce fichier est vide."


def test_an_empty_workbook_is_refused():
    assert {refusal(workbook()), refusal(ods([]))} == {"Ce fichier est vide."}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "Ce fichier est un PDF."),
        (b"\x89PNG\r\n\x1a\n\0\0", "Ce fichier est une image."),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "Ce fichier est une image."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Ce fichier est un ancien classeur Excel (.xls)"),
        (b"{\\rtf1 bonjour}", "Ce fichier est un document texte."),
        (b"<html><table><tr><td>Nom", "Ce fichier est une page web"),
        (b"Nom;\0\1\2\3", "Ce fichier n’est pas un tableau."),
        (zipped(photo="x"), "Ce fichier est une archive ou un document"),
        (zipped(xl__workbook="x", **{"xl__workbook.bin": "x"}), "Ce fichier est un classeur Excel binaire"),
        (saved(OpenDocumentText()), "Ce fichier est une archive ou un document"),
        (workbook(["Nom"])[:-200], "Ce fichier est abîmé"),
        (zipped(**{"xl__workbook.xml": "<x", "[Content_Types].xml": "<x"}), "Ce fichier est abîmé"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x"}), "Ce fichier est abîmé"),
        ("Étape;Durée\nMédiation;2 h\n".encode() + b"\xe9\n", "Les accents de ce fichier ne se lisent pas."),
        (b"\xff\xfeN\0o\0m\0\x00\xd8", "Les accents de ce fichier ne se lisent pas."),
        (b"2026-11-23;Table X;1h30\n2026-11-24;Table Y;1 h\n", "La ligne 1 devrait porter le nom des colonnes"),
        (b"\n1;2;3\n4;5;6\n", "La ligne 2 devrait porter le nom des colonnes"),
        (b"Nom;Note;nom \nA;1;B\n", "Deux colonnes portent le nom « Nom »."),
        (b'Nom;Note\nA;"un\nB;deux\n', "À la ligne 2, un guillemet est mal placé ou n’est pas fermé."),
    ],
)  # fmt: skip
def test_what_is_not_a_table_is_refused_with_what_it_is(content, reason):
    assert refusal(content).startswith(printed(reason))


def test_a_declared_entity_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    content = zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": bomb}
    )

    assert refusal(content).startswith("Ce fichier est abîmé")


def test_a_zip_that_unfolds_into_gigabytes_is_refused_before_it_does():
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w") as entry,
    ):
        for _ in range(201):
            entry.write(b"\0" * 1024 * 1024)

    assert refusal(bomb.getvalue()) == "Ce fichier devient trop gros une fois décompressé."


def test_a_file_too_big_is_refused_by_its_size():
    stream = io.BytesIO(b"Nom\nA\n")

    with pytest.raises(NotATable, match=printed("dépasse 20 Mo")):
        open_table(stream, "journal.csv", size=MAX_BYTES + 1)
    with pytest.raises(NotATable, match=printed("dépasse 20 Mo")):
        table_of(b"a" * (MAX_BYTES + 1))


@given(
    st.binary(max_size=200)
    | st.text(alphabet="aé1;,\t\"\r\n= '", max_size=60).map(str.encode)
    | st.text(alphabet='aé;,"\n\x85\u2028', max_size=60).map(lambda text: text.encode("utf-16"))
)
def test_any_bytes_are_a_table_or_said_not_to_be_one(content):
    with suppress(NotATable):
        table = table_of(content)
        assert table.headers
        assert {len(row.values) for row in table.rows} <= {len(table.headers)}
