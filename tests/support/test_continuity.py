"""What will break, on the pages of those who can act; what is said of a cell or an alert."""

from datetime import date, timedelta

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.cycle.models import Process
from jonction.support.actions.coverage import snooze_alert, waive_cell
from jonction.support.actions.mandate import end_mandate
from jonction.support.continuity import (
    continuity_between,
    continuity_of,
    foreseen_of,
    watch,
)
from jonction.support.coverage import combined, coverage_of
from jonction.support.models import Alert, Leave, Pause, Resource, Waiver
from jonction.support.second_views import planned_and_done, table
from tests.factories import TODAY, BodyFactory, MandateFactory, PersonFactory, SeatFactory
from tests.support.test_actions import log
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

# the stages of the factory: planning until 2026-12-29, calls from 2026-12-31 to 2027-03-31
EVERYTHING = {
    "stages": ["planning", "calls"],
    "dimensions": ["governance", "management", "operations", "communication"],
    "starts_on": date(2026, 4, 1),
    "ends_on": date(2027, 6, 30),
}


def kinds(process, today=TODAY):
    return [(f.kind, f.breaking.breaks_on) for f in foreseen_of([process], today=today)]


def test_a_process_held_to_the_end_foresees_nothing_in_its_stages():
    mandate = MandateFactory(**EVERYTHING)

    assert [k for k in kinds(mandate.process) if k[1] >= TODAY] == []


def test_nobody_left_before_the_last_line_of_her_journal(client):
    mandate = MandateFactory()
    log(mandate, on=TODAY - timedelta(days=3))
    page = mandate.resource.get_absolute_url()
    signed_in(client, mandate.resource.person)

    before = client.post(f"{page}depart/", {"depart-leaves_on": TODAY - timedelta(days=4)})
    client.post(f"{page}depart/", {"depart-leaves_on": TODAY - timedelta(days=3)})

    assert before.status_code == 422
    assert "Le journal dit une intervention le 20 novembre 2026" in before.text
    assert Resource.objects.get().leaves_on == TODAY - timedelta(days=3)


def test_a_departure_announced_breaks_what_its_holder_holds():
    mandate = MandateFactory(**EVERYTHING)
    Resource.objects.update(leaves_on=date(2026, 12, 10))

    found = [f for f in foreseen_of([mandate.process], today=TODAY) if f.kind == "departure"]

    assert found[0].breaking.breaks_on == date(2026, 12, 11)
    assert found[0].resources == (mandate.resource.name,)


def test_a_mandate_ending_before_its_stage_is_foreseen_and_keeps_its_key():
    mandate = MandateFactory(**{**EVERYTHING, "ends_on": date(2027, 1, 31)})

    keys = [
        [f.breaking.key for f in foreseen_of([mandate.process], today=day)]
        for day in (TODAY, TODAY + timedelta(days=1))
    ]

    assert kinds(mandate.process)[-1] == ("mandate_ends", date(2027, 2, 1))
    assert keys[0] == keys[1]


def test_a_pause_is_nobody():
    mandate = MandateFactory(**EVERYTHING)
    Pause.objects.create(mandate=mandate, starts_on=TODAY)

    assert [f.breaking.breaks_on for f in foreseen_of([mandate.process], today=TODAY)][-1] <= TODAY


def test_the_watch_writes_each_alert_once_and_closes_what_is_mended():
    mandate = MandateFactory(**{**EVERYTHING, "ends_on": date(2027, 1, 31)})
    watch([mandate.process], today=TODAY)
    watch([mandate.process], today=TODAY)
    seen = Alert.objects.filter(kind="mandate_ends").count()
    mandate.ends_on = date(2027, 6, 30)
    mandate.save()

    watch([mandate.process], today=TODAY + timedelta(days=1))

    assert seen == 1
    assert Alert.objects.get(kind="mandate_ends").closed_on == TODAY + timedelta(days=1)


def test_ending_a_mandate_raises_its_alert_by_itself(django_capture_on_commit_callbacks):
    mandate = MandateFactory(**EVERYTHING)

    with django_capture_on_commit_callbacks(execute=True):
        end_mandate(
            mandate,
            actor=mandate.resource.person,
            today=TODAY,
            on=date(2027, 1, 31),
            word="Autre poste",
        )

    assert Alert.objects.get(kind="mandate_ends", closed_on=None).breaks_on == date(2027, 2, 1)


