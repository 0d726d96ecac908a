"""How a house without a demonstration begins: its keeper opens an Alliance and hands it over."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jonction.accounts.models import Person
from jonction.core.models import Message, Trace
from jonction.core.search.matching import groups
from jonction.core.verdicts import Refused
from jonction.engines.words import question
from jonction.governance import actions
from jonction.governance.models import Alliance, Plan, Seat
from jonction.governance.queries import standing_of
from tests.factories import TODAY, AllianceFactory, PersonFactory, a_region
from tests.governance.rights import OPENED
from tests.home.test_platform import a_steward
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/concertations/ouvrir/"


def typed(**facts):
    return {**OPENED, "region": a_region().pk, **facts}


def test_from_nothing_to_an_alliance_that_its_coordination_holds(client):
    call_command("steward", "garde@example.org", "--nom", "Lise Paradis", stdout=StringIO())
    keeper = Person.objects.get(email="garde@example.org")
    signed_in(client, keeper)

    link = client.get("/plateforme/").text
    page = client.post(PAGE, typed(), follow=True)

    alliance, seat = Alliance.objects.get(), Seat.objects.get()
    assert f'href="{PAGE}"' in link
    assert "Alliance des Battures" in page.text
    assert (alliance.plan.name, alliance.region) == ("Plan 2027-2032", a_region())
    assert (seat.person.name, seat.role, seat.body.level) == (
        "Aline Roy",
        "coordinator",
        "regional",
    )
    assert standing_of(seat.person, TODAY).coordinated_alliances == {alliance.pk}
    # whoever opened it holds nothing of it
    assert client.get(f"/concertations/{alliance.pk}/modifier/").status_code == 409
    assert standing_of(keeper, TODAY).seated_bodies == frozenset()


def test_who_coordinates_is_told_found_and_written_in_the_trail(client):
    signed_in(client, a_steward()).post(PAGE, typed())

    mail = Message.objects.get(address="aline@example.org")
    alliance = Alliance.objects.get()
    assert "vous la coordonnez" in mail.subject
    assert alliance.get_absolute_url() in mail.body
    assert {group.name for group in groups(question("battures"), None, TODAY)} == {
        "governance.alliance",
        "governance.body",
    }
    assert set(Trace.objects.values_list("verb", flat=True)) >= {
        "governance.plan.created",
        "governance.alliance.opened",
        "governance.body.created",
        "governance.seat.given",
    }


def test_a_plan_and_a_person_already_known_are_taken_as_they_are(client):
    plan, known = AllianceFactory().plan, PersonFactory(email="aline@example.org", name="A. Roy")

    signed_in(client, a_steward()).post(
        PAGE, typed(plan=plan.pk, coordinator_email="Aline@Example.org")
    )

    assert Seat.objects.get().person == known
    assert (Plan.objects.count(), plan.alliances.count(), known.name) == (1, 2, "A. Roy")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"plan_name": ""}, "Choisissez un plan, ou dites son nom et ses dates."),
        ({"plan_from": "2032-04-01"}, "La fin vient avant le début."),
        ({"plan_to": "2032-02-31"}, "Saisissez une date valide."),
        ({"region": "0"}, "Sélectionnez un choix valide"),
        ({"name": ""}, "Ce champ est obligatoire."),
        ({"coordinator_email": "aline"}, "Saisissez une adresse de courriel valide"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_is_kept(client, wrong, said):
    page = signed_in(client, a_steward()).post(PAGE, typed(**wrong))

    assert page.status_code == 422
    assert said in page.text
    assert 'value="Aline Roy"' in page.text
    assert (Alliance.objects.count(), Plan.objects.count()) == (0, 0)


def test_a_name_is_taken_once_in_a_plan(client):
    plan = AllianceFactory(name="Alliance des Battures").plan
    steward = a_steward()

    page = signed_in(client, steward).post(PAGE, typed(plan=plan.pk))
    facts = {"name": "Alliance des battures", "region": a_region(), "body_name": "Comité"}
    who = {"coordinator_name": "Aline Roy", "coordinator_email": "aline@example.org"}
    with pytest.raises(Refused):
        actions.open_alliance(plan, actor=steward, today=TODAY, **facts, **who)

    assert "Ce plan a déjà une Alliance de ce nom." in page.text
    assert Alliance.objects.count() == 1


def test_nobody_else_opens_one(client):
    page = signed_in(client, PersonFactory()).post(PAGE, typed())

    assert page.status_code == 409
    assert "par la personne qui tient la plateforme" in page.text
    assert Alliance.objects.count() == 0


def test_an_empty_house_says_how_it_begins(client):
    assert "./jonction manage steward" in client.get("/").text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["aline@example.org"], "--nom"),
        (["aline", "--nom", "Aline Roy"], "n’est pas un courriel"),
        (["aline@example.org", "--nom", "Aline Roy", "--fin"], r"Aucun compte n’a ce courriel\.$"),
    ],
)
def test_the_command_says_what_it_lacks_and_makes_nobody(words, said):
    with pytest.raises(CommandError, match=said):
        call_command("steward", *words)

    assert Person.objects.count() == 0
