"""An institution frees time; a funder is answered in plain words: each by those whose gesture it is."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from jonction.support.models import Filing, ReleaseAgreement
from tests.core.test_attachments import PDF
from tests.factories import (
    OrganisationFactory,
    ProcessFactory,
    RequirementFactory,
    ResourceFactory,
)
from tests.journeys.conftest import accessible, keep_signed_in
from tests.journeys.test_journeys import heading
from tests.support.test_mandates import alliance_coordinator, coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_release_is_asked_with_its_letter_agreed_and_asked_again_before_it_ends(page):
    home = OrganisationFactory(name="CISSS du Bas-du-Fleuve")
    resource = ResourceFactory(name="Noé Caron", home=home)
    today = localdate()
    keep_signed_in(page.context, alliance_coordinator(resource.alliance))

    page.goto("/accompagnement/ressources/")
    accessible(page)
    page.get_by_role("link", name="Noé Caron").click()
    accessible(page)
    page.get_by_role("link", name="Demander une libération").click()
    page.get_by_label("À qui la demande est faite").fill("Mme Roy, directrice")
    page.get_by_label("Heures par semaine").fill("7")
    page.get_by_label("Du", exact=True).fill((today - timedelta(days=70)).isoformat())
    page.get_by_label("Au", exact=True).fill((today + timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Noter la demande").click()
    expect(page.get_by_role("status").first).to_contain_text("sa lettre est prête")
    accessible(page)
    with page.expect_download() as letter:
        page.get_by_role("link", name="PDF").click()
    page.locator("summary", has_text="Noter l’accord").click()
    page.get_by_role("button", name="Noter l’accord").click()
    expect(page.get_by_role("main")).to_contain_text("promises jusqu’ici")

    page.goto("/accompagnement/liberations/")
    accessible(page)
    page.get_by_role("link", name="Demander le renouvellement").click()
    page.locator("summary", has_text="Demander le renouvellement").click()
    page.get_by_label("Jusqu’au").fill((today + timedelta(days=400)).isoformat())
    page.get_by_role("button", name="Demander le renouvellement").click()
    expect(page.get_by_role("status").first).to_contain_text("Le renouvellement est demandé")

    assert letter.value.suggested_filename.endswith(".pdf")
    assert ReleaseAgreement.objects.filter(renews__status="agreed", status="proposed").count() == 1


def test_a_requirement_gets_its_tool_and_its_plain_answer_becomes_the_document(page, open_page):
    process = ProcessFactory(name="Démarche de La Matanie")
    requirement = RequirementFactory(alliance=process.body.alliance, name="Portrait du territoire")
    today = localdate()
    requirement.anchor, requirement.fixed_on = "fixed", today + timedelta(days=20)
    requirement.offset_days = 0
    requirement.save()

    keep_signed_in(page.context, alliance_coordinator(process.body.alliance))
    page.goto(f"/demarches/alliances/{requirement.alliance_id}/exigences/")
    accessible(page)
    page.get_by_role("link", name="Modifier").click()
    accessible(page)
    page.get_by_label("Ajouter des fichiers").set_input_files(
        {"name": "Gabarit.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1 fichier est ajouté")

    table = open_page()
    keep_signed_in(table.context, coordinator_of(process.body))
    table.goto(process.get_absolute_url())
    expect(table.get_by_role("main")).to_contain_text("dû bientôt")
    accessible(table)
    table.get_by_role("link", name="Portrait du territoire").click()
    expect(heading(table)).to_have_text("Portrait du territoire")
    expect(table.get_by_role("link", name="Gabarit.pdf")).to_be_visible()
    accessible(table)
    for box in table.get_by_role("main").get_by_role("textbox").all():
        box.fill("Les familles du rang 4")
    table.get_by_role("button", name="Enregistrer").click()
    expect(table.get_by_role("status").first).to_be_visible()
    table.get_by_role("button", name="Le document est prêt").click()
    expect(table.get_by_role("button", name="Le document est prêt")).to_have_count(0)
    with table.expect_download() as word:
        table.get_by_role("link", name="Word").click()
    table.locator("summary", has_text="Noter la remise au bailleur").click()
    table.get_by_role("button", name="Noter la remise au bailleur").click()
    expect(table.get_by_role("status").first).to_contain_text("La remise est notée")
    accessible(table)

    assert word.value.suggested_filename.endswith(".docx")
    assert Filing.objects.get().status == "given"
