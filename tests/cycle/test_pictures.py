"""Where a process stands, and what may be noted of its stages today."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.cycle.models import Process, ProcessStage
from jonction.cycle.offered import first_due, stage_gestures
from jonction.cycle.pictures import days_of, stages_of
from jonction.cycle.tracks import track_of, tracks_of
from tests.cycle.test_pages import signed_in
from tests.cycle.test_rules import a_steered_process
from tests.factories import (
    TODAY,
    DeadlineFactory,
    MandateFactory,
    MilestoneFactory,
    ProcessFactory,
)
from tools.messages import printed

FIRST = date(2026, 4, 1)


def begin(process, kind, on, until=None):
    process.stages.filter(kind=kind).update(real_from=on, real_to=until)


def fresh(process):
    return Process.objects.prefetch_related("stages").get(pk=process.pk)


def gestures(process):
    return [(g.stage.kind, g.word, g.is_due) for g in stage_gestures(fresh(process), TODAY)]


@pytest.mark.django_db
def test_only_the_first_stage_may_begin_when_nothing_was_noted():
    assert gestures(ProcessFactory()) == [("mobilisation", "begin", True)]


@pytest.mark.django_db
def test_a_stage_that_runs_may_end_and_the_next_one_may_begin():
    process = ProcessFactory()
    begin(process, "mobilisation", FIRST)

    found = stage_gestures(fresh(process), TODAY)

    assert [(g.stage.kind, g.word) for g in found] == [
        ("mobilisation", "end"),
        ("priorities", "begin"),
    ]
    assert first_due(found) == found[0]


@pytest.mark.django_db
def test_nothing_is_due_when_all_runs_as_planned():
    process = ProcessFactory()
    begin(process, "mobilisation", FIRST, date(2026, 6, 30))
    begin(process, "priorities", date(2026, 7, 1), date(2026, 9, 29))
    begin(process, "planning", date(2026, 9, 30))

    found = stage_gestures(fresh(process), TODAY)

    assert [(g.stage.kind, g.word) for g in found] == [("planning", "end"), ("calls", "begin")]
    assert first_due(found) is None


@pytest.mark.django_db
def test_the_page_offers_one_gesture_first_and_only_to_those_who_steer(client):
    process, actor = a_steered_process()

    visitor = client.get(process.get_absolute_url()).text
    page = signed_in(client, actor).get(process.get_absolute_url()).text

    assert "Noter" not in visitor
    assert (
        printed("L’étape « mobilisation des acteurs » devait commencer le 1er avril 2026") in page
    )
    assert page.count("Noter le début de l’étape") == 1
    assert "terminée, selon le plan" in page


@pytest.mark.django_db
def test_a_stage_offered_may_really_be_noted(client):
    process, actor = a_steered_process()
    signed_in(client, actor)

    for _ in range(12):
        offered = first_due(stage_gestures(fresh(process), TODAY))
        if offered is None:
            break
        door = {"begin": "commencer", "end": "terminer"}[offered.word]
        answer = client.post(
            f"/demarches/etapes/{offered.stage.pk}/{door}/", {"on": TODAY.isoformat()}
        )
        assert answer.status_code == 302

    begun = ProcessStage.objects.filter(process=process, real_from__isnull=False)
    assert {stage.kind for stage in begun} == {"mobilisation", "priorities", "planning"}


@pytest.mark.django_db
def test_the_thread_of_everybody_has_stages_days_and_no_name(client):
    mandate = MandateFactory(resource__name="Ginette Lavoie")
    MilestoneFactory(process=mandate.process, name="Forum")
    DeadlineFactory(process=mandate.process, name="Dépôt")

    data = client.get(f"/demarches/{mandate.process.pk}/fil/", {"forme": "csv"}).content.decode()
    page = client.get(mandate.process.get_absolute_url()).text

    assert "Plan d’action;prévue;2026-09-30;2026-12-29" in data
    assert "Forum;jalon;2026-12-09" in data
    assert "Dépôt;échéance;2026-11-30" in data
    assert "Ginette" not in data + page
    assert "Le fil des étapes" in page


@pytest.mark.django_db
def test_a_deadline_stands_on_its_day_in_the_legal_time_of_its_place():
    process = ProcessFactory()
    DeadlineFactory(process=process, due_at=datetime(2026, 12, 1, 4, 30, tzinfo=UTC))

    east, islands = (
        days_of(process, zone=zone)[0].on for zone in ("America/Toronto", "America/Halifax")
    )

    assert (east, islands) == (date(2026, 11, 30), date(2026, 12, 1))


@pytest.mark.django_db
def test_real_dates_win_over_planned_ones_in_the_thread():
    process = ProcessFactory()
    begin(process, "mobilisation", date(2026, 4, 20))

    first = stages_of(fresh(process))[0]

    assert (first.starts_on, first.note) == (date(2026, 4, 20), "commencée le 20 avril 2026")


STATES = ["over", "running", "late", "coming"]


@given(st.integers(0, 6), st.integers(-400, 800))
def test_the_track_points_at_one_stage_that_counts_today(begun, days):
    process = Process(pk=1, name="Démarche")
    stages = [
        ProcessStage(
            process=process,
            kind=kind,
            planned_from=FIRST + timedelta(days=91 * n),
            planned_to=FIRST + timedelta(days=91 * n + 90),
            real_from=FIRST + timedelta(days=91 * n) if n < begun else None,
        )
        for n, kind in enumerate(
            ["mobilisation", "priorities", "planning", "calls", "delivery", "review"]
        )
    ]
    process._prefetched_objects_cache = {"stages": stages}

    track = track_of(process, FIRST + timedelta(days=days))

    states = [step.state for step in track.steps]
    alive = {"running", "late"} & set(states)
    assert set(states) <= set(STATES)
    assert track.now.state in (alive or {"coming"} & set(states) or {"over"})
    assert track.since <= track.until


@pytest.mark.django_db
def test_the_track_of_a_body_is_that_of_its_open_process():
    old = ProcessFactory(status="transition")
    new = ProcessFactory(body=old.body)
    ProcessFactory(body=old.body, status="closed")

    tracks = tracks_of([old.body_id], TODAY)

    assert tracks[old.body_id].url == new.get_absolute_url()


@pytest.mark.django_db
def test_a_process_without_stages_has_no_track(client):
    process = ProcessFactory()
    process.stages.all().delete()

    assert track_of(fresh(process), TODAY) is None
    page = client.get(process.get_absolute_url()).text
    assert "Les étapes ne sont pas encore prévues" in page
    assert client.get("/demarches/").status_code == 200
