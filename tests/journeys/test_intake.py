"""From a stage to somebody who comes: asked, admitted, weighed, decided, matched, and followed."""

import pytest
from playwright.sync_api import expect

from jonction.support.models import IntakeMethod, Need
from tests.factories import (
    AllianceFactory,
    MembershipFactory,
    NeedFactory,
    ProcessFactory,
    ResourceFactory,
    a_region,
)
from tests.journeys.conftest import DESK, PHONE, accessible, keep_signed_in
from tests.support.test_mandates import alliance_coordinator

pytestmark = pytest.mark.django_db(transaction=True)


def a_process():
    """Return a process in which another need, more urgent but for later, waits for a decision."""
    alliance = AllianceFactory(name="Alliance du Littoral")
    process = ProcessFactory(name="Démarche de La Mitis", body__alliance=alliance)
    facts = {"status": "admissible", "urgency": "now", "stages": ["delivery"]}
    NeedFactory(process=process, text="Suivre les projets", **facts)
    ResourceFactory(alliance=alliance, name="Ginette Lavoie")
    return process


def reach(page, selector):
    """Go with the tabulation key alone to what that selector says."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return page.locator(":focus")
    raise AssertionError(f"{page.url}: no key leads to {selector}")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1280", "390"])
def test_a_need_asked_from_a_stage_is_followed_until_somebody_comes(open_page, size):
    process = a_process()
    asker, coordination = open_page(size), open_page(size)

    ask_for_an_organisation(asker, process)
    need = Need.objects.get(text="Écrire notre part du plan")
    keep_signed_in(coordination.context, alliance_coordinator(process.body.alliance))
    admit_with_the_keyboard(coordination)
    weigh_otherwise(coordination, process)
    decide_and_match(coordination)
    asker.goto("/accompagnement/besoins/mes-demandes/")

    expect(asker.get_by_role("main")).to_contain_text("Quelqu’un est proposé")
    expect(asker.get_by_role("main")).to_contain_text("Le plan s’écrit cet hiver.")
    accessible(asker)
    need.refresh_from_db()
    assert (need.status, need.origin, need.level) == ("matched", "stage", "promoter")
    assert IntakeMethod.objects.get().weights["urgency"] == 0


def ask_for_an_organisation(page, process):
    """Somebody who sits nowhere asks for her organisation, from the stage that runs."""
    promoter = MembershipFactory(
        organisation__name="Maison des familles", organisation__place=a_region(), role="writer"
    )
    keep_signed_in(page.context, promoter.person)
    page.goto(process.get_absolute_url())
    accessible(page)
    page.get_by_role("link", name="Demander de l’accompagnement pour l’étape plan d’action").click()
    expect(page.get_by_role("main")).to_contain_text("Pour Maison des familles")
    accessible(page)
    page.get_by_label("Ce qu’il faudrait, en vos mots").fill("Écrire notre part du plan")
    page.get_by_label("Urgence").select_option("later")
    page.get_by_label("gestion", exact=True).check()
    page.get_by_label("Heures par semaine").fill("2h30")
    page.get_by_role("button", name="Déposer").click()
    expect(page.locator("#notice")).to_contain_text("Le besoin est reçu")
    accessible(page)


def admit_with_the_keyboard(page):
    page.goto("/accompagnement/besoins/tri/")
    accessible(page)
    page.get_by_role("link", name="Alliance du Littoral").click()
    accessible(page)
    page.get_by_role("link", name="Écrire notre part du plan").click()
    accessible(page)
    expect(reach(page, "form[action$='/admettre/'] button")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("regardé à côté des autres")


def weigh_otherwise(page, process):
    """A weight that changes moves the list and writes nothing, until it is kept with a reason."""
    page.goto(f"/accompagnement/besoins/tri/{process.body.alliance_id}/")
    first = page.locator("#ordre ol > li").first
    expect(first).to_contain_text("Suivre les projets")
    page.get_by_text("Essayer d’autres poids").click()
    page.get_by_role("spinbutton", name="Urgence").fill("0")
    page.get_by_role("spinbutton", name="Urgence").press("Tab")
    expect(first).to_contain_text("Écrire notre part du plan")
    expect(page.locator("#ordre")).to_contain_text("rien n’est écrit")
    accessible(page)
    assert not IntakeMethod.objects.exists()
    page.get_by_role("link", name="Garder ces poids").click()
    accessible(page)
    page.get_by_label("Pourquoi ce choix").fill("Décision de la Table")
    page.get_by_role("button", name="Enregistrer").click()
    expect(first).to_contain_text("Écrire notre part du plan")


def decide_and_match(page):
    page.locator("#ordre ol > li").first.get_by_role("link").click()
    page.locator("summary", has_text="Retenir").first.click()
    page.get_by_label("Ce que la personne qui a demandé lira").first.fill(
        "Le plan s’écrit cet hiver."
    )
    accessible(page)
    page.get_by_role("button", name="Retenir", exact=True).click()
    page.get_by_text("Tout ce qui s’est passé").click()
    expect(page.get_by_role("main")).to_contain_text("au rang 1 sur 2")
    page.get_by_role("link", name="Proposer un mandat").click()
    accessible(page)
    page.get_by_label("Ressource").select_option(label="Ginette Lavoie")
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ginette Lavoie")
