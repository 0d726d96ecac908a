"""Signing in, by each means, and every page of allauth: in our frame, in French."""

import io
import re
from html import unescape
from pathlib import Path

import allauth
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from babel.messages.pofile import read_po
from django.conf import settings
from django.core import mail
from django.urls import URLPattern, get_resolver

from jonction.core.models import Message
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(
    r"\b(the|your|you|sign|password|please|security|keys?|add|name|remove|not|address|account|used)\b",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"e-?mail|\w\([es]\)|\w'\w")  # the French of elsewhere, and its apostrophes
PASSWORD = "trois corneilles au quai"  # noqa: S105
MANAGING = [
    "/compte/email/",
    "/compte/password/change/",
    "/compte/securite/",
    "/compte/securite/totp/deactivate/",
    "/compte/securite/recovery-codes/",
    "/compte/securite/recovery-codes/generate/",
    "/compte/securite/webauthn/",
    "/compte/securite/webauthn/add/",
]
FILLERS = {
    "<int:pk>": "999",
    r"(?P<key>[-:\w]+)": "abc",
    "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "1-abc",
}


def addresses_of_allauth(patterns=None, prefix="/"):
    for pattern in patterns or get_resolver().url_patterns:
        here = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if not isinstance(pattern, URLPattern):
            yield from addresses_of_allauth(pattern.url_patterns, here)
        elif (pattern.name or "").startswith(("account_", "mfa_")):
            for name, value in FILLERS.items():
                here = here.replace(name, value)
            yield here


def read_by_people(page):
    """Return the words of the page, without what the browser keeps for itself."""
    main = re.search(r'<main id="contenu".*?>(.*)</main>', page.text, re.DOTALL)[1]
    return unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", main, flags=re.DOTALL))


def read_catalogue(path):
    return {str(m.id): str(m.string) for m in read_po(io.StringIO(path.read_text())) if m.id}


def walk(client, addresses):
    """Read these pages; return what each answers, and the English or the foreign French found."""
    answers, english = {}, {}
    for address in addresses:
        page = client.get(address)
        answers[address] = page.status_code
        is_read = page.status_code == 200 and page["Content-Type"].startswith("text/html")
        words = read_by_people(page) if is_read else ""
        if found := [*ENGLISH.findall(words), *FOREIGN.findall(words)]:
            english[address] = found
    return answers, english


@pytest.fixture
def code_sent_to(client, django_capture_on_commit_callbacks):
    """Ask for a code and return it with the page that wants it."""

    def ask(email):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            page = client.post("/compte/login/code/", {"email": email})
        code = re.search(r"^\s*([A-Z0-9][A-Z0-9-]{4,})\s*$", mail.outbox[0].body, re.MULTILINE)[1]
        return code, page.url

    return ask


@pytest.fixture
def signed_in(client, code_sent_to):
    person = PersonFactory(name="Chantal Gagné", email="chantal@example.org")
    code, page = code_sent_to("chantal@example.org")
    client.post(page, {"code": code})
    return person


def code_of_the_app(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def choose_password(client):
    client.post("/compte/password/set/", {"password1": PASSWORD, "password2": PASSWORD})


def activate_app(client):
    page = client.get("/compte/securite/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/compte/securite/totp/activate/", {"code": code_of_the_app(secret)})
    return secret, answer


def test_one_signs_in_with_the_code_received_by_mail(client, code_sent_to):
    person = PersonFactory(email="chantal@example.org")

    code, page = code_sent_to("Chantal@example.org")
    entered = client.post(page, {"code": code})

    assert entered.url == "/bureau/"
    assert client.get("/bureau/").context["user"] == person


def test_an_address_that_brought_the_code_back_is_verified(client, signed_in):
    words = read_by_people(client.get("/compte/email/"))

    assert ("confirmée" in words, "à confirmer" in words) == (True, False)


def test_the_code_is_not_kept_once_sent(code_sent_to):
    person = PersonFactory(email="chantal@example.org")

    code_sent_to("chantal@example.org")

    kept = Message.objects.get()
    assert (kept.person, kept.subject, kept.body) == (person, "Votre code de connexion", "")


def test_the_mail_of_the_code_is_french_and_short(code_sent_to):
    PersonFactory(email="chantal@example.org")

    code, _page = code_sent_to("chantal@example.org")

    assert mail.outbox[0].body.split("\n\n") == [
        "Bonjour,",
        "Voici votre code de connexion. Entrez-le dans la fenêtre restée ouverte.",
        code,
        "Si vous n’avez rien demandé, ne tenez pas compte de ce courriel et ne donnez ce code à personne.",
        "Jonction",
    ]


def test_an_unknown_address_is_answered_alike_and_opens_nothing(client):
    asked = client.post("/compte/login/code/", {"email": "inconnue@example.org"})

    assert asked.status_code == 302
    assert client.get("/bureau/").status_code == 302


def test_nobody_registers_alone(client):
    page = client.get("/compte/signup/")

    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]


def test_the_code_comes_first_then_the_passkey_then_the_password(client):
    words = read_by_people(client.get("/compte/login/"))

    places = [words.index(w) for w in ("Recevoir un code", "Utiliser ma clé", "mon mot de passe")]
    assert places == sorted(places)


