"""Everything that the product knows of one person, gathered from every area (Law 25, art. 63.5)."""

import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from types import ModuleType

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import autodiscover_modules

from jonction.accounts.models import Person
from jonction.core.disclosure import Part
from jonction.core.tables.text import stream_csv

ENOUGH = 1 << 16
OWN = "jonction.accounts.privacy"


@cache
def _areas() -> list[ModuleType]:
    """Return the `privacy` of each area, the upper ones first: they lean on the others."""
    autodiscover_modules("privacy")
    found = [sys.modules.get(f"{config.name}.privacy") for config in apps.get_app_configs()]
    return [module for module in reversed(found) if module]


def parts_of(person: Person) -> list[Part]:
    return [part for area in reversed(_areas()) for part in area.personal_data(person)]


def obstacles_of(person: Person, on: date) -> list[str]:
    """Return what must be settled before the person is forgotten."""
    return [sentence for area in _areas() for sentence in area.obstacles(person, on)]


def what_stays_of(person: Person) -> list[str]:
    return [sentence for area in _areas() for sentence in area.stays(person)]


def is_kept_by(actor: Person, person: Person, on: date) -> bool:
    """Say whether `actor` keeps the whole record of `person`: nobody hands over that of others."""
    said = [area.keeps(actor, person, on) for area in _areas() if hasattr(area, "keeps")]
    return True in said and False not in said


def forget_everywhere(person: Person, on: date) -> None:
    """Have each area forget; who she is goes last, for the others look for her by it."""
    for area in sorted(_areas(), key=lambda area: area.__name__ == OWN):
        area.forget(person, on)


class _Pipe:
    """Where the archive is written: what was written is taken as it comes, and never sought."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, content: bytes) -> int:
        self.held += content
        return len(content)

    def flush(self) -> None:
        """Do nothing: the reader takes what is there."""

    def close(self) -> None:
        """Do nothing: there is nothing open."""

    def taken(self) -> bytes:
        content = bytes(self.held)
        self.held.clear()
        return content


def stream_archive(person: Person) -> Iterator[bytes]:
    """Give a zip as it is made: all of it in JSON, and a CSV of each part, a few rows at a time."""
    pipe, parts = _Pipe(), parts_of(person)
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {"renseignements.json": _as_json(parts)}
        files |= {f"{p.name}.csv": stream_csv(list(p.columns), p.rows()) for p in parts}
        for name, content in files.items():
            with archive.open(name, "w", force_zip64=True) as entry:
                for piece in content:
                    entry.write(piece)
                    if len(pipe.held) > ENOUGH:
                        yield pipe.taken()
    yield pipe.taken()


def _as_json(parts: list[Part]) -> Iterator[bytes]:
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    for rank, part in enumerate(parts):
        yield f"{',' if rank else '{'}\n{encoder.encode(part.name)}: [".encode()
        for line, row in enumerate(part.rows()):
            record = encoder.encode(dict(zip(part.columns, row, strict=True)))
            yield f"{',' if line else ''}\n  {record}".encode()
        yield b"]"
    yield b"\n}\n"
