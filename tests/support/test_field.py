"""Notes sent by a phone: noted once, refused with the reason, asked again, or shown side by side."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.test import Client

from jonction.core.models import Receipt
from jonction.core.verdicts import Refused
from jonction.support.actions.field import note_from_field
from jonction.support.actions.journal import correct_intervention, remove_intervention
from jonction.support.models import Intervention, Share
from jonction.support.queries.field import secret_of, writer_of
from tests.factories import TODAY, MandateFactory, PersonFactory, ProcessFactory
from tests.support.test_actions import log
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

FIELD = "/accompagnement/journal/terrain/"
SEND = f"{FIELD}envoi/"
NOON = "2026-11-23T17:00:00Z"
ONE = "11111111-1111-4111-8111-111111111111"


def note(**changes):
    return {"uuid": ONE, "text": "appel Matanie 30 min", "on": "2026-11-23", **changes}


def send(client, person, *notes, **changes):
    batch = {"writer": writer_of(person), "sent_at": NOON, "notes": list(notes), **changes}
    return client.post(SEND, json.dumps(batch), content_type="application/json")


def told(client, person, *notes, **changes):
    """Send as the person who holds the mandate, and return the answer to the first note."""
    signed_in(client, person)
    return read(send(client, person, *(notes or [note()]), **changes))["notes"][0]


def read(response):
    """Read the answer as one reads it: hard spaces are spaces."""
    return json.loads(response.text.replace("\\u00a0", " "))


def test_a_note_becomes_a_line_read_as_the_page_reads_it(client):
    mandate = MandateFactory(dimensions=["management"])

    answer = told(client, mandate.resource.person)

    line = Intervention.objects.get()
    assert (answer["status"], answer["url"]) == ("noted", line.get_absolute_url())
    assert (line.text, line.quarters, line.on) == ("appel Matanie 30 min", 2, TODAY)
    assert [(s.stage, s.dimension) for s in line.shares.all()] == [("planning", "management")]


def test_the_same_note_again_is_the_same_line_and_the_same_answer(client):
    person = MandateFactory().resource.person

    answers = [told(client, person) for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert Intervention.objects.count() == 1


def test_each_note_of_a_batch_has_its_own_fate(client):
    person = MandateFactory().resource.person
    signed_in(client, person)
    others = [note(uuid=f"{n}1111111-1111-4111-8111-111111111111") for n in (2, 3)]
    others[0]["text"] = "x" * 501
    others[1]["text"] = "Café"

    answers = read(send(client, person, note(), *others))["notes"]

    assert [a["status"] for a in answers] == ["noted", "refused", "choose"]
    assert answers[1]["reason"] == "500 signes au plus : coupez cette note en deux."
    assert [q["name"] for q in answers[2]["questions"]] == ["quarters"]
    assert Intervention.objects.count() == 1


def test_a_refused_note_corrected_on_the_phone_keeps_its_number(client):
    mandate = MandateFactory()
    log(mandate, quarters=96)
    refused = told(client, mandate.resource.person)

    noted = told(client, mandate.resource.person, note(on="2026-11-20", is_day_sure=True))

    assert "24 heures" in refused["reason"]
    assert (refused["status"], noted["status"]) == ("refused", "noted")


def test_what_the_sentence_does_not_say_is_asked_then_answered(client):
    mandate = MandateFactory()
    other = MandateFactory(resource=mandate.resource)
    person = mandate.resource.person

    asked = told(client, person, note(text="Café"))
    said = note(text="Café", process=str(other.process.pk), quarters="1h15")
    answer = told(client, person, said)

    options = {option["value"] for option in asked["questions"][0]["options"]}
    assert [q["name"] for q in asked["questions"]] == ["process", "quarters"]
    assert options == {str(mandate.process.pk), str(other.process.pk)}
    assert answer["status"] == "noted"
    assert Intervention.objects.get().process == other.process
    assert Intervention.objects.get().quarters == 5


def test_a_time_that_no_day_holds_is_said_with_the_question(client):
    person = MandateFactory().resource.person

    asked = told(client, person, note(text="Animation 30 h"))
    answer = told(client, person, note(text="Animation 30 h", quarters="7h30"))

    assert (asked["status"], [q["name"] for q in asked["questions"]]) == ("choose", ["quarters"])
    assert "30 h" in asked["reason"]
    assert "ne tiennent pas dans une journée" in asked["reason"]
    assert answer["status"] == "noted"


def test_what_may_be_an_hour_of_the_day_is_asked_with_its_words(client):
    person = MandateFactory().resource.person

    asked = told(client, person, note(text="Animation 13 h"))

    assert [q["name"] for q in asked["questions"]] == ["quarters"]
    assert "une heure du jour" in asked["reason"]


def test_between_two_stages_the_stage_is_asked(client):
    mandate = MandateFactory(starts_on="2026-01-01")

    asked = told(client, mandate.resource.person, note(on="2026-03-20", is_day_sure=True))
    answer = told(
        client,
        mandate.resource.person,
        note(on="2026-03-20", is_day_sure=True, stage="priorities"),
    )

    assert [q["name"] for q in asked["questions"]] == ["stage"]
    assert answer["status"] == "noted"
    assert {share.stage for share in Share.objects.all()} == {"priorities"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": "2026-11-24"}, "24 novembre 2026, est à venir : ici, nous sommes le 23 novembre"),
        ({"on": "2026-11-24", "is_day_sure": True}, "est à venir"),
        ({"on": "2026-10-01"}, "1er octobre 2026, est loin"),
        ({"text": "appel 30 min hier"}, "La phrase dit « hier » : quel jour noter ?"),
    ],
)
def test_a_doubtful_day_is_asked_and_never_changed(client, changes, sentence):
    answer = told(client, MandateFactory().resource.person, note(**changes))

    assert answer["status"] == "choose"
    assert [q["name"] for q in answer["questions"]] == ["on"]
    assert sentence in answer["reason"]
    assert Intervention.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "status", "day"),
    [("hier", "noted", "2026-11-22"), ("le 12 octobre", "choose", None)],
)
def test_words_say_the_day_when_nobody_chose_one_unless_it_is_far(client, words, status, day):
    said = note(text=f"appel 30 min {words}", is_day_usual=True)

    answer = told(client, MandateFactory().resource.person, said)

    line = Intervention.objects.first()
    assert (answer["status"], line and line.on.isoformat()) == (status, day)


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-23"])
def test_the_day_chosen_counts_more_than_the_words(client, day):
    person = MandateFactory().resource.person
    asked = told(client, person, note(text="appel 30 min hier"))

    told(client, person, note(text="appel 30 min hier", on=day, is_day_sure=True))

    offered = [option["value"] for option in asked["questions"][0]["options"]]
    assert offered == ["2026-11-23", "2026-11-22"]
    assert Intervention.objects.get().on == date.fromisoformat(day)


def test_a_phone_whose_clock_is_wrong_has_each_day_confirmed(client):
    person = MandateFactory().resource.person

    asked = told(client, person, note(on="2026-11-21"), sent_at="2026-11-21T17:00:00Z")
    sure = note(on="2026-11-21", is_day_sure=True)
    noted = told(client, person, sure, sent_at="2026-11-21T17:00:00Z")

    assert "L’horloge de cet appareil" in asked["reason"]
    assert (asked["status"], noted["status"]) == ("choose", "noted")


def test_the_same_words_the_same_day_elsewhere_are_shown_and_may_be_noted_twice(client):
    mandate = MandateFactory()
    line = log(mandate, text="appel Matanie 30 min", quarters=4)

    conflict = told(client, mandate.resource.person)
    twice = told(client, mandate.resource.person, note(is_twice=True))

    assert (conflict["status"], conflict["url"]) == ("conflict", line.get_absolute_url())
    assert "1 h)" in conflict["there"]
    assert twice["status"] == "noted"
    assert Intervention.objects.count() == 2


def test_a_mandate_that_ended_meanwhile_is_shown_with_where_one_may_still_write(client):
    mandate = MandateFactory(status="ended", ends_on="2026-11-20")
    other = MandateFactory(resource=mandate.resource)

    answer = told(client, mandate.resource.person, note(process=mandate.process.pk))

    assert answer["status"] == "conflict"
    assert "pas de mandat actif" in answer["reason"]
    assert "au 20 novembre 2026, terminé" in answer["there"]
    assert [q["name"] for q in answer["questions"]] == ["on", "process"]
    assert answer["questions"][1]["options"] == [
        {"value": str(other.process.pk), "label": str(other.process)}
    ]


def test_a_process_of_somebody_else_is_never_named(client):
    process = ProcessFactory(name="Démarche secrète")

    answer = told(client, MandateFactory().resource.person, note(process=process.pk))

    assert answer["status"] == "refused"
    assert "secrète" not in json.dumps(answer, ensure_ascii=False)


def test_a_note_changed_on_the_phone_after_it_was_noted_is_shown_beside_the_line(client):
    person = MandateFactory().resource.person
    told(client, person)

    answer = told(client, person, note(text="appel Matanie 45 min"))

    assert answer["status"] == "conflict"
    assert "appel Matanie 30 min" in answer["there"]
    assert Intervention.objects.count() == 1


def test_a_line_corrected_on_the_site_meanwhile_is_shown_beside_the_note(client):
    mandate = MandateFactory()
    person = mandate.resource.person
    told(client, person)
    correct_intervention(
        Intervention.objects.get(),
        actor=person,
        today=TODAY,
        process=mandate.process,
        on=TODAY,
        quarters=8,
        text="Deux appels",
        stages=["planning"],
        dimensions=["governance"],
    )

    answer = told(client, person)

    assert (answer["status"], "Deux appels" in answer["there"]) == ("conflict", True)
    assert Intervention.objects.get().text == "Deux appels"


def test_a_line_taken_back_does_not_return_with_a_retry(client):
    person = MandateFactory().resource.person
    told(client, person)
    remove_intervention(Intervention.objects.get(), actor=person, today=TODAY)

    answer = told(client, person)

    assert (answer["status"], answer["there"]) == (
        "conflict",
        "La ligne a été retirée du journal.",
    )
    assert Intervention.objects.count() == 0


def test_notes_are_never_sent_under_another_account(client):
    author, other = MandateFactory().resource.person, MandateFactory().resource.person
    signed_in(client, other)

    answer = send(client, author, note())

    assert answer.status_code == 409
    assert "sous un autre compte" in answer.json()["reason"]
    with pytest.raises(Refused, match="sous un autre compte"):
        note_from_field(
            UUID(ONE), actor=other, writer=writer_of(author), today=TODAY, digest="", process=None
        )
    assert Intervention.objects.count() == 0


def test_two_people_may_hold_the_same_number(client):
    people = [MandateFactory().resource.person for _ in range(2)]

    assert [told(client, person)["status"] for person in people] == ["noted", "noted"]


def test_the_base_itself_refuses_a_second_receipt():
    person = PersonFactory()
    Receipt.objects.create(person=person, token=ONE, digest="a")

    with pytest.raises(IntegrityError):
        Receipt.objects.create(person=person, token=ONE, digest="b")


def test_without_a_session_the_phone_is_told_so_and_keeps_its_notes(client):
    person = MandateFactory().resource.person

    assert send(client, person, note()).status_code == 401
    assert Intervention.objects.count() == 0


def test_another_site_sends_nothing_in_the_name_of_somebody():
    person = MandateFactory().resource.person
    client = Client(enforce_csrf_checks=True)
    signed_in(client, person)

    assert send(client, person, note()).status_code == 403
    assert Intervention.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"writer": "a", "sent_at": "hier", "notes": []}',
        '{"writer": "a", "sent_at": "2026-11-23T12:00:00", "notes": []}',
        '{"writer": "a", "sent_at": "2026-11-23T12:00:00Z", "notes": [1]}',
        json.dumps({"writer": "a", "sent_at": NOON, "notes": [{}] * 21}),
    ],
)
def test_what_our_page_never_sends_is_not_read(client, body):
    signed_in(client, MandateFactory().resource.person)

    answer = client.post(SEND, body, content_type="application/json")

    assert answer.status_code == 400


def test_a_note_without_its_essentials_is_refused_with_a_reason(client):
    answer = told(client, MandateFactory().resource.person, {"uuid": ONE})

    assert answer["status"] == "refused"
    assert answer["reason"]


def test_the_page_gives_the_key_to_its_person_alone_and_is_kept_nowhere(client):
    person = MandateFactory(process__name="Démarche de La Matanie").resource.person

    page = signed_in(client, person).get(FIELD)

    assert page.context["kept"]["secret"] == secret_of(person) != secret_of(PersonFactory())
    assert "no-store" in page.headers["Cache-Control"]
    assert "Démarche de La Matanie" in page.text


def test_without_javascript_the_sentence_is_understood_then_noted(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    page = client.post(FIELD, {"text": "appel budget\n45 min", "on": "2026-11-20"})

    form = page.context["form"]
    assert 'action="/accompagnement/journal/noter/"' in page.text
    assert form.initial["text"] == "appel budget 45 min"
    assert (form.initial["quarters"], form.initial["on"]) == (3, date(2026, 11, 20))
    assert Intervention.objects.count() == 0


def test_without_javascript_what_is_wrong_stays_typed(client):
    signed_in(client, MandateFactory().resource.person)

    page = client.post(FIELD, {"text": "a" * 501, "on": "2026-11-20"})

    assert page.status_code == 422
    assert "a" * 501 in page.text


def test_who_holds_no_mandate_reads_why(client):
    page = signed_in(client, PersonFactory()).get(FIELD)

    assert "Le journal est tenu par les personnes accompagnatrices." in page.text
    assert 'id="field-form"' not in page.text


def test_one_process_or_thirty_cost_the_same(client, django_assert_num_queries):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person).get(FIELD)
    with django_assert_num_queries(6):
        client.get(FIELD)
    MandateFactory.create_batch(29, resource=mandate.resource)

    with django_assert_num_queries(6):
        page = client.get(FIELD)

    assert len(page.context["kept"]["processes"]) == 30


def test_a_note_leaves_the_day_of_the_phone_when_it_is_sent_the_next_day(client):
    person = MandateFactory().resource.person
    written = (TODAY - timedelta(days=1)).isoformat()

    told(client, person, note(on=written))

    assert Intervention.objects.get().on == TODAY - timedelta(days=1)
