"""A person without an account has the same rights, by the hand of who keeps her record (Law 25)."""

import io
import json
import zipfile

import pytest

from jonction.accounts import actions
from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.ethics.models import Tie
from tests.accounts.test_account import signed_in
from tests.factories import (
    TODAY,
    AllianceFactory,
    BodyFactory,
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    Place,
    PlanFactory,
    SeatFactory,
)
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tools.messages import printed

pytestmark = pytest.mark.django_db
FORGOTTEN = {"name": "lucie ROY", "channel": "oral", "is_sure": "on"}


def lucie(body):
    """Return somebody who never signs in, and sits in that body."""
    person = PersonFactory(name="Lucie Roy", email=None)
    SeatFactory(body=body, person=person)
    return person


def elsewhere():
    """Return a body of another region."""
    instance = Place(code="R02", name="Saguenay", sort_key="sag", kind="region")
    return BodyFactory(alliance__region=Place.objects.add_root(instance=instance))


def keeps(actor, person):
    return signed_in(actor).get(f"/personnes/{person.pk}/renseignements/").status_code == 200


def test_who_keeps_her_record_hands_her_a_file_and_it_is_written_in_the_trail():
    body = BodyFactory()
    person, coordinator = lucie(body), coordinator_of(body)

    page = signed_in(coordinator).post(f"/personnes/{person.pk}/renseignements/emporter/")

    files = zipfile.ZipFile(io.BytesIO(page.getvalue()))
    known = json.loads(files.read("renseignements.json"))
    assert known["personne"][0]["nom"] == "Lucie Roy"
    assert [seat["instance"] for seat in known["sieges"]] == [body.name]
    trace = Trace.objects.get(verb="accounts.person.disclosed")
    assert (trace.actor, trace.object_id) == (coordinator, person.pk)


def test_she_is_forgotten_as_she_asked_once_her_name_is_typed_again():
    body = BodyFactory()
    person, coordinator = lucie(body), coordinator_of(body)
    client, address = signed_in(coordinator), f"/personnes/{person.pk}/renseignements/effacer/"

    wrong = client.post(address, {**FORGOTTEN, "name": "Lucie Roi"})
    kept = Person.objects.get(pk=person.pk).name
    done = client.post(address, FORGOTTEN, follow=True)

    person.refresh_from_db()
    assert (wrong.status_code, kept) == (422, "Lucie Roy")
    assert "Ce n’est pas le nom de cette personne" in wrong.text
    assert "plus rien ne porte son nom" in done.text
    assert (person.name, person.is_active) == (printed(f"Personne n° {person.pk}"), False)
    assert person.seats.get().ends_on is not None
    assert Trace.objects.get(verb="accounts.person.forgotten").facts["channel"] == "oral"
    assert client.get(f"/personnes/{person.pk}/renseignements/").status_code == 404


def test_what_others_lean_on_is_settled_first():
    mandate = MandateFactory(status="active", resource__person__email=None)
    person = mandate.resource.person
    coordinator = alliance_coordinator(mandate.process.body.alliance)

    page = signed_in(coordinator).get(f"/personnes/{person.pk}/renseignements/").text

    assert "À régler d’abord" in page
    assert "Effacer pour toujours" not in page
    with pytest.raises(Refused, match="encore 1 mandat"):
        actions.forget_person(person, actor=coordinator, today=TODAY, channel="oral")


def test_nobody_hands_over_the_record_that_somebody_else_keeps():
    body, other = BodyFactory(), elsewhere()
    person = lucie(body)
    table, alliance = coordinator_of(body), alliance_coordinator(body.alliance)
    stranger, member = coordinator_of(other), SeatFactory(body=body).person

    alone = [keeps(who, person) for who in (table, alliance, stranger, member)]
    seat = SeatFactory(body=other, person=person)
    shared = [keeps(who, person) for who in (table, alliance, stranger)]
    with pytest.raises(Refused, match="D’autres que vous"):
        actions.disclose_person(person, actor=alliance, today=TODAY)
    seat.ends_on = seat.starts_on
    seat.save()
    settled = [keeps(who, person) for who in (table, alliance, stranger, member)]

    assert alone == [True, True, False, False]
    assert shared == [False, False, False]
    assert settled == [True, True, False, False]


def test_a_table_does_not_reach_what_the_alliance_keeps():
    mandate = MandateFactory(status="ended", resource__person__email=None)
    body, person = mandate.process.body, mandate.resource.person
    SeatFactory(body=body, person=person)

    table, alliance = coordinator_of(body), alliance_coordinator(body.alliance)

    assert [keeps(table, person), keeps(alliance, person)] == [False, True]


def test_the_coordination_keeps_what_the_plan_before_wrote():
    past = AllianceFactory(plan=PlanFactory(name="Plan 2017-2023"))
    person = lucie(BodyFactory(alliance=past))

    assert keeps(alliance_coordinator(AllianceFactory()), person)


def test_an_access_is_kept_by_the_coordination_around_the_organisation():
    here, other = AllianceFactory(), elsewhere().alliance
    placed, lost = (
        MembershipFactory(organisation__place=place, person__email=None).person
        for place in (here.region, None)
    )
    actors = [alliance_coordinator(here), alliance_coordinator(other), PersonFactory()]

    assert [keeps(actor, placed) for actor in actors] == [True, False, False]
    assert [keeps(actor, lost) for actor in actors] == [True, True, False]


def test_a_tie_declared_for_her_is_kept_by_its_alliance():
    body, other = BodyFactory(), elsewhere()
    person, coordinator = lucie(body), alliance_coordinator(body.alliance)
    Tie.objects.create(
        alliance=other.alliance,
        person=person,
        organisation=OrganisationFactory(),
        kind="board",
        starts_on=TODAY,
        said_by=alliance_coordinator(other.alliance),
    )

    assert not keeps(coordinator, person)


def test_whoever_has_an_account_is_not_reached_by_others():
    body = BodyFactory()
    person = SeatFactory(body=body).person

    assert not keeps(coordinator_of(body), person)


def test_the_page_of_a_body_leads_there_for_those_who_keep_it():
    body = BodyFactory()
    person, link = lucie(body), "/renseignements/"

    pages = [
        signed_in(who).get(body.get_absolute_url()).text
        for who in (coordinator_of(body), SeatFactory(body=body).person)
    ]

    assert [f"/personnes/{person.pk}{link}" in page for page in pages] == [True, False]
