"""French first; English for whoever asks for it, and nobody by chance."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from jonction.core.models import Message, Trace
from jonction.core.typography import figure
from jonction.support.telling import tell_of_mandate
from tests.factories import TODAY, MandateFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
CHOICE = "/langue/"


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def heading(page):
    return page.content.decode()


def test_french_is_spoken_whatever_the_browser_prefers(client):
    page = client.get("/", headers={"accept-language": "en-CA,en;q=0.9"})

    assert page["Content-Language"] == "fr"
    assert '<html lang="fr-CA">' in heading(page)


def test_a_visitor_who_chooses_english_reads_it_from_then_on_in_this_browser(client):
    answer = client.post(CHOICE, {"langue": "en", "suite": "/territoires/"})

    assert (answer.status_code, answer["Location"]) == (302, "/territoires/")
    page = client.get("/territoires/")
    assert '<html lang="en-CA">' in heading(page)
    assert "Skip to content" in heading(page)


def test_a_person_keeps_her_language_on_every_device_and_the_trail_says_it(client):
    person = PersonFactory()
    signed_in(client, person).post(CHOICE, {"langue": "en"})

    elsewhere = signed_in(Client(), person).get("/compte/")
    assert elsewhere["Content-Language"] == "en"
    assert Trace.objects.filter(verb="accounts.person.chose_language").count() == 1


def test_the_language_of_one_page_is_not_that_of_the_next(client):
    signed_in(client, PersonFactory(language="en")).get("/compte/")

    assert translation.get_language() == "fr"


@pytest.mark.parametrize("code", ["", "de", "en-CA; DROP", "fr" * 40])
def test_a_language_that_is_not_offered_is_refused_in_words(client, code):
    page = client.post(CHOICE, {"langue": code})

    assert page.status_code == 409
    assert "français ou anglais" in page.text
    assert settings.LANGUAGE_COOKIE_NAME not in page.cookies


@pytest.mark.parametrize(
    "page", ["https://ailleurs.example/", "//ailleurs.example", "javascript:1"]
)
def test_choosing_a_language_leads_to_no_other_site(client, page):
    assert client.post(CHOICE, {"langue": "en", "suite": page})["Location"] == "/"


def test_each_mail_speaks_the_language_of_whoever_reads_it(client):
    mandate = MandateFactory(resource__person=PersonFactory(language="en", email="a@exemple.org"))
    other = MandateFactory(resource__person=PersonFactory(email="b@exemple.org"))
    for one in (mandate, other):
        tell_of_mandate(one, "proposed", actor=PersonFactory(), today=TODAY)

    english, french = (Message.objects.get(address=a) for a in ("a@exemple.org", "b@exemple.org"))
    assert "mandate" in english.subject.lower()
    assert "mandat " in f"{french.subject.lower()} "


def test_an_export_that_streams_speaks_the_language_of_its_page(client):
    table = SeatFactory(role="coordinator", body__level="regional", person__language="en")
    export = signed_in(client, table.person).get("/accompagnement/journal/?format=csv")

    assert b"Date" in b"".join(export.streaming_content)
    assert translation.get_language() == "fr"


def test_numbers_are_written_as_the_language_writes_them():
    with translation.override("fr"):
        french = figure(12.5), figure(3)
    with translation.override("en"):
        english = figure(12.5), figure(1_000_000)

    assert (french, english) == (("12,5", "3"), ("12.5", "1000000"))
