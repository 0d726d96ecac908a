"""What the funder asks: due, ready, late; the plain answer fills the official document (S8)."""

import re
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.cycle.actions import copy_requirements, edit_requirement, remove_requirement
from jonction.support.actions import filing as actions
from jonction.support.filings import asked_of
from jonction.support.models import Filing
from tests.factories import (
    TODAY,
    AllianceFactory,
    MandateFactory,
    PersonFactory,
    ProcessFactory,
    ReleaseFactory,
    RequirementFactory,
    SeatFactory,
)
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db
ANSWERS = {"Clientèle visée": "Les familles", "Actions prévues": "Une cuisine"}


def asked(**facts):
    process = ProcessFactory()
    requirement = RequirementFactory(alliance=process.body.alliance, **facts)
    return process, requirement


def write(process, requirement, actor, *, answers=ANSWERS, version=0, period=0):
    return actions.write_filing(
        process, requirement, period, actor=actor, today=TODAY, answers=answers, version=version
    )


def states(process, on=TODAY):
    return [(a.due.on, a.state.value) for a in asked_of([process], today=on)]


def test_it_is_due_relative_to_the_stage_then_late_then_given():
    process, requirement = asked()
    coordinator = coordinator_of(process.body)
    due = date(2026, 12, 19)

    before = states(process)
    after = states(process, due + timedelta(days=1))
    filing = write(process, requirement, coordinator)
    actions.ready_filing(filing, actor=coordinator, today=TODAY)
    ready = states(process)
    actions.give_filing(filing, actor=coordinator, today=TODAY, on=TODAY)

    assert (before, after, ready) == ([(due, "soon")], [(due, "late")], [(due, "ready")])
    assert states(process, due + timedelta(days=1)) == [(due, "given")]
    assert [t.verb for t in Trace.objects.order_by("pk")] == [
        "support.filing.started",
        "support.filing.ready",
        "support.filing.given",
    ]


def test_a_yearly_requirement_is_answered_each_year():
    process, requirement = asked(anchor="fiscal_year", offset_days=0)
    coordinator = coordinator_of(process.body)
    write(process, requirement, coordinator, period=2027)

    found = [(a.due.period, bool(a.filing)) for a in asked_of([process], today=TODAY)]

    assert found == [(2027, True), (2028, False)]


@pytest.mark.parametrize(("level", "count"), [("", 1), ("local", 1), ("regional", 0)])
def test_a_requirement_concerns_the_processes_of_its_level(level, count):
    process, _requirement = asked(level=level)

    assert len(states(process)) == count


def test_nothing_is_ready_while_an_answer_is_missing():
    process, requirement = asked()
    coordinator = coordinator_of(process.body)
    filing = write(process, requirement, coordinator, answers={"Clientèle visée": "Les familles"})

    with pytest.raises(Refused, match=printed(r"Il manque une réponse : Actions prévues\.")):
        actions.ready_filing(filing, actor=coordinator, today=TODAY)


def test_what_was_given_stays_until_the_funder_sends_it_back():
    process, requirement = asked()
    coordinator = coordinator_of(process.body)
    filing = write(process, requirement, coordinator)
    actions.ready_filing(filing, actor=coordinator, today=TODAY)
    actions.give_filing(filing, actor=coordinator, today=TODAY, on=TODAY)

    with pytest.raises(Refused, match="il reste comme il a été remis"):
        write(process, requirement, coordinator, version=filing.version)
    actions.return_filing(filing, actor=coordinator, today=TODAY, word="Il manque une signature")

    kept = Filing.objects.get()
    assert (kept.status, kept.given_on, kept.word) == (
        "started",
        None,
        "Il manque une signature",
    )


def test_who_supports_the_process_writes_and_a_member_reads():
    mandate = MandateFactory()
    requirement = RequirementFactory(alliance=mandate.process.body.alliance)
    member = SeatFactory(body=mandate.process.body).person

    write(mandate.process, requirement, mandate.resource.person)

    with pytest.raises(Refused, match="Les réponses sont écrites par la coordination"):
        write(mandate.process, requirement, member, version=1)


def test_two_people_who_answer_at_once_lose_nothing():
    process, requirement = asked()
    coordinator = coordinator_of(process.body)
    write(process, requirement, coordinator)

    with pytest.raises(Refused, match="Quelqu’un vient de modifier"):
        write(process, requirement, coordinator, answers={"Clientèle visée": "Autre"}, version=0)

    assert Filing.objects.get().answers == ANSWERS


