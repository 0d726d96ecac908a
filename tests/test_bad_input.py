"""What people type wrongly, at every address that writes: a sentence, never a failure.

The honest body of each line of the tables of rights is spoilt one field at a time, and so are the
addresses that read: one name at a time, of those that the page looks for (tests/asking.py).
What is refused has written nothing and keeps what was typed.
"""

import logging
import re
from functools import partial

import pytest
from django.db import connection

from jonction.support.intake import CRITERIA
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
# of which sort is what an address may be given besides its path; every sort, when it is not said
ASKED = {
    "date": DAYS,
    "du": DAYS,
    "au": DAYS,
    "by": [*DAYS, "2027-03-01"],
    "fin-du": DAYS,
    "fin-au": DAYS,
    "demarche": NUMBERS,
    "besoin": NUMBERS,
    "depuis": NUMBERS,
    "refaire": NUMBERS,
    "page": NUMBERS,
    "annee": NUMBERS,
    "echeance": NUMBERS,
    "report": NUMBERS,
    "odds": NUMBERS,
    "territoire": NUMBERS,
    "heures": NUMBERS,
    "personne": NUMBERS,
    **{f"weight_{code}": NUMBERS for code in CRITERIA},
    "q": TEXTS,
    "mots": TEXTS,
    "texte": TEXTS,
    "etat": TEXTS[:3],
    "voir": TEXTS[:3],
    "vue": TEXTS[:3],
    "niveau": TEXTS[:3],
    "etape": TEXTS[:3],
    "dimension": TEXTS[:3],
    "stage": TEXTS[:3],
    "dimensions": TEXTS[:3],
    "urgence": TEXTS[:3],
    "fonction": TEXTS[:3],
    "type": TEXTS[:3],
    "genre": TEXTS[:3],
    "forme": TEXTS[:3],
    "format": TEXTS[:3],
    "tri": TEXTS[:3],
    "apres": TEXTS[:3],
    "avant": TEXTS[:3],
}
EVERY_SORT = [*DAYS, *TIMES, *NUMBERS, *TEXTS]
# what may reach a database, where each has limits of its own; the rest is read before, and alike
REACHING = {"0001-01-01", "9999-12-31", *NUMBERS[:2], *TEXTS[:2], TEXTS[3]}


def worth_asking(values):
    """Return them all on the first database, and on the second what it may take otherwise."""
    return [v for v in values if v in REACHING or connection.vendor == "sqlite"]


def bad_values(value):
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return worth_asking(DAYS)
    if re.fullmatch(r"\d\d:\d\d", str(value)):
        return worth_asking(TIMES)
    return worth_asking(NUMBERS if str(value).isdigit() else TEXTS)


def spoilt(body):
    """Yield the name of each field, what it says wrongly, and the body that says so."""
    for name, value in body.items():
        if hasattr(value, "read"):
            continue  # files are spoilt in tests/imports/test_bad_files.py
        for bad in bad_values(value[0] if isinstance(value, list) else value):
            yield name, bad, {**body, name: [bad] if isinstance(value, list) else bad}


def asked_wrongly(visit, honest):
    """Yield what an address says wrongly, and its page: each name that the page looks for.

    A name that it looks for only once another is said is spoilt beside that other one.
    """
    known, waiting = set(), [{}, dict.fromkeys(ASKED, TEXTS[2])]
    while waiting:
        query = waiting.pop(0)
        page, _written = visit(query)
        yield query, page
        said = page.wsgi_request.GET
        found = (said.sought | (set(ASKED) if said.walked else set())) - known
        known |= found
        waiting += [
            {**query, name: value}
            for name in sorted(found)
            for value in [*worth_asking(ASKED.get(name, EVERY_SORT)), *honest.get(name, [])]
        ]


@pytest.fixture
def world(caplog, settings):
    caplog.set_level(logging.CRITICAL, "django")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.asking.NotingMiddleware"]
    return a_world()


@pytest.mark.parametrize("area", AREAS)
def test_what_is_typed_wrongly_is_told_and_nothing_is_half_written(world, area):
    visits, failures = Visits(world.people), []
    for address, line in AREAS[area].TABLE.items():
        roles = [role for role, answer in line.post.items() if answer == "done"]
        # a coordination is given every field, when it may write there
        role = "alliance" if "alliance" in roles else next(iter(roles), None)
        if role and line.body:
            with taken_back():
                path = filled(address, AREAS[area].found(address, world))
                honest = line.body(world) if callable(line.body) else line.body
                for name, bad, body in spoilt(honest):
                    page, written = visits(role, "post", path, body)
                    told = f"{path} {name}={bad[:20]!r}"
                    failures += [f"{told}: {s}" for s in wrongs(address, page, name, bad, written)]

    assert failures == [], "\n".join(failures)


def wrongs(address, page, name, bad, written):
    """Yield what is wrong in the answer to a body spoilt."""
    if page.status_code not in (302, 409, 422, 400):
        yield str(page.status_code)
    elif page.status_code == 302 and bad in NEVER and not name.endswith(COUNTS):
        yield "it was taken"
    elif page.status_code != 302 and written and address != PREVIEW:
        yield f"{page.status_code}, yet it wrote {written[0][:60]}"
    elif "<script>alert" in page.whole.decode(errors="replace"):
        yield "it comes back as code"


@pytest.mark.parametrize("area", AREAS)
def test_an_address_made_up_is_answered_without_failing(world, area):
    visits, failures = Visits(world.people), []
    honest = {"demarche": [f"{world.process.pk}"], "besoin": [f"{world.need.pk}"]}
    for address, line in AREAS[area].TABLE.items():
        role = next((role for role, answer in line.get.items() if answer == "200"), None)
        if role:
            with taken_back():
                path = filled(address, AREAS[area].found(address, world))
                visit = partial(visits, role, "get", path)
                for query, page in asked_wrongly(visit, honest):
                    told = f"{path} {[f'{k}={v[:20]!r}' for k, v in query.items()]}"
                    if page.status_code not in (200, 404):
                        failures.append(f"{told}: {page.status_code}")
                    elif "<script>alert" in page.whole.decode(errors="replace"):
                        failures.append(f"{told}: it comes back as code")

    assert failures == [], "\n".join(failures)
