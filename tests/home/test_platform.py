"""The page of whoever keeps the platform: how it goes, in numbers, and nothing of what is in it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jonction.accounts import rules
from jonction.accounts.actions import end_stewardship, forget_person, give_stewardship
from jonction.accounts.models import Stewardship
from jonction.accounts.own_data import parts_of
from jonction.core.models import Message, Run, Trace
from jonction.home.platform import platform_of
from jonction.imports.models import Import
from tests.factories import TODAY, MandateFactory, PersonFactory
from tests.support.test_actions import log
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/plateforme/"


def a_steward():
    person = PersonFactory()
    return give_stewardship(person, actor=person, today=TODAY).person


def a_mail(**facts):
    said = {"address": "a@example.org", "template": "x", "subject": "Votre mandat", "body": "Texte"}
    return Message.objects.create(**{**said, **facts})


def test_it_exists_for_whoever_keeps_the_platform_while_she_does(client):
    person = a_steward()

    before = signed_in(client, person).get("/bureau/").text
    found = client.get(PAGE).status_code
    end_stewardship(person, actor=person, today=TODAY)

    assert (PAGE in before, found) == (True, 200)
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/bureau/").text
    assert signed_in(client, PersonFactory()).get(PAGE).status_code == 404


def test_it_counts_what_waits_and_what_failed_and_shows_no_content(client):
    log(MandateFactory(resource__name="Ginette Lavoie"), text="Une rencontre délicate")
    now = timezone.now()
    a_mail(status="failed", last_error="zqx boîte pleine")
    a_mail(due_at=now - timedelta(hours=2))
    a_mail(due_at=now + timedelta(hours=2))
    old = a_mail(status="sent")
    Message.objects.filter(pk=old.pk).update(queued_at=now - timedelta(days=8))
    Run.objects.create(routine="jonction.support.jobs.watch_nightly", on=TODAY)
    Import.objects.create(reader="journal", owner=PersonFactory(), file_name="secret.csv")

    page = signed_in(client, a_steward()).get(PAGE).text
    found = platform_of()

    assert [n for _label, n in found.mails] == [2, 0, 0, 1]
    assert found.waits_since < now
    assert found.routines[1][2] == TODAY
    assert found.routines[2][2] is None
    assert sum(n for _label, n in found.imports) == 1
    assert (found.broken, found.verified) == (None, Trace.objects.exclude(position=None).count())
    assert found.trail["lines"] == Trace.objects.count()
    assert "jamais encore" in page
    for content in ("Ginette", "délicate", "secret.csv", "Votre mandat", "zqx", "a@example.org"):
        assert content not in page


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_for_one_mail_or_thirty(client, django_assert_max_num_queries, count):
    for _ in range(count):
        a_mail()
        log(MandateFactory())
    signed_in(client, a_steward())

    with django_assert_max_num_queries(15):
        assert client.get(PAGE).status_code == 200


def test_it_is_given_to_an_account_once_and_taken_back():
    person = a_steward()
    alone = {"actor": person, "today": TODAY}

    assert "déjà" in rules.can_give_stewardship(person, person, TODAY).reason
    assert "compte" in rules.can_give_stewardship(person, PersonFactory(email=None), TODAY).reason
    assert "ne tient pas" in rules.can_end_stewardship(person, PersonFactory(), TODAY).reason
    end_stewardship(person, **alone)
    give_stewardship(person, **alone)
    assert Trace.objects.filter(verb__startswith="accounts.stewardship.").count() == 3


def test_the_machine_gives_it_by_a_command():
    person, said = PersonFactory(email="garde@example.org"), StringIO()

    call_command("steward", "Garde@example.org", stdout=said)

    assert Stewardship.objects.get().person == person
    with pytest.raises(CommandError, match="déjà"):
        call_command("steward", "garde@example.org")
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("steward", "autre@example.org")
    call_command("steward", "garde@example.org", fin=True, stdout=said)
    assert Stewardship.objects.get().ends_on is not None


def test_she_takes_it_along_and_is_forgotten_with_its_dates():
    person = a_steward()

    parts = {part.name for part in parts_of(person)}
    forget_person(person, actor=person, today=TODAY)

    assert "plateforme" in parts
    assert Stewardship.objects.get().ends_on == TODAY
