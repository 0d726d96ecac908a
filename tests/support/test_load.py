from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from jonction.core.models import Trace
from jonction.cycle.models import Milestone
from jonction.support.models import Assumptions, Capacity
from tests.factories import (
    TODAY,
    BodyFactory,
    DeadlineFactory,
    MandateFactory,
    MembershipFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
)
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db
PAGE = "/accompagnement/charge/"


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def offer(resource, quarters):
    return Capacity.objects.create(
        resource=resource,
        quarters_per_week=quarters,
        starts_on=date(2026, 1, 1),
        ends_on=date(2028, 1, 1),
    )


def a_meeting(body_or_process, on=date(2026, 12, 2), **facts):
    process = getattr(body_or_process, "process", body_or_process)
    return MilestoneFactory(process=process, kind=Milestone.Kind.MEETING, on=on, **facts)


def weeks_of(page):
    return page.context["weeks"]


def test_a_week_is_its_mandates_against_the_hours_offered(client):
    mandate = MandateFactory(quarters_per_week=16)
    offer(mandate.resource, 12)

    page = signed_in(client, mandate.resource.person).get(PAGE)

    first = weeks_of(page)[0]
    assert (first.hours, first.offered, first.excess) == ("4\u00a0h", "3\u00a0h", "1\u00a0h")
    assert "1\u00a0h de trop" in page.text
    assert mandate.process.name in page.text


def test_whoever_sits_is_expected_at_the_meetings(client):
    seat = SeatFactory()
    mandate = MandateFactory(process__body=seat.body)
    meeting = a_meeting(mandate, quarters=6, preparation_quarters=4)

    page = signed_in(client, seat.person).get(PAGE)

    # on a Wednesday: three weekdays of preparation fall in the week before
    [before, during] = weeks_of(page)[:2]
    assert (before.hours, during.hours) == ("0,6\u00a0h", "2,9\u00a0h")
    assert [named.url for _kind, named, _hours in during.lines] == [
        meeting.process.get_absolute_url()
    ] * 3


def test_what_nobody_said_of_a_meeting_is_what_the_alliance_supposes(client):
    seat = SeatFactory()
    Assumptions.objects.create(
        alliance=seat.body.alliance, meeting_quarters=12, preparation_quarters=0, travel_quarters=0
    )
    a_meeting(MandateFactory(process__body=seat.body))

    page = signed_in(client, seat.person).get(PAGE)

    assert weeks_of(page)[1].hours == "3\u00a0h"


def test_whoever_coordinates_prepares_the_deadlines_and_a_soft_one_can_move(client):
    seat = SeatFactory(role="coordinator")
    process = MandateFactory(process__body=seat.body).process
    DeadlineFactory(process=process, name="Avis", force="soft")

    page = signed_in(client, seat.person).get(PAGE)

    assert [week.hours for week in weeks_of(page)[:2]] == ["3,2\u00a0h", "0,8\u00a0h"]
    assert "Avis" in page.text


def test_a_seat_that_ended_expects_nobody(client):
    seat = SeatFactory(ends_on=date(2026, 11, 30))
    a_meeting(MandateFactory(process__body=seat.body))

    assert {week.hours for week in weeks_of(signed_in(client, seat.person).get(PAGE))} == {
        "0\u00a0h"
    }


def test_the_days_of_what_one_supports_are_told_without_hours(client):
    mandate = MandateFactory(quarters_per_week=16)
    MilestoneFactory(process=mandate.process, name="Forum local")

    page = signed_in(client, mandate.resource.person).get(PAGE)

    assert [named.label.split(" – ")[0] for _on, named in weeks_of(page)[2].to_know] == [
        "Forum local"
    ]
    assert weeks_of(page)[2].hours == "4\u00a0h"


def test_what_can_move_is_offered_and_what_remains_is_said(client):
    mandate = MandateFactory(quarters_per_week=16)
    SeatFactory(person=mandate.resource.person, body=mandate.process.body)
    offer(mandate.resource, 12)
    a_meeting(mandate, quarters=2, preparation_quarters=0)

    page = signed_in(client, mandate.resource.person).get(PAGE)

    during = weeks_of(page)[1]
    assert [hours for _named, hours in during.movable] == ["1,5\u00a0h"]
    assert page.context["is_stuck"]
    assert "allégé, suspendu ou partagé" in page.text


def test_the_coordination_protects_by_name_and_never_reads_hours(client):
    table = BodyFactory(level="regional")
    coordinator = SeatFactory(body=table, role="coordinator").person
    for name, quarters in (("Zoé", 90), ("Édith", 14), ("Bruno", 40)):
        mandate = MandateFactory(
            process__body__alliance=table.alliance, resource__name=name, quarters_per_week=quarters
        )
        offer(mandate.resource, 12)
    calm = MandateFactory(process__body__alliance=table.alliance, resource__name="Alix")
    offer(calm.resource, 100)

    page = signed_in(client, coordinator).get(PAGE)

    assert [name for name, _weeks in page.context["protect"]] == ["Bruno", "Édith", "Zoé"]
    assert all(len(weeks) == 12 for _name, weeks in page.context["protect"])
    assert page.text.count("chacune des douze prochaines semaines") == 3
    assert "22,5" not in page.text  # the 90 quarter hours of Zoé
    assert "Alix" not in page.text


@pytest.mark.parametrize("role", ["member", "observer"])
def test_whoever_does_not_coordinate_reads_nobody(client, role):
    table = BodyFactory(level="regional")
    mandate = MandateFactory(process__body__alliance=table.alliance, resource__name="Zoé")
    offer(mandate.resource, 4)

    page = signed_in(client, SeatFactory(body=table, role=role).person).get(PAGE)

    assert "Zoé" not in page.text


