"""What whoever works without a mouse lives: the focus goes to what is to be corrected, and stays."""

from datetime import date

import pytest
from playwright.sync_api import expect

from jonction.support.models import IntakeMethod, MatchingRound
from tests.factories import TODAY, NeedFactory
from tests.journeys.conftest import keep_signed_in
from tests.journeys.test_intake import reach
from tests.support.rounds import coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)


def a_triage(open_page):
    alliance = NeedFactory(status="admissible").process.body.alliance
    page = open_page()
    keep_signed_in(page.context, coordinator_of(alliance))
    return page, f"/accompagnement/besoins/tri/{alliance.pk}/"


def test_a_weight_that_does_not_stand_is_told_where_it_is_tried(open_page):
    page, address = a_triage(open_page)
    page.goto(address)
    page.get_by_text("Essayer d’autres poids").press("Enter")
    weight = page.get_by_role("spinbutton", name="Urgence")
    weight.fill("99")

    page.keyboard.press("Enter")

    expect(page.locator(".form-errors")).to_be_focused()
    expect(page.locator(".form-errors")).to_contain_text("Urgence")
    weight.fill("7")
    page.keyboard.press("Tab")
    expect(page.locator("#ordre")).to_contain_text("rien n’est écrit")
    expect(page.locator(".form-errors")).to_have_count(0)


def test_weights_on_trial_are_still_there_when_the_page_is_read_again(open_page):
    page, address = a_triage(open_page)
    page.goto(address)
    page.get_by_text("Essayer d’autres poids").press("Enter")
    page.get_by_role("spinbutton", name="Urgence").fill("7")
    page.keyboard.press("Tab")
    expect(page.locator("#ordre")).to_contain_text("rien n’est écrit")

    page.reload()

    expect(page.locator("#ordre")).to_contain_text("rien n’est écrit")
    expect(page.get_by_role("spinbutton", name="Urgence")).to_have_value("7")


def test_a_second_error_is_shown_after_the_link_of_the_first(open_page):
    page, address = a_triage(open_page)
    page.goto(f"{address}poids/")
    page.get_by_label("Urgence").fill("99")
    page.keyboard.press("Enter")
    expect(page.locator(".form-errors")).to_be_focused()
    reach(page, ".form-errors a[href='#id_reason']")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Pourquoi ce choix")).to_be_focused()
    # with a fragment in the address, the next answer would open on that field
    assert page.url.endswith(f"{address}poids/")
    page.keyboard.type("Les délais d’abord")
    page.keyboard.press("Enter")

    expect(page.locator(".form-errors")).to_contain_text("Urgence")
    expect(page.locator(".form-errors")).to_be_focused()
    assert not IntakeMethod.objects.exists()


def test_the_page_of_a_computation_comes_again_without_taking_the_focus_away(open_page):
    alliance = NeedFactory().process.body.alliance
    coordinator = coordinator_of(alliance)
    asked = MatchingRound.objects.create(
        alliance=alliance,
        asked_by=coordinator,
        on=TODAY,
        since=TODAY,
        until=date(2027, 12, 31),
        status="computing",
    )
    page = open_page()
    keep_signed_in(page.context, coordinator)
    page.goto(asked.get_absolute_url())
    stop = page.get_by_role("button", name="Arrêter et garder")
    reach(page, ".gestures button")

    with page.expect_response(lambda answer: answer.url.endswith(asked.get_absolute_url())):
        pass
    expect(stop).to_be_focused()
    MatchingRound.objects.filter(pk=asked.pk).update(status="failed")

    expect(page.get_by_role("alert")).to_contain_text("panne")
    expect(page.locator("#jumelage")).to_be_focused()
