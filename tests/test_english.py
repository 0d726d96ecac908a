"""The English catalogue: complete, and safe to put where the French one was."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation import ngettext, override

from tools.messages import untranslated, written

CATALOGUE = Path(__file__).parents[1] / "locale/en/LC_MESSAGES/django.po"
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w*\}|</?\w+[^>]*>|%%")


def translations():
    """Return each sentence of the sources with its translation, form by form."""
    with CATALOGUE.open("rb") as stream:
        messages = [m for m in read_po(stream) if m.id]
    for message in messages:
        plural = isinstance(message.id, tuple)
        yield from zip(
            message.id if plural else (message.id,),
            message.string if plural else (message.string,),
            strict=True,
        )


def test_every_sentence_has_its_english():
    assert [french for french, english in translations() if not english.strip()] == []


def test_english_keeps_what_the_program_puts_in_a_sentence():
    wrong = [
        (french, english)
        for french, english in translations()
        if set(HOLES.findall(french)) != set(HOLES.findall(english))
    ]

    assert wrong == []


def test_english_has_its_own_quotation_marks():
    assert [
        english for _french, english in translations() if re.search("[«»\u202f]", english)
    ] == []


def test_nothing_is_plural_in_english():
    with override("en"):
        said = [
            ngettext("{n} chance sur 10", "{n} chances sur 10", n).format(n=n) for n in (0, 1, 2)
        ]

    assert said == ["0 chances in 10", "1 chance in 10", "2 chances in 10"]


def test_a_sentence_that_counts_since_waits_for_both_its_forms():
    held, found = Catalog(locale="en"), Catalog(locale="en")
    held.add("{n} point", "{n} point")
    found.add(("{n} point", "{n} points"))

    assert untranslated(written("en", found, held)) == ["('{n} point', '{n} points')"]
