"""A document says the same things in Word and in PDF, whatever people typed."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from django.http import Http404

from jonction.ui.documents import Bullets, Document, Heading, Paragraph, Table
from jonction.ui.documents.pdf import pdf
from jonction.ui.documents.word import word
from jonction.ui.downloads import document_download

TYPED = 'Rue « Sainte-Anne » #read("/etc/passwd") *gras* <b>\x00\x0b & suite\nà la ligne'
DOCUMENT = Document(
    "Dossier de passation",
    "Table de La Matanie",
    date(2026, 11, 23),
    [
        Heading("À savoir"),
        Paragraph(TYPED),
        Bullets(["Premier point", "Deuxième point"]),
        Table(["Nom", "Comment la joindre"], [["Anaïs", "Le matin\nau téléphone"]]),
        Paragraph(""),
        Bullets([]),
    ],
    footer="Jonction",
)


def test_word_keeps_every_word_and_drops_what_no_file_may_hold():
    made = docx.Document(BytesIO(word(DOCUMENT)))

    paragraphs = [p.text for p in made.paragraphs]
    assert TYPED.replace("\x00\x0b", "") in paragraphs
    assert "Deuxième point" in paragraphs
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["Nom", "Comment la joindre"],
        ["Anaïs", "Le matin\nau téléphone"],
    ]


def test_word_is_not_signed_by_a_library():
    about = docx.Document(BytesIO(word(DOCUMENT))).core_properties

    assert (about.author, about.comments) == ("Jonction", "")


def test_pdf_is_tagged_for_reading_aids_and_reads_no_instruction():
    made = pdf(DOCUMENT)

    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" in made


def test_a_sign_without_a_letter_does_not_lose_the_document():
    made = pdf(Document("Merci \U0001f642", "", date(2026, 11, 23)))

    assert made.startswith(b"%PDF-")


def test_a_word_wider_than_the_sheet_goes_on_below():
    made = pdf(Document("Adresse", "", date(2026, 11, 23), [Paragraph("abcdefgh" * 2_000)]))

    pages = int(re.search(rb"/Type/Pages/Count (\d+)", made)[1])
    assert pages > 1


@pytest.mark.parametrize(("kind", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_document_leaves_as_a_file_named_after_it(kind, start):
    answer = document_download(DOCUMENT, kind)

    assert answer.content.startswith(start)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="dossier-de-passation-table-de-la-matanie.{kind}"'
    )


def test_another_kind_of_file_is_not_found():
    with pytest.raises(Http404):
        document_download(DOCUMENT, "exe")
