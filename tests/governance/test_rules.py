from datetime import date, timedelta

import pytest

from jonction.governance import rules
from jonction.governance.models import Seat
from jonction.governance.queries import memberships_of, people_matching, standing_of
from tests.factories import (
    TODAY,
    AllianceFactory,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
)
from tools.messages import printed

pytestmark = pytest.mark.django_db


def a_table():
    """Return a local body of an Alliance, its coordinator and that of the Alliance."""
    table = BodyFactory()
    regional = BodyFactory(alliance=table.alliance, level="regional")
    return (
        table,
        SeatFactory(body=table, role="coordinator").person,
        SeatFactory(body=regional, role="coordinator").person,
    )


def test_each_role_opens_what_it_says_and_no_more():
    body = BodyFactory(level="regional")
    person = PersonFactory()
    for role in Seat.Role.values:
        SeatFactory(body=body, person=person, role=role, ends_on=TODAY)

    standing = standing_of(person, TODAY)

    assert standing.reviewed_bodies == standing.elected_bodies == {body.pk}
    assert standing.financed_alliances == standing.studied_alliances == {body.alliance_id}
    assert standing_of(person, TODAY + timedelta(days=1)) == standing_of(PersonFactory(), TODAY)


@pytest.mark.parametrize("role", ["observer", "researcher"])
def test_whoever_looks_from_outside_does_not_sit(role):
    seat = SeatFactory(role=role)

    assert standing_of(seat.person, TODAY).seated_bodies == frozenset()


def test_the_coordination_of_a_table_does_not_change_the_alliance():
    table, local, regional = a_table()

    verdict = rules.can_edit_alliance(local, table.alliance, today=TODAY)

    assert verdict.reason == "Seule la coordination de l’Alliance peut faire ce changement."
    assert rules.can_edit_alliance(regional, table.alliance, today=TODAY)
    assert not rules.can_edit_alliance(regional, AllianceFactory(), today=TODAY)


def test_an_alliance_keeps_a_coordinated_regional_body():
    regional = BodyFactory(level="regional")
    actor = SeatFactory(body=regional, role="coordinator").person
    BodyFactory(alliance=regional.alliance, level="regional")

    verdict = rules.can_edit_body(actor, regional, today=TODAY, level="local")

    assert verdict.reason == "L’Alliance n’aurait plus d’instance régionale coordonnée."
    assert rules.can_edit_body(actor, regional, today=TODAY, level="regional")


def test_a_coordination_gives_the_seats_of_its_own_body_only():
    table, local, regional = a_table()
    other = BodyFactory(alliance=table.alliance)

    assert rules.can_give_seat(local, table, today=TODAY)
    assert rules.can_give_seat(regional, table, today=TODAY)
    assert rules.can_give_seat(local, other, today=TODAY).reason == (
        "Seules les coordinations de l’instance et de l’Alliance donnent ses sièges."
    )


@pytest.mark.parametrize("role", ["observer", "finance", "researcher"])
def test_a_role_that_opens_the_whole_alliance_is_given_by_its_coordination(role):
    table, local, regional = a_table()
    person = PersonFactory()

    verdict = rules.can_give_seat(local, table, today=TODAY, role=role, person=person)

    assert verdict.reason == printed("Ce rôle ouvre toute l’Alliance : sa coordination le donne.")
    assert rules.can_give_seat(regional, table, today=TODAY, role=role, person=person)


def test_nobody_gives_themself_the_coordination():
    table, _, regional = a_table()

    verdict = rules.can_give_seat(regional, table, today=TODAY, role="coordinator", person=regional)

    assert verdict.reason.startswith("Personne ne se donne ce rôle")
    assert rules.can_give_seat(regional, table, today=TODAY, role="member", person=regional)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_free"),
    [
        (date(2026, 1, 1), date(2026, 2, 28), True),
        (date(2026, 1, 1), date(2026, 3, 1), False),
        (date(2026, 5, 31), None, False),
        (date(2026, 6, 1), None, True),
        (date(2025, 1, 1), None, False),
    ],
)
def test_the_same_seat_is_not_given_twice_at_the_same_dates(starts_on, ends_on, is_free):
    table, local, _ = a_table()
    held = SeatFactory(body=table, starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 31))

    verdict = rules.can_give_seat(
        local, table, today=TODAY, person=held.person, starts_on=starts_on, ends_on=ends_on
    )

    assert bool(verdict) is is_free


def test_a_seat_does_not_end_before_it_starts():
    table, local, _ = a_table()
    seat = SeatFactory(body=table, starts_on=TODAY)

    given = rules.can_give_seat(
        local, table, today=TODAY, starts_on=TODAY, ends_on=TODAY - timedelta(days=1)
    )
    ended = rules.can_end_seat(local, seat, today=TODAY, on=TODAY - timedelta(days=1))

    assert given.reason == ended.reason == "La fin du siège vient avant son début."


def test_the_last_coordinator_leaves_only_after_a_successor():
    table, local, regional = a_table()
    seat = table.seats.get(person=local)

    alone = rules.can_end_seat(regional, seat, today=TODAY)
    SeatFactory(body=table, role="coordinator", starts_on=TODAY + timedelta(days=1))

    assert alone.reason.startswith("L’instance n’aurait plus de coordination")
    assert rules.can_end_seat(regional, seat, today=TODAY)


