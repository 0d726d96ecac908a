"""One's account: coordinates, agreements, sessions, mails; nobody else's."""

import pytest
from django.core.management import call_command
from django.test import Client

from jonction.accounts import actions
from jonction.accounts.consents import TEXTS
from jonction.accounts.models import Consent
from jonction.accounts.queries import current_consent
from jonction.core.models import Message, Trace
from jonction.core.verdicts import Refused
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

DIRECTORY = Consent.Purpose.DIRECTORY


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_one_corrects_name_and_telephone():
    person = PersonFactory()

    signed_in(person).post("/compte/coordonnees/", {"name": "Zoé Roy", "phone": "418 555-0199"})

    person.refresh_from_db()
    assert (person.name, person.phone) == ("Zoé Roy", "418 555-0199")
    assert [trace.verb for trace in Trace.objects.all()] == ["accounts.person.edited"]


def test_a_name_is_not_left_empty():
    person = PersonFactory(name="Zoé Roy")

    page = signed_in(person).post("/compte/coordonnees/", {"name": "", "phone": "1"})

    person.refresh_from_db()
    assert (page.status_code, person.name, person.phone) == (422, "Zoé Roy", "")


def test_leaving_everywhere_ends_the_other_sessions_and_keeps_this_one():
    person = PersonFactory()
    here, elsewhere, other = signed_in(person), signed_in(person), signed_in(PersonFactory())

    here.post("/compte/quitter-partout/")

    statuses = [c.get("/compte/").status_code for c in (here, elsewhere, other)]
    assert statuses == [200, 302, 200]


def test_an_agreement_is_given_in_words_that_are_kept_and_withdrawn_at_any_time():
    person = PersonFactory()
    client = signed_in(person)

    client.post("/compte/accords/directory/donner/")
    given = current_consent(person, DIRECTORY)
    client.post("/compte/accords/directory/retirer/")

    assert (given.text_version, given.channel) == (TEXTS[DIRECTORY].version, "web")
    assert current_consent(person, DIRECTORY) is None
    assert Consent.objects.get().withdrawn_at is not None
    assert [trace.verb for trace in Trace.objects.order_by("pk")] == [
        "accounts.consent.given",
        "accounts.consent.withdrawn",
    ]


def test_what_was_agreed_to_in_older_words_must_be_agreed_to_again():
    person = PersonFactory()
    older = Consent.objects.create(person=person, purpose=DIRECTORY, text_version="2020-01")
    assert current_consent(person, DIRECTORY) is None

    actions.give_consent(person, actor=person, purpose=DIRECTORY)

    older.refresh_from_db()
    assert older.withdrawn_at is not None
    assert current_consent(person, DIRECTORY).text_version == TEXTS[DIRECTORY].version


def test_the_same_agreement_is_not_given_twice():
    person = PersonFactory()
    actions.give_consent(person, actor=person, purpose=DIRECTORY)

    with pytest.raises(Refused, match="déjà donné"):
        actions.give_consent(person, actor=person, purpose=DIRECTORY)


def test_nothing_is_withdrawn_that_was_not_given():
    person = PersonFactory()

    with pytest.raises(Refused, match="rien à retirer"):
        actions.withdraw_consent(person, actor=person, purpose=DIRECTORY)


@pytest.mark.parametrize(
    ("action", "facts"),
    [
        (actions.edit_person, {"name": "Autre", "phone": ""}),
        (actions.end_sessions, {}),
        (actions.give_consent, {"purpose": DIRECTORY}),
    ],
)
def test_nobody_touches_the_account_of_someone_else(action, facts):
    with pytest.raises(Refused, match="son propre compte"):
        action(PersonFactory(), actor=PersonFactory(), **facts)


def test_nobody_withdraws_for_someone_else():
    person = PersonFactory()
    actions.give_consent(person, actor=person, purpose=DIRECTORY)

    with pytest.raises(Refused, match="son propre compte"):
        actions.withdraw_consent(person, actor=PersonFactory(), purpose=DIRECTORY)


def test_an_agreement_to_an_unknown_purpose_is_not_found():
    page = signed_in(PersonFactory()).post("/compte/accords/autre/donner/")

    assert page.status_code == 404


def a_mail(person, **facts):
    return Message.objects.create(person=person, address=person.email, **facts)


def test_each_reads_her_own_mails_and_their_state():
    person, other = PersonFactory(), PersonFactory()
    mine = a_mail(person, subject="Réunion du 3 mai", body="À mardi.", status="sent")
    a_mail(person, subject="Mandat proposé", body="x", status="failed", is_uncertain=True)
    theirs = a_mail(other, subject="Autre chose", body="y")
    client = signed_in(person)

    table = client.get("/compte/courriels/").text
    statuses = [client.get(f"/compte/courriels/{m.pk}/").status_code for m in (mine, theirs)]

    shown = ("Réunion du 3 mai", "envoyé", "Mandat proposé", "envoi incertain", "Autre chose")
    assert [word in table for word in shown] == [True, True, True, True, False]
    assert statuses == [200, 404]


def test_a_secret_mail_says_why_its_text_is_gone():
    person = PersonFactory()
    secret = a_mail(person, subject="Code", body="", status="sent", forget_at=person.joined_at)

    page = signed_in(person).get(f"/compte/courriels/{secret.pk}/").text

    assert "son texte n’est pas conservé" in page


def test_waiting_mails_leave_by_command(capsys):
    a_mail(PersonFactory(), subject="Objet", body="Texte")

    call_command("deliver_messages")

    assert list(Message.objects.values_list("status", flat=True)) == ["sent"]
    assert "encore en attente : 0" in capsys.readouterr().out
