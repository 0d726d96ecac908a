"""Each chooses which news come, when, and which never do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from jonction.accounts.actions import choose_news
from jonction.accounts.hours import leaves_at
from jonction.accounts.models import Item, NewsChoice, Person
from jonction.accounts.news import News
from jonction.accounts.queries import paces_of
from jonction.accounts.telling import LONGEST_DIGEST, send_digests, tell_news
from jonction.config.environment import address
from jonction.core.models import Message, Trace
from jonction.core.verdicts import Refused
from tests.accounts.test_account import a_mail, signed_in
from tests.factories import TODAY, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db

LETTER = "support/mails/mandate_proposed.txt"
CHOICES = {
    "handover": "digest",
    "mandate": "digest",
    "need": "now",
    "alert": "never",
    "departure": "now",
    "import": "never",
    "quiet_from": "20:30",
    "quiet_to": "08:00",
    "time_zone": "America/Halifax",
}


def tell(mandate, *others, key="essai:1"):
    tell_news([mandate.resource.person, *others], News.MANDATE, LETTER, mandate, key=key)


def chooses(person, pace):
    NewsChoice.objects.create(person=person, kind=News.MANDATE, pace=pace)


def test_one_chooses_on_her_account_and_finds_her_choices_again():
    person = PersonFactory()
    client = signed_in(person)

    client.post("/compte/nouvelles/", CHOICES)

    person.refresh_from_db()
    assert paces_of(person) == {kind: CHOICES[kind] for kind in News.values}
    assert (person.quiet_from, person.quiet_to) == (time(20, 30), time(8))
    assert person.time_zone == "America/Halifax"
    assert [trace.verb for trace in Trace.objects.all()] == ["accounts.person.chose_news"]
    form = client.get("/compte/").context["news"]
    assert {name: str(form[name].value())[:5] for name in ("alert", "quiet_from")} == {
        "alert": "never",
        "quiet_from": "20:30",
    }


def test_alerts_are_never_a_mail_each():
    page = signed_in(PersonFactory()).post("/compte/nouvelles/", {**CHOICES, "alert": "now"})

    assert page.status_code == 422
    assert not NewsChoice.objects.exists()


def test_nobody_chooses_for_someone_else():
    person = PersonFactory()

    with pytest.raises(Refused, match="son propre compte"):
        choose_news(
            person,
            actor=PersonFactory(),
            paces={"mandate": "never"},
            quiet_from=time(21),
            quiet_to=time(7),
            time_zone="",
        )


def test_news_come_at_once_unless_one_chose_otherwise():
    mandate = MandateFactory()

    tell(mandate)

    assert (Message.objects.count(), Item.objects.count()) == (1, 0)


def test_who_wants_no_news_gets_none():
    mandate = MandateFactory()
    chooses(mandate.resource.person, "never")

    tell(mandate)

    assert (Message.objects.count(), Item.objects.count()) == (0, 0)


def test_news_of_the_morning_come_in_one_mail_and_once():
    first = MandateFactory()
    chooses(first.resource.person, "digest")
    tell(first)
    tell(first)
    tell(first, key="essai:2")

    send_digests(TODAY)
    send_digests(TODAY)
    send_digests(TODAY + timedelta(days=1))

    letter = Message.objects.get()
    assert letter.subject == "Ce matin : 2 nouvelles"
    assert letter.body.count(f"/accompagnement/mandats/{first.pk}/") == 2
    assert list(Item.objects.values_list("told_on", flat=True)) == [TODAY] * 2


def test_what_comes_after_the_digest_waits_for_the_next():
    mandate = MandateFactory()
    chooses(mandate.resource.person, "digest")
    tell(mandate)
    send_digests(TODAY)
    tell(mandate, key="essai:2")

    send_digests(TODAY)
    same_day = Message.objects.count()
    send_digests(TODAY + timedelta(days=1))

    assert (same_day, Message.objects.count()) == (1, 2)


def test_a_long_digest_is_cut_and_says_what_is_left():
    mandate = MandateFactory()
    chooses(mandate.resource.person, "digest")
    for n in range(LONGEST_DIGEST + 3):
        tell(mandate, key=f"essai:{n}")

    send_digests(TODAY)

    body = Message.objects.get().body
    assert body.count("\n- ") == LONGEST_DIGEST
    assert "Et 3 autres, à lire sur votre bureau" in body


def test_old_lines_are_not_kept():
    mandate = MandateFactory()
    chooses(mandate.resource.person, "digest")
    tell(mandate)
    send_digests(TODAY)

    with time_machine.travel(datetime.now(UTC) + timedelta(days=61), tick=False):
        send_digests(TODAY + timedelta(days=61))

    assert not Item.objects.exists()


def test_nobody_is_told_of_what_she_may_not_read():
    mandate = MandateFactory()
    stranger = PersonFactory()

    tell(mandate, stranger, None, PersonFactory(email=None), PersonFactory(is_active=False))

    assert [m.person for m in Message.objects.all()] == [mandate.resource.person]


EAST = ZoneInfo("America/Toronto")


@pytest.mark.parametrize(
    ("quiet", "said", "leaves"),
    [
        ((21, 7), (23, 12), (23, 12)),
        ((21, 7), (23, 21), (24, 7)),
        ((21, 7), (24, 3), (24, 7)),
        ((21, 7), (24, 7), (24, 7)),
        ((12, 14), (23, 13), (23, 14)),
        ((12, 14), (23, 14), (23, 14)),
        ((8, 8), (23, 8), (23, 8)),
    ],
)
def test_quiet_hours_hold_mails_until_they_end(quiet, said, leaves):
    person = Person(quiet_from=time(quiet[0]), quiet_to=time(quiet[1]))
    at = datetime(2026, 11, said[0], said[1], tzinfo=EAST)

    assert leaves_at(person, at) == datetime(2026, 11, leaves[0], leaves[1], tzinfo=EAST)


def test_the_morning_is_that_of_the_clock_that_one_chose():
    person = Person(quiet_from=time(21), quiet_to=time(7), time_zone="America/Halifax")
    at = datetime(2026, 11, 24, 6, 30, tzinfo=EAST)  # 7:30 in the islands

    assert leaves_at(person, at, "America/Toronto") == at


def test_a_mail_that_waits_says_when_it_will_leave():
    person = PersonFactory()
    later = datetime(2026, 11, 24, 7, tzinfo=EAST)
    mail = a_mail(person, subject="Mandat", body="x", due_at=later)
    client = signed_in(person)

    pages = [client.get(f"/compte/courriels/{rest}").text for rest in ("", f"{mail.pk}/")]

    assert ["Partira le 24 novembre 2026" in page for page in pages] == [True, True]


@pytest.mark.parametrize(
    ("said", "hosts", "found"),
    [
        ("", ["localhost", "127.0.0.1", "[::1]"], "http://127.0.0.1:8134/"),
        ("", ["127.0.0.1", "jonction.example.org"], "https://jonction.example.org/"),
        ("", [".example.org", "*"], "http://127.0.0.1:8134/"),
        ("https://exemple.org/jonction", ["a.org"], "https://exemple.org/jonction/"),
    ],
)
def test_the_address_of_the_site_is_said_or_that_of_its_first_host(said, hosts, found):
    assert address(said, hosts, "8134") == found


def test_an_address_that_is_none_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="JONCTION_ADDRESS"):
        address("jonction.example.org", [], "8000")
