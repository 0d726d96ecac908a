"""What the desk shows first."""

from datetime import UTC, datetime

import pytest
import time_machine

from jonction.home.desk import desk_of
from jonction.support.queries.journal import hours
from tests.factories import (
    TODAY,
    DeadlineFactory,
    MandateFactory,
    MilestoneFactory,
    NeedFactory,
    ProcessFactory,
    ResourceFactory,
    SeatFactory,
)
from tests.support.lands import LAND, a_territory, an_alliance
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(datetime(2026, 11, 23, 17, tzinfo=UTC), tick=False):
        yield


def test_what_comes_first_is_read_first_whatever_it_is(client):
    process = ProcessFactory()
    person = SeatFactory(body=process.body).person
    for name, day in (("Forum", 25), ("Comité", 23)):
        MilestoneFactory(process=process, name=name, on=TODAY.replace(day=day))
    for name, day in (("Dépôt", 24), ("Avis", 25)):
        due_at = datetime(2026, 11, day, 21, tzinfo=UTC)
        DeadlineFactory(process=process, name=name, due_at=due_at)

    coming = desk_of(person, TODAY).coming
    page = signed_in(client, person).get("/bureau/").text

    assert [one.name for one in coming] == ["Comité", "Dépôt", "Avis", "Forum"]
    assert page.index("Comité") < page.index("Dépôt") < page.index("Forum")
    assert page.count("aujourd’hui</") == 1


def test_what_cannot_wait_is_answered_first():
    process = ProcessFactory()
    for text, urgency, day in (("Ancien", "later", 1), ("Pressé", "now", 20)):
        asked_on = TODAY.replace(day=day)
        NeedFactory(
            process=process, status="received", text=text, urgency=urgency, asked_on=asked_on
        )
    coordinator = SeatFactory(body=process.body, role="coordinator").person

    assert [need.text for need in desk_of(coordinator, TODAY).waiting] == ["Pressé", "Ancien"]


def test_what_is_retained_still_waits_for_somebody(client):
    need = NeedFactory(process=ProcessFactory(), status="prioritised")
    coordinator = SeatFactory(body=need.process.body, role="coordinator").person

    assert desk_of(coordinator, TODAY).waiting == [need]
    assert "Proposer un mandat" in signed_in(client, coordinator).get("/bureau/").text


def test_who_asked_finds_where_it_stands_and_where_to_ask(client):
    need = NeedFactory(process=ProcessFactory(), status="admissible")
    NeedFactory(process=need.process, asked_by=need.asked_by, status="met")
    SeatFactory(body=need.process.body, person=need.asked_by)

    desk = desk_of(need.asked_by, TODAY)
    page = signed_in(client, need.asked_by).get("/bureau/").text

    assert (desk.asked, desk.invites) == ([need], True)
    assert 'href="/accompagnement/besoins/deposer/"' in page


def test_whoever_decides_or_supports_is_not_invited_to_ask():
    mandate = MandateFactory()
    coordinator = SeatFactory(body=mandate.process.body, role="coordinator").person

    for person in (mandate.resource.person, coordinator):
        assert not desk_of(person, TODAY).invites


def test_a_coordination_reads_at_once_what_lacks_and_who_has_little(client):
    alliance = an_alliance()
    for land in LAND:
        a_territory(alliance, *land)
    signed_in(client, alliance_coordinator(alliance))

    desk = client.get("/bureau/").text
    coverage = client.get("/accompagnement/couverture/").text
    equity = client.get("/accompagnement/equite/").text

    for address, part, page in (
        ("couverture", "tenue", coverage),
        ("equite", "moins-servi", equity),
    ):
        assert f'hx-get="/accompagnement/{address}/" hx-select="#{part}"' in desk
        assert page.count(f'id="{part}"') == 1
    assert "hx-select" not in signed_in(client, SeatFactory().person).get("/bureau/").text


def test_the_example_of_a_sentence_names_a_table_that_one_supports(client):
    mandate = MandateFactory()

    page = signed_in(client, mandate.resource.person).get("/bureau/").text

    assert f"appel {mandate.process.body.name} {printed('30 min')} budget" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_of_who_coordinates_and_supports_asks_twenty_queries(
    client, django_assert_num_queries, count
):
    """Nobody has more on a desk: what she decides on, and what she gives."""
    alliance = an_alliance()
    person = alliance_coordinator(alliance)
    own = ResourceFactory(person=person, alliance=alliance)
    for rank in range(count):
        process = (
            a_territory(alliance, f"Territoire {rank}", None, 3, 1).bodies.get().processes.get()
        )
        MandateFactory(process=process, resource=own)
        MandateFactory(process=process, resource=own, status="proposed")
        NeedFactory(process=process, status="received")
        MilestoneFactory(process=process)
    signed_in(client, person)

    with django_assert_num_queries(20):
        client.get("/bureau/")


@pytest.mark.parametrize("count", [1, 30])
def test_the_desk_of_whoever_supports_costs_the_same_for_one_mandate_or_thirty(
    client, django_assert_max_num_queries, count
):
    resource = ResourceFactory()
    for _ in range(count):
        log(MandateFactory(resource=resource, process__body__alliance=resource.alliance))
    MandateFactory(resource=resource, status="proposed", quarters_per_week=40)
    MandateFactory(resource=resource, starts_on="2026-12-01", quarters_per_week=40)
    signed_in(client, resource.person)

    with django_assert_max_num_queries(20):
        desk = client.get("/bureau/").context["desk"]

    held = resource.mandates.filter(status="active", starts_on__lte=TODAY)
    assert len(desk.offered) == 1
    assert desk.promised == hours(sum(held.values_list("quarters_per_week", flat=True)))
