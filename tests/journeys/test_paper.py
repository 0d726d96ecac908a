"""What the pages of support give on paper: the day, whole lists, nothing empty."""

import pytest
from playwright.sync_api import expect

from tests.factories import AllianceFactory, NeedFactory, ProcessFactory
from tests.journeys.conftest import keep_signed_in
from tests.support.test_mandates import alliance_coordinator

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_begins_under_its_heading_with_the_day_it_was_read(open_page):
    alliance = AllianceFactory()
    NeedFactory.create_batch(3, process=ProcessFactory(body__alliance=alliance))
    page = open_page(color_scheme="dark")
    keep_signed_in(page.context, alliance_coordinator(alliance))
    page.goto("/accompagnement/besoins/")
    day = page.get_by_text("Jonction, page lue le 23 novembre 2026")
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
