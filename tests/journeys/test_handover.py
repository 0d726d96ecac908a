"""Somebody leaves, somebody takes over: the whole hand-over, by both."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from jonction.support.models import HandOver
from tests.factories import MandateFactory, ResourceFactory, SeatFactory
from tests.journeys.conftest import accessible, keep_signed_in
from tests.journeys.test_journeys import heading
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)


TAPPED_TWICE = """button => {
  const stopped = [];
  const last = (event) => { stopped.push(event.defaultPrevented); event.preventDefault(); };
  addEventListener("submit", last);
  button.click();
  button.click();
  removeEventListener("submit", last);
  dispatchEvent(new Event("pageshow"));
  return stopped;
}"""


def test_a_hand_over_is_prepared_finished_handed_and_read(page, open_page):
    mandate = MandateFactory(process__name="Démarche de La Matanie")
    log(mandate, follow_up="Rappeler la mairie")
    SeatFactory(body=mandate.process.body, person__name="Anaïs Roy")
    successor = ResourceFactory(alliance=mandate.resource.alliance, name="Noé Caron")

    keep_signed_in(page.context, mandate.resource.person)
    page.goto(mandate.get_absolute_url())
    accessible(page)
    page.get_by_role("button", name="Préparer la passation").click()
    expect(heading(page)).to_have_text("Compléter la passation")
    accessible(page)
    page.get_by_label("Qui prend la relève").select_option(label="Noé Caron")
    page.get_by_label("Comment la joindre").first.fill("Le matin, au téléphone")
    page.get_by_role("textbox", name="Points délicats").fill("À dire de vive voix")
    save = page.get_by_role("button", name="Enregistrer")
    assert save.evaluate(TAPPED_TWICE) == [False, True]
    save.click()
    expect(page.get_by_role("main")).to_contain_text("Rappeler la mairie")
    accessible(page)
    with page.expect_download() as word:
        page.get_by_role("link", name="Word").click()
    page.locator("summary", has_text="Remettre").click()
    page.get_by_role("button", name="Remettre").click()
    expect(page.get_by_role("status").first).to_contain_text("Le dossier est remis")

    other = open_page()
    keep_signed_in(other.context, successor.person)
    other.goto("/accompagnement/passations/")
    accessible(other)
    other.get_by_role("link", name="Ouvrir le dossier").click()
    expect(other.get_by_role("main")).to_contain_text("À dire de vive voix")
    other.get_by_role("button", name="J’ai lu ce dossier").click()
    expect(other.get_by_role("status").first).to_contain_text("Dans trente jours")
    accessible(other)

    assert word.value.suggested_filename.endswith(".docx")
    handover = HandOver.objects.get()
    assert (handover.status, handover.read_on) == ("read", localdate())
