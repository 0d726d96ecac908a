"""Columns that the grammar fills by itself."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from jonction.engines.words import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Labelled:
    """A model of which lists show the labels of choices: Django builds their table at each row."""

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> str:  # noqa: N802 - Django's
        value = getattr(self, field.attname)
        return str(_labels(field).get(value, value))


@cache
def _labels(field: "models.Field[Any, Any]") -> "dict[Any, StrOrPromise]":
    return dict(field.flatchoices)


class FoldedField(models.CharField):  # type: ignore[type-arg]
    """Other columns without accents or case, for searching alike on both databases.

    It is filled as the row is written, by `bulk_create` too.
    """

    def __init__(self, *args: Any, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **{"editable": False, "default": "", "max_length": 250, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> str:  # noqa: ARG002
        words = fold(" ".join(getattr(instance, name) for name in self.of))
        folded = words[: self.max_length]
        setattr(instance, self.attname, folded)
        return folded
