"""What the desk shows first."""

from datetime import UTC, datetime

import pytest
import time_machine

from jonction.home.desk import desk_of
from tests.factories import (
    TODAY,
    DeadlineFactory,
    MilestoneFactory,
    NeedFactory,
    ProcessFactory,
    SeatFactory,
)
from tests.support.test_pages import signed_in

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
