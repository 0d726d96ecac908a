"""Ties and refusals: who says them, who reads them, and what they keep."""

from datetime import timedelta

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.ethics import actions, queries
from jonction.ethics.models import Refusal, Tie
from tests.factories import (
    TODAY,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    ResourceFactory,
    SeatFactory,
)
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def a_member(body):
    return SeatFactory(body=body).person


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
    person = a_member(body)
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
    person = a_member(body)
    declared = tie(person, body.alliance, starts_on=TODAY - timedelta(days=9))

    actions.end_tie(declared, actor=person, today=TODAY)

    assert Tie.objects.get().ends_on == TODAY
    assert queries.tied_organisations([person.pk], TODAY + timedelta(days=1)) == {}
    assert queries.tied_organisations([person.pk], TODAY) == {person.pk: {declared.organisation_id}}
    with pytest.raises(Refused, match="déjà notée"):
        actions.end_tie(declared, actor=person, today=TODAY)


def test_each_side_says_its_own_refusal_and_the_alliance_either():
    body = BodyFactory()
    person, body_coordinator = a_member(body), coordinator_of(body)

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
    person = a_member(body)
    said = refusal(body, person)

    signed_in(client, person).post(f"/ethique/refus/{said.pk}/retirer/")

    assert Refusal.objects.get().withdrawn_on is not None
    assert queries.refused_bodies([person.pk]) == {}


def test_the_page_declares_and_says_what_is_wrong(client):
    body = BodyFactory()
    person = coordinator_of(body)
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
    person = a_member(body)
    for _ in range(count):
        tie(person, body.alliance)
    signed_in(client, person)

    with django_assert_num_queries(7):
        page = client.get("/ethique/").text

    assert page.count('<th scope="row">') == count


@pytest.mark.parametrize("path", ["liens/declarer", "refus/dire"])
def test_whoever_is_party_to_no_alliance_has_nothing_to_declare(client, path):
    BodyFactory()
    client = signed_in(client, PersonFactory())

    page = client.get(f"/ethique/{path}/")

    assert page.status_code == 409
    assert "dans une Alliance" in page.text
    assert path not in client.get("/ethique/").text


@pytest.mark.parametrize("path", ["liens/declarer", "refus/dire"])
def test_only_a_coordination_names_somebody_else(client, path):
    body = BodyFactory()

    fields = [
        set(signed_in(client, who).get(f"/ethique/{path}/").context["form"].fields)
        for who in (a_member(body), coordinator_of(body))
    ]

    assert ["email" in names for names in fields] == [False, True]


def test_a_tie_and_a_refusal_are_said_where_one_takes_part(client):
    here, elsewhere = BodyFactory(), BodyFactory()
    supporting = ResourceFactory(alliance=here.alliance).person
    writing = MembershipFactory(role="writer", organisation__place=here.alliance.region).person
    client = signed_in(client, supporting)

    alliances = client.get("/ethique/liens/declarer/").context["form"].fields["alliance"].queryset
    bodies = client.get("/ethique/refus/dire/").context["form"].fields["body"].queryset

    assert (list(alliances), list(bodies)) == ([here.alliance], [here])
    tie(supporting, here.alliance)
    tie(writing, here.alliance)
    refusal(here, supporting)
    with pytest.raises(Refused, match="ne prenez pas part"):
        tie(supporting, elsewhere.alliance)
    with pytest.raises(Refused, match="Un refus est dit"):
        refusal(elsewhere, supporting)


def test_whoever_left_still_ends_her_own_tie_and_takes_her_refusal_back():
    body = BodyFactory()
    seat = SeatFactory(body=body)
    declared, said = tie(seat.person, body.alliance), refusal(body, seat.person)
    seat.delete()

    actions.end_tie(declared, actor=seat.person, today=TODAY)
    actions.withdraw_refusal(said, actor=seat.person, today=TODAY)

    assert Tie.objects.get().ends_on == TODAY
    assert Refusal.objects.get().withdrawn_on == TODAY
    with pytest.raises(Refused, match="La fin d’un lien"):
        actions.end_tie(tie(a_member(body), body.alliance), actor=PersonFactory(), today=TODAY)
