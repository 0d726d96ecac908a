"""What components compute to draw themselves; nothing of the domain."""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, Protocol

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils.formats import localize, number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, gettext_lazy

from jonction.core.days import in_words
from jonction.core.typography import colon, money, percentage, semicolon
from jonction.ui.charts import Chart, Value, mini_grid
from jonction.ui.forms import field_group

register = template.Library()
KILO = 1_000
STATES = {
    "over": gettext_lazy("terminée"),
    "running": gettext_lazy("en cours"),
    "late": gettext_lazy("en cours, fin prévue passée"),
    "coming": gettext_lazy("à venir"),
}
CURRENT = mark_safe(' aria-current="step"')
LASTING = {
    "over": gettext_lazy("terminée le {until}"),
    "running": gettext_lazy("depuis le {since}, jusqu’au {until}"),
    "late": gettext_lazy("depuis le {since} ; devait finir le {until}"),
    "coming": gettext_lazy("à partir du {since}"),
}


@register.filter
def with_query(address: str, more: str) -> str:
    """Add `name=value` to an address, whether or not it already asks something.

    A component receives its address already written for HTML: it is not written so twice.
    """
    return format_html("{}{}{}", address, "&" if "?" in address else "?", more) if more else address


@register.filter(expects_localtime=True)
def day(value: date) -> str:
    """Return the date in words; of an instant, the day it was here, where it was still the evening."""
    return in_words(value)


register.filter(money)


@register.filter
def weight(size: int) -> str:
    """Say how much a file weighs as people say it here: « 240 ko », « 2,4 Mo »."""
    if size < KILO:
        return gettext("%(size)s o") % {"size": size}
    if size < KILO**2:
        return gettext("%(size)s ko") % {"size": round(size / KILO)}
    return gettext("%(size)s Mo") % {"size": number_format(size / KILO**2, 1)}


@register.filter
def drawn(chart: Chart) -> SafeString:
    """Print the drawing as it is, that of phones after that of desks; a screen shows one of them.

    Every label was escaped when it was drawn.
    """
    return mark_safe(chart.svg() + chart.svg_for_phones())  # noqa: S308 - made by ElementTree


@register.filter
def told(chart: Chart) -> SafeString:
    """Print the rows of the table of a drawing: a template asks three nodes for each of its cells."""
    lines = [
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join([f"<td>{_cell(value)}</td>" for value in rest])
        + "</tr>"
        for first, *rest in chart.rows
    ]
    return mark_safe("".join(lines))  # noqa: S308 - every cell is escaped


def _cell(value: Value) -> str:
    return "" if value is None else conditional_escape(localize(value))


@register.filter
def mini(statuses: Sequence[str], down: int | str) -> SafeString:
    """Print the states as a small grid, column by column."""
    return mark_safe(mini_grid(statuses, down=int(down)))  # noqa: S308 - made by ElementTree


class Step(Protocol):
    """A step of a track: its name, and how far it is."""

    @property
    def label(self) -> str: ...
    @property
    def state(self) -> str: ...


register.simple_tag(colon)
register.simple_tag(field_group)
register.simple_tag(semicolon)
register.filter(percentage)


@register.simple_tag
def track_steps(steps: Sequence[Step], rank: int) -> SafeString:
    """Write the steps, each as it was written before: a list has a hundred and fifty, all alike."""
    said = _said(get_language())
    made = [
        _written(step.state, n, step.label, said[step.state], is_current=n == rank)
        for n, step in enumerate(steps, 1)
    ]
    return mark_safe("".join(made))  # noqa: S308 - each is made by format_html


@cache
def _said(language: str) -> dict[str, str]:  # noqa: ARG001 - the words are those of that language
    return {state: f"{colon()}{words}" for state, words in STATES.items()}


@lru_cache(maxsize=1_000)
def _written(state: str, n: int, label: str, said: str, *, is_current: bool) -> SafeString:
    return format_html(
        '<li class="{}"{}><span aria-hidden="true">{}</span><span class="heard">{}{}</span></li>',
        state,
        CURRENT if is_current else "",
        n,
        label,
        said,
    )


@register.simple_tag
def today() -> date:
    """Return the day it is, for the paper that a page becomes."""
    return localdate()


@register.simple_tag
def lasting(state: str, since: date, until: date) -> str:
    """Say since when and until when the step that counts lasts."""
    return str(LASTING[state]).format(since=day(since), until=day(until))


@register.filter
def first_control(field: Any) -> str:
    """Return the id that an error should lead to: the first box of a group, or the field."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id


@register.simple_tag(takes_context=True)
def has_errors(context: RequestContext) -> bool:
    """Say whether the page answers a form that is not valid, so that its title begins by it.

    A view has nothing to do when its form is in the context; a form kept elsewhere (inside a list,
    an object) is announced by passing `has_errors` as True.
    """
    values: dict[Any, Any] = context.flatten()
    if values.get("has_errors"):
        return True
    # by its type: asking a lazy value what it is would read the database
    forms = [v for v in values.values() if issubclass(type(v), BaseForm | BaseFormSet)]
    return any(form.is_bound and not form.is_valid() for form in forms)


@register.filter
def page_link(query: str, number: int) -> str:
    """Return the address of a page of the same list: same filters, same sort, other number."""
    asked = QueryDict(query, mutable=True)
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"