def given(process, requirement):
    coordinator = coordinator_of(process.body)
    filing = write(process, requirement, coordinator)
    actions.ready_filing(filing, actor=coordinator, today=TODAY)
    return actions.give_filing(filing, actor=coordinator, today=TODAY, on=TODAY), coordinator


def test_a_gesture_proposes_what_its_form_proposes(client):
    process, requirement = asked()
    coordinator = coordinator_of(process.body)
    filing = write(process, requirement, coordinator)
    actions.ready_filing(filing, actor=coordinator, today=TODAY)
    release = ReleaseFactory()

    given = signed_in(client, coordinator).get(filing.get_absolute_url()).text
    signed_in(client, alliance_coordinator(release.resource.alliance))
    agreed = client.get(release.get_absolute_url()).text

    assert f'name="remettre-on" value="{TODAY.isoformat()}"' in given
    assert re.search(r'name="accorder-is_offered"[^>]* checked', agreed)


def move_to(process, status):
    type(process).objects.filter(pk=process.pk).update(status=status)


def test_what_is_due_after_the_plan_is_answered_while_the_process_is_in_transition(client):
    process, requirement = asked()
    coordinator = coordinator_of(process.body)
    move_to(process, "transition")
    process.refresh_from_db()

    filing = write(process, requirement, coordinator)

    signed_in(client, coordinator)
    assert requirement.name in client.get("/accompagnement/exigences/?etat=tous").text
    assert client.get(filing.get_absolute_url()).status_code == 200


def test_a_closed_process_keeps_what_was_given_and_takes_no_more(client):
    process, requirement = asked()
    other = RequirementFactory(alliance=process.body.alliance, name="Jamais répondue")
    filing, coordinator = given(process, requirement)
    move_to(process, "closed")
    process.refresh_from_db()
    filing = Filing.objects.get()
    signed_in(client, coordinator)

    page = client.get("/accompagnement/exigences/?etat=tous").text

    assert (requirement.name in page, other.name in page) == (True, False)
    assert client.get(f"{filing.get_absolute_url()}document.docx").status_code == 200
    with pytest.raises(Refused, match="démarche est fermée"):
        actions.return_filing(filing, actor=coordinator, today=TODAY, word="Page 2")
    with pytest.raises(Refused, match="démarche est fermée"):
        write(process, other, coordinator)


def test_the_page_says_it_in_two_languages_and_fills_the_document(client):
    process, requirement = asked()
    client = signed_in(client, coordinator_of(process.body))
    path = f"/accompagnement/exigences/{process.pk}/{requirement.pk}/0/"
    questions = [f"q{question.pk}" for question in requirement.questions.all()]

    page = client.get(path).text
    kept = client.post(path, {"version": 0, questions[0]: "Les familles", questions[1]: ""})
    document = docx.Document(BytesIO(client.get(path + "document.docx").content))

    assert "conformément à l’article 4" in page
    assert "Envoyez votre plan d’action." in page
    assert kept.url == path
    assert [p.text for p in document.paragraphs][2:] == [
        "Clientèle visée",
        "Les familles",
        "Actions prévues",
        "(à compléter)",
    ]


def test_an_answer_that_is_too_long_is_refused_and_stays_on_the_page(client):
    process, requirement = asked()
    client = signed_in(client, coordinator_of(process.body))
    name = f"q{requirement.questions.first().pk}"
    path = f"/accompagnement/exigences/{process.pk}/{requirement.pk}/0/"

    answer = client.post(path, {"version": 0, name: "mot " * 2501})

    assert answer.status_code == 422
    assert answer.text.count("mot mot") > 100
    assert not Filing.objects.exists()


def test_no_answer_is_cut_while_it_is_pasted(client):
    process, requirement = asked()
    client = signed_in(client, coordinator_of(process.body))

    page = client.get(f"/accompagnement/exigences/{process.pk}/{requirement.pk}/0/").text

    assert page.count("<textarea") == 2
    assert "maxlength" not in page


