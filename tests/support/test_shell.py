"""What a phone keeps to open the field journal: a closed list, without a name, and its version."""

import json
import re
import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from jonction.support import shell
from tests.factories import MandateFactory
from tests.support.test_pages import signed_in

FIELD = "/accompagnement/journal/terrain/"


@pytest.fixture(autouse=True)
def _made_anew():
    shell.worker.cache_clear()
    yield
    shell.worker.cache_clear()


@pytest.mark.django_db
def test_the_empty_page_is_the_same_for_everybody_and_reads_no_base(client):
    alone = client.get(f"{FIELD}hors-reseau/")
    person = MandateFactory(process__name="Démarche de La Matanie").resource.person

    page = signed_in(client, person).get(f"{FIELD}hors-reseau/")

    assert page.content == alone.content
    assert not page.cookies
    for secret in (person.name, "Démarche de La Matanie", "csrf", 'id="kept"'):
        assert secret not in page.text


def test_the_worker_keeps_to_its_list_and_asks_only_this_site(client):
    answer = client.get(f"{FIELD}agent.js")

    kept = json.loads(re.match(r"const KEPT = (.*);\n", answer.text)[1])
    assert kept["page"] == FIELD
    assert kept["shell"] == f"{FIELD}hors-reseau/?langue=fr"
    assert all(path.startswith("/static/") for path in kept["files"])
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer.headers  # its folder is all its scope


def test_the_page_asks_for_nothing_that_the_phone_does_not_keep(client):
    page = client.get(f"{FIELD}hors-reseau/").text
    kept = json.loads(re.match(r"const KEPT = (.*);\n", shell.worker())[1])["files"]

    asked = set(re.findall(r'(?:src|rel="(?:stylesheet|icon)" href)="(/static/[^"]+)"', page))
    sources = [Path(finders.find(name)) for name in shell.FILES if name.endswith((".js", ".css"))]
    for source in sources:
        for name in re.findall(r'(?:from|url\()\s*"([./][^"]+)"', source.read_text()):
            found = (source.parent / name).resolve()
            assert found in {Path(finders.find(n)).resolve() for n in shell.FILES}, name

    assert asked
    assert asked <= set(kept)


def test_a_file_that_changes_makes_another_worker(client, monkeypatch):
    before = shell.worker()
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda p: read(p) + (b" " if p.name == "page.css" else b"")
    )
    shell.worker.cache_clear()

    after = shell.worker()

    versions = [re.search(r'"version": "(\w+)"', text)[1] for text in (before, after)]
    assert versions[0] != versions[1]


def test_the_empty_page_is_kept_in_the_language_of_whoever_holds_the_phone(client):
    client.cookies["django_language"] = "en"
    kept = json.loads(re.match(r"const KEPT = (.*);\n", client.get(f"{FIELD}agent.js").text)[1])

    page = Client().get(kept["shell"])  # it is asked without a cookie

    assert '<html lang="en-CA">' in page.text
    assert shell.worker("fr") != shell.worker("en")  # who changes language keeps another page


def test_the_journal_can_be_installed(client):
    answer = client.get(f"{FIELD}application.webmanifest")

    said = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["lang"], said["start_url"], said["display"]) == ("fr-CA", FIELD, "standalone")
    assert {"any", "maskable"} == {icon["purpose"] for icon in said["icons"]}
    for name, sizes, kind, _purpose in shell.ICONS:
        head = Path(finders.find(name)).read_bytes()[:24]
        if kind == "image/png":
            width, height = struct.unpack(">II", head[16:24])
            assert sizes == f"{width}x{height}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "answer", "target", "clears"),
    [
        (None, "", "/", True),
        ("not told", "", f"{FIELD}depart/", None),
        ("0", "", f"{FIELD}depart/", True),
        ("2", "", f"{FIELD}depart/", None),
        ("2", "vider", f"{FIELD}depart/", True),
        ("2", "garder", f"{FIELD}depart/?garder", False),
    ],
)
def test_signing_out_empties_the_browser_but_asks_first_when_notes_wait(
    client, cookie, answer, target, clears
):
    signed_in(client, MandateFactory().resource.person)
    if cookie is not None:
        client.get(FIELD)
    if cookie != "not told":
        client.cookies["terrain-attente"] = cookie or "0"

    page = client.post("/compte/logout/", {"appareil": answer})

    still_in = "_auth_user_id" in client.session
    assert page.headers["Location"] == target
    assert still_in is (clears is None)
    assert page.headers.get("Clear-Site-Data") == ('"storage"' if clears else None)
    if clears and cookie:
        for name in ("terrain", "terrain-attente"):
            assert page.cookies[name]["max-age"] == 0
            assert page.cookies[name]["path"] == "/compte/"


@pytest.mark.django_db
def test_the_page_of_departure_says_which_account_it_asks(client):
    after = client.get(f"{FIELD}depart/").text
    response = signed_in(client, MandateFactory().resource.person).get(f"{FIELD}depart/")
    page = response.text

    assert "Vous avez quitté" in after
    assert 'id="kept"' not in after
    assert 'name="appareil" value="vider"' in page
    assert "no-store" in response.headers["Cache-Control"]