def test_an_alert_put_aside_leaves_the_desk_and_keeps_its_reason(client):
    mandate = MandateFactory(**{**EVERYTHING, "ends_on": date(2027, 1, 31)})
    coordinator = coordinator_of(mandate.process.body)
    key = foreseen_of([mandate.process], today=TODAY)[-1].breaking.key
    signed_in(client, coordinator)
    before = client.get("/bureau/").context["desk"].breaks_in_all

    page = client.post(
        f"/accompagnement/continuite/{mandate.process.pk}/de-cote/",
        {"key": key, "until": "2026-12-14", "reason": "Une relève est en vue"},
        follow=True,
    )

    desk = client.get("/bureau/").context["desk"]
    assert "Une relève est en vue" in page.text
    assert (desk.breaks_in_all, desk.put_aside) == (before - 1, 1)
    assert Trace.objects.filter(verb="support.alert.snoozed").count() == 1


@pytest.mark.parametrize("until", ["2026-11-23", "2028-01-01", "2026-02-31"])
def test_an_alert_is_put_aside_for_a_season_at_most(client, until):
    mandate = MandateFactory(**{**EVERYTHING, "ends_on": date(2027, 1, 31)})
    key = foreseen_of([mandate.process], today=TODAY)[-1].breaking.key
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.post(
        f"/accompagnement/continuite/{mandate.process.pk}/de-cote/",
        {"key": key, "until": until, "reason": "Une relève est en vue"},
    )

    assert page.status_code == 422
    assert 'value="Une relève est en vue"' in page.text
    assert Alert.objects.count() == 0


def test_whoever_only_supports_puts_nothing_aside():
    mandate = MandateFactory(**{**EVERYTHING, "ends_on": date(2027, 1, 31)})
    key = foreseen_of([mandate.process], today=TODAY)[-1].breaking.key

    for actor in (mandate.resource.person, PersonFactory()):
        with pytest.raises(Refused, match="coordination"):
            snooze_alert(
                mandate.process,
                actor=actor,
                today=TODAY,
                key=key,
                until=TODAY + timedelta(days=7),
                reason="x",
            )


def test_an_observer_reads_the_break_without_the_name(client):
    mandate = MandateFactory(
        **{**EVERYTHING, "ends_on": date(2027, 1, 31)}, resource__name="Ginette Lavoie"
    )
    table_ = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    signed_in(client, SeatFactory(body=table_, role="observer").person)

    pages = [
        client.get(address).text
        for address in ("/bureau/", f"/accompagnement/continuite/{mandate.process.pk}/")
    ]

    assert all("Un mandat se termine avant l’étape" in page for page in pages)
    assert not any("Ginette Lavoie" in page for page in pages)


def test_the_index_counts_the_days_held_and_a_silence_lowers_it():
    mandate = MandateFactory(**{**EVERYTHING, "ends_on": date(2026, 6, 30)})
    held = continuity_of([mandate.process], today=date(2026, 6, 30))[mandate.process.pk]

    later = continuity_of([mandate.process], today=TODAY)[mandate.process.pk]

    assert held.index == 1
    assert later.index < held.index
    assert later.longest_break.starts_on == date(2026, 7, 1)


def test_a_period_reads_the_same_presences_as_the_mandates_themselves():
    """Leaves, pauses, a departure and another level are seen alike, whichever way they are read."""
    run = {**EVERYTHING, "ends_on": date(2026, 11, 1)}
    mandate = MandateFactory(**run)
    process = mandate.process
    Leave.objects.create(
        resource=mandate.resource, starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 10)
    )
    Pause.objects.create(mandate=mandate, starts_on=date(2026, 7, 1), ends_on=date(2026, 8, 15))
    Resource.objects.filter(pk=mandate.resource.pk).update(leaves_on=date(2026, 9, 15))
    suspended = MandateFactory(process=process, **{**run, "starts_on": date(2026, 9, 20)})
    Pause.objects.create(mandate=suspended, starts_on=date(2026, 9, 25))
    MandateFactory(process=process, **{**run, "level": "promoter"})
    process = Process.objects.select_related("body__alliance").get(pk=process.pk)

    whole = continuity_of([process], today=TODAY)[process.pk]
    read = continuity_between([process], date.min, TODAY)[process.pk]
    summer = continuity_between([process], date(2026, 6, 1), date(2026, 8, 31))[process.pk]

    assert read == whole
    assert [(b.starts_on, b.ends_on) for b in summer.breaks] == [
        (date(2026, 6, 1), date(2026, 6, 10)),
        (date(2026, 7, 1), date(2026, 8, 15)),
    ]


