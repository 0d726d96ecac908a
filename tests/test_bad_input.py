"""What people type wrongly, at every address that writes: a sentence, never a failure.

The honest body of each line of the tables of rights is spoilt one field at a time, and so are the
addresses that read. What is refused has written nothing and keeps what was typed.
"""

import logging
import re

import pytest

from tests.answers import Visits, filled, taken_back
from tests.test_rights import AREAS, a_world

pytestmark = pytest.mark.django_db

DAYS = ["2026-02-31", "0001-01-01", "9999-12-31", "demain", ""]
TIMES = ["25:00", "midi"]
NUMBERS = ["-1", "99999999999999999999", "1e9", "²", "beaucoup", ""]
TEXTS = ["avec\x00un nul", "😀" * 40, "<script>alert(1)</script>", "é" * 20_000, "   "]
# never taken, in a field where the honest value is of that sort
NEVER = {*DAYS[:4], *TIMES, *NUMBERS[:2], *NUMBERS[3:5], TEXTS[0], TEXTS[3]}
# Django reads these itself, and mends them
COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS")
# the row of a preview keeps what is typed in it, wrong or not: that is what is corrected
PREVIEW = "imports/<int:pk>/lignes/<int:row>/"
# what an address may be given besides its path
ASKED = {
    "date": DAYS,
    "du": DAYS,
    "demarche": NUMBERS,
    "besoin": NUMBERS,
    "refaire": NUMBERS,
    "page": NUMBERS,
    "q": TEXTS,
    "mots": TEXTS,
    "texte": TEXTS,
    "etat": TEXTS[:3],
    "voir": TEXTS[:3],
    "vue": TEXTS[:3],
    "niveau": TEXTS[:3],
    "etape": TEXTS[:3],
    "dimension": TEXTS[:3],
    "genre": TEXTS[:3],
    "forme": TEXTS[:3],
    "format": TEXTS[:3],
    "tri": TEXTS[:3],
    "apres": TEXTS[:3],
    "avant": TEXTS[:3],
}
WRITING = [
    (area, address)
    for area, module in AREAS.items()
    for address, line in module.TABLE.items()
    if "done" in line.post.values() and line.body
]
READING = [
    (area, address)
    for area, module in AREAS.items()
    for address, line in module.TABLE.items()
    if "200" in line.get.values()
]


def bad_values(value):
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return DAYS
    if re.fullmatch(r"\d\d:\d\d", str(value)):
        return TIMES
    return NUMBERS if str(value).isdigit() else TEXTS


def spoilt(body):
    """Yield the name of each field, what it says wrongly, and the body that says so."""
    for name, value in body.items():
        if hasattr(value, "read"):
            continue  # files are spoilt in tests/imports/test_bad_files.py
        for bad in bad_values(value[0] if isinstance(value, list) else value):
            yield name, bad, {**body, name: [bad] if isinstance(value, list) else bad}


@pytest.fixture
def world(caplog):
    caplog.set_level(logging.CRITICAL, "django")
    return a_world()


@pytest.mark.parametrize(("area", "address"), WRITING)
def test_what_is_typed_wrongly_is_told_and_nothing_is_half_written(world, area, address):
    line = AREAS[area].TABLE[address]
    role = next(role for role, answer in line.post.items() if answer == "done")
    visits, failures = Visits({role: world.people[role]}), []
    with taken_back():
        path = filled(address, AREAS[area].found(address, world))
        honest = line.body(world) if callable(line.body) else line.body
        for name, bad, body in spoilt(honest):
            page, written = visits(role, "post", path, body)
            told = f"{path} {name}={bad[:20]!r}"
            if page.status_code not in (302, 409, 422, 400):
                failures.append(f"{told}: {page.status_code}")
            elif page.status_code == 302 and bad in NEVER and not name.endswith(COUNTS):
                failures.append(f"{told}: it was taken")
            elif page.status_code != 302 and written and address != PREVIEW:
                failures.append(f"{told}: {page.status_code}, yet it wrote {written[0][:60]}")
            elif "<script>alert" in page.whole.decode(errors="replace"):
                failures.append(f"{told}: it comes back as code")

    assert failures == []


@pytest.mark.parametrize(("area", "address"), READING)
def test_an_address_made_up_is_answered_without_failing(world, area, address):
    line = AREAS[area].TABLE[address]
    role = next(role for role, answer in line.get.items() if answer == "200")
    visits, failures = Visits({role: world.people[role]}), []
    with taken_back():
        path = filled(address, AREAS[area].found(address, world))
        for name, values in ASKED.items():
            for bad in values:
                page, _written = visits(role, "get", path, {name: bad})
                if page.status_code not in (200, 404):
                    failures.append(f"{path}?{name}={bad[:20]!r}: {page.status_code}")
                elif "<script>alert" in page.whole.decode(errors="replace"):
                    failures.append(f"{path}?{name}={bad[:20]!r}: it comes back as code")

    assert failures == []
