"""What an area says of a file that it can take in.

Each area keeps its readers in `imports.py`, found when the platform starts; this area drives them:
reading, preview, correction, writing in one transaction, undoing.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from jonction.accounts.models import Person
from jonction.core.verdicts import Verdict
from jonction.imports.models import Row

NEAR_ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its code, its French label, the headers under which people keep it."""

    code: str
    label: Any
    headers: tuple[str, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused: the column, and a sentence for the person."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a name may be, with its likeness from 0 to 100."""

    target: int
    label: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name of the file that nothing known bears, and what it may be, the likeliest first."""

    text: str
    candidates: Sequence[Candidate]

    @property
    def likely(self) -> int | None:
        """Return what is near enough to be offered; a person says whether it is so."""
        best = self.candidates[0] if self.candidates else None
        return best.target if best and best.likeness >= NEAR_ENOUGH else None


@dataclass(slots=True)
class Reading:
    """What was understood of a row; `facts` holds only what JSON can."""

    facts: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    verdict: str = Row.Verdict.NEW
    target: int | None = None
    unknown: str = ""


class Session(ABC):
    """One reading of one file: what is already known is loaded once.

    `basis` tells it in a few letters: as long as it is the same, a row says what it said.
    """

    basis: str

    @abstractmethod
    def read(self, cells: Mapping[str, str]) -> Reading:
        """Return what the row says; problems in it make it refused."""

    def candidates(self, text: str) -> Sequence[Candidate]:  # noqa: ARG002
        """Return what an unknown name may be, the likeliest first."""
        return []


class Reader(ABC):
    """A kind of file: its columns, who may import it, how its rows are read and written."""

    name: str
    label: Any
    keepers: Any  # a sentence: who may bring such a file in, and forget a name that it recognised
    columns: Sequence[Column]
    model: type[Model]  # what a row becomes

    def label_of(self, code: str) -> str:
        """Return what people call the column of that code; nothing when no column is to blame."""
        return next((str(column.label) for column in self.columns if column.code == code), "")

    def sum_of(self, rows: QuerySet[Row]) -> str:  # noqa: ARG002
        """Say what those rows add up to, to compare with the file; nothing when nothing adds up."""
        return ""

    @abstractmethod
    def form(self, person: Person, today: date, data: Any = None) -> forms.Form:
        """Return the questions asked with the file."""

    @abstractmethod
    def verdict(self, person: Person, options: Mapping[str, Any], today: date) -> Verdict:
        """Say whether this person may import such a file with those answers."""

    @abstractmethod
    def session(self, options: Mapping[str, Any], matches: Mapping[str, int]) -> Session: ...

    @abstractmethod
    def scope(self, options: Mapping[str, Any]) -> str:
        """Return within what the matches of names are remembered."""

    @abstractmethod
    def scopes(self, person: Person, today: date) -> Sequence[str]:
        """Return the scopes of the files that this person may bring in."""

    @abstractmethod
    def things(self, scopes: Sequence[str]) -> Mapping[int, str]:
        """Return what a name may have been recognised as within these scopes, in words."""

    @abstractmethod
    def hold(self, options: Mapping[str, Any]) -> None:
        """Lock what rows are compared with: it stays so until they are written."""

    @abstractmethod
    def write(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> None:
        """Write the new and changed rows; keep on each its `target`, and `before` if it changes."""

    @abstractmethod
    def unwrite(self, rows: Iterable[Row], options: Mapping[str, Any], actor: Person) -> int:
        """Undo; return how many rows changed since by somebody were left as they are."""


def basis_of(*known: Any) -> str:
    """Return the few letters that tell what is known: the same ones for the same things alone."""
    said = json.dumps(known, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def readers() -> dict[str, Reader]:
    """Return the readers that the areas declare (settings.IMPORT_READERS), by name."""
    made = [import_string(path)() for path in settings.IMPORT_READERS]
    return {reader.name: reader for reader in made}
