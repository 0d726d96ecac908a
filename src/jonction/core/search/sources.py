"""What may be found, declared by each area in its own `search.py` as `SOURCES`."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules


def page_of(thing: Any) -> str:
    """Return the address of a thing; one that has no page yet is shown without a link."""
    return str(thing.get_absolute_url()) if hasattr(thing, "get_absolute_url") else ""


@dataclass(frozen=True)
class Source:
    """A model that search covers.

    `kind` heads the group of its results, in the plural; `visible_to` takes a person, or None for
    a visitor, and a day; `related` and `many` name what title and text read, of one thing and of
    several, so that indexing stays quick.
    """

    model: type[Model]
    kind: str | Promise
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    visible_to: Callable[[Any, date], QuerySet[Any]]
    url: Callable[[Any], str] = page_of
    dated: Callable[[Any], date | None] = lambda _thing: None
    related: tuple[str, ...] = ()
    many: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.model._meta.label_lower)


@cache
def sources() -> dict[str, Source]:
    """Return every source by its name, those of the upper areas last."""
    autodiscover_modules("search")
    modules = (sys.modules.get(f"{config.name}.search") for config in apps.get_app_configs())
    found = [source for module in modules for source in getattr(module, "SOURCES", ())]
    return {source.name: source for source in found}
