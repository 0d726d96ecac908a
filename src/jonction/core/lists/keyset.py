"""Walk a long list page by page from where one is, without counting what comes before.

A page begins after (or ends before) the sort values of one row, the primary key breaking ties: it
costs the same at the end as at the start, and a row added meanwhile shifts nothing. Empty values
come last, in both orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q
from django.db.models.expressions import OrderBy

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Key:
    """One level of the order."""

    path: str
    descending: bool
    nullable: bool


def keys_of(model: type[Model], order: Sequence[str]) -> list[Key]:
    """Read an order as Django writes it (« -on »); the primary key always closes it."""
    named = [(name.removeprefix("-"), name.startswith("-")) for name in order]
    keys = [Key(path, descending, _may_be_empty(model, path)) for path, descending in named]
    return [*keys, Key("pk", keys[0].descending if keys else False, nullable=False)]


def ordering(keys: Sequence[Key], *, backwards: bool) -> list[OrderBy]:
    return [_ordered(key, backwards=backwards) for key in keys]


def beyond(keys: Sequence[Key], values: Sequence[Any], *, backwards: bool) -> Q:
    """Return the rows that stand after these values; before them when walking backwards."""
    key, value = keys[0], values[0]
    after = _after(key, value, backwards=backwards)
    if len(keys) > 1:
        same = Q(**{f"{key.path}__isnull": True}) if value is None else Q(**{key.path: value})
        after |= same & beyond(keys[1:], values[1:], backwards=backwards)
    return after


def start(keys: Sequence[Key], values: Sequence[Any], *, backwards: bool) -> Q:
    """Return a plain bound that `beyond` implies, by which the database enters its index."""
    key, value = keys[0], values[0]
    if value is None or (key.nullable and not backwards):
        return Q()
    return Q(**{f"{key.path}__{_comparison(key, backwards=backwards)}e": value})


def sign(values: Sequence[Any], salt: str) -> str:
    """Write a place in the list for an address; nobody but us can make one up."""
    plain = [v if v is None or isinstance(v, (str, int)) else str(v) for v in values]
    return signing.dumps(plain, salt=salt)


def unsign(text: str, salt: str) -> list[Any] | None:
    try:
        return list(signing.loads(text, salt=salt))
    except signing.BadSignature:
        return None


def _ordered(key: Key, *, backwards: bool) -> OrderBy:
    empty: dict[str, Any] = {"nulls_first" if backwards else "nulls_last": True}
    empty = empty if key.nullable else {}
    return F(key.path).desc(**empty) if key.descending != backwards else F(key.path).asc(**empty)


def _comparison(key: Key, *, backwards: bool) -> str:
    return "lt" if key.descending != backwards else "gt"


def _after(key: Key, value: Any, *, backwards: bool) -> Q:
    if value is None:
        return Q(**{f"{key.path}__isnull": False}) if backwards else NOTHING
    after = Q(**{f"{key.path}__{_comparison(key, backwards=backwards)}": value})
    if key.nullable and not backwards:
        after |= Q(**{f"{key.path}__isnull": True})
    return after


def _may_be_empty(model: type[Model], path: str) -> bool:
    """Say whether a value may be missing; what is not a field of the model is taken to be."""
    try:
        return bool(model._meta.get_field(path).null)
    except FieldDoesNotExist:
        return path != "pk"
