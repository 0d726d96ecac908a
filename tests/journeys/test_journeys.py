"""Whole stories, as people live them: in a browser, by mouse, by thumb and by keyboard."""

import pytest
from django.db.models import Sum
from playwright.sync_api import expect

from jonction.support.models import Intervention, Need
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    PersonFactory,
    ProcessFactory,
    RequirementFactory,
    ResourceFactory,
    SeatFactory,
)
from tests.imports.test_journal import SAMPLES, TABLES
from tests.journeys.conftest import PHONE, accessible, keep_signed_in, sign_in
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator

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


def test_the_coordinator_finds_the_hole_and_opens_a_need(page):
    coordinator, mandate = a_table_with_a_hole()
    log(mandate)
    keep_signed_in(page.context, coordinator)
    page.goto("/bureau/")
    accessible(page)

    page.get_by_role("link", name="Voir quoi faire").first.click()
    expect(heading(page)).to_have_text("Ce qui a tenu, ce qui va casser")
    accessible(page)
    page.get_by_role("link", name="La couverture de cette démarche").click()
    page.locator("a.cell.hole[data-stage='Plan d’action']").first.click()
    expect(page.locator("#detail")).to_contain_text("Trou")
    accessible(page)
    page.get_by_role("link", name="Demander de l’accompagnement ici").click()
    page.get_by_label("Ce qu’il faudrait, en vos mots").fill("Quelqu’un pour les communications")
    page.get_by_label("Heures par semaine").fill("3,5")
    accessible(page)
    page.get_by_role("button", name="Déposer").click()

    expect(heading(page)).to_have_text("Quelqu’un pour les communications")
    accessible(page)
    need = Need.objects.get()
    assert (need.process, need.quarters_per_week) == (mandate.process, 14)


def test_one_sentence_on_a_phone_is_corrected_noted_and_found_again(open_page):
    mandate = MandateFactory(process__name="Démarche de La Matanie")
    page = open_page(PHONE, has_touch=True, is_mobile=True)
    sign_in(page, mandate.resource.person.email)

    page.get_by_label("Qu’avez-vous fait ?").fill("appel La Matanie 30 min budget plan d’action")
    page.get_by_role("button", name="Noter").tap()
    expect(page.get_by_role("main")).to_contain_text("Compris de « 30 min ».")
    accessible(page)
    page.get_by_role("checkbox", name="gouvernance").tap()
    page.get_by_label("Durée").fill("1h15")
    page.get_by_role("button", name="Noter", exact=True).tap()

    expect(page.locator("#notice")).to_contain_text("C’est noté.")
    expect(page.get_by_role("main")).to_contain_text("1,25 h")
    accessible(page)
    page.goto("/bureau/")
    expect(page.get_by_role("main")).to_contain_text("appel La Matanie")
    assert Intervention.objects.get().quarters == 5
    assert Intervention.objects.get().shares.count() == 2


def test_a_journal_kept_elsewhere_is_brought_in_corrected_and_taken_back(page):
    resource = ResourceFactory()
    for name in TABLES.values():
        ProcessFactory(body=BodyFactory(alliance=resource.alliance, name=name))
    keep_signed_in(page.context, resource.person)
    page.goto("/imports/")
    accessible(page)

    page.get_by_role("link", name="Un journal d’accompagnement").click()
    accessible(page)
    page.get_by_label("Fichier").set_input_files(SAMPLES / "journal-accompagnement.csv")
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_role("main")).to_contain_text("« beaucoup » n’est pas une durée")
    accessible(page)
    page.get_by_role("link", name="Corriger la ligne 122").click()
    accessible(page)
    page.get_by_label("Durée").fill("45 min")
    page.get_by_role("button", name="Relire cette ligne").click()
    expect(page.locator("#notice")).to_contain_text("La ligne est bonne maintenant.")
    page.get_by_role("button", name="Écrire dans Jonction").click()
    expect(page.get_by_role("main")).to_contain_text("238 lignes écrites")
    accessible(page)
    written = Intervention.objects.aggregate(sum=Sum("quarters"))["sum"]
    page.get_by_text("Annuler cet import").first.click()
    page.get_by_role("button", name="Annuler cet import").click()

    expect(page.locator("#notice")).to_contain_text("L’import est annulé")
    assert written == 1266 + 3
    assert Intervention.objects.count() == 0


def test_the_keyboard_alone_reaches_a_cell_and_its_reason(open_page):
    coordinator, mandate = a_table_with_a_hole()
    page = open_page()
    keep_signed_in(page.context, coordinator)
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


