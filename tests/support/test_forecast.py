import io
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.conf import settings
from docx import Document

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.cycle.models import Milestone
from jonction.engines.forecast.network import Past, Pert
from jonction.support.actions.forecast import ask_forecast, edit_assumptions
from jonction.support.forecast import compute, computed, fingerprint_of, new_forecast, project_of
from jonction.support.jobs import compute_forecast
from jonction.support.models import Assumptions, Capacity, Forecast
from jonction.support.queries.forecast import assumptions_of
from tests.factories import (
    TODAY,
    BodyFactory,
    DeadlineFactory,
    MandateFactory,
    MilestoneFactory,
    PersonFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


def a_forecast(process, *, today=TODAY, draws=200):
    """Return a forecast already answered."""
    project = project_of(process, today=today)
    forecast = new_forecast(process, project, actor=PersonFactory(), today=today)
    forecast.draws = draws
    forecast.save()
    compute(forecast)
    return forecast


def tasks_of(process):
    return {task.key: task for task in project_of(process, today=TODAY).tasks}


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def path(process, more=""):
    return f"/accompagnement/prevision/{process.pk}/{more}"


def lived(process, kind, weeks):
    """Say that a stage of a process ended that many weeks after it began, as planned."""
    stage = process.stages.get(kind=kind)
    stage.real_from = stage.planned_from
    stage.real_to = stage.planned_from + timedelta(weeks=weeks)
    stage.save()


# what goes in


def test_each_stage_waits_for_the_one_before_and_knows_where_it_stands():
    tasks = tasks_of(ProcessFactory())

    assert [task.after for task in tasks.values()][:2] == [(), ("mobilisation",)]
    assert tasks["mobilisation"].ended_on == date(2026, 6, 30)  # as planned: nobody said otherwise
    assert tasks["planning"].begun_on == date(2026, 9, 30)
    assert tasks["calls"].begun_on is None


def test_support_counts_by_the_days_and_the_dimensions_that_it_holds():
    mandate = MandateFactory(stages=["calls"], starts_on=TODAY, ends_on=date(2028, 1, 1))

    assert tasks_of(mandate.process)["calls"].support == Fraction(1, 2)
    assert tasks_of(mandate.process)["delivery"].support == 0


def test_whoever_promised_twice_what_she_offers_gives_half():
    mandate = MandateFactory(stages=["calls"], quarters_per_week=40, ends_on=date(2028, 1, 1))
    Capacity.objects.create(
        resource=mandate.resource,
        quarters_per_week=20,
        starts_on=date(2026, 1, 1),
        ends_on=date(2029, 1, 1),
    )

    assert tasks_of(mandate.process)["calls"].support == Fraction(1, 4)


def test_a_deadline_waits_for_what_the_plan_has_done_or_for_the_stage_said():
    process = ProcessFactory()
    by_plan = DeadlineFactory(process=process, due_at=datetime(2026, 12, 29, 4, tzinfo=UTC))
    said = DeadlineFactory(process=process, stage="calls")
    DeadlineFactory(process=process, due_at=datetime(2026, 11, 1, tzinfo=UTC))  # it is over

    targets = {target.key: target for target in project_of(process, today=TODAY).targets}

    assert set(targets) == {str(by_plan.pk), str(said.pk)}
    # four in the morning in Greenwich is the day before here; the stage ends that Tuesday
    assert targets[str(by_plan.pk)].on == date(2026, 12, 28)
    assert targets[str(by_plan.pk)].task == "planning"
    assert (targets[str(said.pk)].task, targets[str(said.pk)].fraction) == ("calls", 1)


def test_the_meetings_of_a_stage_decide_its_end():
    process = ProcessFactory()
    MilestoneFactory(process=process, stage="calls", kind=Milestone.Kind.MEETING)
    MilestoneFactory(process=process, stage="calls")

    assert tasks_of(process)["calls"].meetings == (date(2026, 12, 9),)


def test_the_history_of_the_region_speaks_once_it_is_long_enough():
    process = ProcessFactory()
    Assumptions.objects.create(alliance=process.body.alliance, least_history=3)
    for weeks in (12, 15, 20):
        past = MandateFactory(
            stages=["mobilisation", "calls"],
            dimensions=["governance", "management", "operations", "communication"],
            starts_on=date(2026, 1, 1),
            ends_on=date(2028, 1, 1),
        ).process
        lived(past, "calls", weeks)
    found = tasks_of(process)["calls"]

    assert isinstance(found.spread, Past)
    assert len(found.spread.ratios) == 3
    assert found.alone == Fraction(5, 4)  # no stage was ever lived without support
    assert tasks_of(process)["review"].spread == Pert(
        Fraction(8, 10), Fraction(11, 10), Fraction(17, 10)
    )


def test_stages_lived_alone_tell_what_happens_without_support():
    process = ProcessFactory()
    Assumptions.objects.create(alliance=process.body.alliance, least_history=1)
    lived(MandateFactory(dimensions=["governance", "management", "operations"], stages=["calls"],
                         ends_on=date(2028, 1, 1)).process, "calls", 13)  # fmt: skip
    lived(ProcessFactory(), "calls", 26)

    found = tasks_of(process)["calls"]
    assert (len(found.spread.ratios), len(found.alone.ratios)) == (1, 1)
    assert found.alone.ratios[0] > found.spread.ratios[0]


# asking


def test_what_was_asked_is_computed_and_kept_with_what_went_in(django_capture_on_commit_callbacks):
    seat = SeatFactory()
    process = ProcessFactory(body=seat.body)
    deadline = DeadlineFactory(process=process, stage="planning")

    with django_capture_on_commit_callbacks(execute=True):
        ask_forecast(process, actor=seat.person, today=TODAY)

    forecast = Forecast.objects.get()
    assert forecast.status == Forecast.Status.DONE
    assert forecast.result["supported"]["targets"][0][0] == str(deadline.pk)
    assert [line.verb for line in Trace.objects.order_by("pk")] == [
        "support.forecast.waiting",
        "support.forecast.done",
    ]
    assert computed(forecast) == (forecast.result, forecast.starts)


def test_the_same_question_is_not_asked_twice_while_it_waits():
    seat = SeatFactory()
    process = ProcessFactory(body=seat.body)

    first = ask_forecast(process, actor=seat.person, today=TODAY)

    assert ask_forecast(process, actor=seat.person, today=TODAY) == first


def test_an_answer_is_given_once():
    forecast = a_forecast(ProcessFactory())
    at = forecast.computed_at

    compute_forecast.func(forecast.pk)

    forecast.refresh_from_db()
    assert forecast.computed_at == at


def test_a_crash_is_said():
    process = ProcessFactory()
    forecast = new_forecast(
        process, project_of(process, today=TODAY), actor=PersonFactory(), today=TODAY
    )
    forecast.inputs["project"]["tasks"][0]["after"] = ["review"]
    forecast.save()

    with pytest.raises(Exception, match="mobilisation"):
        compute(forecast)

    forecast.refresh_from_db()
    assert forecast.status == Forecast.Status.FAILED


@pytest.mark.parametrize("role", ["observer", "researcher"])
def test_who_looks_from_outside_asks_for_nothing(role):
    table = BodyFactory(level="regional")
    process = ProcessFactory(body__alliance=table.alliance)

    with pytest.raises(Refused, match="prennent part"):
        ask_forecast(process, actor=SeatFactory(body=table, role=role).person, today=TODAY)


def test_without_stages_there_is_nothing_to_compute():
    seat = SeatFactory()
    process = ProcessFactory(body=seat.body)
    process.stages.all().delete()

    with pytest.raises(Refused, match="Prévoyez d’abord les étapes"):
        ask_forecast(process, actor=seat.person, today=TODAY)


def test_the_coordination_alone_says_what_is_supposed():
    table = BodyFactory(level="regional")
    coordinator, member = (
        SeatFactory(body=table, role=r).person for r in ("coordinator", "member")
    )
    changes = {"alone_percent": 150}

    with pytest.raises(Refused):
        edit_assumptions(table.alliance, actor=member, today=TODAY, version=1, changes=changes)
    edit_assumptions(table.alliance, actor=coordinator, today=TODAY, version=1, changes=changes)

    assert assumptions_of(table.alliance).alone_percent == 150


# reading


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
    assert "Actualiser" in page.text
    assert 'hx-trigger="every 1s"' in page.text


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
    assert [p.text for p in document.paragraphs][:3] == [
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

    assert "Avec un report au 28 décembre 2026" in page.context["form"]["text"].value()


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


def test_the_web_process_loads_neither_numpy_nor_the_word_writer():
    said = (
        "import django; django.setup(); import jonction.config.urls, jonction.config.wsgi, sys;"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "sys.exit(sorted({'numpy', 'docx'} & set(sys.modules)) or 0)"
    )

    ran = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
