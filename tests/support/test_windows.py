"""The calendar of the Alliance opens and closes what its windows name."""

from datetime import UTC, datetime

import pytest

from jonction.cycle.models import GESTURES
from jonction.support.models import Need
from jonction.support.rules.need import can_raise_need
from tests.factories import (
    TODAY,
    NeedFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
    WindowFactory,
)
from tests.support.test_mandates import coordinator_of
from tests.support.test_needs import typed
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

NEW = "/accompagnement/besoins/deposer/"
PAST = {
    "starts_at": datetime(2026, 9, 1, 13, tzinfo=UTC),
    "ends_at": datetime(2026, 10, 1, 21, tzinfo=UTC),
}
SINCE = "Fermé depuis le 1er octobre 2026 à 17 h 00, heure de l’Est."
# the rule behind each gesture that a window may name
RULES = {"support.raise_need": lambda actor, process: can_raise_need(actor, process, TODAY)}


def plain(text):
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def a_steered_process(**facts):
    process = ProcessFactory(**facts)
    return process, coordinator_of(process.body)


def test_every_gesture_that_windows_offer_has_its_rule_here():
    assert set(GESTURES) == set(RULES)


@pytest.mark.parametrize("gesture", GESTURES)
def test_a_window_closes_the_gesture_that_it_names_and_says_since_when(gesture):
    process, actor = a_steered_process()
    WindowFactory(alliance=process.body.alliance, gesture="another.gesture", **PAST)
    before = RULES[gesture](actor, process)

    WindowFactory(alliance=process.body.alliance, gesture=gesture, **PAST)
    after = RULES[gesture](actor, process)

    assert before
    assert plain(after.reason) == SINCE


@pytest.mark.parametrize("gesture", GESTURES)
def test_an_open_window_gives_no_right_to_those_who_have_none(gesture):
    process, _ = a_steered_process()
    WindowFactory(alliance=process.body.alliance, gesture=gesture)

    assert not RULES[gesture](SeatFactory().person, process)


def test_a_need_is_refused_outside_its_window_and_keeps_what_was_typed(client):
    need = NeedFactory()
    WindowFactory(alliance=need.process.body.alliance, **PAST)
    signed_in(client, coordinator_of(need.process.body))

    page = client.post(NEW, typed(need))

    assert page.status_code == 422
    assert SINCE in plain(page.text)
    assert "Préparer l’appel" in page.text
    assert Need.objects.count() == 1


def test_the_page_says_until_when_a_need_may_be_raised_before_anything_is_typed(client):
    process, actor = a_steered_process()
    window = WindowFactory(alliance=process.body.alliance)
    signed_in(client, actor)

    opened = plain(client.get(NEW).text)
    cell = f"/accompagnement/couverture/{process.pk}/?etape=planning&dimension=governance"
    at_the_cell = plain(client.get(cell).text)
    for name, value in PAST.items():
        setattr(window, name, value)
    window.save()
    closed = plain(client.get(NEW).text)

    assert "Ouvert jusqu’au 1er décembre 2026 à 17 h 00" in opened
    assert "Ouvert jusqu’au 1er décembre 2026 à 17 h 00" in at_the_cell
    assert "<textarea" in opened
    assert SINCE in closed
    assert "<textarea" not in closed
    assert SINCE in plain(client.get(cell).text)


def test_a_process_whose_territory_is_closed_leaves_the_others_open(client):
    alliance = TerritoryFactory().alliance
    closed, open_ = [
        ProcessFactory(
            body__alliance=alliance, body__territory=TerritoryFactory(alliance=alliance), name=name
        )
        for name in ("Démarche fermée", "Démarche ouverte")
    ]
    WindowFactory(alliance=alliance, territory=closed.body.territory, **PAST)
    person = coordinator_of(closed.body)
    SeatFactory(body=open_.body, person=person, role="coordinator")
    signed_in(client, person)

    page = client.get(NEW)
    answers = [
        client.post(NEW, typed(NeedFactory.build(process=p))).status_code for p in (closed, open_)
    ]

    said = {tuple(names): bool(verdict) for verdict, names in page.context["openings"]}
    assert said == {("Démarche fermée",): False, ("Démarche ouverte",): True}
    assert answers == [422, 302]


def test_the_page_asks_no_more_of_the_database_for_thirty_processes(
    client, django_assert_max_num_queries
):
    alliance = TerritoryFactory().alliance
    person = SeatFactory(body__alliance=alliance, body__level="regional", role="coordinator").person
    for _ in range(30):
        territory = TerritoryFactory(alliance=alliance)
        ProcessFactory(body__alliance=alliance, body__territory=territory)
        WindowFactory(alliance=alliance, territory=territory)
    signed_in(client, person)

    with django_assert_max_num_queries(12):
        assert client.get(NEW).status_code == 200