def test_the_weeks_are_a_file_too(client):
    mandate = MandateFactory(quarters_per_week=16)

    page = signed_in(client, mandate.resource.person).get(f"{PAGE}semaines/?forme=csv")

    lines = page.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Semaine du;Heures demandées;Heures offertes;Mandats;Rencontres")
    assert (len(lines), lines[1].split(";")[1:4]) == (13, ["4,0", "", "4,0"])


def test_the_tool_says_what_it_asks_and_when_it_is_too_much(client):
    mandate = MandateFactory()
    Assumptions.objects.create(alliance=mandate.process.body.alliance, most_minutes=1)
    lines = [log(mandate, quarters=1, text=f"Appel {n}") for n in range(40)]
    Trace._base_manager.filter(object_id=lines[0].pk).update(
        left_at=datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))
    )

    page = signed_in(client, mandate.resource.person).get(PAGE)

    # 39 lines of 20 s in twelve weeks: the first one is older
    assert float(page.context["minutes"]) == pytest.approx(39 * 20 / 60 / 12, abs=0.01)
    assert "C’est trop" in page.text


def at_two_tables(organisation, person, count=7):
    """Seat a person for an organisation at two tables that meet the same days."""
    table = BodyFactory(level="regional")
    for body in (table, BodyFactory(alliance=table.alliance)):
        SeatFactory(body=body, person=person, organisation=organisation)
        process = MandateFactory(process__body=body).process
        for n in range(count):
            a_meeting(process, on=TODAY + timedelta(days=3 * n + 1))
    return table


def test_an_organisation_sees_the_meetings_that_fall_on_the_same_person(client):
    organisation, person = OrganisationFactory(), PersonFactory(name="Lise Roy")
    at_two_tables(organisation, person)
    owner = MembershipFactory(organisation=organisation).person

    page = signed_in(client, owner).get(f"{PAGE}organismes/{organisation.pk}/")

    assert (page.context["bodies"], page.context["people"]) == (2, 1)
    assert "Lise Roy : 14 rencontres dans les quatre semaines" in page.text.replace("\u00a0", " ")
    assert "2 rencontres le même jour, le 24 novembre 2026" in page.text


def test_an_organisation_sees_the_deadlines_that_its_people_prepare(client):
    organisation = OrganisationFactory()
    steering, sitting = (
        SeatFactory(role=role, organisation=organisation, person__name=name)
        for role, name in (("coordinator", "Lise Roy"), ("member", "Jean Côté"))
    )
    for seat, name in ((steering, "Dépôt du plan"), (sitting, "Bilan")):
        process = MandateFactory(process__body=seat.body).process
        DeadlineFactory(process=process, name=name)
    owner = MembershipFactory(organisation=organisation).person

    page = signed_in(client, owner).get(f"{PAGE}organismes/{organisation.pk}/")

    [(deadline, people, hours)] = page.context["duties"]
    assert (deadline.name, people) == ("Dépôt du plan", ("Lise Roy",))
    assert hours == "4\u00a0h"
    assert "Dépôt du plan" in page.text
    assert "Bilan" not in page.text


def test_the_coordination_is_led_to_organisations_asked_at_several_tables(client):
    one, other = OrganisationFactory(name="CDC du Littoral"), OrganisationFactory()
    table = at_two_tables(one, PersonFactory(), count=1)
    SeatFactory(body=table, organisation=other)
    coordinator = SeatFactory(body=table, role="coordinator").person

    page = signed_in(client, coordinator).get(PAGE)

    assert [(o.name, o.bodies) for o in page.context["organisations"]] == [("CDC du Littoral", 2)]
    assert f"{PAGE}organismes/{one.pk}/" in page.text
    member = SeatFactory(body=table, role="member").person
    assert signed_in(client, member).get(PAGE).context["organisations"] == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("member of another table", 404), ("coordinator", 200), ("seated", 200), ("anybody", 404)],
)
def test_the_names_of_an_organisation_are_read_inside_it_and_around_it(client, who, status):
    organisation, person = OrganisationFactory(), PersonFactory()
    table = at_two_tables(organisation, person, count=1)
    people = {
        "member of another table": lambda: SeatFactory().person,
        "coordinator": lambda: SeatFactory(body=table, role="coordinator").person,
        "seated": lambda: person,
        "anybody": PersonFactory,
    }

    page = signed_in(client, people[who]()).get(f"{PAGE}organismes/{organisation.pk}/")

    assert page.status_code == status


@pytest.mark.parametrize("count", [1, 30])
def test_the_load_costs_the_same_for_one_resource_or_thirty(
    client, django_assert_max_num_queries, count
):
    body = BodyFactory(level="regional")
    for _ in range(count):
        mandate = MandateFactory(process__body__alliance=body.alliance)
        offer(mandate.resource, 4)
        SeatFactory(person=mandate.resource.person, body=mandate.process.body)
        a_meeting(mandate)
        DeadlineFactory(process=mandate.process)
    signed_in(client, SeatFactory(body=body, role="coordinator").person)

    with django_assert_max_num_queries(20):
        assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_an_organisation_costs_the_same_for_one_meeting_or_thirty(
    client, django_assert_max_num_queries, count
):
    organisation, person = OrganisationFactory(), PersonFactory()
    at_two_tables(organisation, person, count=count)
    signed_in(client, person)

    with django_assert_max_num_queries(12):
        page = client.get(f"{PAGE}organismes/{organisation.pk}/")

    assert page.status_code == 200


@pytest.mark.parametrize(("language", "label"), [("", "7 déc"), ("en", "7 Dec")])
def test_the_weeks_of_the_picture_are_named_as_each_language_does(client, language, label):
    person = PersonFactory(language=language)

    page = signed_in(client, person).get(PAGE)

    assert f">{label}<" in page.text
