from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from icalendar import Calendar

from jonction.cycle import queries
from jonction.cycle.models import Deadline, Milestone, Process, ProcessStage, Window
from jonction.territories.actions import load_places
from jonction.territories.models import Place
from tests.cycle.test_rules import a_finished_process, a_steered_process, six_periods
from tests.factories import (
    BodyFactory,
    DeadlineFactory,
    MilestoneFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
    WindowFactory,
)
from tools.messages import printed

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def six_lines(**changes):
    lines = {"version": 1}
    for kind, (start, end) in six_periods(**changes).items():
        lines |= {f"{kind}_from": start.isoformat(), f"{kind}_to": end.isoformat()}
    return lines


def a_process_in(name):
    """Return a steered process whose territory is that place of the official list."""
    load_places()
    territory = TerritoryFactory()
    territory.places.add(Place.objects.get(name=name))
    return a_steered_process(body__alliance=territory.alliance, body__territory=territory)


def deadline(**changes):
    typed = {
        "name": "Dépôt du plan",
        "day": "2026-12-26",
        "clock": "17:00",
        "force": "hard",
        "version": 1,
    }
    return {**typed, **changes}


def test_a_visitor_reads_stages_milestones_and_deadlines_and_no_gesture(client):
    process = ProcessFactory()
    MilestoneFactory(process=process, name="Forum")
    DeadlineFactory(process=process, name="Dépôt", source="Guide du ministère")

    page = client.get(process.get_absolute_url()).text

    assert "Forum" in page
    assert printed("30 novembre 2026 à 17 h 00, heure de l’Est") in page
    assert "Guide du ministère" in page
    assert "Ajouter" not in page


def test_the_coordination_opens_the_process_of_its_body(client):
    body = BodyFactory(name="Table de La Matanie")
    signed_in(client, SeatFactory(body=body, role="coordinator").person)

    offered = client.get("/demarches/").text
    client.post(f"/demarches/instances/{body.pk}/ouvrir/", {"name": "Démarche de la table"})

    process = Process.objects.get()
    assert f"/demarches/instances/{body.pk}/ouvrir/" in offered
    assert (process.body, process.name) == (body, "Démarche de la table")
    assert f"/demarches/instances/{body.pk}/ouvrir/" not in client.get("/demarches/").text


def test_six_lines_plan_the_stages(client):
    process, actor = a_steered_process()

    signed_in(client, actor).post(f"/demarches/{process.pk}/etapes/", six_lines())

    assert ProcessStage.objects.get(kind="review").planned_from == date(2027, 6, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"review_to": "2027-05-31"}, "« bilan et évaluation » finit avant de commencer."),
        ({"review_from": "2027-01-02"}, "elles commencent dans l’ordre."),
        ({"review_from": "2027-02-30"}, "date valide"),
        ({"review_from": ""}, "obligatoire"),
        ({"mobilisation_from": "2001-04-01"}, "Le 1er avril 2001 est à plus d’un an du plan"),
        ({"review_to": "2099-06-30"}, "qui va du 21 juin 2024 au 31 mars 2029"),
    ],
)
def test_stages_out_of_order_are_told_and_what_was_typed_is_kept(client, changes, sentence):
    process, actor = a_steered_process()

    page = signed_in(client, actor).post(
        f"/demarches/{process.pk}/etapes/", {**six_lines(), **changes}
    )

    assert page.status_code == 422
    assert printed(sentence) in page.text
    assert all(f'value="{typed}"' in page.text for typed in changes.values() if typed)
    assert 'value="2027-04-28"' in page.text
    assert not ProcessStage.objects.filter(planned_from__year=2027).filter(kind="calls").exists()


def test_a_stage_that_began_a_quarter_of_a_century_ago_is_a_slip_of_the_keyboard(client):
    process, actor = a_steered_process()
    stage = process.stages.get(kind="mobilisation")

    page = signed_in(client, actor).post(
        f"/demarches/etapes/{stage.pk}/commencer/", {"on": "2001-04-03"}
    )

    assert page.status_code == 422
    assert "Le 3 avril 2001 est à plus d’un an du plan" in page.text
    assert process.stages.filter(real_from=None).count() == 6


