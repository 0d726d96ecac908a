"""French is the language of the msgids; its catalogue keeps the plural rule."""

import re
from datetime import time
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import engines
from django.utils.formats import time_format
from django.utils.translation import override

from jonction.core.typography import colon, figure, percentage, semicolon
from tools.messages import printed

CATALOGUE = Path(__file__).parents[1] / "locale/fr/LC_MESSAGES/django.po"
SOURCES = Path(__file__).parents[1] / "src/jonction"
TRANSLATED = re.compile(
    r"{% blocktranslate .*?{% endblocktranslate %}|{%.*?%}|{#.*?#}|\s:[\w-]+=|&nbsp;", re.DOTALL
)
LOOSE = re.compile(r".*(?:«\s|[^\S\n](?:[:;?!»%]|(?<=}}.)(?:h|j|km|min|\$)\b)).*")


def test_every_sentence_of_the_catalogue_is_itself_with_its_spaces():
    with CATALOGUE.open("rb") as stream:
        messages = [m for m in read_po(stream) if m.id]

    assert [m.id for m in messages if m.string != printed(m.id)] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui : elle ; lui ? Oui !", "Qui~: elle~; lui~? Oui~!"),
        ("le mot « fin »", "le mot «~fin~»"),
        ("%(n)s h et 12 % sur %(all)s", "%(n)s~h et 12~% sur %(all)s"),
        ("{amount} $, %(share)s %%", "{amount}~$, %(share)s~%%"),
        ("le 3 à 8 h 30, 35 h par mois", "le 3 à 8~h~30, 35~h par mois"),
        ("%(n)s Mo en {days} j", "%(n)s~Mo en {days}~j"),
        ("vos %(n)s mandats depuis j’ignore quand", "vos %(n)s mandats depuis j’ignore quand"),
    ],
)
def test_no_line_breaks_before_a_sign_nor_a_unit(typed, shown):
    assert printed(typed) == shown.replace("~", "\u00a0")


def test_templates_leave_these_spaces_to_the_catalogue():
    """A space typed beside a sign is one too many in English, and breaks in French."""
    gallery = SOURCES / "ui/templates/ui/gallery.html"  # invented words, in French alone
    loose = [
        f"{path.relative_to(SOURCES)}: {found[0]}"
        for path in SOURCES.rglob("templates/**/*")
        if path.is_file() and path != gallery
        for found in LOOSE.finditer(TRANSLATED.sub("", path.read_text()))
    ]

    assert loose == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Nom~: x", "a~; b", "12,5~%", "8~h~05"]),
        ("en", ["Nom: x", "a; b", "12.5%", "08:05"]),
    ],
)
def test_each_language_has_its_own_spaces(language, said):
    with override(language):
        parts = [
            f"Nom{colon()}x",
            f"a{semicolon()}b",
            percentage(figure(12.5)),
            time_format(time(8, 5)),
        ]

    assert parts == [words.replace("~", "\u00a0") for words in said]


def test_nothing_is_singular_in_french():
    page = engines["django"].from_string(
        "{% load i18n %}{% blocktranslate trimmed count n=n %}"
        "{{ n }} personne{% plural %}{{ n }} personnes{% endblocktranslate %}"
    )

    with override("fr"):
        said = [page.render({"n": n}) for n in (0, 1, 2)]

    assert said == ["0 personne", "1 personne", "2 personnes"]


def test_no_sentence_is_written_with_an_escape():
    """Django reads the sentence, gettext the source: escaped, they are not the same one."""
    assert "\\\\u" not in CATALOGUE.read_text()
