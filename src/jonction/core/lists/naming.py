"""Rows as a list prints them: themselves, and the names of what they point to."""

from typing import TypeVar, cast

from django.db.models import Model, OuterRef, QuerySet, Subquery

Row = TypeVar("Row", bound=Model)


def with_names(rows: QuerySet[Row], *paths: str) -> QuerySet[Row]:
    """Leave what surrounds the rows, and give each `process_name` for the path « process ».

    Thirty times what surrounds a row costs more than the rows. Names are not joined: SQLite then
    begins by them and sorts a million lines, where it should walk the index of the order.
    """
    bare = rows.select_related(None).prefetch_related(None)
    named: QuerySet[Row] = bare.annotate(
        **{f"{path}_name": _name_of(rows.model, path) for path in paths}
    )
    return named


def _name_of(model: type[Model], path: str) -> Subquery:
    related = cast("type[Model]", model._meta.get_field(path).related_model)
    named = related._base_manager.filter(pk=OuterRef(f"{path}_id")).order_by()
    return Subquery(named.values("name"))
