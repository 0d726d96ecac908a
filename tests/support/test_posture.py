"""Coordinating is not supporting: in which posture one asks, promises, gives, and how it is said."""

from datetime import date

import pytest

from jonction.engines.guess import guess
from jonction.imports.models import Import, Row
from jonction.support.actions.imported import restore_interventions, write_interventions
from jonction.support.actions.journal import correct_intervention
from jonction.support.imports import JournalSession
from jonction.support.models import Intervention, Mandate, Need
from jonction.support.queries.journal import fields_again, guess_for
from jonction.support.queries.placing import place_of_need
from tests.factories import TODAY, MandateFactory, NeedFactory
from tests.support.test_actions import log
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db


def test_a_need_and_a_mandate_are_for_support_until_somebody_says_otherwise():
    need = NeedFactory(posture="expertise")

    assert (MandateFactory().posture, NeedFactory().posture) == ("support", "support")
    assert place_of_need(need)["posture"] == "expertise"


@pytest.mark.parametrize(
    ("sentence", "posture", "because"),
    [
        ("Coordination de la table 2h", "coordination", "Coordination de la table"),
        ("Représenter la table au forum 1h30", "representation", "Représenter"),
        ("Avis technique sur le règlement", "expertise", "Avis technique"),
        ("Accompagnement du comité", "support", "Accompagnement"),
        ("Animation du comité 2h", "", None),
        ("Comité de coordination 1h", "", None),  # the name of a committee is no posture
    ],
)
def test_words_say_a_posture_and_are_quoted(sentence, posture, because):
    found = guess(sentence, [], TODAY)

    assert (found.posture, found.because.get("posture")) == (posture, because)


def test_a_sentence_that_says_none_takes_the_posture_of_the_mandate():
    mandate = MandateFactory(posture="coordination")
    person = mandate.resource.person

    said, because = guess_for(person, "Animation 2h", TODAY)
    other, _because = guess_for(person, "Accompagnement du comité 2h", TODAY)

    assert (said["posture"], other["posture"]) == ("coordination", "support")
    assert "posture" not in because


def test_two_mandates_of_different_postures_say_none():
    mandate = MandateFactory(posture="coordination")
    MandateFactory(process=mandate.process, resource=mandate.resource)

    fields, _because = guess_for(mandate.resource.person, "Animation 2h", TODAY)

    assert fields["posture"] == ""


def test_a_posture_is_kept_when_a_line_is_written_again_or_corrected():
    line = log(MandateFactory(), posture="coordination")
    fields = fields_again(line, TODAY)
    process, person = line.process, line.resource.person
    fields.pop("process")

    assert fields["posture"] == "coordination"
    facts = {**fields, "posture": "expertise", "process": process}
    correct_intervention(line, actor=person, today=TODAY, **facts)
    assert Intervention.objects.get().posture == "expertise"


def test_the_form_corrects_what_was_guessed_and_the_line_shows_it(client):
    mandate = MandateFactory(posture="coordination")
    signed_in(client, mandate.resource.person)

    page = client.get("/accompagnement/journal/noter/", {"q": "Représentation au forum 1h"}).text
    answer = client.post(
        "/accompagnement/journal/noter/",
        {
            "text": "Représentation au forum",
            "process": mandate.process_id,
            "quarters": "1h",
            "on": TODAY.isoformat(),
            "stages": ["planning"],
            "dimensions": ["governance"],
            "posture": "representation",
            "audience": "body",
        },
        follow=True,
    )

    assert printed("Compris de « Représentation »") in page
    assert Intervention.objects.get().posture == "representation"
    assert "<dt>Posture</dt><dd>représentation</dd>" in answer.text


def test_the_export_of_the_journal_says_the_posture(client):
    mandate = MandateFactory()
    log(mandate, posture="coordination")
    signed_in(client, mandate.resource.person)

    lines = client.get("/accompagnement/journal/", {"format": "csv"}).getvalue().decode()

    assert "Posture" in lines
    assert "coordination" in lines


@pytest.mark.parametrize("text", ["", "accompagnement"])
def test_a_need_takes_its_posture_from_the_form(client, text):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    client.post(
        "/accompagnement/besoins/deposer/",
        {
            "text": "Quelqu’un pour animer",
            "process": mandate.process_id,
            "level": "local",
            "stages": ["calls"],
            "dimensions": ["management"],
            "mode": "continuous",
            "posture": "" if not text else "coordination",
            "quarters_per_week": "2",
            "starts_on": "2026-12-01",
            "ends_on": "2027-01-30",
            "urgency": "soon",
            "channel": "page",
        },
    )

    assert Need.objects.get().posture == ("coordination" if text else "support")
    assert Mandate.objects.get().posture == "support"


def read(resource, process, **cells):
    base = {"on": "2026-11-20", "body": process.body.name, "text": "Rencontre", "quarters": "2 h"}
    return JournalSession(resource, {}).read({**base, **cells})


def test_a_file_says_the_posture_or_leaves_it_unsaid():
    mandate = MandateFactory()
    resource, process = mandate.resource, mandate.process

    assert read(resource, process).facts["posture"] == ""
    assert read(resource, process, posture="Coordination").facts["posture"] == "coordination"
    [problem] = read(resource, process, posture="magie").problems
    assert (problem.column, "postures" in problem.sentence) == ("posture", True)


def test_a_file_that_does_not_say_the_posture_does_not_unsay_it():
    mandate = MandateFactory()
    log(mandate, on=date(2026, 11, 20), text="Rencontre", quarters=8, posture="expertise")

    assert read(mandate.resource, mandate.process).facts["posture"] == "expertise"


def test_an_import_read_before_postures_were_can_still_be_undone():
    mandate = MandateFactory()
    person = mandate.resource.person
    facts = {
        "process": mandate.process_id,
        "on": "2026-11-20",
        "quarters": 4,
        "text": "Rencontre",
        "function": "",
        "follow_up": "",
        "participants": None,
        "stages": ["calls"],
        "dimensions": ["governance"],
    }
    source = Import.objects.create(reader="journal", owner=person, file_name="journal.csv")
    row = Row.objects.create(source=source, line=2, facts=facts, verdict=Row.Verdict.NEW)

    write_interventions(mandate.resource, actor=person, today=TODAY, rows=[row], audience="body")
    written = Intervention.objects.get().posture
    left = restore_interventions(mandate.resource, actor=person, today=TODAY, rows=[row])

    assert (written, left, Intervention.objects.count()) == ("", 0, 0)
