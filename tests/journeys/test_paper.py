"""What comes out on paper: the answers, the text of the funder, the day, and no bar to press on."""

import pytest
from playwright.sync_api import expect

from jonction.support.models import Filing
from tests.factories import MandateFactory, RequirementFactory
from tests.journeys.conftest import keep_signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_requirement_prints_its_answers_and_the_text_of_the_funder(open_page):
    mandate = MandateFactory()
    requirement = RequirementFactory(alliance=mandate.process.body.alliance)
    said = {"Clientèle visée": "Quatorze organismes autour de la table."}
    filing = Filing.objects.create(
        process=mandate.process,
        requirement=requirement,
        answers=said,
        written_by=mandate.resource.person,
    )
    page = open_page()
    keep_signed_in(page.context, mandate.resource.person)
    page.goto(filing.get_absolute_url())
    on_paper = page.locator("section.on-paper")
    expect(on_paper).to_be_hidden()

    page.emulate_media(media="print")

    expect(on_paper).to_contain_text("Quatorze organismes autour de la table.")
    expect(on_paper).to_be_visible()
    expect(page.get_by_role("textbox").first).to_be_hidden()
    expect(page.get_by_text("Jonction, le 23 novembre 2026")).to_be_visible()
    expect(page.get_by_role("blockquote")).to_be_visible()
    expect(page.get_by_role("link", name="Tout ce que le bailleur demande")).to_be_hidden()


def test_the_journal_prints_its_lines_without_the_bar_to_note_in(open_page):
    person = MandateFactory().resource.person
    page = open_page()
    keep_signed_in(page.context, person)
    page.goto("/accompagnement/journal/")
    entry = page.locator(".card", has=page.locator(".quick-entry"))
    expect(entry).to_be_visible()

    page.emulate_media(media="print")

    expect(entry).to_be_hidden()
    expect(page.get_by_text("Jonction, le 23 novembre 2026")).to_be_visible()
