"""Days in words, as people read them."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def in_words(day: date) -> str:
    """Return the day in words: in French the first of a month is « 1er »."""
    return _in_words(day, get_language() or "")


def in_brief(day: date) -> str:
    """Return the day and the first letters of its month: months are names in English."""
    return date_format(day, "j b" if (get_language() or "fr").startswith("fr") else "j M")


@lru_cache(maxsize=4_000)
def _in_words(day: date, language: str) -> str:
    """Format a day once: a page of a list shows the same ones all day long."""
    words = date_format(day, "j F Y")
    first = words.startswith("1 ") and language.startswith("fr")
    return f"1er{words[1:]}" if first else words
