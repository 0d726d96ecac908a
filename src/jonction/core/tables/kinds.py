"""What a file is, from its content: its name may say anything."""

from typing import IO
from zipfile import ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.core.tables.limits import MAX_UNPACKED, NotATable

HEAD = 4096
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
TEXT_BEFORE_PDF = 1024
IMAGE = gettext_lazy(
    "Ce fichier est une image. Envoyez le tableau lui-même, en format Excel (.xlsx), ODS ou CSV."
)
SIGNATURES = (
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy(
            "Ce fichier est un ancien classeur Excel (.xls) ou un classeur protégé par un mot de "
            "passe. Ouvrez-le, enregistrez-le en format .xlsx sans mot de passe, puis recommencez."
        ),
    ),
    (
        b"{\\rtf",
        gettext_lazy(
            "Ce fichier est un document texte. Envoyez un tableau en format Excel (.xlsx), ODS ou "
            "CSV."
        ),
    ),
)


def kind_of(stream: IO[bytes]) -> str:
    """Return « csv », « xlsx » or « ods », or say what the file is instead."""
    stream.seek(0)
    head = stream.read(HEAD)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise empty()
    if head.startswith(ZIP):
        return _kind_of_zip(stream)
    for signature, reason in SIGNATURES:
        if head.startswith(signature):
            raise NotATable(str(reason))
    if b"%PDF-" in head[:TEXT_BEFORE_PDF]:
        raise NotATable(
            _(
                "Ce fichier est un PDF. Envoyez le tableau d’où il vient, en format Excel (.xlsx), "
                "ODS ou CSV."
            )
        )
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise NotATable(
            _(
                "Ce fichier est une page web ou du XML. Ouvrez-le dans votre tableur, "
                "enregistrez-le en format .xlsx, puis recommencez."
            )
        )
    return "csv"


def empty() -> NotATable:
    return NotATable(_("Ce fichier est vide."))


def _kind_of_zip(stream: IO[bytes]) -> str:
    with ZipFile(stream) as archive:
        # zipfile never unfolds more than what each entry declares, so the sum is a true bound
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise NotATable(_("Ce fichier devient trop gros une fois décompressé."))
        names = set(archive.namelist())
        if {"xl/workbook.xml", "[Content_Types].xml"} <= names:
            return "xlsx"
        if {"mimetype", "content.xml"} <= names and archive.read("mimetype").startswith(ODS):
            return "ods"
    if "xl/workbook.bin" in names:
        raise NotATable(
            _(
                "Ce fichier est un classeur Excel binaire (.xlsb). Enregistrez-le en format .xlsx, "
                "puis recommencez."
            )
        )
    raise NotATable(
        _(
            "Ce fichier est une archive ou un document, et non un tableau. Envoyez un fichier "
            "Excel (.xlsx), ODS ou CSV."
        )
    )
