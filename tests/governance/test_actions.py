from datetime import date

import pytest

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.governance import actions
from jonction.governance.models import Body, Organisation, Seat
from tests.factories import (
    TODAY,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    a_region,
)
from tests.governance.test_rules import a_table
from tests.test_architecture import verbs

pytestmark = pytest.mark.django_db
SEAT = {
    "person": None,
    "new_name": "",
    "role": "member",
    "organisation": None,
    "is_citizen": False,
    "starts_on": TODAY,
    "ends_on": None,
}


@pytest.mark.parametrize("area", ["governance", "cycle"])
def test_each_action_has_its_rule(area):
    assert {f"can_{verb}" for verb in verbs(f"jonction.{area}.actions")} <= verbs(
        f"jonction.{area}.rules"
    )


def traces():
    return list(Trace.objects.order_by("pk").values_list("verb", flat=True))


def test_somebody_without_an_account_takes_a_seat_as_a_citizen():
    table, local, _ = a_table()

    seat = actions.give_seat(
        table,
        actor=local,
        today=TODAY,
        **{**SEAT, "new_name": "Rose Lavoie", "is_citizen": True},
    )

    person = Person.objects.get(name="Rose Lavoie")
    assert (seat.person, seat.is_citizen, person.email) == (person, True, None)
    assert not person.has_usable_password()
    assert traces() == ["governance.seat.given"]


def test_a_refused_seat_leaves_neither_a_person_nor_a_trace():
    member = SeatFactory()

    with pytest.raises(Refused):
        actions.give_seat(
            member.body,
            actor=member.person,
            today=TODAY,
            **{**SEAT, "new_name": "Rose Lavoie"},
        )

    assert (Person.objects.get(), traces()) == (member.person, [])


def test_a_seat_that_ends_stays_written():
    table, local, _ = a_table()
    seat = SeatFactory(body=table)

    actions.end_seat(seat, actor=local, today=TODAY, on=TODAY)

    assert Seat.objects.get(pk=seat.pk).ends_on == TODAY
    assert traces() == ["governance.seat.ended"]


def test_a_refused_end_changes_nothing():
    table, local, _ = a_table()
    seat = table.seats.get(person=local)

    with pytest.raises(Refused, match="plus de coordination"):
        actions.end_seat(seat, actor=local, today=TODAY, on=TODAY)

    assert (Seat.objects.get(pk=seat.pk).ends_on, traces()) == (None, [])


def test_the_coordination_cuts_its_territory_and_opens_a_body_there():
    table, _, regional = a_table()
    alliance = table.alliance

    territory = actions.create_territory(
        alliance,
        actor=regional,
        today=TODAY,
        facts={"name": "Est", "places": [a_region()], "part": "au nord"},
    )
    body = actions.create_body(
        alliance,
        actor=regional,
        today=TODAY,
        facts={"name": "Table Est", "level": "local", "territory": territory, "contact": ""},
    )
    actions.edit_territory(
        territory, actor=regional, today=TODAY, version=1, changes={"places": [], "part": ""}
    )

    assert (body.territory, territory.places.count()) == (territory, 0)
    assert traces() == [
        "governance.allianceterritory.created",
        "governance.body.created",
        "governance.allianceterritory.edited",
    ]


def test_a_name_taken_at_the_same_moment_is_a_refusal():
    table, _, regional = a_table()

    with pytest.raises(Refused, match="déjà pris"):
        actions.create_body(table.alliance, actor=regional, today=TODAY, facts={"name": table.name})
    other = BodyFactory(alliance=table.alliance)
    with pytest.raises(Refused, match="déjà pris"):
        actions.edit_body(
            other,
            actor=regional,
            today=TODAY,
            version=1,
            changes={"name": table.name, "level": "local"},
        )

    assert (Body.objects.get(pk=other.pk).version, traces()) == (1, [])


def test_only_the_coordination_changes_the_thresholds():
    table, local, regional = a_table()
    change = {"today": TODAY, "version": 1, "changes": {"floor_weeks": 4}}

    with pytest.raises(Refused):
        actions.edit_alliance(table.alliance, actor=local, **change)
    actions.edit_alliance(table.alliance, actor=regional, **change)

    table.alliance.refresh_from_db()
    assert table.alliance.floor_weeks == 4
    assert traces() == ["governance.alliance.edited"]


def test_an_organisation_is_registered_once_and_found_without_its_accents():
    _, local, _ = a_table()
    facts = {"name": "L’Étincelle", "neq": "1144556677"}

    made = actions.create_organisation(actor=local, today=TODAY, facts=facts)
    with pytest.raises(Refused, match="NEQ"):
        actions.create_organisation(actor=local, today=TODAY, facts=facts)
    with pytest.raises(Refused):
        actions.create_organisation(actor=PersonFactory(), today=TODAY, facts={"name": "Autre"})

    assert [o.folded for o in Organisation.objects.all()] == ["l etincelle 1144556677"]
    actions.edit_organisation(
        made, actor=_regional_of(local), today=TODAY, version=1, changes={"name": "Le Phare"}
    )
    assert Organisation.objects.get().folded == "le phare 1144556677"


def _regional_of(local):
    alliance = local.seats.get().body.alliance
    return Seat.objects.get(body__alliance=alliance, body__level="regional").person


def test_an_access_is_given_then_ended_and_never_erased():
    owner = MembershipFactory()

    given = actions.give_membership(
        owner.organisation,
        actor=owner.person,
        today=TODAY,
        person=PersonFactory(),
        role="writer",
        starts_on=date(2026, 11, 1),
        ends_on=None,
    )
    actions.end_membership(given, actor=owner.person, today=TODAY, on=TODAY)

    assert owner.organisation.memberships.get(pk=given.pk).ends_on == TODAY
    assert traces() == ["governance.membership.given", "governance.membership.ended"]


def test_a_refused_access_changes_nothing():
    organisation = OrganisationFactory()

    with pytest.raises(Refused):
        actions.give_membership(
            organisation,
            actor=PersonFactory(),
            today=TODAY,
            person=PersonFactory(),
            role="owner",
            starts_on=TODAY,
            ends_on=None,
        )

    assert (organisation.memberships.count(), traces()) == (0, [])
