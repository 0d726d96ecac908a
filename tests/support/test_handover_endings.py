"""Hand-overs that prepare themselves when a mandate comes to its last day (R4)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.core.attachments import attach
from jonction.core.models import Message
from jonction.support.actions import handover as actions
from jonction.support.actions.resource import announce_departure
from jonction.support.handover import document_of
from jonction.support.models import HandOver
from jonction.support.reminders import prepare_those_that_end
from tests.core.test_attachments import PDF
from tests.factories import TODAY, HandOverFactory, MandateFactory, ResourceFactory
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def ending(days=20, **facts):
    return MandateFactory(ends_on=TODAY + timedelta(days=days), status="active", **facts)


def test_a_mandate_that_comes_to_its_last_day_gets_its_file_once_and_its_holder_is_told():
    mandate = ending()
    coordinator = coordinator_of(mandate.process.body)

    counts = [prepare_those_that_end(today=TODAY), prepare_those_that_end(today=TODAY)]

    handover = HandOver.objects.get()
    assert counts == [1, 0]
    assert (handover.mandate, handover.prepared_by) == (mandate, coordinator)
    assert handover.get_reason_display() == "le mandat se termine"
    assert [(m.person, m.template.rpartition("/")[2]) for m in Message.objects.all()] == [
        (mandate.resource.person, "handover_ending.txt")
    ]


def test_a_departure_that_the_coordination_notes_is_told_to_whoever_leaves():
    mandate = ending(200)
    coordinator = alliance_coordinator(mandate.process.body.alliance)

    announce_departure(
        mandate.resource, actor=coordinator, today=TODAY, leaves_on=TODAY + timedelta(days=40)
    )

    told = Message.objects.get(template="support/mails/handover_ending.txt")
    assert told.person == mandate.resource.person
    assert "Votre départ est annoncé." in told.body
    assert "se termine le" not in told.body


def test_whoever_announces_her_own_departure_is_not_told_of_it():
    mandate = ending(200)

    announce_departure(
        mandate.resource,
        actor=mandate.resource.person,
        today=TODAY,
        leaves_on=TODAY + timedelta(days=40),
    )

    assert HandOver.objects.count() == 1
    assert not Message.objects.filter(template="support/mails/handover_ending.txt").exists()


@pytest.mark.parametrize("days", [-1, 31])
def test_one_that_is_long_over_or_far_from_its_end_waits(days):
    ending(days)

    assert prepare_those_that_end(today=TODAY) == 0


def test_one_that_goes_on_in_another_mandate_hands_nothing_over():
    mandate = ending()
    MandateFactory(
        process=mandate.process,
        resource=mandate.resource,
        status="proposed",
        starts_on=TODAY + timedelta(days=21),
        ends_on=TODAY + timedelta(days=200),
    )

    assert prepare_those_that_end(today=TODAY) == 0


def test_a_file_that_was_dropped_does_not_come_back():
    mandate = ending()
    handover = actions.prepare_handover(mandate, actor=mandate.resource.person, today=TODAY)
    actions.drop_handover(handover, actor=mandate.resource.person, today=TODAY)

    assert prepare_those_that_end(today=TODAY) == 0


def test_without_anybody_who_coordinates_whoever_leaves_signs_her_own_file():
    mandate = ending()

    prepare_those_that_end(today=TODAY)

    assert HandOver.objects.get().prepared_by == mandate.resource.person


def test_the_document_says_from_whom_and_to_whom_it_goes():
    handover = HandOverFactory()
    alone = document_of(handover, with_sensitive=False).subtitle
    handover.successor = ResourceFactory(name="Émile Lavoie")

    given = document_of(handover, with_sensitive=False).subtitle

    giver = handover.mandate.resource.name
    assert alone.splitlines()[1] == giver
    assert given.splitlines()[1] == f"De {giver} à Émile Lavoie"


def test_a_document_that_is_a_file_opens_for_whoever_may_read_it(client):
    mandate = MandateFactory()
    file = attach(
        mandate.process, SimpleUploadedFile("Guide.pdf", PDF), actor=mandate.resource.person
    )
    handover = actions.prepare_handover(mandate, actor=mandate.resource.person, today=TODAY)
    HandOver.objects.update(documents="Guide.pdf\nLa clé, dans l’armoire")
    successor = ResourceFactory(alliance=mandate.resource.alliance)
    HandOver.objects.update(successor=successor, status="handed")

    seen = [
        signed_in(client, person).get(handover.get_absolute_url()).text
        for person in (mandate.resource.person, successor.person)
    ]

    assert [file.get_absolute_url() in page for page in seen] == [True, False]
    assert all("Guide.pdf" in page and "La clé, dans l’armoire" in page for page in seen)
