"""The sensitive points of a hand-over are between whoever leaves and whoever takes over (R4)."""

import pytest

from jonction.support.actions import handover as actions
from jonction.support.forms.handover import HandOverForm
from jonction.support.models import HandOver, Resource
from tests.factories import TODAY, MandateFactory, ResourceFactory
from tests.support.test_handovers import SENSITIVE, edited
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def prepared_by_the_coordination(mandate=None):
    mandate = mandate or MandateFactory()
    coordinator = coordinator_of(mandate.process.body)
    return actions.prepare_handover(mandate, actor=coordinator, today=TODAY), coordinator


def test_the_coordination_that_prepared_it_does_not_read_what_whoever_leaves_says(client):
    handover, coordinator = prepared_by_the_coordination()
    edited(handover, changes={"sensitive": SENSITIVE})
    signed_in(client, coordinator)

    pages = [client.get(f"{handover.get_absolute_url()}{end}").text for end in ("", "ecrire/")]

    assert [SENSITIVE in page for page in pages] == [False, False]
    assert "Où en sont les étapes" in pages[1]


def test_writing_beside_it_keeps_it_and_a_conflict_does_not_tell_it(client):
    handover, coordinator = prepared_by_the_coordination()
    stale = handover.version
    edited(handover, changes={"sensitive": SENSITIVE})
    rows = {
        f"{group}-{count}_FORMS": 0
        for group in ("gens", "promesses")
        for count in ("TOTAL", "INITIAL")
    }
    facts = {"stages": "Repris", "ahead": "", "documents": "", **rows}
    signed_in(client, coordinator)

    refused = client.post(f"{handover.get_absolute_url()}ecrire/", facts | {"version": stale}).text
    client.post(
        f"{handover.get_absolute_url()}ecrire/", facts | {"version": HandOver.objects.get().version}
    )

    again = HandOver.objects.get()
    assert "a changé «\u00a0points délicats\u00a0»." in refused
    assert SENSITIVE not in refused
    assert (again.stages, again.sensitive) == ("Repris", SENSITIVE)


def test_the_coordination_reads_what_it_wrote_for_whoever_has_no_account(client):
    gone = MandateFactory(resource=ResourceFactory(person=None))
    handover, coordinator = prepared_by_the_coordination(gone)
    HandOver.objects.update(sensitive=SENSITIVE)

    page = signed_in(client, coordinator).get(handover.get_absolute_url()).text

    assert SENSITIVE in page
    assert "Lus seulement par qui a préparé ce dossier" in page


def test_what_was_drawn_and_is_sent_back_untouched_is_not_a_change():
    handover, _coordinator = prepared_by_the_coordination()
    sent = handover.stages.replace("\n", "\r\n")
    assert "\n" in handover.stages

    from_form = form_of(handover, sent)

    assert from_form.changes()["stages"] == handover.stages


def form_of(handover, stages):
    form = HandOverForm(
        {"version": handover.version, "stages": stages},
        thing=handover,
        successors=Resource.objects.all(),
        reads_sensitive=False,
    )
    assert form.is_valid()
    return form
