"""A coordinator looks at what support is made of, and at the stages beside it; so does an observer."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.factories import BodyFactory, MandateFactory, SeatFactory
from tests.journeys.conftest import PHONE, accessible, keep_signed_in, sign_in
from tests.support.test_actions import log
from tests.support.test_balance import in_a_territory

pytestmark = pytest.mark.django_db(transaction=True)


def a_lived_territory():
    """Return the mandate of a territory eaten by coordination, whose first two stages are over."""
    mandate = in_a_territory(starts_on=date(2025, 4, 1))
    for kind, day in (("mobilisation", date(2026, 6, 20)), ("priorities", date(2026, 10, 28))):
        stage = mandate.process.stages.get(kind=kind)
        stage.real_from, stage.real_to = stage.planned_from, day
        stage.save()
    for on in (date(2025, 9, 9), date(2026, 5, 4), date(2026, 9, 3), date(2026, 11, 20)):
        log(mandate, on=on, quarters=60, posture="coordination")
        log(mandate, on=on, quarters=20, posture="support", function="mediation")
    return mandate


def test_a_coordinator_finds_what_weighs_changes_a_threshold_and_takes_the_table(open_page):
    mandate = a_lived_territory()
    alliance = mandate.process.body.alliance
    regional = BodyFactory(alliance=alliance, level="regional")
    coordinator = SeatFactory(body=regional, role="coordinator").person
    page = open_page()
    keep_signed_in(page.context, coordinator)
    page.goto("/accompagnement/equilibre/")
    accessible(page)
    page.get_by_role("link", name=alliance.name).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("La coordination prend 75 % des heures, au-delà de 40 %")
    expect(main).to_contain_text("rien ici ne dit que l’un cause l’autre")
    accessible(page)

    page.get_by_role("link", name="2026-2027").click()
    expect(main).to_contain_text("du 1er avril 2026")
    page.get_by_role("link", name="Tout le plan").click()
    accessible(page)
    page.get_by_role("link", name="Changer les seuils").click()
    page.get_by_label("coordination prend le dessus").fill("80")
    accessible(page)
    page.get_by_role("button", name="Enregistrer").click()
    page.goto(f"/accompagnement/equilibre/{alliance.pk}/")
    expect(main).not_to_contain_text("La coordination prend 75 %")
    with page.expect_download() as taken:
        page.get_by_role("list", name="Emporter le tableau").get_by_role("link", name="CSV").click()

    assert "La Mitis" in taken.value.path().read_text("utf-8-sig")


def test_the_page_holds_on_a_phone_in_the_dark_and_from_outside(open_page):
    mandate = a_lived_territory()
    alliance = mandate.process.body.alliance
    for _ in range(2):
        other = MandateFactory(process=mandate.process, starts_on=date(2025, 4, 1))
        log(other, on=date(2025, 9, 9), quarters=20, posture="support", function="mediation")
        log(other, on=date(2025, 9, 9), quarters=20, posture="coordination")
    regional = BodyFactory(alliance=alliance, level="regional")
    observer = SeatFactory(body=regional, role="observer").person
    page = open_page(PHONE, color_scheme="dark")
    sign_in(page, observer.email)

    page.goto(f"/accompagnement/equilibre/{alliance.pk}/")
    expect(page.get_by_role("main")).to_contain_text("Vue de l’extérieur")
    expect(page.get_by_role("main")).to_contain_text("notées au journal")
    accessible(page)
    page.get_by_text("Voir le tableau").first.click()
    accessible(page)
