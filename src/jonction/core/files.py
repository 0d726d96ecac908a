"""What a file really is: its content decides, never its name.

Method     the first bytes (puremagic), then the inside of the format; pictures are drawn again, so
           that nothing but the picture is kept (the place where a photo was taken is not).
Refusal    a sentence for the person who sends the file.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from jonction.core.verdicts import Refused

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 20 * 1024 * 1024
MAX_UNZIPPED_BYTES = 200 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_NAME = 150

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": OOXML + "wordprocessingml.document",
    ".xlsx": OOXML + "spreadsheetml.sheet",
    ".odt": ODF + "text",
    ".ods": ODF + "spreadsheet",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
ACCEPT = ",".join(MEDIA_TYPES)
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that is what it says, ready to be kept."""

    name: str
    media_type: str
    content: bytes


def check_file(upload: UploadedFile[Any]) -> CheckedFile:
    """Return the file as it may be kept, or refuse it with the reason."""
    name = clean_name(upload.name or "")
    suffix = PurePosixPath(name).suffix
    if suffix not in MEDIA_TYPES:
        raise Refused(
            _(
                "Ce type de fichier n’est pas accepté. Envoyez un PDF, un document Word ou Writer, "
                "un classeur Excel ou Calc, un fichier CSV ou texte, ou une image PNG, JPEG ou WebP."
            )
        )
    if not upload.size:
        raise Refused(_("Ce fichier est vide."))
    if upload.size > MAX_BYTES:
        raise Refused(_("Ce fichier dépasse 20 Mo. Envoyez-en une version plus légère."))
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    media_type = MEDIA_TYPES[suffix]
    if media_type in PICTURES:
        content = _drawn_again(content, media_type)
    elif media_type.startswith("text/"):
        _require_text(content)
    else:
        _require_document(content, suffix)
    return CheckedFile(name, media_type, content)


def clean_name(name: str) -> str:
    """Keep of a name what people read: no folder, no control or direction sign, lower suffix."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    path = PurePosixPath(" ".join(re.sub(r'[<>:"|?*]', " ", visible).split()))
    suffix = path.suffix.lower()
    return (path.stem[: LONGEST_NAME - len(suffix)] or "fichier") + suffix


def _not_what_it_says() -> Refused:
    return Refused(
        _(
            "Le contenu de ce fichier ne correspond pas à son nom, ou il est abîmé. "
            "Enregistrez-le de nouveau dans son logiciel, puis renvoyez-le."
        )
    )


def _require_magic(content: bytes, media_type: str) -> None:
    import puremagic  # like Pillow: 3 MB in each worker, for who sends a file

    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError) as error:
        raise _not_what_it_says() from error
    if media_type not in {match.mime_type for match in found}:
        raise _not_what_it_says()


def _require_text(content: bytes) -> None:
    from charset_normalizer import from_bytes  # 3 MB, for who sends a text

    if b"\0" in content or from_bytes(content[:100_000]).best() is None:
        raise _not_what_it_says()


def _require_document(content: bytes, suffix: str) -> None:
    if suffix == ".pdf":
        _require_magic(content, MEDIA_TYPES[suffix])
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_archive(archive, suffix)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError) as error:
        raise _not_what_it_says() from error


def _require_archive(archive: zipfile.ZipFile, suffix: str) -> None:
    """Look inside a Word, Excel, Writer or Calc file, which are archives."""
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNZIPPED_BYTES:
        raise Refused(_("Ce fichier se déplie en un volume démesuré : il n’est pas accepté."))
    names = set(archive.namelist())
    if any(PurePosixPath(name).name == "vbaProject.bin" for name in names):
        raise Refused(_("Ce fichier contient des macros : enregistrez-le sans macros."))
    if part := PARTS.get(suffix):
        held = {part, "[Content_Types].xml"} <= names
    else:
        held = "mimetype" in names and _first_bytes(archive) == MEDIA_TYPES[suffix]
    if not held:
        raise _not_what_it_says()


def _first_bytes(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as stream:
        return stream.read(100).decode("ascii", "replace").strip()


def _drawn_again(content: bytes, media_type: str) -> bytes:
    """Return the same picture, upright, with nothing else that its file held."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    _require_magic(content, media_type)
    try:
        picture = Image.open(io.BytesIO(content), formats=[PICTURES[media_type]])
        _require_drawable(picture)
        upright = ImageOps.exif_transpose(picture)
        plain = upright.convert("RGBA" if _is_see_through(upright, media_type) else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(_too_many_points()) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _not_what_it_says() from error
    plain.info = {}
    drawn = io.BytesIO()
    plain.save(drawn, PICTURES[media_type], quality=90)
    return drawn.getvalue()


def _require_drawable(picture: "Image.Image") -> None:
    """Refuse, before reading them, more points than a page can need."""
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused(_too_many_points())


def _too_many_points() -> str:
    return _("Cette image a trop de points : réduisez-la avant de l’envoyer.")


def _is_see_through(picture: "Image.Image", media_type: str) -> bool:
    return media_type != "image/jpeg" and picture.has_transparency_data
