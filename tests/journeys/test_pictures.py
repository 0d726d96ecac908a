"""The pictures as people look at them: by keyboard, on a phone, in the dark, in plain words."""

import pytest
from playwright.sync_api import expect

from tests.factories import (
    BodyFactory,
    DeadlineFactory,
    MandateFactory,
    MilestoneFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
)
from tests.journeys.conftest import PHONE, accessible, keep_signed_in
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)

# the least size at which a word of a picture is read without effort, in points of the screen
LEAST = 10.5
SIZES = """() => [...document.querySelectorAll('.drawing')].filter(d => d.checkVisibility()).flatMap(
    d => [...d.querySelectorAll('text')].map(
        t => t.getAttribute('font-size') * d.getBoundingClientRect().width / d.viewBox.baseVal.width))
"""


def a_followed_alliance():
    """Return its coordinator and the mandate of one of its two territories, with days that press."""
    regional = BodyFactory(level="regional")
    bodies = [
        BodyFactory(
            alliance=regional.alliance,
            territory=TerritoryFactory(alliance=regional.alliance),
            contact="Accueil, 418 555-0100",
        )
        for _ in range(2)
    ]
    mandate = MandateFactory(process__body=bodies[0])
    ProcessFactory(body=bodies[1])
    log(mandate)
    for _ in range(3):
        MilestoneFactory(process=mandate.process)
    DeadlineFactory(process=mandate.process)
    return SeatFactory(body=regional, role="coordinator").person, mandate


def addresses(mandate):
    process, alliance = mandate.process.pk, mandate.process.body.alliance_id
    territory = mandate.process.body.territory_id
    cell = "etape=planning&dimension=governance"
    return [
        f"/concertations/{alliance}/",
        "/demarches/",
        f"/demarches/{process}/",
        "/accompagnement/couverture/",
        f"/accompagnement/couverture/{process}/?{cell}",
        f"/accompagnement/couverture/alliance/{alliance}/?{cell}",
        f"/accompagnement/couverture/alliance/{alliance}/?vue=aspects",
        f"/accompagnement/couverture/territoire/{territory}/",
        f"/accompagnement/continuite/{process}/",
    ]


def read_whole(page, address):
    """Open a page, and wait for the picture that comes after the rest."""
    assert page.goto(address).ok, address
    for late in page.locator("[hx-trigger=load]").all():
        expect(late.get_by_role("figure").first).to_be_attached()


def test_every_page_with_a_picture_holds_and_its_words_are_large_enough(page):
    coordinator, mandate = a_followed_alliance()
    keep_signed_in(page.context, coordinator)

    for address in addresses(mandate):
        read_whole(page, address)
        accessible(page)
        sizes = page.evaluate(SIZES)
        assert min(sizes, default=LEAST) >= LEAST, address


def test_the_gallery_holds_on_both_screens(page, settings):
    settings.JONCTION_DEMO = True
    assert page.goto("/ui/").ok

    accessible(page)


def test_the_pictures_hold_in_the_dark(open_page):
    coordinator, mandate = a_followed_alliance()
    page = open_page(color_scheme="dark")
    keep_signed_in(page.context, coordinator)

    for address in addresses(mandate):
        read_whole(page, address)
        accessible(page)


def test_the_reason_of_a_cell_takes_the_focus_and_gives_it_back(page):
    coordinator, mandate = a_followed_alliance()
    keep_signed_in(page.context, coordinator)
    page.goto(f"/accompagnement/couverture/{mandate.process.pk}/")

    cell = page.locator("#c-planning-governance")
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#detail")).to_be_focused()
    expect(page.locator("#detail")).to_be_in_viewport()
    page.get_by_role("link", name="Revenir à la case").focus()
    page.keyboard.press("Enter")

    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-current", "true")


def test_the_coordinator_goes_from_the_alliance_to_the_hole(page):
    coordinator, mandate = a_followed_alliance()
    keep_signed_in(page.context, coordinator)
    page.goto(f"/accompagnement/couverture/alliance/{mandate.process.body.alliance_id}/")

    page.locator("a.cell.hole").first.click()
    page.locator("#detail").get_by_role("link", name="Démarche").first.click()

    expect(page.locator("#detail")).to_contain_text("Trou")


def test_the_thread_comes_under_the_grid(page):
    coordinator, mandate = a_followed_alliance()
    keep_signed_in(page.context, coordinator)
    page.goto(f"/accompagnement/couverture/{mandate.process.pk}/")

    figure = page.get_by_role("figure").filter(has_text="Le fil de l’accompagnement")
    expect(figure.locator("svg:visible")).to_have_count(1)
    expect(figure.locator("svg:visible")).to_contain_text("aujourd’hui")


def test_a_phone_reads_each_cell_on_one_line_as_wide_as_the_screen(open_page):
    coordinator, mandate = a_followed_alliance()
    page = open_page(PHONE)
    keep_signed_in(page.context, coordinator)
    page.goto(f"/accompagnement/couverture/{mandate.process.pk}/")

    boxes = [cell.bounding_box() for cell in page.locator("a.cell").all()]
    assert len({box["x"] for box in boxes}) == 1
    assert {box["height"] >= 40 for box in boxes} == {True}
    assert {box["width"] > 300 for box in boxes} == {True}
