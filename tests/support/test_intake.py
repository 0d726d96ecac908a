"""The path of a need: admitted or not, weighed in the open, decided, followed by who asked (S4, S7, R2)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.support.actions import mandate as mandates
from jonction.support.actions import need as actions
from jonction.support.actions.intake import set_intake
from jonction.support.forms.intake import WeightsForm
from jonction.support.models import IntakeMethod, Need
from jonction.support.rules import need as rules
from tests.factories import TODAY, NeedFactory, PersonFactory, ProcessFactory, ResourceFactory
from tests.support.test_mandates import alliance_coordinator, coordinator_of, propose
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db
WEIGHTS = {"urgency": 1, "equity": 1, "deadline": 1, "stage": 1}


def received(**facts):
    need = NeedFactory(status="received", **facts)
    return need, coordinator_of(need.process.body)


def follow_short_path(need):
    alliance = need.process.body.alliance
    return set_intake(
        alliance,
        actor=alliance_coordinator(alliance),
        today=TODAY,
        path=IntakeMethod.Path.SHORT,
        weights=WEIGHTS,
        limits={},
        reason="Une petite table",
    )


def test_a_need_is_admitted_then_retained_with_its_rank_then_matched():
    need, coordinator = received()

    actions.admit_need(need, actor=coordinator, today=TODAY)
    actions.retain_need(need, actor=coordinator, today=TODAY, answer="Avant l’appel")
    resource = ResourceFactory(alliance=need.process.body.alliance)
    mandate = propose(need, resource, coordinator)
    need.refresh_from_db()
    mandate.need.refresh_from_db()
    mandates.accept_mandate(mandate, actor=resource.person, today=TODAY)

    assert [(s.status, s.on) for s in need.steps.order_by("pk")] == [
        (status, TODAY)
        for status in ("received", "admissible", "prioritised", "matched", "in_progress")
    ]
    retained = need.steps.get(status="prioritised")
    assert (retained.rank, retained.among, retained.word) == (1, 1, "Avant l’appel")
    assert Trace.objects.filter(verb="support.need.prioritised").count() == 1


def test_nothing_is_decided_before_it_is_said_to_be_admissible():
    need, coordinator = received()
    resource = ResourceFactory(alliance=need.process.body.alliance)

    with pytest.raises(Refused, match="Seul un besoin admissible se retient"):
        actions.retain_need(need, actor=coordinator, today=TODAY, answer="Oui")
    with pytest.raises(Refused, match="Dites d’abord si ce besoin est admissible"):
        actions.decline_need(need, actor=coordinator, today=TODAY, answer="Non")
    with pytest.raises(Refused):
        propose(need, resource, coordinator)

    assert Need.objects.get().status == "received"


def test_what_is_not_admissible_says_why_and_may_be_looked_at_again_by_who_asked():
    need, coordinator = received()

    actions.refuse_need(need, actor=coordinator, today=TODAY, answer="Hors territoire")
    with pytest.raises(Refused):
        actions.reopen_need(need, actor=PersonFactory(), today=TODAY, why="Non")
    actions.reopen_need(need, actor=need.asked_by, today=TODAY, why="Deux municipalités y sont")

    assert Need.objects.get().status == "received"
    assert [s.word for s in need.steps.order_by("pk")] == [
        "",
        "Hors territoire",
        "Deux municipalités y sont",
    ]


def test_a_refusal_taken_up_again_is_no_longer_the_answer_of_the_need(client):
    need, coordinator = received(quarters_per_week=None)
    actions.refuse_need(need, actor=coordinator, today=TODAY, answer="Hors de l’accompagnement")
    refused = signed_in(client, coordinator).get(need.get_absolute_url()).text

    actions.reopen_need(need, actor=need.asked_by, today=TODAY, why="Deux municipalités y sont")
    actions.admit_need(need, actor=coordinator, today=TODAY)

    again = client.get(need.get_absolute_url()).text
    assert "<dt>Réponse</dt>" in refused
    assert "Préciser les heures par semaine" not in refused
    assert Need.objects.get().answer == ""
    assert "<dt>Réponse</dt>" not in again
    assert "Hors de l’accompagnement" in again  # in what happened
    assert "Préciser les heures par semaine" in again


def test_whoever_does_not_coordinate_answers_nothing():
    need, _coordinator = received()

    with pytest.raises(Refused, match="La réponse vient de la coordination"):
        actions.admit_need(need, actor=need.asked_by, today=TODAY)


def test_a_need_is_retained_once_somebody_has_said_its_hours(client):
    need, coordinator = received(quarters_per_week=None)
    actions.admit_need(need, actor=coordinator, today=TODAY)
    triage = f"/accompagnement/besoins/tri/{need.process.body.alliance_id}/"
    alone = {"actor": coordinator, "today": TODAY}

    with pytest.raises(Refused, match="restent à préciser"):
        actions.retain_need(need, answer="Avant l’appel", **alone)
    waiting = signed_in(client, coordinator).get(triage).text
    client.post(f"{need.get_absolute_url()}heures/", {"heures-quarters_per_week": "2h30"})
    need.refresh_from_db()
    with pytest.raises(Refused, match="déjà dites"):
        actions.say_hours(need, quarters_per_week=4, **alone)
    actions.retain_need(need, answer="Avant l’appel", **alone)

    assert "heures à préciser" in waiting
    assert "heures à préciser" not in client.get(triage).text
    assert (need.quarters_per_week, need.status) == (10, "prioritised")
    assert Trace.objects.get(verb="support.need.sized").facts["quarters"] == 10


def test_the_hours_are_said_by_who_asked_or_answers_and_once_only():
    need, coordinator = received(quarters_per_week=None)
    behind = Need.objects.get()

    assert rules.can_say_hours(need.asked_by, need, TODAY)
    assert "coordination" in rules.can_say_hours(PersonFactory(), need, TODAY).reason
    actions.say_hours(need, actor=need.asked_by, today=TODAY, quarters_per_week=8)
    with pytest.raises(Refused, match="vient de dire"):
        actions.say_hours(behind, actor=coordinator, today=TODAY, quarters_per_week=4)

    declined, coordinator = received(quarters_per_week=None)
    declined.status = "declined"
    assert "attend une décision" in rules.can_say_hours(coordinator, declined, TODAY).reason
    assert Need.objects.order_by("pk").first().quarters_per_week == 8


def test_on_the_short_path_a_mandate_waits_for_the_hours_too():
    need, coordinator = received(quarters_per_week=None)
    follow_short_path(need)
    resource = ResourceFactory(alliance=need.process.body.alliance)
    facts = {"level": "local", "stages": ["calls"], "dimensions": ["management"], "mode": "one_off"}
    run = {"quarters_per_week": 4, "starts_on": TODAY, "ends_on": TODAY}

    with pytest.raises(Refused, match="restent à préciser"):
        mandates.propose_mandate(
            need.process,
            actor=coordinator,
            today=TODAY,
            resource=resource,
            need=need,
            **facts,
            **run,
        )
    assert Need.objects.get().status == "received"


def test_the_base_itself_refuses_a_retained_need_without_hours():
    with pytest.raises(IntegrityError):
        NeedFactory(status="prioritised", quarters_per_week=None)


def test_on_the_short_path_a_mandate_is_proposed_as_soon_as_it_is_received():
    need, coordinator = received()
    follow_short_path(need)

    with pytest.raises(Refused, match="cheminement court"):
        actions.admit_need(need, actor=coordinator, today=TODAY)
    propose(need, ResourceFactory(alliance=need.process.body.alliance), coordinator)

    assert Need.objects.get().status == "matched"


def test_a_need_that_was_retained_waits_as_retained_when_its_mandate_is_declined():
    need = NeedFactory()
    coordinator = coordinator_of(need.process.body)
    resource = ResourceFactory(alliance=need.process.body.alliance)
    mandate = propose(need, resource, coordinator)

    mandates.decline_mandate(mandate, actor=resource.person, today=TODAY, word="Trop loin")

    assert Need.objects.get().status == "prioritised"


def test_each_version_of_the_weights_stays():
    need, _coordinator = received()

    first, second = follow_short_path(need), follow_short_path(need)

    assert (first.number, second.number) == (1, 2)
    assert IntakeMethod.objects.count() == 2


def test_the_triage_orders_by_what_weighs_and_tries_other_weights_without_writing(client):
    process = ProcessFactory()
    for text, urgency in (("Pressé", "now"), ("Tranquille", "later")):
        NeedFactory(process=process, status="admissible", text=text, urgency=urgency)
    client = signed_in(client, coordinator_of(process.body))
    path = f"/accompagnement/besoins/tri/{process.body.alliance_id}/"

    page = client.get(path).text
    tried = client.get(path, dict.fromkeys(intake_fields(), 0) | {"weight_deadline": 1}).text

    assert page.index("Pressé") < page.index("Tranquille")
    assert "Rang 1" in page
    assert "rien n’est écrit" in tried
    assert not IntakeMethod.objects.exists()


def test_weights_that_were_tried_are_kept_with_a_reason(client):
    process = ProcessFactory()
    alliance = process.body.alliance
    NeedFactory(process=process, status="admissible")
    client = signed_in(client, alliance_coordinator(alliance))
    path = f"/accompagnement/besoins/tri/{alliance.pk}/"
    tried = dict.fromkeys(intake_fields(), 0) | {"weight_deadline": 7}

    page = client.get(path, tried).text
    form = client.get(f"{path}poids/", tried).context["form"]

    assert f"{path}poids/?weight_urgency=0" in page
    assert [field.value() for field in form.weight_fields()] == ["0", "0", "7", "0"]


def test_on_the_short_path_nothing_is_to_be_admitted(client):
    need, coordinator = received()
    client = signed_in(client, coordinator)
    path = f"/accompagnement/besoins/tri/{need.process.body.alliance_id}/"
    every = "/accompagnement/besoins/tri/"

    before = client.get(path).text + client.get(every).text
    follow_short_path(need)
    after = client.get(path).text + client.get(every).text

    assert "<h2>À admettre</h2>" in before
    assert printed("À admettre : 1") in before
    assert "À admettre" not in after
    assert "À décider" not in after
    assert printed("Reçus, à jumeler : 1") in after
    assert need.text in after


def intake_fields():
    return list(WeightsForm(None, method=IntakeMethod()).fields)


def test_who_asked_follows_where_it_is(client):
    need, coordinator = received(text="Quelqu’un pour animer")
    actions.admit_need(need, actor=coordinator, today=TODAY)

    page = signed_in(client, need.asked_by).get("/accompagnement/besoins/mes-demandes/").text
    other = signed_in(client, PersonFactory()).get("/accompagnement/besoins/mes-demandes/").text

    assert "Quelqu’un pour animer" in page
    assert "Admissible" in page
    assert "Quelqu’un pour animer" not in other


def test_the_days_in_each_state_are_counted_and_leave_as_a_file(client):
    process = ProcessFactory()
    since = TODAY - timedelta(days=10)
    NeedFactory(
        process=process,
        status="admissible",
        asked_on=since,
        steps=[("received", since), ("admissible", TODAY - timedelta(days=4))],
    )
    client = signed_in(client, coordinator_of(process.body))
    path = f"/accompagnement/besoins/tri/{process.body.alliance_id}/delais/"

    page = client.get(path)
    table = b"".join(client.get(f"{path}export.csv")).decode()

    assert page.status_code == 200
    assert [line.split(",")[0].lower() for line in table.splitlines()[1:2]] != [""]
    assert "6" in table


@pytest.mark.parametrize("count", [1, 30])
def test_the_triage_costs_the_same_for_one_or_many(client, django_assert_max_num_queries, count):
    process = ProcessFactory()
    for _ in range(count):
        NeedFactory(process=process, status="admissible")
    signed_in(client, alliance_coordinator(process.body.alliance))

    with django_assert_max_num_queries(20) as asked:
        page = client.get(f"/accompagnement/besoins/tri/{process.body.alliance_id}/").text

    assert page.count('class="meters"') == count
    assert len(asked) == QUERIES


QUERIES = 12


def test_each_version_says_what_weighed_and_the_day_that_people_lived(client):
    method = follow_short_path(received()[0])
    alliance = method.alliance
    # eight in the evening in Québec is already the next day elsewhere
    IntakeMethod.objects.update(set_at=datetime(2026, 11, 28, 1, tzinfo=UTC))
    signed_in(client, alliance_coordinator(alliance))

    page = printed(client.get(f"/accompagnement/besoins/tri/{alliance.pk}/delais/").text)

    assert "27 novembre 2026" in page
    said = ["Urgence", "besoin du territoire", "échéance proche", "étape"]
    assert ", ".join(f"{name}\u00a01" for name in said) in page
    assert "court" in page