def test_a_day_that_the_rule_refuses_is_told_on_the_form_and_kept(client):
    process, actor = a_steered_process()
    stage = process.stages.get(kind="mobilisation")

    page = signed_in(client, actor).post(
        f"/demarches/etapes/{stage.pk}/commencer/", {"on": "2031-04-03"}
    )

    assert page.status_code == 422
    assert printed("Cette date est dans l’avenir : le début réel est un jour vécu.") in page.text
    assert 'value="2031-04-03"' in page.text


def test_stages_planned_beyond_the_plan_are_saved_and_said_to_those_who_steer(client):
    process, actor = a_steered_process()
    plan = process.body.alliance.plan
    plan.ends_on = date(2027, 7, 1)
    plan.save()
    address = f"/demarches/{process.pk}/etapes/"
    late = {**six_lines(review=(date(2027, 6, 1), date(2027, 8, 1))), "version": 2}

    within = signed_in(client, actor).post(address, six_lines(), follow=True).text
    before = client.get(address).text
    saved = client.post(address, late, follow=True).text
    again = client.get(address).text
    client.logout()
    visitor = client.get(process.get_absolute_url()).text

    beyond = "prévue jusqu’après la fin du plan, le 1"
    assert "Le plan finit le 1" in before
    assert (beyond in within, beyond in saved) == (False, True)
    assert "Après la fin du plan, le 1" in again
    assert "fin du plan" not in visitor


@pytest.mark.parametrize(
    ("real", "status", "said"),
    [({}, "open", 1), ({"real_to": date(2027, 9, 1)}, "open", 0), ({}, "transition", 0)],
)
def test_a_stage_that_ended_and_a_process_in_transition_are_no_warning(real, status, said):
    process, _actor = a_steered_process(status=status)
    process.body.alliance.plan.ends_on = date(2027, 7, 1)
    process.stages.all().delete()
    facts = {"planned_from": date(2027, 6, 1), "planned_to": date(2027, 8, 1)}
    process.stages.create(kind="review", real_from=date(2027, 6, 1), **facts, **real)

    assert len(queries.planned_beyond_plan(process)) == said


def test_the_second_who_plans_is_told_by_whom_the_dates_changed(client):
    process, actor = a_steered_process()
    signed_in(client, actor)
    address = f"/demarches/{process.pk}/etapes/"
    client.post(address, six_lines())

    told = client.post(address, six_lines(review=(date(2027, 8, 1), date(2027, 9, 1))))

    assert told.status_code == 422
    assert printed(f"{actor.name} a changé « dates des étapes ».") in told.text
    assert 'value="2027-08-01"' in told.text
    assert ProcessStage.objects.get(kind="review").planned_from == date(2027, 6, 1)


def test_a_stage_begins_and_ends_from_its_page(client):
    process, actor = a_steered_process()
    stage = process.stages.first()
    signed_in(client, actor)

    client.post(f"/demarches/etapes/{stage.pk}/commencer/", {"on": "2026-04-03"})
    late = client.get(process.get_absolute_url()).text
    client.post(f"/demarches/etapes/{stage.pk}/terminer/", {"on": "2026-07-03"})

    stage.refresh_from_db()
    assert (stage.real_from, stage.real_to) == (date(2026, 4, 3), date(2026, 7, 3))
    assert "en cours, fin prévue passée" in late


@pytest.mark.parametrize(
    ("place", "due_at", "said"),
    [
        ("La Matanie", datetime(2026, 12, 26, 22, tzinfo=UTC), "heure de l’Est"),
        (
            "Communauté maritime des Îles-de-la-Madeleine",
            datetime(2026, 12, 26, 21, tzinfo=UTC),
            "heure de l’Atlantique",
        ),
        (
            "Blanc-Sablon",
            datetime(2026, 12, 26, 21, tzinfo=UTC),
            "heure normale de l’Atlantique",
        ),
    ],
)
def test_a_deadline_is_typed_stored_and_read_in_the_legal_time_of_its_place(
    client, place, due_at, said
):
    process, actor = a_process_in(place)

    signed_in(client, actor).post(f"/demarches/{process.pk}/echeances/nouvelle/", deadline())

    page = client.get(process.get_absolute_url()).text
    assert Deadline.objects.get().due_at == due_at
    assert printed(f"26 décembre 2026 à 17 h 00, {said}") in page
    assert "un samedi" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2027-02-29"}, "date valide"),
        ({"day": "2027-03-14", "clock": "02:30"}, "Cette heure n’existe pas"),
        ({"clock": "25:00"}, "heure valide"),
        ({"force": "molle"}, "molle"),
    ],
)
def test_a_deadline_that_cannot_be_is_told_and_kept(client, changes, sentence):
    process, actor = a_steered_process()

    page = signed_in(client, actor).post(
        f"/demarches/{process.pk}/echeances/nouvelle/", deadline(**changes)
    )

    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="Dépôt du plan"' in page.text
    assert Deadline.objects.count() == 0


