"""The cells of a row in its table, and what a sort of file is called."""

from collections.abc import Mapping, Sequence

from django import template

from jonction.imports.models import Row
from jonction.imports.queries import label_of, reason_of
from jonction.imports.readers import Reader

register = template.Library()
register.filter("reader_label", label_of)


@register.filter
def cell(cells: Mapping[str, str], code: str) -> str:
    return cells.get(code, "")


@register.filter
def reason(problem: Sequence[str], reader: Reader) -> str:
    return reason_of(reader, problem[0], problem[1])


@register.filter
def is_faulty(row: Row, code: str) -> bool:
    """Say whether this cell is one for which the row is refused."""
    return any(problem[0] == code for problem in row.problems)
