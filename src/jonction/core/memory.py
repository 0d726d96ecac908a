"""What the reading of one page has already asked, so as not to ask it again.

Only a request that writes nothing (GET, HEAD) remembers, and only until its answer: whoever reads
after a gesture reads anew. Elsewhere (actions, commands, tests) nothing is kept.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

T = TypeVar("T")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


def remembered(key: Hashable, ask: Callable[[], T]) -> T:
    """Return what `ask` answers, asked once for that key while a page is being read."""
    memory = _memory.get()
    if memory is None:
        return ask()
    if key not in memory:
        memory[key] = ask()
    found: T = memory[key]
    return found


class MemoryMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        token = _memory.set({})
        try:
            return self.get_response(request)
        finally:
            _memory.reset(token)
