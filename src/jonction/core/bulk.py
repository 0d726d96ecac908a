"""Many rows written at once, as they will lie in their table: no object is made of them.

For what comes by tens of thousands, while everybody else waits to write. Values are those that both
databases take as they are: numbers, texts (a day in ISO, JSON already written), nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, cast

from django.db import connection
from django.db.models import Field, Model

Value = int | str | datetime | None
Values = Sequence[Value]
AT_ONCE = 5_000  # Django keeps what it passes on to SQLite


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Add rows of `model`, each of whose columns that are never null is in `names`."""
    columns = _columns(model, names)
    table, listed = _quoted(model._meta.db_table), ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        remaining = iter(rows)
        while batch := list(islice(remaining, AT_ONCE)):
            insert = f"INSERT INTO {table} ({listed}) VALUES ({marks})"  # noqa: S608 - our own names
            cursor.executemany(insert, batch)


def update_rows(model: type[Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Change those columns of rows of `model`; each of `rows` ends with its primary key."""
    changes = ", ".join(f"{column} = %s" for column in _columns(model, names))
    table, key = _quoted(model._meta.db_table), _quoted(str(model._meta.pk.column))
    remaining = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, AT_ONCE)):
            update = f"UPDATE {table} SET {changes} WHERE {key} = %s"  # noqa: S608 - our own names
            cursor.executemany(update, batch)


def take_keys(model: type[Model], count: int) -> list[int]:
    """Return primary keys for rows to come, which nothing else will bear.

    In a transaction: on SQLite, they are kept only as long as nobody else writes.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "pg_get_serial_sequence(%s, %s)"
            taken = f"SELECT nextval({sequence}) FROM generate_series(1, %s)"  # noqa: S608 - ours
            cursor.execute(taken, [table, model._meta.pk.column, count])
            return [key for (key,) in cursor]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
        return list(range(last + 1, last + 1 + count))


def moment(at: datetime) -> Value:
    """Return a moment as the database in use takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def _columns(model: type[Model], names: Sequence[str]) -> list[str]:
    fields = [cast("Field[Any, Any]", model._meta.get_field(name)) for name in names]
    return [_quoted(str(field.column)) for field in fields]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
