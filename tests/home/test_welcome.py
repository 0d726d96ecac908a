from datetime import date

import pytest

from jonction.cycle.models import Process
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    PlanFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
)
from tools.messages import printed

pytestmark = pytest.mark.django_db


def an_alliance(name="Alliance du Bas-du-Fleuve", **plan):
    alliance = AllianceFactory(name=name, plan=PlanFactory(**plan))
    territory = TerritoryFactory(alliance=alliance, name="La Matanie et La Mitis")
    return BodyFactory(
        alliance=alliance,
        name=f"Table de {name}",
        territory=territory,
        contact="Coordination, 418 555-0100",
    )


def test_a_visitor_reads_who_concerts_where_at_what_stage_and_whom_to_call(client):
    body = an_alliance()
    process = ProcessFactory(body=body)
    seat = SeatFactory(body=body)

    page = client.get("/").text

    assert printed("Ses territoires : La Matanie et La Mitis.") in page
    assert f'<a href="{body.get_absolute_url()}"><b>{body.name}</b></a>' in page
    assert printed("Qui appeler : Coordination, 418 555-0100") in page
    assert printed(f'aria-label="Étapes : {body.name}"') in page
    assert 'aria-current="step"' in page
    assert process.stages.count() == 6
    assert seat.person.name not in page


def test_an_alliance_whose_plan_is_over_is_named_below_unless_its_work_goes_on(client):
    over = {"starts_on": date(2017, 1, 1), "ends_on": date(2023, 3, 31)}
    past, late = an_alliance("Ancienne", **over), an_alliance("Prolongée", **over)
    ProcessFactory(body=late, status=Process.Status.TRANSITION)

    page = client.get("/").text

    assert (
        printed(f'Sous les plans précédents : <a href="{past.alliance.get_absolute_url()}">')
        in page
    )
    assert past.name not in page
    assert late.name in page


def test_many_alliances_are_led_to_and_the_page_costs_the_same(client, django_assert_num_queries):
    for n in range(4):
        ProcessFactory(body=an_alliance(f"Alliance {n}"))
    client.get("/")

    with django_assert_num_queries(3):
        page = client.get("/").text

    assert page.count("Où en est son instance, et qui appeler") == 4
    assert "Table de Alliance 2" not in page
