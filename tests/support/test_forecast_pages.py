import io
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from docx import Document

from jonction.engines.forecast.results import Dates, Odds, Reached
from jonction.support.actions.forecast import ask_forecast
from jonction.support.forecast import compute, fingerprint_of, project_of
from jonction.support.models import Assumptions, Forecast
from jonction.support.told import ToldDeadline
from tests.factories import (
    TODAY,
    BodyFactory,
    DeadlineFactory,
    MandateFactory,
    SeatFactory,
    TerritoryFactory,
)
from tests.support.test_forecast import a_forecast, lived
from tools.messages import printed

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def path(process, more=""):
    return f"/accompagnement/prevision/{process.pk}/{more}"


def a_late_process():
    """Return a process with a deadline that it has little chance to meet, and who coordinates it."""
    mandate = MandateFactory(ends_on=date(2028, 1, 1), process__name="Démarche de La Matanie")
    DeadlineFactory(process=mandate.process, name="Dépôt du plan", stage="planning")
    coordinator = SeatFactory(body=mandate.process.body, role="coordinator").person
    return mandate.process, coordinator


def test_the_page_tells_odds_dates_and_where_they_come_from(client):
    process, coordinator = a_late_process()
    a_forecast(process)

    page = signed_in(client, coordinator).get(path(process))

    said = page.text.replace("\u00a0", " ")
    assert "moins d’une chance sur 20" in said
    assert "19 sur 20" in said
    assert "hypothèse de l’Alliance, non un fait mesuré" in said
    assert "Préparer une demande de report" in said
    assert "méthode forecast-1, graine 1" in said


def test_a_forecast_of_other_dates_says_that_it_is_older(client):
    process, coordinator = a_late_process()
    a_forecast(process)
    fresh = signed_in(client, coordinator).get(path(process))
    process.stages.filter(kind="calls").update(planned_to=date(2027, 5, 1))

    stale = client.get(path(process))

    assert [page.context["is_stale"] for page in (fresh, stale)] == [False, True]
    assert "ont changé depuis le 23 novembre 2026" in stale.text


def test_a_crash_leaves_the_last_answer_on_the_page(client):
    process, coordinator = a_late_process()
    done = a_forecast(process)
    ask_forecast(process, actor=coordinator, today=TODAY)
    Forecast.objects.exclude(pk=done.pk).update(status=Forecast.Status.FAILED)

    page = signed_in(client, coordinator).get(path(process))

    assert "s’est arrêté sur une panne" in page.text
    assert page.context["found"].forecast == done


def test_a_new_day_alone_makes_nothing_older():
    process, _coordinator = a_late_process()
    days = (TODAY, TODAY + timedelta(days=3))

    assert len({fingerprint_of(project_of(process, today=day)) for day in days}) == 1


def test_a_forecast_being_computed_says_so_and_refreshes(client):
    process, coordinator = a_late_process()
    ask_forecast(process, actor=coordinator, today=TODAY)

    page = signed_in(client, coordinator).get(path(process))

    assert "En calcul" in page.text
    assert "Rien n’est encore calculé" not in page.text
    assert "Actualiser" in page.text
    assert 'hx-trigger="every 1s"' in page.text


def test_who_reads_the_last_forecast_is_not_disturbed_while_the_next_is_computed(client):
    process, coordinator = a_late_process()
    a_forecast(process)
    waited = ask_forecast(process, actor=coordinator, today=TODAY)
    signed_in(client, coordinator)

    meanwhile = client.get(path(process), headers={"HX-Request": "true"})
    compute(waited)
    after = client.get(path(process), headers={"HX-Request": "true"})

    assert (meanwhile["HX-Reswap"], meanwhile.text) == ("none", "")
    assert "Chaque échéance" in after.text
    assert "Le calcul est fini." in after.text


def test_an_observer_reads_the_odds_and_no_name(client):
    process, _coordinator = a_late_process()
    table = BodyFactory(alliance=process.body.alliance, level="regional")
    a_forecast(process)

    page = signed_in(client, SeatFactory(body=table, role="observer").person).get(path(process))

    assert "Chaque échéance" in page.text
    assert process.mandates.get().resource.name not in page.text
    assert "demande de report" not in page.text


def test_back_from_a_day_given_by_the_funder(client):
    process, coordinator = a_late_process()
    a_forecast(process)
    signed_in(client, coordinator)

    found = client.get(path(process), {"stage": "calls", "by": "2027-12-01", "odds": "80"})
    hopeless = client.get(path(process), {"stage": "review", "by": "2026-12-01", "odds": "95"})
    wrong = client.get(path(process), {"stage": "calls", "by": "demain", "odds": "80"})

    latest = found.context["latest"]
    assert date(2027, 1, 1) < latest < date(2027, 9, 1)
    assert latest.weekday() == 0
    assert hopeless.context["latest"] is None
    assert "ces chances ne sont pas atteintes" in hopeless.text
    assert (wrong.status_code, "date valide" in wrong.text) == (200, True)


def test_a_day_farther_than_what_is_looked_at_is_not_a_latest_start(client):
    process, coordinator = a_late_process()
    a_forecast(process)
    signed_in(client, coordinator)

    far = client.get(path(process), {"stage": "calls", "by": "2040-12-01", "odds": "80"})

    assert "Rien ne presse" in far.text
    assert "doit commencer au plus tard" not in far.text


