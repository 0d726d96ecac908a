"""What an area knows of a person, said by its `privacy.py` so that she may read it or have it gone.

Each `privacy.py` gives:

    personal_data(person) -> list[Part]     everything that the area knows of her
    obstacles(person, on) -> list[str]      what must be settled before she is forgotten
    stays(person) -> list[str]              what stays after that, in words
    forget(person, on) -> None              make gone what may go
    keeps(actor, person, on) -> bool | None whether `actor` keeps all that the area knows of her,
                                            None when it knows nothing; an area may leave it out
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, QuerySet
from django.utils.functional import Promise

BATCH = 500


@dataclass(frozen=True)
class Part:
    """One table of what is known: `columns` gives, by its French name, the path of each value."""

    name: str
    label: str | Promise
    known: QuerySet[Any]
    columns: Mapping[str, str]

    def rows(self) -> Iterator[list[Any]]:
        """Give the rows as people read them, a few at a time."""
        said = [_choices(self.known.model, path) for path in self.columns.values()]
        rows = self.known.order_by("pk").values_list(*self.columns.values())
        for row in rows.iterator(chunk_size=BATCH):
            yield [_readable(value, labels) for value, labels in zip(row, said, strict=True)]


def _choices(model: type[Model], path: str) -> dict[Any, str]:
    """Return the labels of a column's codes, when its values are chosen from a list."""
    try:
        field = model._meta.get_field(path)
    except FieldDoesNotExist:  # a path through another model
        return {}
    choices = field.flatchoices if isinstance(field, Field) else []
    return {code: str(label) for code, label in choices}


def _readable(value: Any, labels: Mapping[Any, str]) -> Any:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return labels.get(value, value) if labels else value
