"""What a list may be narrowed by: a form field, and the condition its value stands for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from jonction.core.widgets import Choices

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Condition = Callable[[Any], Q | Exists]


class Broad(Q):
    """A condition that many rows meet, and that no index tells: a list under it is not counted."""


@dataclass(frozen=True)
class Filter:
    name: str
    field: forms.Field
    condition: Condition


def text(name: str, label: "StrOrPromise", condition: Callable[[str], Q]) -> Filter:
    return Filter(name, forms.CharField(label=label, max_length=200, required=False), condition)


def choice(
    name: str,
    label: "StrOrPromise",
    choices: Iterable[tuple[Any, Any]],
    *,
    path: str = "",
    condition: Condition | None = None,
) -> Filter:
    """Narrow to one of `choices`, read here once: checking a value then asks no query.

    The value stands at `path`, unless a condition says better.
    """
    every = [("", _("Peu importe")), *((str(code), name) for code, name in choices)]
    field = forms.ChoiceField(label=label, choices=every, required=False, widget=Choices)
    return Filter(name, field, condition or (lambda value: Q(**{path: value})))


def since(name: str, label: "StrOrPromise", path: str) -> Filter:
    return _bound(name, label, f"{path}__gte")


def until(name: str, label: "StrOrPromise", path: str) -> Filter:
    return _bound(name, label, f"{path}__lte")


def _bound(name: str, label: "StrOrPromise", lookup: str) -> Filter:
    def condition(day: date) -> Q:
        return Q(**{lookup: day})

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    field = forms.DateField(label=label, widget=widget, required=False)
    return Filter(name, field, condition)