def test_a_deadline_is_changed_from_the_hour_it_had_then_removed(client):
    process, actor = a_steered_process()
    due = DeadlineFactory(process=process)
    signed_in(client, actor)

    form = client.get(f"/demarches/echeances/{due.pk}/modifier/").text
    client.post(f"/demarches/echeances/{due.pk}/modifier/", deadline(clock="16:00"))
    due.refresh_from_db()
    client.post(f"/demarches/echeances/{due.pk}/retirer/")

    assert 'value="2026-11-30"' in form
    assert 'value="17:00"' in form
    assert "Heure de l’Est" in form
    assert due.due_at == datetime(2026, 12, 26, 21, tzinfo=UTC)
    assert Deadline.objects.count() == 0


def test_a_milestone_is_added_changed_and_removed(client):
    process, actor = a_steered_process()
    typed = {
        "name": "Forum",
        "kind": "milestone",
        "on": "2026-12-09",
        "stage": "priorities",
        "version": 1,
    }
    signed_in(client, actor)

    wrong = client.post(f"/demarches/{process.pk}/jalons/nouveau/", {**typed, "on": "2026-02-31"})
    client.post(f"/demarches/{process.pk}/jalons/nouveau/", typed)
    milestone = Milestone.objects.get()
    client.post(f"/demarches/jalons/{milestone.pk}/modifier/", {**typed, "name": "Grand forum"})
    changed = client.get(process.get_absolute_url()).text
    client.post(f"/demarches/jalons/{milestone.pk}/retirer/")

    assert wrong.status_code == 422
    assert 'value="Forum"' in wrong.text
    assert "Grand forum" in changed
    assert Milestone.objects.count() == 0


def test_a_meeting_says_how_long_it_is_and_what_it_asks_before(client):
    process, actor = a_steered_process()
    typed = {"name": "Comité", "kind": "meeting", "on": "2026-12-09", "version": 1}
    address = f"/demarches/{process.pk}/jalons/nouveau/"
    signed_in(client, actor)

    wrong = client.post(address, {**typed, "quarters": "longtemps"})
    client.post(address, {**typed, "quarters": "1h30", "preparation_quarters": "0"})
    form = client.get(f"/demarches/jalons/{Milestone.objects.get().pk}/modifier/").text

    assert (wrong.status_code, "n’est pas une durée" in wrong.text) == (422, True)
    meeting = Milestone.objects.get()
    assert (meeting.kind, meeting.quarters, meeting.preparation_quarters) == ("meeting", 6, 0)
    assert 'value="1,5"' in form
    assert "rencontre de l’instance" in client.get(process.get_absolute_url()).text


def test_a_deadline_says_which_stage_it_waits_for(client):
    process, actor = a_steered_process()

    signed_in(client, actor).post(
        f"/demarches/{process.pk}/echeances/nouvelle/", deadline(stage="planning")
    )

    assert Deadline.objects.get().stage == "planning"
    assert "pour la fin de l’étape" in client.get(process.get_absolute_url()).text


