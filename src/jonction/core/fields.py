"""Columns that the grammar fills by itself."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from jonction.engines.words import fold


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
