"""Writing in the journal: a sentence, again, corrected, a week at once."""

from datetime import date, timedelta

import pytest

from jonction.core.models import Trace
from jonction.support.models import Intervention, Share
from tests.factories import TODAY, MandateFactory
from tests.support.test_actions import log
from tests.support.test_pages import signed_in, typed
from tools.messages import printed

pytestmark = pytest.mark.django_db

NOTE = "/accompagnement/journal/noter/"
WEEK = "/accompagnement/journal/semaine/"


def test_one_sentence_fills_every_field_and_says_from_which_words(client):
    mandate = MandateFactory(process__body__name="Comité de La Matanie")
    MandateFactory(
        resource=mandate.resource,
        process__body__name="Comité de La Matanie",
        starts_on="2020-01-01",
        ends_on="2021-01-01",
    )
    signed_in(client, mandate.resource.person)

    page = client.get(NOTE, {"q": "appel Matanie 30 min budget"})

    form = page.context["form"]
    assert form.initial["quarters"] == 2
    assert form.initial["process"] == mandate.process.pk
    assert form.initial["stages"] == ["planning"]  # the one that runs that day
    assert form.initial["dimensions"] == ["management"]
    assert 'value="0,5"' in page.text
    assert printed("Compris de « {words} ».").format(words="30 min") in page.text


