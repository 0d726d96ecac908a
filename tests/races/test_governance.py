"""What two people who govern could break together."""

import pytest

from jonction.core.versions import rewrite
from jonction.governance.actions import edit_body, end_membership, end_seat
from jonction.governance.models import Body, Membership, Seat
from jonction.governance.queries import coordinators_of, owners_of
from jonction.governance.rules import can_end_membership, can_end_seat
from tests.factories import (
    TODAY,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
)
from tests.races.meeting import meet

pytestmark = pytest.mark.django_db(transaction=True)


def each_ends_the_other(model, pks, people, ending):
    """Return how two people, each holding the row of the same rank, end that of the other."""

    def looks(mine, other):
        row = model.objects.get(pk=pks[other])
        return ending(row, people[mine])

    return meet(lambda: looks(0, 1), lambda: looks(1, 0))


def two_coordinators():
    body = BodyFactory()
    seats = SeatFactory.create_batch(2, body=body, role="coordinator")
    return body, [s.pk for s in seats], [s.person for s in seats]


def ends_seat(seat, actor):
    return lambda: end_seat(seat, actor=actor, today=TODAY, on=TODAY)


def ends_seat_judged_before(seat, actor):
    verdict = can_end_seat(actor, seat, today=TODAY)
    return lambda: verdict and Seat.objects.filter(pk=seat.pk).update(ends_on=TODAY)


def tomorrow():
    return TODAY.replace(day=TODAY.day + 1)


def test_two_coordinators_who_end_each_other_leave_one():
    body, seats, people = two_coordinators()

    outcome = each_ends_the_other(Seat, seats, people, ends_seat)

    assert outcome == ["done", "Refused"]
    assert coordinators_of(body, tomorrow()).count() == 1


def test_judged_before_the_lock_a_body_would_lose_its_last_two_coordinators():
    body, seats, people = two_coordinators()

    each_ends_the_other(Seat, seats, people, ends_seat_judged_before)

    assert coordinators_of(body, tomorrow()).count() == 0


def two_owners():
    """Return an organisation with two owners and somebody for whom one of them must answer."""
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation, role="reader")
    rows = MembershipFactory.create_batch(2, organisation=organisation)
    return organisation, [r.pk for r in rows], [r.person for r in rows]


def ends_access(row, actor):
    return lambda: end_membership(row, actor=actor, today=TODAY, on=TODAY)


def ends_access_judged_before(row, actor):
    verdict = can_end_membership(actor, row, today=TODAY)
    return lambda: verdict and Membership.objects.filter(pk=row.pk).update(ends_on=TODAY)


def test_two_owners_who_end_each_other_leave_one():
    organisation, rows, people = two_owners()

    outcome = each_ends_the_other(Membership, rows, people, ends_access)

    assert outcome == ["done", "Refused"]
    assert owners_of(organisation, tomorrow()).count() == 1


def test_judged_before_the_lock_an_organisation_would_lose_its_last_two_owners():
    organisation, rows, people = two_owners()

    each_ends_the_other(Membership, rows, people, ends_access_judged_before)

    assert owners_of(organisation, tomorrow()).count() == 0


def two_save_one_sheet(saves):
    """One writes the name while the other writes the telephone; return the sheet that is left."""
    pk, actor = BodyFactory(name="Avant", contact="").pk, PersonFactory()

    def looks(**changes):
        sheet = Body.objects.get(pk=pk)
        return lambda: saves(sheet, changes, version=sheet.version, actor=actor)

    outcome = meet(lambda: looks(name="Après"), lambda: looks(contact="418 555-0100"))
    return outcome, *Body.objects.values_list("name", "contact").get()


def naive_save(sheet, changes, *, version, actor):
    """Write the whole sheet as it was read: the very fault that the version prevents."""
    for name, value in changes.items():
        setattr(sheet, name, value)
    sheet.save()


def test_of_two_people_who_save_one_sheet_the_second_is_told():
    assert two_save_one_sheet(rewrite) == (["done", "Refused"], "Après", "")


def test_without_the_version_the_second_would_undo_the_first():
    assert two_save_one_sheet(naive_save) == (["done", "done"], "Avant", "418 555-0100")


def test_two_regional_bodies_do_not_leave_the_alliance_at_once():
    first = SeatFactory(role="coordinator", body__level="regional")
    alliance = first.body.alliance
    second = SeatFactory(role="coordinator", body__level="regional", body__alliance=alliance)

    def becomes_local(seat):
        body = Body.objects.get(pk=seat.body_id)
        changes = {"level": "local"}
        return lambda: edit_body(body, actor=seat.person, today=TODAY, version=1, changes=changes)

    outcome = meet(lambda: becomes_local(first), lambda: becomes_local(second))

    assert outcome == ["done", "Refused"]
    assert Body.objects.filter(level="regional").count() == 1
