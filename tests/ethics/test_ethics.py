"""Ties and refusals: who says them, who reads them, and what they keep."""

from datetime import timedelta

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.ethics import actions, queries
from jonction.ethics.models import Refusal, Tie
from tests.factories import TODAY, BodyFactory, OrganisationFactory, PersonFactory, SeatFactory
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def tie(person, alliance, **facts):
    return actions.declare_tie(
        alliance,
        actor=facts.pop("actor", person),
        today=TODAY,
        person=person,
        organisation=OrganisationFactory(),
        kind="board",
        starts_on=facts.pop("starts_on", TODAY),
        **facts,
    )


def refusal(body, person, side="person", actor=None):
    return actions.say_refusal(
        body, actor=actor or person, today=TODAY, person=person, side=side, reason="Confidentiel"
    )


def test_a_tie_is_read_by_the_person_and_the_coordination_of_the_alliance():
    body = BodyFactory()
    person = PersonFactory()
    tie(person, body.alliance)
    readers = {
        "herself": person,
        "alliance": alliance_coordinator(body.alliance),
        "body": coordinator_of(body),
        "member": SeatFactory(body=body).person,
        "elsewhere": alliance_coordinator(BodyFactory().alliance),
    }

    found = {name for name, who in readers.items() if queries.ties_visible_to(who, TODAY).exists()}

    assert found == {"herself", "alliance"}


def test_nobody_declares_a_tie_for_somebody_else_but_the_coordination():
    body = BodyFactory()

    tie(PersonFactory(), body.alliance, actor=alliance_coordinator(body.alliance))

    with pytest.raises(Refused, match="déclaré par la personne"):
        tie(PersonFactory(), body.alliance, actor=PersonFactory())


def test_a_tie_is_ended_once_and_stays_written():
    body = BodyFactory()
    person = PersonFactory()
    declared = tie(person, body.alliance, starts_on=TODAY - timedelta(days=9))

    actions.end_tie(declared, actor=person, today=TODAY)

    assert Tie.objects.get().ends_on == TODAY
    assert queries.tied_organisations([person.pk], TODAY + timedelta(days=1)) == {}
    assert queries.tied_organisations([person.pk], TODAY) == {person.pk: {declared.organisation_id}}
    with pytest.raises(Refused, match="déjà notée"):
        actions.end_tie(declared, actor=person, today=TODAY)


def test_each_side_says_its_own_refusal_and_the_alliance_either():
    body = BodyFactory()
    person, body_coordinator = PersonFactory(), coordinator_of(body)

    refusal(body, person)
    refusal(body, person, side="body", actor=body_coordinator)

    with pytest.raises(Refused, match="par la personne, par l’instance"):
        refusal(body, PersonFactory(), side="person", actor=body_coordinator)
    with pytest.raises(Refused, match="déjà noté"):
        refusal(body, person)
    assert queries.refused_bodies([person.pk]) == {person.pk: {body.pk}}
    assert [t.verb for t in Trace.objects.all()] == ["ethics.refusal.said"] * 2


def test_a_person_never_reads_that_a_body_does_not_want_her():
    body = BodyFactory()
    unwanted = alliance_coordinator(body.alliance)
    other = alliance_coordinator(body.alliance)
    refusal(body, unwanted, side="body", actor=other)

    seen = [queries.refusals_visible_to(who, TODAY).count() for who in (unwanted, other)]

    assert seen == [0, 1]


def test_a_withdrawn_refusal_keeps_nobody_apart(client):
    body = BodyFactory()
    person = PersonFactory()
    said = refusal(body, person)

    signed_in(client, person).post(f"/ethique/refus/{said.pk}/retirer/")

    assert Refusal.objects.get().withdrawn_on is not None
    assert queries.refused_bodies([person.pk]) == {}


def test_the_page_declares_and_says_what_is_wrong(client):
    body = BodyFactory()
    person = PersonFactory()
    client = signed_in(client, person)
    typed = {
        "alliance": body.alliance_id,
        "organisation": OrganisationFactory().name,
        "kind": "board",
        "starts_on": "2026-11-23",
        "word": "Trésorerie",
    }

    backwards = client.post("/ethique/liens/declarer/", {**typed, "ends_on": "2026-01-01"})
    unknown = client.post("/ethique/liens/declarer/", {**typed, "email": "personne@nulle.part"})
    stranger = client.post("/ethique/liens/declarer/", {**typed, "email": PersonFactory().email})
    kept = client.post("/ethique/liens/declarer/", typed)

    assert "La fin vient avant le début" in backwards.text
    assert "Trésorerie" in backwards.text
    assert "Aucune personne n’est connue" in unknown.text
    assert "déclaré par la personne" in stranger.text
    assert kept.url == "/ethique/"
    assert Tie.objects.get().person == person


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_or_many(client, django_assert_num_queries, count):
    body = BodyFactory()
    person = PersonFactory()
    for _ in range(count):
        tie(person, body.alliance)
    signed_in(client, person)

    with django_assert_num_queries(5):
        page = client.get("/ethique/").text

    assert page.count('<th scope="row">') == count