@pytest.mark.parametrize(("weeks", "index"), [(2, False), (3, True), (0, False)])
def test_each_alliance_says_which_break_it_tolerates(client, weeks, index):
    mandate = MandateFactory(**{**EVERYTHING, "ends_on": date(2026, 6, 30)})
    alliance = mandate.process.body.alliance
    alliance.tolerance_weeks = weeks
    alliance.save()

    kept = continuity_of([mandate.process], today=date(2026, 7, 21))[mandate.process.pk]
    signed_in(client, mandate.resource.person)
    page = client.get(f"/accompagnement/continuite/{mandate.process.pk}/").text

    assert kept.longest_break.days == 21
    assert (kept.index == 1) is index
    sentence = f"Seule une rupture de plus de {weeks} semaine"
    assert sentence in page.replace("\u00a0", " ")


# --- what is said of a cell ------------------------------------------------------------------


def waive(client, process, **changes):
    fields = {
        "level": "local",
        "stage": "planning",
        "dimensions": ["communication"],
        "reason": "La municipalité s’en charge",
        **changes,
    }
    return client.post(f"/accompagnement/couverture/{process.pk}/dispense/", fields, follow=True)


def test_a_cell_that_needs_nothing_is_said_with_its_reason_and_taken_back(client):
    mandate = MandateFactory()
    process = mandate.process
    signed_in(client, coordinator_of(process.body))
    cell = f"/accompagnement/couverture/{process.pk}/?etape=planning&dimension=communication"

    waive(client, process)
    said = client.get(cell).text
    client.post(f"/accompagnement/dispenses/{Waiver.objects.get().pk}/retirer/")

    assert "La municipalité s’en charge" in said
    assert "Sans besoin" in said
    assert Waiver.objects.count() == 0


def test_a_waiver_needs_a_reason_and_the_coordination(client):
    mandate = MandateFactory()
    signed_in(client, coordinator_of(mandate.process.body))

    page = waive(client, mandate.process, reason="")

    assert page.status_code == 422
    assert Waiver.objects.count() == 0
    with pytest.raises(Refused):
        waive_cell(
            mandate.process,
            actor=mandate.resource.person,
            today=TODAY,
            level="local",
            stage="planning",
            dimensions=["management"],
            reason="x",
        )


# --- wholes and second views -----------------------------------------------------------------


def test_a_person_counts_once_over_several_processes():
    first = MandateFactory(**EVERYTHING)
    second = MandateFactory(**EVERYTHING, resource=first.resource)

    cells = combined(coverage_of([first.process, second.process], "local", on=TODAY))

    cell = next(c for c in cells if (c.stage, c.dimension) == ("planning", "governance"))
    assert cell.people == 1
    assert cell.counts == [("thin", 2)]


def test_the_views_by_function_and_aspect_sum_to_what_was_noted():
    mandate = MandateFactory()
    log(mandate, quarters=8, function="logistics", aspects=["writing", "tools"])
    log(mandate, quarters=4, function="", aspects=[])

    for view in ("fonctions", "aspects"):
        rows = table([mandate.process], "local", view, on=TODAY)
        assert sum(hours for _label, cells in rows for hours, _people in cells) == 3


def test_planned_hours_are_the_weeks_lived_in_each_stage():
    mandate = MandateFactory(quarters_per_week=28, starts_on=date(2026, 11, 9))
    cells = coverage_of([mandate.process], "local", on=TODAY)

    totals = planned_and_done([mandate.process], "local", cells, on=TODAY)

    assert [(t.stage, t.planned) for t in totals][-1] == ("planning", 15.0)  # 15 days, 1 h a day


def test_the_grid_is_exported_with_its_reasons(client):
    mandate = MandateFactory()
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get(f"/accompagnement/couverture/{mandate.process.pk}/export.csv")

    text = b"".join(page.streaming_content).decode("utf-8-sig")
    assert text.count("\r\n") == 25
    assert "Une seule personne tient tout" in text


def test_an_unknown_kind_of_export_is_not_found(client):
    mandate = MandateFactory()
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get(f"/accompagnement/couverture/{mandate.process.pk}/export.exe")

    assert page.status_code == 404


def test_a_whole_counts_only_what_one_follows(client):
    mandate = MandateFactory()
    MandateFactory(process__body__alliance=mandate.process.body.alliance)
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get(f"/accompagnement/couverture/alliance/{mandate.process.body.alliance_id}/")

    assert [row.process for row in page.context["rows"]] == [mandate.process]
