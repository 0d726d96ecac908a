"""The tokens keep their contrast; the frame and the fields say where one is and what is wrong."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories import MandateFactory, ProcessFactory

CSS = Path(__file__).parents[2] / "src/jonction/ui/static/ui/css/tokens.css"


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens(theme):
    light, dark = CSS.read_text().split("prefers-color-scheme: dark")
    return dict(
        re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", {"light": light, "dark": dark}[theme])
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "grounds", "least"),
    [
        ("ink", ["paper", "surface", "sunk", "brand-soft"], 7),
        ("ink-2", ["paper", "surface", "sunk"], 7),
        ("warm", ["warm-soft", "surface"], 7),
        ("sun", ["sun-soft"], 7),
        ("brand-ink", ["brand"], 7),
        ("brand", ["paper", "surface", "brand-soft"], 4.5),
        ("brand-ink", ["brand-deep"], 7),
        ("surface", ["warm"], 7),
        ("edge", ["paper", "surface", "sunk"], 3),
        ("focus", ["paper", "surface", "sunk"], 3),
    ],
)
def test_words_stand_out_from_their_ground(theme, text, grounds, least):
    colours = tokens(theme)

    assert [g for g in grounds if contrast(colours[text], colours[g]) < least] == []


@pytest.mark.django_db
def test_the_navigation_says_where_a_detail_page_lies(client):
    page = client.get(ProcessFactory().get_absolute_url())

    assert '<a href="/demarches/" aria-current="true">' in page.text


@pytest.mark.django_db
def test_a_group_of_boxes_says_its_error_to_a_screen_reader(client):
    person = MandateFactory().resource.person
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])

    page = client.post("/accompagnement/journal/noter/", {})

    assert '<fieldset class="field" aria-describedby="id_stages_error">' in page.text
    assert 'id="id_stages_error"' in page.text