@pytest.mark.parametrize(
    ("hits", "alone", "days", "said"),
    [
        (60, 40, 8, ("ajoute 20 points de pourcentage", "vient 8 jours plus tôt")),
        (60, 40, 0, ("ajoute 20 points de pourcentage.",)),
        (60, 40, -3, ("ajoute 20 points de pourcentage.",)),
        (40, 40, 1, ("avance de 1 jour la date",)),
        (40, 60, -3, ("n’y change rien",)),
    ],
)
def test_what_support_changes_is_said_only_where_it_changes_something(hits, alone, days, said):
    def reached(hits, on):
        return Reached("plan", Odds(hits, 100), Dates(on, on, on), ())

    day = date(2027, 3, 1)
    told = ToldDeadline(
        DeadlineFactory(),
        day,
        "planning",
        "",
        reached(hits, day),
        reached(alone, day + timedelta(days=days)),
    )

    assert all(words in told.difference for words in said)
    assert ("tôt" in told.difference or "avance" in told.difference) == (days > 0)


def test_the_odds_and_the_dates_leave_with_what_remakes_them(client):
    process, coordinator = a_late_process()
    signed_in(client, coordinator)
    before = client.get(path(process, "export.csv"))
    a_forecast(process)

    page = client.get(path(process, "export.csv"))

    headers, deadline, *stages = b"".join(page).decode("utf-8-sig").splitlines()
    said = dict(zip(headers.split(";"), deadline.split(";"), strict=True))
    found = client.get(path(process)).context["found"]
    assert (before.status_code, said["Sorte"], said["Nom"]) == (404, "échéance", "Dépôt du plan")
    assert said["Fait 8 fois sur 10 le"] == found.deadlines[0].supported.dates.at_80.isoformat()
    assert (said["Graine"], said["Méthode"]) == ("1", "forecast-1")
    assert len(stages) == sum(not stage.is_over for stage in found.stages)
    assert "export.xlsx" in client.get(path(process)).text


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_the_odds_are_a_file_too(client, kind):
    process, coordinator = a_late_process()
    a_forecast(process)

    page = signed_in(client, coordinator).get(path(process, f"image/?forme={kind}"))

    assert page.status_code == 200
    assert page.headers["Content-Disposition"].endswith(f'.{kind}"')


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_argument_says_the_figures_of_the_page_in_word_and_in_pdf(client):
    process, coordinator = a_late_process()
    a_forecast(process)
    signed_in(client, coordinator)
    page = client.get(path(process, "argument/"))
    form = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    form["text"] = "Nos mots.\n\nEt les vôtres."

    word = client.post(path(process, "argument/"), {**form, "forme": "docx"})
    pdf = client.post(path(process, "argument/"), {**form, "forme": "pdf"})

    document = Document(io.BytesIO(word.content))
    assert "La démarche «" in page.context["form"].initial["text"]  # « elle » speaks of it
    assert [p.text for p in document.paragraphs][:4] == [
        "23 novembre 2026",
        form["title"],
        "Nos mots.",
        "Et les vôtres.",
    ]
    rows = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
    assert rows[1:] == page.context["rows"]
    assert pdf.content.startswith(b"%PDF")
    assert pages_of(pdf.content) == 1


def test_the_longest_argument_still_holds_on_one_page(client):
    process, coordinator = a_late_process()
    a_forecast(process)
    text = "\n\n".join(["Une phrase assez longue pour remplir la page. " * 8] * 6)[:1800]
    form = {"title": "T" * 150, "recipient": "R" * 150, "text": text, "signature": "S" * 150}

    pdf = signed_in(client, coordinator).post(path(process, "argument/"), {**form, "forme": "pdf"})

    assert pages_of(pdf.content) == 1


def test_nothing_typed_is_lost_when_the_argument_is_refused(client):
    process, coordinator = a_late_process()
    a_forecast(process)

    page = signed_in(client, coordinator).post(
        path(process, "argument/"), {"title": "", "text": "Nos mots à nous", "forme": "pdf"}
    )

    assert page.status_code == 422
    assert "Nos mots à nous" in page.text


def test_the_argument_follows_the_delay_chosen(client):
    process, coordinator = a_late_process()
    a_forecast(process)

    page = signed_in(client, coordinator).get(path(process, "argument/?report=2026-12-28"))

    said = page.context["form"]["text"].value()
    assert "Avec un report au 28 décembre 2026" in said
    # what comes after the deadline does not delay it
    assert printed("retarde le plus ce travail est « Plan d’action »") in said


def test_what_is_supposed_is_typed_as_people_say_it(client):
    table = BodyFactory(level="regional")
    coordinator = SeatFactory(body=table, role="coordinator").person
    address = f"/accompagnement/hypotheses/{table.alliance_id}/"
    form = signed_in(client, coordinator).get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed |= {"meeting_quarters": "1h30", "travel_quarters": "0", "points_calls": "90, 120 et 200"}

    wrong = client.post(address, {**typed, "points_calls": "200 90 120"})
    right = client.post(address, typed)

    assert (wrong.status_code, "du plus petit au plus grand" in wrong.text) == (422, True)
    assert right.status_code == 302
    assumed = Assumptions.objects.get()
    assert (assumed.meeting_quarters, assumed.travel_quarters) == (6, 0)
    assert assumed.points["calls"] == [90, 120, 200]


@pytest.mark.parametrize("count", [1, 30])
def test_the_forecast_costs_the_same_for_one_deadline_or_thirty(
    client, django_assert_max_num_queries, count
):
    process, coordinator = a_late_process()
    process.body.territory = TerritoryFactory(alliance=process.body.alliance)
    process.body.save()
    for _ in range(count):
        DeadlineFactory(process=process)
        MandateFactory(process=process)
        lived(MandateFactory().process, "calls", 20)
    a_forecast(process, draws=20)
    signed_in(client, coordinator)

    with django_assert_max_num_queries(20):
        assert client.get(path(process)).status_code == 200