def test_an_app_is_asked_for_after_the_code_once_it_is_in_place(client, signed_in, code_sent_to):
    secret, answer = activate_app(client)
    assert answer.url == "/compte/securite/recovery-codes/"
    client.post("/compte/logout/")
    code, page = code_sent_to(signed_in.email)

    second = client.post(page, {"code": code})
    assert client.get("/bureau/").status_code == 302
    # the one for passkeys has nothing to show
    assert client.get(second.url).text.count('<form class="stack card"') == 1
    entered = client.post(second.url, {"code": code_of_the_app(secret)})

    assert second.url == "/compte/securite/authenticate/"
    assert entered.url == "/bureau/"


def test_who_just_came_in_is_not_asked_again_to_see_her_codes_and_later_she_is(
    client, code_sent_to
):
    PersonFactory(email="chantal@example.org")
    with time_machine.travel("2026-11-23T14:00:00Z", tick=False) as clock:
        code, page = code_sent_to("chantal@example.org")
        client.post(page, {"code": code})
        activate_app(client)
        at_once = client.get("/compte/securite/recovery-codes/")
        removing = client.get("/compte/securite/totp/deactivate/")
        clock.shift(6 * 60)
        later = client.get("/compte/securite/recovery-codes/")

    assert at_once.status_code == 200
    # what changes how she signs in is asked again at any time
    assert removing.url.startswith("/compte/securite/reauthenticate/")
    assert later.url.startswith("/compte/securite/reauthenticate/")


def test_the_secret_of_the_app_is_not_readable_in_the_database(client, signed_in):
    secret, _answer = activate_app(client)

    kept = [str(a.data) for a in Authenticator.objects.filter(user=signed_in)]

    assert len(kept) == 2
    assert [secret in data for data in kept] == [False, False]


def test_the_drawing_of_the_app_needs_no_data_address(client, signed_in):
    page = client.get("/compte/securite/totp/activate/").text

    assert "data:image" not in page
    assert page.count("<svg") == 2  # the mark of the house, and the drawing


def test_a_change_of_means_is_told_by_mail(client, signed_in, django_capture_on_commit_callbacks):
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        activate_app(client)

    assert [(m.subject, m.to) for m in mail.outbox] == [
        ("Une application d’authentification est ajoutée", [signed_in.email]),
    ]


def test_one_may_choose_a_password_and_sign_in_with_it(client, signed_in):
    choose_password(client)
    client.post("/compte/logout/")

    entered = client.post("/compte/login/", {"login": signed_in.email, "password": PASSWORD})

    assert entered.url == "/bureau/"


def test_each_page_answers_a_visitor_in_french(client):
    answers, english = walk(client, addresses_of_allauth())

    assert english == {}
    assert set(answers.values()) == {200, 302}
    assert len(answers) == 30


def test_each_page_answers_in_french_with_all_means_in_place(client, signed_in):
    choose_password(client)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    activate_app(client)

    answers, english = walk(client, addresses_of_allauth())

    assert english == {}
    assert {a: answers[a] for a in MANAGING} == dict.fromkeys(MANAGING, 200)


def test_what_we_say_in_the_place_of_allauth_is_still_said_by_it():
    """A sentence that it no longer says would come back in its own French, unseen."""
    theirs = read_catalogue(Path(allauth.__file__).parent / "locale/fr/LC_MESSAGES/django.po")
    ours = read_catalogue(settings.ROOT / "locale/allauth/fr/LC_MESSAGES/django.po")

    assert ours.keys() <= theirs.keys()
    assert not FOREIGN.search(re.sub(r"%\(\w+\)s", "", " ".join(ours.values())))


def test_one_renames_and_removes_a_passkey_in_french(client, signed_in):
    choose_password(client)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    key = Authenticator.objects.create(
        user=signed_in, type=Authenticator.Type.WEBAUTHN, data={"name": "Mon téléphone"}
    )
    pages = [f"/compte/securite/webauthn/{rest}" for rest in ("", f"keys/{key.pk}/edit/")]

    answers, english = walk(client, [*pages, f"/compte/securite/webauthn/keys/{key.pk}/remove/"])
    client.post(pages[1], {"name": "Tablette"})
    renamed = "Tablette" in read_by_people(client.get(pages[0]))
    client.post(f"/compte/securite/webauthn/keys/{key.pk}/remove/")

    assert (english, set(answers.values()), renamed) == ({}, {200}, True)
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_a_code_that_took_ten_minutes_to_come_still_opens(client):
    person = PersonFactory(email="lente@exemple.org")
    with time_machine.travel("2026-11-23T14:00:00Z", tick=False) as clock:
        client.post("/compte/login/code/", {"email": person.email})
        code = Message.objects.get().body.split("\n\n")[2].strip()
        page = client.get("/compte/login/code/confirm/").text
        clock.shift(600)

        done = client.post("/compte/login/code/confirm/", {"code": code})

    assert "vaut quinze minutes" in page
    assert 'href="/compte/login/">Demander un autre code' in page
    assert (done.status_code, done["Location"]) == (302, "/bureau/")
