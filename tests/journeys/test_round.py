"""The coordination matches needs with people, decides, and reads what would serve the rest."""

import pytest
from playwright.sync_api import expect

from jonction.support.models import Proposal
from tests.factories import AllianceFactory, TerritoryFactory
from tests.journeys.conftest import PHONE, accessible, keep_signed_in
from tests.support.rounds import a_giver, a_need, coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)


def an_alliance():
    """Return an Alliance of two territories, with fewer hours than are asked for."""
    alliance = AllianceFactory(name="Alliance du Littoral")
    a_need(alliance, "La Mitis", text="Animer le comité", urgency="now")
    a_need(alliance, "La Mitis", text="Écrire le plan")
    a_need(alliance, "La Matanie", text="Préparer l’appel", quarters_per_week=16)
    a_giver(alliance, 12, name="Ginette Lavoie")
    a_giver(alliance, 12, name="Réjean Caron")
    return alliance


def test_a_round_is_asked_read_and_decided_pair_by_pair(page):
    coordinator = coordinator_of(an_alliance())
    keep_signed_in(page.context, coordinator)
    main = page.get_by_role("main")

    page.goto("/accompagnement/jumelage/")
    accessible(page)
    page.get_by_role("link", name="Alliance du Littoral").click()
    accessible(page)
    page.get_by_role("button", name="Lancer le calcul").click()
    expect(main).to_contain_text("Le moins bien servi")
    expect(main).to_contain_text("En servant d’abord le plus urgent")
    expect(main).to_contain_text("Le plus petit changement")
    page.get_by_text("Voir le tableau").click()
    accessible(page)

    page.get_by_role("button", name="Adopter :").first.click()
    expect(page.locator("#notice")).to_contain_text("Le mandat est proposé")
    accessible(page)
    page.goto("/accompagnement/jumelage/")
    page.get_by_role("link", name="Jumelage n°").click()
    page.get_by_role("link", name="Changer ou refuser").first.click()
    accessible(page)
    page.get_by_role("link", name="Changer la ressource").click()
    page.get_by_label("Heures par semaine").fill("1")
    accessible(page)
    page.get_by_role("button", name="Proposer ce mandat").click()
    expect(main).to_contain_text("Ce qui a été choisi")
    accessible(page)
    page.get_by_role("link", name="Jumelage n°").click()
    page.get_by_role("link", name="Changer ou refuser").first.click()
    page.locator("summary", has_text="Refuser").click()
    page.get_by_label("Raison").fill("Trop loin l’hiver.")
    page.get_by_role("button", name="Refuser").click()
    expect(main).to_contain_text("Trop loin l’hiver.")

    statuses = set(Proposal.objects.values_list("status", flat=True))
    assert {"adopted", "changed", "refused"} <= statuses


def test_the_page_of_a_round_holds_in_the_dark(open_page):
    coordinator = coordinator_of(an_alliance())
    page = open_page(color_scheme="dark")
    keep_signed_in(page.context, coordinator)
    page.goto("/accompagnement/jumelage/")
    page.get_by_role("link", name="Alliance du Littoral").click()
    page.get_by_role("button", name="Lancer le calcul").click()
    expect(page.get_by_role("main")).to_contain_text("Le moins bien servi")

    page.locator("summary", has_text="Adopter").first.click()

    accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_travel_times_are_said_with_the_keyboard_alone(open_page, scheme):
    alliance = an_alliance()
    TerritoryFactory(alliance=alliance, name="Les Basques")
    page = open_page(PHONE, color_scheme=scheme)
    keep_signed_in(page.context, coordinator_of(alliance))
    page.goto("/accompagnement/jumelage/")
    page.get_by_role("link", name="Temps de trajet").press("Enter")
    accessible(page)

    page.get_by_label("La Matanie – La Mitis").focus()
    page.keyboard.type("1h15")
    page.keyboard.press("Tab")
    page.keyboard.type("200")
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_contain_text("2 temps connus sur 3.")
    expect(page.get_by_label("La Matanie – La Mitis")).to_have_value("75")
    expect(page.get_by_role("main")).to_contain_text("1 trajet dépasse 180 min")
    accessible(page)
