"""The coordination matches needs with people, decides, and reads what would serve the rest."""

import pytest
from playwright.sync_api import expect

from jonction.support.models import Proposal
from tests.factories import AllianceFactory
from tests.journeys.conftest import accessible, keep_signed_in
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
