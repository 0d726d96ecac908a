from datetime import timedelta

import pytest

from jonction.core.models import Message, Trace
from jonction.core.verdicts import Refused
from jonction.support import coverage
from jonction.support.actions import mandate as actions
from jonction.support.actions.resource import (
    add_leave,
    add_resource,
    announce_departure,
    offer_capacity,
    remove_leave,
)
from jonction.support.models import Capacity, Mandate, Need, Resource
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    PersonFactory,
    ResourceFactory,
    SeatFactory,
)
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db


def coordinator_of(body):
    return SeatFactory(body=body, role="coordinator").person


def alliance_coordinator(alliance):
    return coordinator_of(BodyFactory(alliance=alliance, level="regional"))


def propose(need, resource, actor, **changes):
    facts = {
        "level": need.level,
        "stages": need.stages,
        "dimensions": need.dimensions,
        "mode": "continuous",
        "quarters_per_week": 8,
        "starts_on": need.starts_on,
        "ends_on": need.ends_on,
        "need": need,
    }
    return actions.propose_mandate(
        need.process, actor=actor, today=TODAY, resource=resource, **{**facts, **changes}
    )


def test_a_need_is_matched_then_in_progress_as_people_answer():
    need = NeedFactory()
    resource = ResourceFactory(alliance=need.process.body.alliance)

    mandate = propose(need, resource, coordinator_of(need.process.body))
    matched = Need.objects.get().status
    actions.accept_mandate(mandate, actor=resource.person, today=TODAY)

    assert (matched, Need.objects.get().status) == ("matched", "in_progress")
    assert Mandate.objects.get().status == "active"
    assert {trace.verb for trace in Trace.objects.all()} == {
        "support.mandate.proposed",
        "support.need.matched",
        "support.mandate.active",
        "support.need.in_progress",
    }


def test_a_need_that_everybody_declines_waits_again():
    need = NeedFactory()
    resource = ResourceFactory(alliance=need.process.body.alliance)
    mandate = propose(need, resource, coordinator_of(need.process.body))

    actions.decline_mandate(mandate, actor=resource.person, today=TODAY, word="Déjà prise")

    assert (Need.objects.get().status, Mandate.objects.get().word) == ("prioritised", "Déjà prise")


def test_the_coordination_takes_back_what_it_proposed_and_the_person_is_told(
    client, django_capture_on_commit_callbacks
):
    need = NeedFactory()
    resource = ResourceFactory(alliance=need.process.body.alliance)
    coordinator = coordinator_of(need.process.body)
    mandate = propose(need, resource, coordinator)
    page = mandate.get_absolute_url()
    theirs = signed_in(client, resource.person).get(page).text

    shown = signed_in(client, coordinator).get(page).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page}retirer/", {"retirer-word": "Trop d’heures"})

    mandate = Mandate.objects.get()
    assert ("retirer/" in shown, "retirer/" in theirs) == (True, False)
    assert (mandate.status, mandate.word) == ("withdrawn", "Trop d’heures")
    assert Need.objects.get().status == "prioritised"
    told = Message.objects.get(subject="Le mandat proposé est retiré")
    assert told.person == resource.person
    assert Trace.objects.filter(verb="support.mandate.withdrawn").count() == 1


@pytest.mark.parametrize("status", ["active", "declined", "ended"])
def test_an_offer_that_was_answered_is_not_taken_back(status):
    mandate = MandateFactory(status=status)

    with pytest.raises(Refused, match="n’attend plus de réponse"):
        actions.withdraw_mandate(mandate, actor=coordinator_of(mandate.process.body), today=TODAY)


def test_an_offer_is_taken_back_by_the_coordination_alone():
    mandate = MandateFactory(status="proposed")

    with pytest.raises(Refused, match="retirée par la coordination"):
        actions.withdraw_mandate(mandate, actor=mandate.resource.person, today=TODAY)


def test_nobody_accepts_for_somebody_who_can_sign_in():
    mandate = MandateFactory(status="proposed")

    with pytest.raises(Refused, match="La réponse appartient"):
        actions.accept_mandate(mandate, actor=coordinator_of(mandate.process.body), today=TODAY)


def test_the_coordination_writes_the_answer_of_whoever_has_no_account():
    mandate = MandateFactory(status="proposed", resource__person=None)

    actions.accept_mandate(mandate, actor=coordinator_of(mandate.process.body), today=TODAY)

    assert Mandate.objects.get().status == "active"


