"""What a coordinator prints to bring to the table is whole, dated, light and the right way up."""

import re

import pytest
from playwright.sync_api import expect

from jonction.support.models import Filing
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    ProcessFactory,
    RequirementFactory,
    SeatFactory,
)
from tests.journeys.conftest import keep_signed_in
from tests.journeys.test_balance import a_lived_territory
from tests.support.test_mandates import alliance_coordinator

pytestmark = pytest.mark.django_db(transaction=True)
PORTRAIT, LANDSCAPE = {(612, 792)}, {(792, 612)}


def sheets(page):
    """Return the sizes of the sheets on which the page prints, in points."""
    paper = page.pdf(prefer_css_page_size=True, format="Letter")
    return {
        (round(float(wide)), round(float(high)))
        for wide, high in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    }


def test_a_page_is_printed_dated_upright_and_with_the_values_of_its_form(open_page):
    alliance = a_lived_territory().process.body.alliance
    regional = BodyFactory(alliance=alliance, level="regional")
    page = open_page(color_scheme="dark")
    keep_signed_in(page.context, SeatFactory(body=regional, role="coordinator").person)
    page.goto(f"/accompagnement/equilibre/{alliance.pk}/")
    printed = page.get_by_text("Jonction, le 23 novembre 2026")
    expect(printed).to_be_hidden()

    assert sheets(page) == PORTRAIT  # its pictures follow one another, three on a sheet
    page.emulate_media(media="print", color_scheme="dark")
    expect(printed).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(0, 0, 0)")
    table = page.locator(".card > .scroll").first
    expect(table).to_have_css("break-inside", "auto")  # it begins where the text before it ends

    page.goto(f"/accompagnement/hypotheses/{alliance.pk}/")
    expect(page.get_by_label("Durée d’une rencontre, en heures")).to_be_visible()
    expect(page.get_by_role("button", name="Enregistrer")).to_be_hidden()


def test_a_thread_is_still_printed_on_its_side(open_page):
    mandate = a_lived_territory()
    regional = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    page = open_page()
    keep_signed_in(page.context, SeatFactory(body=regional, role="coordinator").person)
    page.goto(mandate.process.get_absolute_url())

    assert sheets(page) == LANDSCAPE


def test_a_list_begins_under_its_heading_with_the_day_it_was_read(open_page):
    alliance = AllianceFactory()
    NeedFactory.create_batch(3, process=ProcessFactory(body__alliance=alliance))
    page = open_page(color_scheme="dark")
    keep_signed_in(page.context, alliance_coordinator(alliance))
    page.goto("/accompagnement/besoins/")
    day = page.get_by_text("Jonction, le 23 novembre 2026")
    expect(day).to_be_hidden()

    page.emulate_media(media="print", color_scheme="dark")

    expect(day).to_be_visible()
    expect(page.get_by_role("link", name="Jonction", exact=True)).to_be_hidden()
    rows = page.locator("section.card.scroll")
    # a list kept whole would leave its heading alone on a first page
    assert rows.evaluate("list => getComputedStyle(list).breakInside") == "auto"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_paper_shows_no_frame_that_only_held_something_closed(open_page):
    need = NeedFactory(status="received", asked_on="2026-03-01")
    alliance = need.process.body.alliance
    page = open_page()
    keep_signed_in(page.context, alliance_coordinator(alliance))
    page.goto(f"/accompagnement/besoins/tri/{alliance.pk}/")
    late = page.locator("section.card", has=page.locator("summary"), has_text="trop longtemps")
    expect(late.first).to_be_visible()

    page.emulate_media(media="print")

    expect(late.first).to_be_hidden()
    expect(page.get_by_role("link", name=need.text).last).to_be_visible()


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
