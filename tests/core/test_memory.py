"""A page being read asks a thing once; nothing is kept after it, nor while something is written."""

from functools import partial

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jonction.core.memory import MemoryMiddleware, remembered


@pytest.fixture
def asked():
    """Return what was really asked, in order."""
    return []


def twice(asked):
    def view(request):
        for key in ("a", "a", "b"):
            remembered(key, partial(asked.append, key))
        return HttpResponse()

    return MemoryMiddleware(view)


def test_a_page_asks_each_thing_once(asked):
    twice(asked)(RequestFactory().get("/"))

    assert asked == ["a", "b"]


def test_the_next_page_asks_again(asked):
    view = twice(asked)

    view(RequestFactory().get("/"))
    view(RequestFactory().get("/"))

    assert asked == ["a", "b", "a", "b"]


def test_what_writes_remembers_nothing(asked):
    twice(asked)(RequestFactory().post("/"))

    assert asked == ["a", "a", "b"]


def test_outside_a_page_nothing_is_remembered(asked):
    for _ in range(2):
        remembered("a", lambda: asked.append("a"))

    assert asked == ["a", "a"]


def test_a_page_that_breaks_leaves_nothing_behind(asked):
    def breaking(request):
        remembered("a", partial(asked.append, "a"))
        raise ValueError("panne")

    with pytest.raises(ValueError, match="panne"):
        MemoryMiddleware(breaking)(RequestFactory().get("/"))
    remembered("a", lambda: asked.append("a"))

    assert asked == ["a", "a"]