def test_a_page_sent_twice_writes_one_line_and_another_page_writes_another(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    once, again = (
        client.get(NOTE, {"q": "appel 1 h"}).context["form"]["once"].value() for _ in "12"
    )
    sent = typed(mandate, once=once)

    answers = [client.post(NOTE, sent).url for _ in range(2)]
    changed = client.post(NOTE, {**sent, "text": "Autre chose"}).url
    another = client.post(NOTE, {**sent, "once": again}).url

    assert answers[0] == answers[1]
    assert len({answers[0], changed, another}) == 3
    assert Intervention.objects.count() == 3


def test_a_page_in_error_keeps_which_line_it_is(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    once = client.get(NOTE, {"q": "appel 1 h"}).context["form"]["once"].value()

    page = client.post(NOTE, typed(mandate, once=once, quarters="beaucoup"))

    assert f'name="once" value="{once}"' in page.text


def test_the_function_understood_is_shown_with_the_rest(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    page = client.get(NOTE, {"q": "médiation entre deux organismes 1 h"})

    form = page.context["form"]
    assert form.initial["function"] == "mediation"
    assert "function" in [field.name for field in form.main]


def test_the_sentence_then_one_more_gesture_is_a_line(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    form = client.get(NOTE, {"q": "animation de la rencontre 1h30 hier"}).context["form"]

    client.post(NOTE, {**form.initial, "audience": "body", "quarters": "1,5"})

    line = Intervention.objects.get()
    assert (line.quarters, line.on) == (6, TODAY - timedelta(days=1))


def test_a_time_that_no_day_holds_stays_as_typed_and_says_why(client):
    signed_in(client, MandateFactory().resource.person)
    why = "ne tiennent pas dans une journée"

    page = client.get(NOTE, {"q": "animation 30 h"})
    week = client.post(f"{WEEK}lire/", {"sentences": "animation 30 h\nanimation 2 h"})

    assert page.context["form"]["quarters"].value() == "30 h"
    assert page.context["form"]["text"].value() == "animation 30 h"
    assert page.text.count(why) == page.text.count('value="30 h"') == 1
    assert week.text.count(why) == week.text.count('value="30 h"') == 1


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("animation 13 h", "« 13 h » : une durée, ou une heure du jour ?"),
        ("animation hier", "La phrase ne dit pas combien de temps"),
        ("animation 1 h demain", "Pas compris : « demain »."),
        ("animation 1 h le 31 février", "Pas compris : « le 31 février »."),
    ],
)
def test_what_the_sentence_left_out_is_said_beside_its_field(client, sentence, why):
    signed_in(client, MandateFactory().resource.person)

    page = client.get(NOTE, {"q": sentence})
    week = client.post(f"{WEEK}lire/", {"sentences": f"{sentence}\nanimation hier 2 h"})

    said = [one.text.replace("\u00a0", " ").count(why) for one in (page, week)]
    assert said == [1, 1]


def test_a_table_that_the_sentence_does_not_say_is_asked(client):
    mandate = MandateFactory()
    MandateFactory(resource=mandate.resource)
    signed_in(client, mandate.resource.person)
    why = "La phrase ne dit pas laquelle"

    page = client.get(NOTE, {"q": "animation 1 h"})
    named = client.get(NOTE, {"q": f"animation 1 h {mandate.process.body.name}"})

    assert (page.text.count(why), named.text.count(why)) == (1, 0)
    assert client.get(NOTE).text.count(why) == 0


def test_dimensions_not_said_are_those_of_the_mandate(client):
    mandate = MandateFactory(dimensions=["communication", "governance"])
    signed_in(client, mandate.resource.person)

    form = client.get(NOTE, {"q": "café 15 min"}).context["form"]

    assert form.initial["dimensions"] == ["governance", "communication"]


def test_a_line_is_done_again_today(client):
    mandate = MandateFactory()
    line = log(mandate, on=TODAY - timedelta(days=7), text="Relance")
    signed_in(client, mandate.resource.person)

    form = client.get(NOTE, {"refaire": line.pk}).context["form"]

    assert (form.initial["text"], form.initial["on"]) == ("Relance", TODAY)
    assert form.initial["stages"] == ["calls", "planning"]


def test_nobody_repeats_the_line_of_another(client):
    line = log(MandateFactory())
    signed_in(client, MandateFactory().resource.person)

    assert client.get(NOTE, {"refaire": line.pk}).status_code == 404


def test_a_line_is_corrected_and_the_trail_keeps_what_it_said(client):
    mandate = MandateFactory()
    line = log(mandate, quarters=3)
    signed_in(client, mandate.resource.person)

    client.post(f"/accompagnement/journal/{line.pk}/corriger/", typed(mandate, quarters="96"))
    refused = Intervention.objects.get().quarters
    client.post(f"/accompagnement/journal/{line.pk}/corriger/", typed(mandate, quarters="24 h"))

    assert (refused, Intervention.objects.get().quarters) == (3, 96)
    assert sum(share.parts for share in Share.objects.all()) == 96 * 720
    assert Trace.objects.get(verb="support.intervention.corrected").facts["before"]["quarters"] == 3


def test_the_week_shows_its_seven_days_and_what_was_promised(client):
    mandate = MandateFactory(quarters_per_week=14)
    log(mandate, quarters=5, text="Relance")
    signed_in(client, mandate.resource.person)

    page = client.get(WEEK)

    assert [day["on"] for day in page.context["days"]] == [
        date(2026, 11, 23) + timedelta(days=n) for n in range(7)
    ]
    assert "1 h 15 notées" in page.text.replace("\u00a0", " ")
    assert "3 h 30 promises" in page.text.replace("\u00a0", " ")


def test_several_sentences_become_rows_then_lines(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    sentences = "lundi 1h30 animation\n\nhier 45 min appel budget"

    read = client.post(f"{WEEK}lire/", {"sentences": sentences})
    written_by_reading = Intervention.objects.count()
    rows = [form.initial for form in read.context["lines"]]
    posted = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    for rank, row in enumerate(rows):
        cells = {**row, "quarters": f"{row['quarters'] * 15} min"}
        posted |= {f"form-{rank}-{name}": value for name, value in cells.items() if value}
    client.post(f"{WEEK}noter/", posted)

    assert written_by_reading == 0
    assert sorted(line.quarters for line in Intervention.objects.all()) == [3, 6]


def a_row(mandate, **changes):
    row = {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-text": "Animation",
        "form-0-process": mandate.process.pk,
        "form-0-on": "2026-11-20",
        "form-0-quarters": "1 h",
    }
    return {**row, **{f"form-0-{name}": value for name, value in changes.items()}}


def test_a_week_sent_twice_writes_its_lines_once(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    read = client.post(f"{WEEK}lire/", {"sentences": "lundi 1h animation"})
    sent = a_row(mandate) | {"once": read.context["page"]["once"].value()}

    answers = [client.post(f"{WEEK}noter/", sent).status_code for _ in "12"]

    assert 'name="once"' in read.text
    assert (answers, Intervention.objects.count()) == ([302, 302], 1)


def test_a_stage_not_said_is_the_one_of_that_day(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    client.post(f"{WEEK}noter/", a_row(mandate))

    assert set(Intervention.objects.get().shares.values_list("stage", flat=True)) == {"planning"}


def test_a_stage_is_asked_when_none_ran_that_day(client):
    mandate = MandateFactory(starts_on="2020-01-01")
    signed_in(client, mandate.resource.person)

    page = client.post(f"{WEEK}noter/", a_row(mandate, on="2020-02-03"))

    assert page.status_code == 422
    assert "Aucune étape n’était en cours ce jour-là" in page.text
    assert Intervention.objects.count() == 0


def test_the_regional_table_is_recognised_by_what_people_call_it(client):
    local = MandateFactory(process__body__name="Table des Aboiteaux")
    regional = MandateFactory(
        resource=local.resource,
        process__body__alliance=local.process.body.alliance,
        process__body__level="regional",
        process__body__name="Table régionale de l’Alliance",
    )
    signed_in(client, local.resource.person)

    for sentence, process in (
        ("mardi 45 min courriel Table régionale", regional.process),
        ("rencontre Aboiteaux 2 h", local.process),
    ):
        page = client.get(NOTE, {"q": sentence})
        assert page.context["form"].initial["process"] == process.pk, sentence


def test_a_week_is_noted_whole_or_not_at_all(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)
    row = {
        "text": "Animation",
        "process": mandate.process.pk,
        "on": "2026-11-20",
        "quarters": "20 h",
        "stage": "planning",
    }
    posted = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    for rank in (0, 1):
        posted |= {f"form-{rank}-{name}": value for name, value in row.items()}

    page = client.post(f"{WEEK}noter/", posted)

    assert page.status_code == 422
    assert "dépasserait 24 heures" in page.text
    assert page.text.count('value="Animation"') == 2
    assert Intervention.objects.count() == 0


@pytest.mark.parametrize("start", ["zzz", "2026-02-31", "0001-01-01", "9999-12-31"])
def test_a_week_that_does_not_exist_is_this_one(client, start):
    signed_in(client, MandateFactory().resource.person)

    page = client.get(WEEK, {"du": start})

    assert page.context["monday"] == date(2026, 11, 23)
