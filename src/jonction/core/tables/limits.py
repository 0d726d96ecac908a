"""What is not read, and how much is read at most."""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from jonction.core.verdicts import Refused

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE  # a workbook is a zip: a few bytes may unfold into gigabytes
MAX_ROWS = 250_000
MAX_CELLS = 20_000_000  # empty ones count: one far cell makes a row of thousands

Cells = Iterator[tuple[int, list[str]]]


class NotATable(Refused):
    """The file cannot be read as a table; the message says why, to the person who sent it."""


class Budget:
    """The cells that may still be made from one file."""

    def __init__(self, left: int = MAX_CELLS) -> None:
        self.left = left

    def spend(self, cells: int) -> None:
        self.left -= cells
        if self.left < 0:
            raise NotATable(
                _(
                    "Ce fichier a trop de cellules. Supprimez les lignes et les colonnes vides, "
                    "puis recommencez."
                )
            )


def damaged() -> NotATable:
    return NotATable(
        _(
            "Ce fichier est abîmé ou protégé par un mot de passe. Ouvrez-le, enregistrez-le de "
            "nouveau sans mot de passe, puis recommencez."
        )
    )


def too_many() -> NotATable:
    return NotATable(
        _("Ce fichier a plus de %(most)s lignes. Divisez-le en plusieurs fichiers.")
        % {"most": f"{MAX_ROWS:,}".replace(",", "\u202f")}
    )


def chunks(stream: IO[bytes], size: int = 1 << 16) -> Iterator[bytes]:
    """Give the whole stream from its beginning, a piece at a time."""
    stream.seek(0)
    while chunk := stream.read(size):
        yield chunk
