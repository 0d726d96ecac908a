"""Search across everything that one may see: each area says what and to whom in its `search.py`."""

from jonction.core.search.indexing import (
    index,
    index_again,
    index_around,
    index_if_found,
    is_read_by_others,
    unindex,
)
from jonction.core.search.sources import Source

__all__ = [
    "Source",
    "index",
    "index_again",
    "index_around",
    "index_if_found",
    "is_read_by_others",
    "unindex",
]