def one_too_many():
    """Return an active mandate, and one proposed that would pass the hours offered."""
    first = MandateFactory(quarters_per_week=100)
    offer_capacity(
        first.resource,
        actor=first.resource.person,
        today=TODAY,
        quarters_per_week=140,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(weeks=52),
    )
    second = MandateFactory(
        resource=first.resource, process=first.process, status="proposed", quarters_per_week=60
    )
    return first, second


def test_a_second_mandate_beyond_the_hours_offered_is_refused_with_the_figures():
    first, second = one_too_many()

    with pytest.raises(Refused) as refusal:
        actions.accept_mandate(second, actor=first.resource.person, today=TODAY)

    assert str(refusal.value) == (
        printed(
            f"À partir du 23 novembre 2026, {first.resource} serait à 40 h par semaine pour 35 h offertes."
        )
    )
    assert Mandate.objects.get(pk=second.pk).status == "proposed"


def test_the_coordination_is_told_at_once_that_a_proposal_passes_the_hours_offered(client):
    first, second = one_too_many()
    member = SeatFactory(body=first.process.body, role="member").person
    coordinator = coordinator_of(first.process.body)

    told, kept_from = (
        signed_in(client, person).get(second.get_absolute_url()).text
        for person in (coordinator, member)
    )

    assert printed("serait à 40 h par semaine pour 35 h offertes") in told
    assert "Il ne pourra pas être accepté tel quel" in told
    assert "h offertes" not in kept_from


def test_hours_said_anew_replace_those_of_the_same_days():
    mandate = MandateFactory()
    facts = {"actor": mandate.resource.person, "today": TODAY}
    year = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=99)}
    offer_capacity(mandate.resource, **facts, quarters_per_week=140, **year)

    middle = {"starts_on": TODAY + timedelta(days=10), "ends_on": TODAY + timedelta(days=19)}
    offer_capacity(mandate.resource, **facts, quarters_per_week=40, **middle)

    assert [
        (c.quarters_per_week, (c.starts_on - TODAY).days, (c.ends_on - TODAY).days)
        for c in Capacity.objects.order_by("starts_on")
    ] == [(140, 0, 9), (40, 10, 19), (140, 20, 99)]


def test_a_pause_opens_a_hole_and_its_history_stays():
    mandate = MandateFactory()
    person = mandate.resource.person

    def planned(on):
        cells = coverage.coverage_of([mandate.process], "local", on=on)
        return next(c for c in cells if (c.stage, c.dimension) == ("planning", "governance"))

    actions.suspend_mandate(mandate, actor=person, today=TODAY, word="Congé")
    suspended = planned(TODAY).status
    actions.resume_mandate(mandate, actor=person, today=TODAY + timedelta(days=30))

    assert suspended == "hole"
    assert planned(TODAY).status == "hole"
    assert planned(TODAY + timedelta(days=30)).status == "thin"
    assert planned(TODAY - timedelta(days=1)).status == "thin"


def test_an_end_to_come_shortens_and_an_end_today_ends():
    mandate = MandateFactory()
    person = mandate.resource.person

    actions.end_mandate(
        mandate, actor=person, today=TODAY, on=TODAY + timedelta(days=20), word="Autre poste"
    )
    later = Mandate.objects.get()
    actions.end_mandate(mandate, actor=person, today=TODAY, on=TODAY, word="Autre poste")

    assert (later.status, later.ends_on) == ("active", TODAY + timedelta(days=20))
    assert (Mandate.objects.get().status, Mandate.objects.get().ends_on) == ("ended", TODAY)


def test_a_stranger_moves_nothing():
    mandate = MandateFactory()
    proposed = MandateFactory(status="proposed")
    stranger = PersonFactory()

    for gesture, subject, facts in (
        (actions.accept_mandate, proposed, {}),
        (actions.decline_mandate, proposed, {"word": ""}),
        (actions.suspend_mandate, mandate, {"word": ""}),
        (actions.end_mandate, mandate, {"on": TODAY, "word": "x"}),
        (announce_departure, mandate.resource, {"leaves_on": TODAY}),
        (add_leave, mandate.resource, {"starts_on": TODAY, "ends_on": TODAY}),
    ):
        with pytest.raises(Refused):
            gesture(subject, actor=stranger, today=TODAY, **facts)

    assert Trace.objects.count() == 0


