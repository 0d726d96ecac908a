"""Whole stories, as people live them: in a browser, by mouse, by thumb and by keyboard."""

import pytest
from playwright.sync_api import expect

from jonction.support.models import Intervention
from tests.factories import MandateFactory, PersonFactory, SeatFactory
from tests.journeys.conftest import PHONE, accessible, sign_in
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)


def heading(page):
    return page.get_by_role("heading", level=1)


def a_table_with_a_hole():
    """Return its coordinator and its mandate: planning is held, delivery will lack somebody."""
    mandate = MandateFactory(process__name="Démarche de La Matanie")
    return SeatFactory(body=mandate.process.body, role="coordinator").person, mandate


def test_a_new_person_signs_in_with_a_code_and_reaches_the_desk(page):
    person = PersonFactory(name="Léa Tremblay")
    page.goto("/")
    accessible(page)

    page.get_by_role("link", name="Se connecter").click()
    expect(heading(page)).to_have_text("Se connecter")
    sign_in(page, person.email)

    expect(page.get_by_role("banner")).to_contain_text("Léa Tremblay")
    accessible(page)


def test_the_coordinator_goes_from_the_desk_to_a_hole_and_why(page):
    coordinator, mandate = a_table_with_a_hole()
    log(mandate)
    sign_in(page, coordinator.email)
    accessible(page)

    page.get_by_role("link", name="Voir pourquoi").first.click()
    hole = page.locator("#detail")
    expect(hole).to_contain_text("Prévu")
    accessible(page)
    page.locator("a.cell.covered, a.cell.thin").first.click()

    expect(hole).to_contain_text("Mandats")
    expect(hole).to_contain_text(str(mandate.resource))
    accessible(page)


def test_one_sentence_on_a_phone_is_corrected_noted_and_found_again(open_page):
    mandate = MandateFactory(process__name="Démarche de La Matanie")
    page = open_page(PHONE, has_touch=True, is_mobile=True)
    sign_in(page, mandate.resource.person.email)

    page.get_by_role("link", name="Noter ce que j’ai fait").tap()
    expect(heading(page)).to_have_text("Journal")
    accessible(page)
    page.get_by_label("En une phrase").fill("appel La Matanie 30 min budget plan d’action")
    page.get_by_role("button", name="Remplir pour moi").tap()
    expect(page.get_by_role("main")).to_contain_text("Voici ce qui a été compris")
    accessible(page)
    page.get_by_label("Durée").fill("1h15")
    page.get_by_role("button", name="Noter", exact=True).tap()

    expect(page.locator("#notice")).to_contain_text("C’est noté.")
    expect(page.get_by_role("main")).to_contain_text("1,25 h")
    accessible(page)
    page.goto("/bureau/")
    expect(page.get_by_role("main")).to_contain_text("appel La Matanie")
    assert Intervention.objects.get().quarters == 5


def test_the_keyboard_alone_reaches_a_cell_and_its_reason(open_page):
    coordinator, mandate = a_table_with_a_hole()
    page = open_page()
    sign_in(page, coordinator.email)
    page.goto(f"/accompagnement/couverture/{mandate.process.pk}/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.cell')"):
            break
    expect(page.locator("a.cell:focus")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#detail")).to_be_in_viewport()


def test_each_page_of_the_house_holds_on_both_screens(page):
    coordinator, mandate = a_table_with_a_hole()
    line = log(mandate)
    sign_in(page, coordinator.email)

    for address in (
        "/",
        "/bureau/",
        "/territoires/",
        "/demarches/",
        f"/demarches/{mandate.process.pk}/",
        "/accompagnement/couverture/",
        f"/accompagnement/couverture/{mandate.process.pk}/",
        "/accompagnement/journal/",
        line.get_absolute_url(),
    ):
        assert page.goto(address).ok, address
        accessible(page)
