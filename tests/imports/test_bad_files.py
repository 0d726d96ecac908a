"""Files that are not what they should be: one sentence, the rest of the form kept, nothing written."""

import io
import re
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import UploadedFile

from jonction.core.tables import counting
from jonction.core.uploads import MOST_KEPT, Sparing
from jonction.imports.models import Import, Row
from jonction.support.models import Intervention
from tests.core.spreadsheets import workbook
from tests.imports.test_journal import HEADER, bring, journal, one_line, send  # noqa: F401
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

MEGABYTE = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a workbook with a password begins
TITLES = ["Date", "Instance", "Activité", "Durée"]


def zip_bomb():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(250):
                sheet.write(b"0" * MEGABYTE)
    return bomb.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Ce fichier est vide."),
        (b"\n\n  \n", "Ce fichier est vide."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "image"),
        (OLE + b"\0" * 2000, "mot de passe"),
        (b"PK\x03\x04" + b"tout autre chose" * 20, "abîmé"),
        (zip_bomb, "trop gros une fois décompressé"),
        (HEADER, "aucune ligne"),
        (workbook(TITLES), "aucune ligne"),
        ("Date;Instance;Activité;Durée;date\n2026-11-02;a;b;1;c\n", "Deux colonnes portent le nom"),
        ("2026-11-02;La Mitis;Portrait;1h\n", "nom des colonnes"),
        ("a;b\n1;2\n", "Il manque à ce fichier"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(client, send, journal, content, sentence):  # noqa: F811
    page, source = bring(send, journal, content() if callable(content) else content)
    if source is not None:
        page = client.get(source.get_absolute_url())

    assert sentence in page.text.replace("\u00a0", " ")
    assert source is None or source.status == "failed"
    assert (Row.objects.count(), Intervention.objects.count()) == (0, 0)


@pytest.mark.parametrize("is_workbook", [False, True])
def test_a_file_of_too_many_rows_is_refused_before_one_is_kept(
    client,
    send,  # noqa: F811
    journal,  # noqa: F811
    monkeypatch,
    is_workbook,
):
    monkeypatch.setattr(counting, "MAX_ROWS", 600)  # more than is kept at once
    line = ["2026-11-02", "La Mitis", "Portrait", "1h"]
    rows = [TITLES, *[line] * 601]
    content = workbook(*rows) if is_workbook else "\n".join(";".join(row) for row in rows)

    _, source = bring(send, journal, content)

    assert (source.status, source.rows_read) == ("failed", 0)
    assert "Divisez-le en plusieurs fichiers." in client.get(source.get_absolute_url()).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_accents_of_any_encoding_are_read(send, journal, encoding):  # noqa: F811
    _, source = bring(send, journal, one_line(text="Préparé à l’été").encode(encoding))

    assert source.rows.get().cells["text"] == "Préparé à l’été"


class Endless(UploadedFile):
    """A file of 60 MB that exists nowhere: its pieces are made as they are sent."""

    def __init__(self):
        super().__init__(io.BytesIO(), "journal.csv", "text/csv", 60 * MEGABYTE)
        self.left = self.size

    def read(self, size=-1):
        taken = self.left if size < 0 else min(size, self.left)
        self.left -= taken
        return b"x" * taken


def body_of(resource, file, boundary=b"bornes"):
    """Yield the body of a POST as a browser sends it, without ever holding it whole."""
    for name, value in (("resource", str(resource.pk)), ("audience", "mandate")):
        yield b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (
            boundary,
            name.encode(),
            value.encode(),
        )
    yield (
        b'--%b\r\nContent-Disposition: form-data; name="file"; filename="journal.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\n" % boundary
    )
    while piece := file.read(1 << 16):
        yield piece
    yield b"\r\n--%b--\r\n" % boundary


class Sent(io.RawIOBase):
    """What a server reads from the connection."""

    def __init__(self, pieces):
        self.pieces, self.rest = pieces, b""

    def readable(self):
        return True

    def read(self, size=-1):
        while size < 0 or len(self.rest) < size:
            piece = next(self.pieces, b"")
            if not piece:
                break
            self.rest += piece
        taken, self.rest = self.rest[: None if size < 0 else size], self.rest[size:]
        return taken


def test_a_file_far_too_heavy_is_refused_without_filling_the_memory(client, journal):  # noqa: F811
    signed_in(client, journal.person)
    length = sum(len(piece) for piece in body_of(journal, Endless()))
    tracemalloc.start()

    sent = {
        "CONTENT_TYPE": "multipart/form-data; boundary=bornes",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": Sent(body_of(journal, Endless())),
    }
    page = client.generic("POST", "/imports/nouveau/journal/", **sent)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert page.status_code == 422
    assert "Ce fichier pèse 60 Mo ; la limite est de 20 Mo." in re.sub(r"\s", " ", page.text)
    assert 'value="mandate" selected' in page.text
    assert most < 30 * MEGABYTE
    assert Import.objects.count() == 0


def test_a_file_far_too_heavy_does_not_fill_the_disk():
    handler = Sparing()
    handler.new_file("file", "journal.csv", "text/csv", None)

    for rank in range(60):
        handler.receive_data_chunk(b"x" * MEGABYTE, rank * MEGABYTE)
    file = handler.file_complete(60 * MEGABYTE)

    assert file.size == 60 * MEGABYTE
    assert 20 * MEGABYTE < len(file.read()) <= MOST_KEPT
    file.close()
