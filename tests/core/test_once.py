"""A page sent twice adds one thing, wherever something is added."""

from datetime import timedelta
from uuid import UUID

import pytest

from jonction.core import jobs, privacy
from jonction.core.models import Receipt
from jonction.core.once import KEPT, receive
from jonction.core.verdicts import Refused
from jonction.cycle.models import Milestone
from jonction.support.models import Intervention, Resource
from tests.factories import TODAY, BodyFactory, MandateFactory, PersonFactory, ProcessFactory
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_noting import NOTE, typed
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

ONE = UUID("11111111-1111-4111-8111-111111111111")


def sent_twice(client, page, body):
    """Send the page twice alike, then once more with a number of its own; return where each led."""
    first, other = (client.get(page).context["form"]["once"].value() for _ in "12")
    assert first != other
    answers = [client.post(page, body | {"once": once}) for once in (first, first, other)]
    return [answer.url for answer in answers]


def test_a_milestone_and_a_resource_are_added_once_by_page(client):
    process = ProcessFactory()
    alliance = process.body.alliance
    signed_in(client, alliance_coordinator(alliance))
    day = {"name": "Forum", "on": "2026-12-01", "kind": "milestone", "version": 1}

    sent_twice(client, f"/demarches/{process.pk}/jalons/nouveau/", day)
    page = f"/accompagnement/ressources/ajouter/{alliance.pk}/"
    led = sent_twice(client, page, {"name": "Zoé", "kind": "consultant"})

    assert Milestone.objects.count() == 2
    assert Resource.objects.count() == 2
    assert led[0] == led[1] != led[2]


def test_what_an_edition_says_twice_is_not_answered_in_its_place(client):
    body = BodyFactory()
    signed_in(client, alliance_coordinator(body.alliance))

    form = client.get(f"/concertations/instances/{body.pk}/modifier/").context["form"]

    assert "once" not in form.fields


def test_another_person_under_the_same_number_makes_her_own():
    made = [BodyFactory(), BodyFactory()]
    people = [PersonFactory(), PersonFactory()]

    answers = [receive(p, ONE, lambda b=b: b) for p, b in zip(people, made, strict=True)]

    assert [thing for _receipt, thing in answers] == made
    assert [receipt.subject for receipt, _thing in answers] == made


def test_what_is_refused_leaves_no_receipt_and_may_be_sent_again():
    person, body = PersonFactory(), BodyFactory()

    def refuse():
        raise Refused("Non.")

    with pytest.raises(Refused):
        receive(person, ONE, refuse)

    assert receive(person, ONE, lambda: body)[1] == body


def test_a_page_whose_thing_was_taken_back_does_not_bring_it_back(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    once = client.get(NOTE, {"q": "appel 1 h"}).context["form"]["once"].value()
    sent = typed(mandate, once=once)
    line = client.post(NOTE, sent).url
    client.post(f"{line}retirer/")

    again = client.post(NOTE, sent)

    assert again.status_code == 422
    assert "a été retiré depuis" in again.text
    assert Intervention.objects.count() == 0


def test_a_number_that_is_none_is_told_and_writes_nothing(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    page = client.post(NOTE, typed(mandate, once="pas un numéro"))

    assert (page.status_code, Intervention.objects.count()) == (422, 0)


def test_receipts_go_after_their_time_and_with_their_person():
    person, other = PersonFactory(), PersonFactory()
    for one in (person, other):
        receive(one, ONE, BodyFactory)
    Receipt.objects.filter(person=person).update(received_at=f"{TODAY - KEPT}T12:00:00Z")

    jobs.forget_receipts.call(TODAY.isoformat())
    at_its_time = Receipt.objects.count()
    jobs.forget_receipts.call((TODAY + timedelta(days=1)).isoformat())
    after = [receipt.person for receipt in Receipt.objects.all()]
    privacy.forget(other, TODAY)

    assert (at_its_time, after) == (2, [other])
    assert Receipt.objects.count() == 0