def test_a_successor_who_leaves_a_gap_is_not_one():
    table, local, _ = a_table()
    SeatFactory(body=table, role="coordinator", starts_on=TODAY + timedelta(days=2))

    assert not rules.can_end_seat(local, table.seats.get(person=local), today=TODAY)


def test_a_second_seat_of_the_same_person_is_no_successor():
    table, local, _ = a_table()
    SeatFactory(body=table, person=local, role="coordinator")

    assert not rules.can_end_seat(local, table.seats.filter(person=local)[0], today=TODAY)


def test_one_may_leave_and_strangers_may_not_make_one_leave():
    seat = SeatFactory()

    assert rules.can_end_seat(seat.person, seat, today=TODAY)
    assert rules.can_end_seat(SeatFactory(body=seat.body).person, seat, today=TODAY).reason == (
        "Seules la personne et les coordinations peuvent mettre fin à ce siège."
    )


def test_a_seat_ends_once():
    seat = SeatFactory(ends_on=date(2026, 5, 1))

    assert rules.can_end_seat(seat.person, seat, today=TODAY).reason == (
        "Ce siège est déjà terminé."
    )


def test_the_coordination_names_the_first_owner_and_then_steps_back():
    _, local, regional = a_table()
    organisation, person = OrganisationFactory(), PersonFactory()

    def give(actor, role):
        return rules.can_give_membership(actor, organisation, today=TODAY, role=role, person=person)

    first, stranger, writer = (
        give(regional, "owner"),
        give(local, "owner"),
        give(regional, "writer"),
    )
    owner = MembershipFactory(organisation=organisation).person

    assert first
    assert stranger.reason == "Les responsables de l’organisme donnent ces accès."
    assert writer.reason == "La coordination nomme une personne responsable, qui donne le reste."
    assert give(regional, "owner").reason.startswith("Cet organisme a des responsables")
    assert give(owner, "writer")
    assert list(memberships_of(owner, TODAY).values_list("role", flat=True)) == ["owner"]


def test_an_organisation_with_members_keeps_somebody_who_answers_for_it():
    owner = MembershipFactory()
    alone = rules.can_end_membership(owner.person, owner, today=TODAY)
    MembershipFactory(organisation=owner.organisation, role="writer")

    verdict = rules.can_end_membership(owner.person, owner, today=TODAY)

    assert alone
    assert verdict.reason.startswith("L’organisme n’aurait plus de responsable")


def test_an_access_is_ended_once_from_inside_and_after_it_starts():
    membership = MembershipFactory(role="reader", starts_on=TODAY)
    over = MembershipFactory(person=membership.person, ends_on=date(2026, 5, 1))

    def reason(actor, which, on=TODAY):
        return rules.can_end_membership(actor, which, today=TODAY, on=on).reason

    assert reason(PersonFactory(), membership).startswith("Les responsables")
    assert reason(membership.person, over) == "Cet accès est déjà terminé."
    assert reason(membership.person, membership, date(2026, 11, 22)).startswith("La fin")
    assert reason(membership.person, membership) == ""


def test_nobody_gives_themself_an_access_nor_one_twice_nor_backwards():
    owner = MembershipFactory()
    person = PersonFactory()

    def reason(**facts):
        return rules.can_give_membership(
            owner.person, owner.organisation, today=TODAY, starts_on=TODAY, **facts
        ).reason

    backwards = reason(person=person, ends_on=date(2026, 1, 1))
    MembershipFactory(organisation=owner.organisation, person=person)

    assert reason(person=owner.person).startswith("Personne ne se donne un accès")
    assert backwards == "La fin de l’accès vient avant son début."
    assert reason(person=person) == "Cette personne a déjà un accès à ces dates."


def test_an_organisation_keeps_its_own_sheet():
    _, local, regional = a_table()
    writer, reader = MembershipFactory(role="writer"), MembershipFactory(role="reader")

    def may(actor, organisation):
        return bool(rules.can_edit_organisation(actor, organisation, today=TODAY))

    assert may(writer.person, writer.organisation)
    assert not may(reader.person, reader.organisation)
    assert not may(writer.person, reader.organisation)
    assert may(regional, writer.organisation)
    assert not may(local, writer.organisation)


def test_those_who_coordinate_register_organisations():
    _, local, _ = a_table()

    assert rules.can_create_organisation(local, today=TODAY)
    assert not rules.can_create_organisation(SeatFactory().person, today=TODAY)


def test_a_name_finds_the_people_of_the_alliance_and_an_e_mail_finds_anybody():
    near = SeatFactory(person__name="Ginette Bérubé", body__alliance=AllianceFactory())
    far = SeatFactory(person__name="Ginette Roy", person__email="ginette@example.org")
    alliance = near.body.alliance

    for text in ("ginette", "BERUBE gin", "bérubé"):
        assert list(people_matching(text, alliance)) == [near.person]
    assert list(people_matching("Ginette@Example.org", alliance)) == [far.person]
    assert list(people_matching("gi", alliance)) == []
