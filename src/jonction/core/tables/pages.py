"""A spreadsheet holds so many rows; the rest goes to a second sheet."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

MAX_PAGE = 1_048_575  # Excel's and LibreOffice's, less the row of headers

Rows = Iterable[Sequence[object]]


def pages(rows: Rows, most: int) -> Iterator[Rows]:
    """Split the rows without keeping them; each page is read before the next. One at least."""
    left = iter(rows)
    yield islice(left, most)
    for first in left:
        yield chain((first,), islice(left, most - 1))
