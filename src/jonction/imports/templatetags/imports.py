"""The cells of a row in its table, and what a sort of file is called."""

from collections.abc import Mapping

from django import template

from jonction.imports.queries import label_of, reasons_of

register = template.Library()
register.filter("reader_label", label_of)
register.filter("reasons", reasons_of)


@register.filter
def cell(cells: Mapping[str, str], code: str) -> str:
    return cells.get(code, "")
