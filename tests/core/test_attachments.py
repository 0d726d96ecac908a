"""Files are what they say, lose what they should not tell, and follow the rights of their thing."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from odf.opendocument import OpenDocumentText
from openpyxl import Workbook
from PIL import Image

from jonction.accounts.models import Person
from jonction.core import subjects
from jonction.core.attachments import attach, attachments_of, detach
from jonction.core.files import MAX_BYTES, check_file, clean_name
from jonction.core.forms import AttachmentField
from jonction.core.models import Attachment, Trace
from jonction.core.verdicts import Refused
from tests.factories import PersonFactory
from tools.messages import printed

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n"
GPS, ORIENTATION = 0x8825, 0x0112


def upload(name, content):
    return SimpleUploadedFile(name, content)


def picture(kind="PNG", size=(40, 20), **options):
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **options)
    return drawn.getvalue()


def archive(**entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return packed.getvalue()


def word(**more):
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **more})


def saved(document):
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        (
            "Budget.XLSX",
            saved(Workbook()),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            "lettre.docx",
            word(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("lettre.odt", saved(OpenDocumentText()), "application/vnd.oasis.opendocument.text"),
        ("guide.pdf", PDF, "application/pdf"),
        ("liste.csv", "prénom;ville\nZoé;Sept-Îles\n".encode("cp1252"), "text/csv"),
        ("notes.txt", "déjà vu".encode(), "text/plain"),
        ("logo.png", picture("PNG"), "image/png"),
        ("photo.jpeg", picture("JPEG"), "image/jpeg"),
        ("photo.webp", picture("WEBP"), "image/webp"),
    ],
)
def test_the_usual_files_are_accepted(name, content, media_type):
    assert check_file(upload(name, content)).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("image.png", PDF, "ne correspond pas à son nom"),
        ("guide.pdf", picture(), "ne correspond pas à son nom"),
        ("lettre.docx", saved(Workbook()), "ne correspond pas à son nom"),
        ("lettre.odt", word(), "ne correspond pas à son nom"),
        ("lettre.docx", b"PK\x03\x04 abrupt", "ne correspond pas à son nom"),
        ("photo.jpg", picture("JPEG", size=(400, 400))[:300], "ne correspond pas à son nom"),
        ("notes.txt", b"\x7fELF\x00\x01", "ne correspond pas à son nom"),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n’est pas accepté"),
        ("page.html", b"<script>alert(1)</script>", "n’est pas accepté"),
        ("sans-suffixe", PDF, "n’est pas accepté"),
        ("vide.pdf", b"", "est vide"),
        ("lourd.pdf", PDF + b" " * MAX_BYTES, "dépasse 20 Mo"),
        ("bombe.docx", lambda: word(bourre=b"\0" * 210_000_000), "volume démesuré"),
        ("macro.docx", word(**{"word/vbaProject.bin": "x"}), "contient des macros"),
        ("affiche.png", lambda: picture(size=(8000, 7000)), "trop de points"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_with_the_reason(name, content, reason):
    with pytest.raises(Refused) as refusal:
        check_file(upload(name, content() if callable(content) else content))

    assert printed(reason) in str(refusal.value)


def test_a_photo_loses_its_place_and_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (48.0, 26.0, 0.0), 3: "W", 4: (68.0, 31.0, 0.0)}
    content = picture("JPEG", exif=exif, comment=b"chez Lucie")
    assert dict(Image.open(io.BytesIO(content)).getexif().get_ifd(GPS)) != {}

    kept = Image.open(io.BytesIO(check_file(upload("photo.jpg", content)).content))

    assert (dict(kept.getexif()), kept.info.get("comment")) == ({}, None)
    assert kept.size == (20, 40)


def test_a_see_through_logo_stays_see_through():
    drawn = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(drawn, "PNG")

    kept = Image.open(io.BytesIO(check_file(upload("logo.png", drawn.getvalue())).content))

    assert kept.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Documents\\Rapport final.PDF", "Rapport final.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("fac\u202efdp.exe.pdf", "facfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("é" * 300 + ".pdf", "é" * 146 + ".pdf"),
        ("", "fichier"),
    ],
)
def test_a_name_keeps_what_people_read(sent, kept):
    assert clean_name(sent) == kept


def test_a_form_says_what_is_wrong_under_the_field():
    field = AttachmentField(label="Pièce")

    with pytest.raises(Exception, match="est vide"):
        field.clean(upload("vide.pdf", b""))


@pytest.fixture
def own_file(monkeypatch):
    """Declare, for one test, that each person sees the files tied to herself."""
    own = subjects.Subject(Person, "", lambda person, on: Person.objects.filter(pk=person.pk))
    monkeypatch.setattr(subjects, "subjects", lambda: {Person: own})


@pytest.mark.django_db
def test_a_file_follows_the_rights_of_its_thing(client, own_file):
    person, stranger = PersonFactory(), PersonFactory()
    attachment = attach(person, upload("été 2026.pdf", PDF), actor=person)
    client.force_login(stranger)
    assert client.get(attachment.get_absolute_url()).status_code == 404

    client.force_login(person)
    page = client.get(attachment.get_absolute_url())

    assert b"".join(page.streaming_content) == PDF
    assert {name: page[name] for name in (
        "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy"
    )} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''%C3%A9t%C3%A9%202026.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_picture_is_shown_in_place(client, own_file):
    person = PersonFactory()
    attachment = attach(person, upload("logo.png", picture()), actor=person)
    client.force_login(person)

    page = client.get(attachment.get_absolute_url())

    assert page["Content-Disposition"] == 'inline; filename="logo.png"'
    page.close()


@pytest.mark.django_db
def test_a_file_of_something_that_no_area_declares_is_never_served(client, monkeypatch, own_file):
    person = PersonFactory()
    attachment = attach(person, upload("guide.pdf", PDF), actor=person)
    client.force_login(person)
    monkeypatch.setattr(subjects, "subjects", dict)

    assert client.get(attachment.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_a_file_removed_goes_once_the_transaction_holds(
    own_file, django_capture_on_commit_callbacks
):
    person = PersonFactory()
    attachment = attach(person, upload("guide.pdf", PDF), actor=person)
    stored = attachment.file.name

    with django_capture_on_commit_callbacks(execute=True):
        detach(attachment, actor=person)
        assert default_storage.exists(stored)

    assert not default_storage.exists(stored)
    assert list(attachments_of(person)) == []
    assert [trace.verb for trace in Trace.objects.order_by("pk")] == [
        "core.attachment.added",
        "core.attachment.removed",
    ]


@pytest.mark.django_db
def test_a_stored_name_says_nothing_of_the_file(own_file):
    person = PersonFactory()

    attachment = attach(person, upload("secret.pdf", PDF), actor=person)

    assert attachment.file.name == f"pieces/{Attachment.objects.get().token.hex}"
