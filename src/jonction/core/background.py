"""Work that outlives the request."""

from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string


def later(path: str, *arguments: Any) -> None:
    """Run the job at `path` once what asked for it has been written.

    A path, not a function: an action knows no job, which lies above it.
    """
    transaction.on_commit(lambda: import_string(path).enqueue(*arguments))