def test_the_keyboard_alone_notes_a_sentence(open_page):
    mandate = MandateFactory(process__name="Démarche de La Matanie")
    page = open_page()
    sign_in(page, mandate.resource.person.email)

    tab_to(page, "main input[name=q]")
    page.keyboard.type("médiation La Matanie 1h30 hier")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Compris de « 1h30 ».")
    expect(page.get_by_role("radio", name="médiation et relais")).to_be_checked()
    tab_to(page, "main button:text-is('Noter')")
    page.keyboard.press("Enter")

    expect(page.locator("#notice")).to_contain_text("C’est noté.")
    assert Intervention.objects.get().quarters == 6


def test_a_menu_closes_with_escape_and_when_one_goes_elsewhere(open_page):
    page = open_page()
    keep_signed_in(page.context, PersonFactory())
    page.goto("/bureau/")
    summary = page.locator(".bar summary").first
    menu = page.locator(".bar details").first

    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(menu).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.get_by_role("contentinfo").click()

    expect(menu).not_to_have_attribute("open", "")


def test_a_gesture_opened_by_mistake_closes_with_escape(open_page):
    alliance = AllianceFactory()
    RequirementFactory(alliance=alliance)
    page = open_page()
    keep_signed_in(page.context, alliance_coordinator(alliance))
    page.goto(f"/demarches/alliances/{alliance.pk}/exigences/")
    summary = page.locator("main summary", has_text="Retirer")

    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Retirer")).to_be_focused()
    page.keyboard.press("Escape")

    expect(summary).to_be_focused()
    expect(page.locator("main details.confirm[open]")).to_have_count(0)


# nothing stands over the middle of what has the focus
UNCOVERED = """() => {
  const has = document.activeElement, box = has.getBoundingClientRect()
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
  return !over || has.contains(over) || over.contains(has)
}"""


def tab_to(page, selector):
    """Go with the tabulation key alone to what that selector says, seeing each stop."""
    aim = page.locator(selector)
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(UNCOVERED), page.locator(":focus").get_attribute("name")
        if aim.evaluate("one => one === document.activeElement"):
            break
    expect(aim).to_be_focused()


def test_each_page_of_the_house_holds_on_both_screens(page):
    coordinator, mandate = a_table_with_a_hole()
    line = log(mandate)
    body = mandate.process.body
    regional = BodyFactory(alliance=body.alliance, level="regional")
    SeatFactory(person=coordinator, body=regional, role="coordinator")
    need = NeedFactory(process=mandate.process, asked_by=coordinator)
    process, alliance = mandate.process.pk, body.alliance_id
    citizen = SeatFactory(body=body, person__email=None).person
    keep_signed_in(page.context, coordinator)

    for address in (
        "/",
        "/bureau/",
        "/recherche/?q=animation",
        "/territoires/",
        "/territoires/R01/",
        "/concertations/",
        f"/concertations/{alliance}/",
        "/concertations/organismes/",
        "/demarches/",
        f"/demarches/{process}/",
        "/accompagnement/couverture/",
        f"/accompagnement/couverture/{process}/?etape=planning&dimension=governance",
        f"/accompagnement/couverture/{process}/?vue=fonctions",
        f"/accompagnement/couverture/alliance/{alliance}/",
        f"/accompagnement/couverture/alliance/{alliance}/methode/",
        f"/accompagnement/continuite/{process}/",
        "/accompagnement/journal/",
        "/accompagnement/journal/semaine/",
        line.get_absolute_url(),
        "/accompagnement/besoins/",
        need.get_absolute_url(),
        f"/accompagnement/besoins/tri/{alliance}/delais/",
        f"/personnes/{citizen.pk}/renseignements/",
        "/ethique/liens/declarer/",
        "/ethique/refus/dire/",
        "/accompagnement/mandats/",
        "/accompagnement/mandats/proposer/",
        mandate.get_absolute_url(),
        "/accompagnement/ressources/",
        mandate.resource.get_absolute_url(),
        f"/accompagnement/ressources/ajouter/{alliance}/",
        "/accompagnement/equite/",
        f"/accompagnement/equite/{alliance}/",
        f"/accompagnement/equite/{alliance}/methode/",
        f"/accompagnement/equite/{alliance}/methode/choisir/",
        "/accompagnement/profils/",
        "/imports/",
        "/compte/",
        "/accessibilite/",
        "/confidentialite/",
    ):
        assert page.goto(address).ok, address
        accessible(page)


def test_the_pages_hold_in_the_dark(open_page):
    coordinator, mandate = a_table_with_a_hole()
    page = open_page(color_scheme="dark")
    sign_in(page, coordinator.email)

    for address in (
        "/bureau/",
        f"/accompagnement/couverture/{mandate.process.pk}/",
        "/accompagnement/journal/",
    ):
        assert page.goto(address).ok, address
        accessible(page)