def test_the_transition_lists_what_continues_and_links_the_two_processes(client):
    process, actor, new = a_finished_process()
    body = BodyFactory(alliance=new, name=process.body.name)
    SeatFactory(body=body, person=actor, role="coordinator")
    MilestoneFactory(process=process, name="Dernier bilan")
    signed_in(client, actor)
    address = f"/demarches/{process.pk}/transition/"

    page, empty = client.get(address).text, client.post(address, {})
    done = client.post(address, {"alliance": new.pk}, follow=True)
    client.post(f"/demarches/{process.pk}/fermer/")

    following = Process.objects.get(previous=process)
    assert "Dernier bilan" in page
    assert printed("L’étape « appels de projets » n’est pas terminée.") in page
    assert empty.status_code == 422
    assert done.redirect_chain == [(following.get_absolute_url(), 302)]
    assert "Voir la démarche du plan précédent" in done.text
    assert "fermée" in client.get(process.get_absolute_url()).text


def test_the_calendar_gives_public_dates_in_legal_time(client):
    process, _ = a_process_in("Blanc-Sablon")
    MilestoneFactory(process=process, name="Forum")
    DeadlineFactory(process=process, name="Dépôt")

    answer = client.get(f"/demarches/{process.pk}/calendrier.ics")

    feed = Calendar.from_ical(answer.content)
    events = {str(e["summary"]): e for e in feed.walk("VEVENT")}
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(events) == 8
    assert events["Forum"]["dtstart"].dt == date(2026, 12, 9)
    assert events["Forum"]["dtend"].dt == date(2026, 12, 10)
    assert events["Dépôt"]["dtstart"].dt == datetime(2026, 11, 30, 22, tzinfo=UTC)
    assert events["Dépôt"]["dtstart"].params["TZID"] == "America/Blanc-Sablon"
    assert [str(z["tzid"]) for z in feed.walk("VTIMEZONE")] == ["America/Blanc-Sablon"]
    assert len({str(e["uid"]) for e in events.values()}) == 8


def a_window(**changes):
    typed = {
        "gesture": "support.raise_need",
        "territory": "",
        "opens_on": "2026-11-01",
        "opens_at": "08:00",
        "closes_on": "2026-12-01",
        "closes_at": "17:00",
        "version": 1,
    }
    return {**typed, **changes}


def test_the_coordination_sets_moves_and_removes_a_window(client):
    regional = BodyFactory(level="regional")
    signed_in(client, SeatFactory(body=regional, role="coordinator").person)
    pages = f"/demarches/alliances/{regional.alliance.pk}/fenetres/"

    client.post(f"{pages}nouvelle/", a_window())
    window = Window.objects.get()
    listed = client.get(pages).text
    client.post(f"/demarches/fenetres/{window.pk}/modifier/", a_window(closes_at="16:00"))
    moved = Window.objects.get().ends_at
    client.post(f"/demarches/fenetres/{window.pk}/retirer/")

    assert window.ends_at == datetime(2026, 12, 1, 22, tzinfo=UTC)
    assert "Demander de l’accompagnement" in listed
    assert printed("1er décembre 2026 à 17 h 00, heure de l’Est") in listed
    assert moved == datetime(2026, 12, 1, 21, tzinfo=UTC)
    assert Window.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_on": "2026-10-01"}, "La fermeture vient avant l’ouverture."),
        ({"gesture": "inconnu"}, "inconnu"),
        ({"territory": "999"}, "territory"),
    ],
)
def test_a_wrong_window_is_told(client, changes, sentence):
    regional = BodyFactory(level="regional")
    signed_in(client, SeatFactory(body=regional, role="coordinator").person)

    page = client.post(
        f"/demarches/alliances/{regional.alliance.pk}/fenetres/nouvelle/", a_window(**changes)
    )

    assert page.status_code == 422
    assert sentence in page.text
    assert Window.objects.count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_for_one_or_thirty(client, django_assert_max_num_queries, count):
    process, actor = a_process_in("La Matanie")
    for _ in range(count):
        MilestoneFactory(process=process)
        DeadlineFactory(process=process)
        WindowFactory(alliance=process.body.alliance, territory=process.body.territory)
        ProcessFactory(body__alliance=process.body.alliance)
    signed_in(client, actor)

    for path, most in [
        ("/demarches/", 9),
        (process.get_absolute_url(), 12),
        (f"/demarches/{process.pk}/calendrier.ics", 9),
        (f"/demarches/alliances/{process.body.alliance_id}/fenetres/", 6),
    ]:
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
