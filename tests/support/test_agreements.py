"""An agreement said on paper or aloud is written down by the coordination, with its words."""

import pytest

from jonction.accounts.consents import TEXTS
from jonction.accounts.models import Consent
from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.support.actions.resource import note_agreement, note_agreement_ended
from tests.accounts.test_account import signed_in
from tests.factories import TODAY, BodyFactory, PersonFactory, ResourceFactory
from tests.support.test_mandates import alliance_coordinator, coordinator_of

pytestmark = pytest.mark.django_db

DIRECTORY = Consent.Purpose.DIRECTORY


def note(resource, actor, **changes):
    facts = {"channel": "oral", "on": TODAY, **changes}
    return note_agreement(resource, actor=actor, today=TODAY, **facts)


def test_the_coordination_notes_an_agreement_and_its_withdrawal_from_the_page():
    resource = ResourceFactory()
    coordinator = alliance_coordinator(resource.alliance)
    client, address = signed_in(coordinator), resource.get_absolute_url()
    shown = client.get(address).text

    client.post(f"{address}accord/", {"accord-channel": "paper", "accord-on": "2026-11-03"})
    given = Consent.objects.get()
    hers = signed_in(resource.person).get("/compte/").text
    client.post(f"{address}retrait/")

    assert str(TEXTS[DIRECTORY].words) in shown.replace("&#x27;", "'")
    assert (given.person, given.channel, given.noted_by) == (resource.person, "paper", coordinator)
    assert (given.text_version, given.given_at.date().isoformat()) == (
        TEXTS[DIRECTORY].version,
        "2026-11-03",
    )
    assert f"le 3 novembre 2026, sur papier (texte {given.text_version})" in hers
    assert f"Noté par {coordinator.name}." in hers
    assert Consent.objects.get().withdrawn_at is not None
    assert [(t.verb, t.actor) for t in Trace.objects.order_by("pk")] == [
        ("accounts.consent.given", coordinator),
        ("accounts.consent.withdrawn", coordinator),
    ]


def test_what_was_agreed_to_before_stays_readable():
    resource = ResourceFactory()
    coordinator = alliance_coordinator(resource.alliance)
    note(resource, coordinator)
    note_agreement_ended(resource, actor=coordinator, today=TODAY)

    page = signed_in(resource.person).get("/compte/").text

    assert "Donné le 23 novembre 2026, de vive voix" in page
    assert ", retiré le 23 novembre 2026" in page


def test_nobody_else_notes_an_agreement_for_someone():
    resource = ResourceFactory()
    local = coordinator_of(BodyFactory(alliance=resource.alliance))

    for actor, sentence in (
        (local, "noté par la coordination"),
        (PersonFactory(), "noté par la coordination"),
        (resource.person, "par la personne elle-même"),
    ):
        with pytest.raises(Refused, match=sentence):
            note(resource, actor)
        with pytest.raises(Refused):
            note_agreement_ended(resource, actor=actor, today=TODAY)

    assert not Consent.objects.exists()


@pytest.mark.parametrize("changes", [{"channel": "web"}, {"on": TODAY.replace(day=24)}])
def test_an_agreement_to_come_or_by_another_hand_on_the_web_is_refused(changes):
    resource = ResourceFactory()

    with pytest.raises(Refused):
        note(resource, alliance_coordinator(resource.alliance), **changes)

    assert not Consent.objects.exists()


def test_an_agreement_is_not_noted_twice():
    resource = ResourceFactory()
    coordinator = alliance_coordinator(resource.alliance)
    note(resource, coordinator)

    with pytest.raises(Refused, match="déjà donné"):
        note(resource, coordinator)