def test_the_same_answers_sent_twice_are_kept_once_and_name_nobody(client):
    process, requirement = asked()
    client = signed_in(client, coordinator_of(process.body))
    path = f"/accompagnement/exigences/{process.pk}/{requirement.pk}/0/"
    names = [f"q{question.pk}" for question in requirement.questions.all()]
    sent = {"version": 0, **dict.fromkeys(names, "Les familles\r\ndu rang 4")}
    client.post(path, sent)

    again = client.post(path, sent)

    assert again.status_code == 302
    assert Filing.objects.get().version == 1


def test_a_date_that_does_not_exist_is_said_once(client):
    alliance = AllianceFactory()
    client = signed_in(client, alliance_coordinator(alliance))
    sent = {"version": 1, "anchor": "fixed", "fixed_on": "2027-02-30"}
    sent |= {"questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}

    answer = client.post(f"/demarches/alliances/{alliance.pk}/exigences/nouvelle/", sent)

    assert "Saisissez une date valide" in answer.text
    assert "Écrivez la date fixe" not in answer.text


def test_the_answers_are_for_those_who_take_part(client):
    process, requirement = asked()
    path = f"/accompagnement/exigences/{process.pk}/{requirement.pk}/0/document.pdf"
    people = [
        coordinator_of(process.body),
        alliance_coordinator(process.body.alliance),
        SeatFactory(body=process.body).person,
        SeatFactory(body=process.body, role="observer").person,
        PersonFactory(),
    ]

    found = [signed_in(client, person).get(path).status_code for person in people]

    assert found == [200, 200, 200, 404, 404]


def test_an_edition_of_the_questions_keeps_the_answers_under_their_headings():
    process, requirement = asked()
    coordinator = alliance_coordinator(process.body.alliance)
    write(process, requirement, coordinator)

    edit_requirement(
        requirement,
        actor=coordinator,
        today=TODAY,
        version=requirement.version,
        changes={},
        questions=[{"text": "Pour qui ?", "heading": "Clientèle visée", "help": ""}],
    )

    [found] = asked_of([process], today=TODAY)
    assert [q.text for q in found.requirement.questions.all()] == ["Pour qui ?"]
    assert found.filing.answers["Clientèle visée"] == "Les familles"


def test_a_requirement_that_was_answered_is_not_taken_away():
    process, requirement = asked()
    coordinator = alliance_coordinator(process.body.alliance)
    write(process, requirement, coordinator)

    with pytest.raises(Refused, match="ont commencé à répondre"):
        remove_requirement(requirement, actor=coordinator, today=TODAY)


def test_those_of_another_plan_serve_again_once():
    _process, requirement = asked()
    alliance = AllianceFactory()
    coordinator = alliance_coordinator(alliance)
    source = requirement.alliance

    first = copy_requirements(alliance, actor=coordinator, today=TODAY, source=source)
    again = copy_requirements(alliance, actor=coordinator, today=TODAY, source=source)

    copied = alliance.requirements.get()
    assert (first, again) == (1, 0)
    assert [q.heading for q in copied.questions.all()] == list(ANSWERS)
    assert requirement.alliance.requirements.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"anchor": "fixed"}, "Écrivez la date fixe"),
        ({"offset_days": "5000"}, "inférieure ou égale à 1000"),
        ({"name": "Déjà là"}, "porte déjà ce nom"),
        ({"questions-0-text": "Qui ?"}, "écrivez les deux"),
    ],
)
def test_what_is_wrong_in_a_requirement_is_said_and_what_was_typed_stays(client, sent, sentence):
    alliance = AllianceFactory()
    RequirementFactory(alliance=alliance, name="Déjà là")
    client = signed_in(client, alliance_coordinator(alliance))
    typed = {
        "version": 1,
        "name": "Nouvelle",
        "document": "Plan",
        "stage": "planning",
        "official_text": "Texte officiel gardé",
        "plain_text": "En clair",
        "anchor": "stage_end",
        "offset_days": 0,
        "questions-TOTAL_FORMS": 1,
        "questions-INITIAL_FORMS": 0,
    }

    answer = client.post(f"/demarches/alliances/{alliance.pk}/exigences/nouvelle/", typed | sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Texte officiel gardé" in answer.text
    assert alliance.requirements.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_or_many(client, django_assert_num_queries, count):
    process = ProcessFactory()
    for _ in range(count):
        RequirementFactory(alliance=process.body.alliance)
    signed_in(client, coordinator_of(process.body))

    with django_assert_num_queries(10):
        page = client.get("/accompagnement/exigences/").text

    assert page.count('<th scope="row">') == count
