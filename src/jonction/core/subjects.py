"""What files and news are about, and who may read it: declared by each area in its `subjects.py`.

    SUBJECTS = [Subject(Need, "besoin", needs_visible_to)]

A model that no area declares has no readable file, and nobody is told about it.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.module_loading import autodiscover_modules
from django.utils.timezone import localdate

Selection = Callable[[Any, date], QuerySet[Any]]


@dataclass(frozen=True)
class Subject:
    """A model of things that people may read.

    `word` is its French name in addresses, when files may be tied to it. A row of `visible_to` may
    say `is_kept`: the person then tends all of its files, besides her own. When files come
    `by_keepers` alone, the others find them and add none.
    """

    model: type[Model]
    word: str
    visible_to: Selection
    by_keepers: bool = False


@cache
def subjects() -> dict[type[Model], Subject]:
    autodiscover_modules("subjects")
    modules = (sys.modules.get(f"{config.name}.subjects") for config in apps.get_app_configs())
    found = [subject for module in modules for subject in getattr(module, "SUBJECTS", ())]
    return {subject.model: subject for subject in found}


def left_to_keepers(model: type[Model]) -> bool:
    subject = subjects().get(model)
    return subject is None or subject.by_keepers


def readable_ids(person: Any, model: type[Model] | None, ids: Iterable[int]) -> set[int]:
    """Return which of these things `person` may read today."""
    subject = subjects().get(model) if model else None
    if subject is None:
        return set()
    seen = subject.visible_to(person, localdate()).filter(pk__in=list(ids))
    return set(seen.order_by().values_list("pk", flat=True))


def read_by(person: Any, model: type[Model] | None, pk: int) -> Any:
    """Return the thing as `person` may read it today, or None."""
    subject = subjects().get(model) if model else None
    return subject.visible_to(person, localdate()).filter(pk=pk).first() if subject else None


def sight_of(person: Any, thing: Model) -> Any:
    """Return the row of `thing` as `person` may read it today, its key alone, or None."""
    subject = subjects().get(type(thing))
    if subject is None:
        return None
    seen = subject.visible_to(person, localdate()).filter(pk=thing.pk)
    bare = seen.select_related(None).prefetch_related(None).only("pk")
    return bare.order_by().first()


def may_read(person: Any, thing: Model) -> bool:
    return bool(readable_ids(person, type(thing), [thing.pk]))