def test_a_past_leave_belongs_to_the_history():
    mandate = MandateFactory()
    facts = {"actor": mandate.resource.person, "today": TODAY}
    leave = add_leave(mandate.resource, **facts, starts_on=TODAY, ends_on=TODAY)

    with pytest.raises(Refused, match="passée"):
        remove_leave(leave, actor=mandate.resource.person, today=TODAY + timedelta(days=1))


def test_only_the_alliance_keeps_the_list_of_resources():
    body = BodyFactory()
    facts = {"today": TODAY, "name": "Zoé", "kind": "consultant", "home": None, "territories": []}

    with pytest.raises(Refused, match="tenue par la coordination"):
        add_resource(body.alliance, actor=coordinator_of(body), email="", **facts)
    add_resource(
        body.alliance, actor=alliance_coordinator(body.alliance), email="zoe@example.org", **facts
    )

    assert Resource.objects.get().person.email == "zoe@example.org"


def test_a_mandate_is_proposed_from_a_need_then_accepted_on_its_page(client):
    need = NeedFactory()
    resource = ResourceFactory(alliance=need.process.body.alliance)
    signed_in(client, coordinator_of(need.process.body))
    form = client.get("/accompagnement/mandats/proposer/", {"besoin": need.pk}).context["form"]
    answers = {**form.initial, "resource": resource.pk, "quarters_per_week": "2 h"}
    client.post("/accompagnement/mandats/proposer/", answers)
    mandate = Mandate.objects.get()

    page = signed_in(client, resource.person).post(
        f"/accompagnement/mandats/{mandate.pk}/accepter/", follow=True
    )

    assert "Le mandat est actif" in page.text
    assert Mandate.objects.get().quarters_per_week == 8


def test_a_mandate_until_the_end_of_the_century_is_a_slip_of_the_keyboard(client):
    need = NeedFactory()
    resource = ResourceFactory(alliance=need.process.body.alliance)
    signed_in(client, coordinator_of(need.process.body))
    address = "/accompagnement/mandats/proposer/"
    form = client.get(address, {"besoin": need.pk}).context["form"]
    sent = {**form.initial, "resource": resource.pk, "quarters_per_week": "2 h"}

    page = client.post(address, {**sent, "starts_on": "2001-01-08", "ends_on": "2099-01-08"})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["starts_on", "ends_on"]
    assert Mandate.objects.count() == 0


def test_a_mandate_sent_twice_is_one_and_the_same_page_asked_again_is_another(client):
    need = NeedFactory()
    resource = ResourceFactory(alliance=need.process.body.alliance)
    signed_in(client, coordinator_of(need.process.body))
    address = "/accompagnement/mandats/proposer/"

    def filled():
        form = client.get(address, {"besoin": need.pk}).context["form"]
        answers = {**form.initial, "resource": resource.pk, "quarters_per_week": "2 h"}
        return {**answers, "once": form["once"].value()}

    sent = filled()
    first, twice = (client.post(address, sent).url for _ in "12")
    longer = client.post(address, {**sent, "quarters_per_week": "3 h"}).url
    again = client.post(address, filled()).url

    assert first == twice
    assert len({first, longer, again}) == 3
    assert Mandate.objects.count() == 3


def test_a_refusal_in_a_gesture_keeps_what_was_typed(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    page = client.post(
        f"/accompagnement/mandats/{mandate.pk}/terminer/",
        {"terminer-on": "2026-02-31", "terminer-word": "Autre poste"},
    )

    assert page.status_code == 422
    assert 'value="Autre poste"' in page.text
    assert Mandate.objects.get().status == "active"


@pytest.mark.parametrize("noun", ["besoins", "mandats", "ressources"])
@pytest.mark.parametrize("count", [1, 30])
def test_a_list_costs_the_same_for_one_row_or_thirty(
    client, django_assert_max_num_queries, noun, count
):
    body = BodyFactory(level="regional")
    for _ in range(count):
        mandate = MandateFactory(process__body__alliance=body.alliance)
        NeedFactory(process=mandate.process)
    signed_in(client, coordinator_of(body))

    with django_assert_max_num_queries(12):
        page = client.get(f"/accompagnement/{noun}/")

    assert page.text.count('scope="row"') == count


def test_a_leave_sent_again_is_the_same_leave(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    address = f"{mandate.resource.get_absolute_url()}absence/"
    sent = {"absence-starts_on": "2026-12-21", "absence-ends_on": "2027-01-03"}

    answers = [client.post(address, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert mandate.resource.leaves.count() == 1
    assert Trace.objects.filter(verb="support.resource.away").count() == 1
