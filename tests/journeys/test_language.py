"""Somebody who reads English better chooses it on a phone, and finds it again at her own desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import MandateFactory, SeatFactory
from tests.journeys.conftest import PHONE, accessible, keep_signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_english_is_one_gesture_away_and_follows_the_person(open_page):
    process = MandateFactory().process
    coordinator = SeatFactory(body=process.body, role="coordinator").person
    page = open_page(PHONE)
    page.goto("/territoires/")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile("/territoires/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
    accessible(page)

    keep_signed_in(page.context, coordinator)
    page.goto("/bureau/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    page.get_by_role("button", name="English").click()

    desk = open_page()
    keep_signed_in(desk.context, coordinator)
    desk.goto(f"/accompagnement/couverture/{process.pk}/")
    expect(desk.get_by_role("heading", level=1)).to_have_text(
        "Where support holds, where it is missing"
    )
    accessible(desk)
