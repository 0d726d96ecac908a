"""The tools of what the funder asks: given by the coordination, found beside the answers (S8, R3)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.core.attachments import attach, attachments_of
from jonction.core.models import Attachment
from jonction.core.verdicts import Refused
from jonction.cycle.actions import copy_requirements, remove_requirement
from tests.core.test_attachments import PDF
from tests.factories import TODAY, AllianceFactory, PersonFactory, RequirementFactory, SeatFactory
from tests.support.test_filings import asked, write
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db
NAME = "Gabarit du bailleur.pdf"


def with_a_tool():
    process, requirement = asked()
    coordinator = alliance_coordinator(process.body.alliance)
    attach(requirement, SimpleUploadedFile(NAME, PDF), actor=coordinator)
    return process, requirement, coordinator


def test_the_coordination_gives_a_tool_that_whoever_answers_finds_beside_the_questions(client):
    process, requirement = asked()
    coordinator = alliance_coordinator(process.body.alliance)
    signed_in(client, coordinator)
    edition = requirement.get_absolute_url()
    before = client.get(edition).text

    sent = client.post(
        f"/fichiers/exigence/{requirement.pk}/ajouter/", {"files": SimpleUploadedFile(NAME, PDF)}
    )

    signed_in(client, SeatFactory(body=process.body).person)
    page = client.get(f"/accompagnement/exigences/{process.pk}/{requirement.pk}/0/").text
    listed = client.get(f"/demarches/alliances/{requirement.alliance_id}/exigences/").text
    address = attachments_of(requirement).get().get_absolute_url()
    assert "Aucun outil pour l’instant" in before
    assert sent.url == f"{edition}#fichiers"
    assert address in page
    assert "Ajouter des fichiers" not in page
    assert address in listed
    assert client.get(address).status_code == 200


def test_the_others_find_the_tools_and_give_none(client):
    process, requirement, _coordinator = with_a_tool()
    member, table = SeatFactory(body=process.body).person, coordinator_of(process.body)

    for person in (member, table):
        with pytest.raises(Refused, match="Les fichiers sont ajoutés"):
            attach(requirement, SimpleUploadedFile(NAME, PDF), actor=person)

    assert attachments_of(requirement).count() == 1


def test_a_stranger_finds_no_tool(client):
    _process, requirement, _coordinator = with_a_tool()
    file = attachments_of(requirement).get()
    listed = f"/demarches/alliances/{requirement.alliance_id}/exigences/"

    visitor = client.get(listed).text
    signed_in(client, PersonFactory())

    assert NAME not in visitor
    assert NAME not in client.get(listed).text
    assert client.get(file.get_absolute_url()).status_code == 404


def test_the_tools_go_with_a_requirement_that_is_taken_away_and_stay_with_one_that_is_kept():
    process, requirement, coordinator = with_a_tool()
    write(process, requirement, coordinator)

    with pytest.raises(Refused, match="ont commencé à répondre"):
        remove_requirement(requirement, actor=coordinator, today=TODAY)
    kept = Attachment.objects.count()
    requirement.filings.all().delete()
    remove_requirement(requirement, actor=coordinator, today=TODAY)

    assert (kept, Attachment.objects.count()) == (1, 0)


def test_the_tools_come_along_to_another_plan_with_what_was_asked():
    _process, requirement, coordinator = with_a_tool()
    alliance = AllianceFactory()
    SeatFactory(
        person=coordinator,
        body__alliance=alliance,
        body__level="regional",
        role="coordinator",
    )

    copy_requirements(alliance, actor=coordinator, today=TODAY, source=requirement.alliance)

    copied = attachments_of(alliance.requirements.get()).get()
    with copied.file.open("rb") as stored:
        assert (copied.name, stored.read()) == (NAME, PDF)
    assert attachments_of(requirement).count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_an_answer_costs_the_same_with_one_or_many_tools(
    client, django_assert_max_num_queries, count
):
    process, requirement, coordinator = with_a_tool()
    for _ in range(count - 1):
        attach(requirement, SimpleUploadedFile(NAME, PDF), actor=coordinator)
    filing = write(process, requirement, coordinator)
    signed_in(client, coordinator)

    with django_assert_max_num_queries(12):
        page = client.get(filing.get_absolute_url()).text

    assert page.count(NAME) == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_requirements_cost_the_same_with_one_or_many(client, django_assert_num_queries, count):
    _process, requirement, coordinator = with_a_tool()
    for rank in range(count - 1):
        other = RequirementFactory(alliance=requirement.alliance, name=f"Autre exigence {rank}")
        attach(other, SimpleUploadedFile(NAME, PDF), actor=coordinator)
    signed_in(client, coordinator)

    with django_assert_num_queries(11):
        client.get(f"/demarches/alliances/{requirement.alliance_id}/exigences/")
