"""A room says what its territory starts from; the Alliance then sees who has little."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from jonction.support.models import StartingProfile
from jonction.territories.models import Figure, Indicator
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    OrganisationFactory,
    SeatFactory,
    TerritoryFactory,
    a_region,
)
from tests.journeys.conftest import accessible, keep_signed_in
from tests.support.profiles import signed_profile
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)


def two_territories():
    """Return the mandate of a territory that waits for its profile, next to one that has its own."""
    mandate = MandateFactory()
    body = mandate.process.body
    population = Indicator.objects.create(
        code="population", name="Population", direction="size", is_count=True
    )
    territory = TerritoryFactory(alliance=body.alliance, name="La Mitis")
    other = TerritoryFactory(alliance=body.alliance, name="La Matanie")
    for one in (territory, other):
        one.places.add(a_region())
    Figure.objects.create(
        place=a_region(), indicator=population, period="2021", value=900, source="Inventé"
    )
    body.territory = territory
    body.save()
    signed_profile(BodyFactory(alliance=body.alliance, territory=other), values=[4] * 5)
    log(mandate, quarters=40)
    return mandate


def test_a_room_fills_the_five_factors_signs_and_finds_its_place(page):
    mandate = two_territories()
    body = mandate.process.body
    coordinator = SeatFactory(body=body, role="coordinator").person
    keep_signed_in(page.context, coordinator)
    page.goto("/accompagnement/profils/")
    accessible(page)

    page.get_by_role("button", name="Dresser le profil").click()
    for _ in range(5):
        accessible(page)
        page.get_by_label("2, peu").check()
        page.get_by_label("Ce qui a été dit").fill("On est peu nombreux.")
        page.get_by_role("button", name="Noter et").click()
    expect(page.get_by_role("main")).to_contain_text("On est peu nombreux.")
    accessible(page)
    page.get_by_text("Signer ce profil").first.click()
    page.get_by_label("Signé par l’instance le").fill("2026-11-20")
    page.get_by_label("Combien de personnes étaient dans la salle").fill("12")
    accessible(page)
    page.get_by_role("button", name="Signer ce profil").click()
    expect(page.locator("#notice")).to_contain_text("Le profil est signé.")
    accessible(page)
    page.get_by_role("link", name="La trousse papier").click()
    accessible(page)
    page.goto(f"/accompagnement/equite/{body.alliance_id}/")
    accessible(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Et si… ?")).to_be_hidden()  # a question without its form is no answer
    page.emulate_media(media="screen")
    page.get_by_label("Heures par semaine").fill("3,5")
    page.get_by_role("button", name="Voir ce que cela change").click()

    expect(page.get_by_role("main")).to_contain_text("Rien n’est écrit")
    page.emulate_media(media="print")
    expect(page.get_by_text("Et si… ?")).to_be_visible()
    page.emulate_media(media="screen")
    accessible(page)
    assert StartingProfile.objects.get(body=body).present == 12


def test_the_page_of_equity_holds_in_the_dark_and_from_outside(open_page):
    mandate = two_territories()
    body = mandate.process.body
    signed_profile(body)
    regional = BodyFactory(alliance=body.alliance, level="regional")
    observer = SeatFactory(body=regional, role="observer").person
    page = open_page(color_scheme="dark")
    keep_signed_in(page.context, observer)

    for address in ("/accompagnement/equite/", f"/accompagnement/equite/{body.alliance_id}/"):
        assert page.goto(address).ok, address
        accessible(page)


def test_from_the_territories_to_the_bodies_and_to_the_promoters(open_page):
    mandate = two_territories()
    body = mandate.process.body
    signed_profile(body)
    run = {"starts_on": TODAY - timedelta(days=60), "ends_on": TODAY}
    for budget, hours in ((40_000, 2), (900_000, 20)):
        organisation = OrganisationFactory(annual_budget=budget)
        need = NeedFactory(process=mandate.process, organisation=organisation, **run)
        MandateFactory(process=mandate.process, need=need, quarters_per_week=hours, **run)
    regional = BodyFactory(alliance=body.alliance, level="regional")
    coordinator = SeatFactory(body=regional, role="coordinator").person

    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        keep_signed_in(page.context, coordinator)
        page.goto(f"/accompagnement/equite/{body.alliance_id}/")
        page.get_by_role("link", name="Les instances").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Entre les instances")
        accessible(page)
        page.get_by_role("link", name="Les petits et les grands organismes").click()
        first = page.get_by_role("row").nth(1)
        expect(first).to_contain_text("Petits organismes")
        expect(first).to_contain_text("en manque")
        accessible(page)
