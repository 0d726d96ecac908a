"""Stories of load and forecast: what is too much, what is likely, what is asked for."""

from datetime import date

import pytest
from playwright.sync_api import expect

from jonction.cycle.models import Milestone
from jonction.support.models import Assumptions, Capacity
from tests.factories import (
    BodyFactory,
    DeadlineFactory,
    MandateFactory,
    MembershipFactory,
    MilestoneFactory,
    OrganisationFactory,
    SeatFactory,
)
from tests.journeys.conftest import accessible, keep_signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def heading(page):
    return page.get_by_role("heading", level=1)


def a_table_in_a_hurry():
    """Return a mandate whose process has a deadline that is too soon, and who coordinates all."""
    mandate = MandateFactory(
        process__name="Démarche de La Matanie", ends_on=date(2028, 1, 1), quarters_per_week=40
    )
    DeadlineFactory(process=mandate.process, name="Dépôt du plan", stage="planning")
    table = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    return mandate, SeatFactory(body=table, role="coordinator").person


def test_the_coordination_computes_the_odds_and_asks_for_a_delay(page):
    mandate, coordinator = a_table_in_a_hurry()
    keep_signed_in(page.context, coordinator)

    page.goto(mandate.process.get_absolute_url())
    accessible(page)
    page.get_by_role("link", name="Les chances de tenir ces échéances").click()
    expect(heading(page)).to_have_text("Tenir les échéances\u00a0: les chances")
    accessible(page)
    page.get_by_role("button", name="Calculer").click()
    expect(page.get_by_role("heading", name="Chaque échéance")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("moins d’une chance sur 20")
    page.get_by_text("Voir le tableau").click()
    accessible(page)

    page.get_by_label("Avec").press("Tab")
    page.keyboard.press("Enter")  # without its day: what is to be said has the keyboard
    expect(page.locator(".form-errors")).to_be_focused()
    page.get_by_label("Au plus tard le").fill("2027-12-01")
    page.get_by_role("button", name="Trouver quand commencer").click()
    expect(page.get_by_role("main")).to_contain_text("doit commencer au plus tard")
    accessible(page)

    page.get_by_role("link", name="Préparer une demande de report").first.click()
    expect(heading(page)).to_have_text("Demander un report")
    accessible(page)
    page.get_by_role("textbox", name="Texte").fill("Nos mots à nous.")
    page.get_by_label("Titre").fill("Deux semaines de plus")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en Word").click()
    assert download.value.suggested_filename == "demande-de-report.docx"
    with page.expect_download() as download:  # at once: the page is still there
        page.get_by_role("button", name="Télécharger en PDF").click()
    assert download.value.suggested_filename == "demande-de-report.pdf"


def test_a_support_worker_sees_her_weeks_and_what_would_lighten_them(page):
    mandate, _coordinator = a_table_in_a_hurry()
    person = mandate.resource.person
    Capacity.objects.create(
        resource=mandate.resource,
        quarters_per_week=32,
        starts_on=date(2026, 1, 1),
        ends_on=date(2028, 1, 1),
    )
    SeatFactory(person=person, body=mandate.process.body)
    MilestoneFactory(process=mandate.process, kind=Milestone.Kind.MEETING, name="Comité")
    keep_signed_in(page.context, person)

    page.goto("/accompagnement/charge/")

    expect(page.get_by_role("main")).to_contain_text("2\u00a0h de trop")
    expect(page.get_by_role("main")).to_contain_text("Peuvent bouger")
    page.get_by_text("Voir le tableau").click()
    page.get_by_text("Ce qui est prévu").first.click()
    accessible(page)


def test_the_coordination_protects_people_and_says_what_it_supposes(page):
    mandate, coordinator = a_table_in_a_hurry()
    Capacity.objects.create(
        resource=mandate.resource,
        quarters_per_week=8,
        starts_on=date(2026, 1, 1),
        ends_on=date(2028, 1, 1),
    )
    keep_signed_in(page.context, coordinator)

    page.goto("/accompagnement/charge/")
    expect(page.get_by_role("main")).to_contain_text(mandate.resource.name)
    accessible(page)
    page.goto(f"/accompagnement/hypotheses/{mandate.process.body.alliance_id}/")
    accessible(page)
    page.get_by_label("Durée sans accompagnement").fill("150")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("Durée sans accompagnement")).to_have_value("150")

    assert Assumptions.objects.get().alone_percent == 150


def test_an_organisation_sees_its_meetings_across_all_tables(page):
    organisation = OrganisationFactory(name="Cuisine des Embruns")
    owner = MembershipFactory(organisation=organisation).person
    for _ in range(2):
        mandate, _coordinator = a_table_in_a_hurry()
        SeatFactory(person=owner, body=mandate.process.body, organisation=organisation)
        MilestoneFactory(process=mandate.process, kind=Milestone.Kind.MEETING, name="Comité")
    keep_signed_in(page.context, owner)

    page.goto(organisation.get_absolute_url())
    page.get_by_role("link", name="Réunions et responsabilités à toutes les tables").click()

    expect(heading(page)).to_have_text("Réunions et responsabilités")
    expect(page.get_by_role("main")).to_contain_text("2 rencontres le même jour")
    accessible(page)
