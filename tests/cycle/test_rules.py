from datetime import UTC, date, datetime, timedelta

import pytest

from jonction.core.taxonomy import Stage
from jonction.cycle import rules
from jonction.cycle.days import why_off
from tests.factories import (
    TODAY,
    AllianceFactory,
    BodyFactory,
    MilestoneFactory,
    PlanFactory,
    ProcessFactory,
    SeatFactory,
    TerritoryFactory,
    WindowFactory,
)
from tools.messages import printed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


def a_steered_process(**facts):
    process = ProcessFactory(**facts)
    return process, SeatFactory(body=process.body, role="coordinator").person


def six_periods(**changes):
    """Return one month per stage from January 2027, some of them changed."""
    months = {
        kind: (date(2027, rank, 1), date(2027, rank, 28))
        for rank, kind in enumerate(Stage.values, start=1)
    }
    return {**months, **changes}


def a_finished_process():
    """Return a process under a plan that is over, its coordinator and the next Alliance."""
    old = PlanFactory(starts_on=date(2017, 12, 10), ends_on=date(2024, 3, 31))
    process, actor = a_steered_process(body__alliance__plan=old)
    return process, actor, AllianceFactory()


def test_the_same_body_does_not_work_two_processes_at_once():
    process, actor = a_steered_process()

    verdict = rules.can_open_process(actor, process.body, today=TODAY)

    assert verdict.reason == "Cette instance a déjà une démarche ouverte."


def test_the_coordination_of_the_alliance_steers_and_a_member_does_not():
    process, _ = a_steered_process()
    regional = BodyFactory(alliance=process.body.alliance, level="regional")
    alliance = SeatFactory(body=regional, role="coordinator").person
    member = SeatFactory(body=process.body).person

    assert rules.can_plan_stages(alliance, process, today=TODAY)
    assert rules.can_plan_stages(member, process, today=TODAY).reason == (
        "Les coordinations de l’instance et de l’Alliance tiennent cette démarche."
    )


def test_a_closed_process_belongs_to_the_history():
    process, actor = a_steered_process(status="closed")
    milestone = MilestoneFactory(process=process)

    verdicts = [
        rules.can_plan_stages(actor, process, today=TODAY),
        rules.can_open_stage(actor, process.stages.first(), today=TODAY),
        rules.can_close_stage(actor, process.stages.first(), today=TODAY),
        rules.can_add_milestone(actor, process, today=TODAY),
        rules.can_edit_milestone(actor, milestone, today=TODAY),
        rules.can_remove_milestone(actor, milestone, today=TODAY),
        rules.can_add_deadline(actor, process, today=TODAY),
    ]

    assert {v.reason for v in verdicts} == {
        printed("Cette démarche est fermée : elle fait partie de l’historique.")
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"priorities": (date(2027, 1, 1), date(2027, 2, 28))}, ""),
        (
            {"calls": (date(2027, 4, 10), date(2027, 4, 9))},
            "L’étape « appels de projets » finit avant de commencer.",
        ),
        (
            {"priorities": (date(2026, 12, 31), date(2027, 2, 28))},
            (
                "L’étape « données, connaissances et priorités » commence avant « mobilisation des "
                "acteurs » : deux étapes peuvent se chevaucher, mais elles commencent dans l’ordre."
            ),
        ),
    ],
)
def test_stages_may_overlap_but_begin_in_order(changes, reason):
    process, actor = a_steered_process()
    dates = six_periods(**changes)

    verdict = rules.can_plan_stages(actor, process, today=TODAY, dates=dates)

    assert verdict.reason == printed(reason)


def test_a_stage_really_begins_once_after_the_one_before_it():
    process, actor = a_steered_process()
    first, second = process.stages.all()[:2]

    def reason(stage, on=TODAY):
        return rules.can_open_stage(actor, stage, today=TODAY, on=on).reason

    alone = reason(second)
    first.real_from = date(2026, 4, 3)
    first.save()
    process = type(process).objects.get()
    first, second = process.stages.all()[:2]

    assert alone == printed("L’étape « mobilisation des acteurs » doit commencer avant.")
    assert reason(first) == "Cette étape est déjà commencée."
    assert reason(second, date(2026, 4, 2)) == alone
    assert reason(second, TODAY + timedelta(days=1)).startswith("Cette date est dans l’avenir")
    assert reason(second, date(2026, 4, 3)) == ""


def test_a_stage_really_ends_once_after_it_began():
    process, actor = a_steered_process()
    stage = process.stages.first()

    def reason(on=TODAY):
        return rules.can_close_stage(actor, stage, today=TODAY, on=on).reason

    before = reason()
    stage.real_from = date(2026, 4, 3)

    assert before == "Cette étape n’est pas commencée."
    assert reason(date(2026, 4, 2)) == "L’étape finirait avant de commencer."
    assert reason(TODAY + timedelta(days=1)).startswith("Cette date est dans l’avenir")
    assert reason() == ""
    stage.real_to = TODAY
    assert reason() == "Cette étape est déjà terminée."


def test_a_stage_says_where_it_is_by_its_real_dates_first():
    stage = ProcessFactory().stages.first()
    start, end = stage.planned_from, stage.planned_to

    planned = [stage.state_on(d) for d in (start - timedelta(days=1), start, end)]
    after = stage.state_on(end + timedelta(days=1))
    stage.real_from = start
    late = stage.state_on(end + timedelta(days=1))
    stage.real_to = end

    assert planned == ["coming", "running", "running"]
    assert (after, late, stage.state_on(start)) == ("over", "late", "over")


def test_the_transition_waits_for_the_end_of_the_plan():
    process, actor = a_steered_process()

    assert rules.can_start_transition(actor, process, today=TODAY).reason == (
        printed("Le plan n’est pas fini : la transition commence le lendemain de sa fin.")
    )


def test_the_transition_goes_to_the_same_body_under_a_later_plan_of_the_region():
    process, actor, new = a_finished_process()
    older = AllianceFactory(plan=process.body.alliance.plan)

    def reason(alliance):
        return rules.can_start_transition(actor, process, today=TODAY, new_alliance=alliance).reason

    missing = reason(new)
    body = BodyFactory(alliance=new, name=process.body.name)
    stranger = reason(new)
    SeatFactory(body=body, person=actor, role="coordinator")

    assert reason(older).startswith("La suite se fait dans la même région")
    assert missing == printed(f"Créez d’abord l’instance « {process.body} » dans cette Alliance.")
    assert stranger.startswith("Les coordinations de l’instance")
    assert reason(new) == ""
    ProcessFactory(body=body)
    assert reason(new) == "Cette instance a déjà une démarche ouverte."


def test_only_a_process_in_transition_is_closed_and_it_leaves_once():
    process, actor, _ = a_finished_process()

    is_open = rules.can_close_process(actor, process, today=TODAY)
    process.status = "transition"

    assert is_open.reason == "Une démarche se ferme quand sa transition est faite."
    assert rules.can_close_process(actor, process, today=TODAY)
    assert rules.can_start_transition(actor, process, today=TODAY).reason == (
        "Cette démarche n’est plus ouverte."
    )


@pytest.mark.parametrize(
    ("at", "opens", "said"),
    [
        (datetime(2026, 10, 1, tzinfo=UTC), False, "Fermé : ouvre le 1er novembre 2026 à 8 h 00"),
        (NOON, True, "Ouvert jusqu’au 1er décembre 2026 à 17 h 00"),
        (
            datetime(2026, 12, 1, 22, tzinfo=UTC),
            False,
            "Fermé depuis le 1er décembre 2026 à 17 h 00",
        ),
    ],
)
def test_a_window_says_until_when_or_since_when(at, opens, said):
    process = ProcessFactory()
    WindowFactory(alliance=process.body.alliance)

    verdict = rules.is_open("support.raise_need", process, at)

    assert bool(verdict) is opens
    assert (verdict.note or verdict.reason) == printed(f"{said}, heure de l’Est.")


def test_a_gesture_without_a_window_is_open():
    process = ProcessFactory()
    WindowFactory()
    WindowFactory(alliance=process.body.alliance, gesture="fund.submit_application")

    assert rules.is_open("support.raise_need", process, datetime(2030, 1, 1, tzinfo=UTC))


def test_a_window_of_a_territory_does_not_reach_the_others():
    here = TerritoryFactory()
    elsewhere = TerritoryFactory(alliance=here.alliance)
    process = ProcessFactory(body__alliance=here.alliance, body__territory=here)
    far = datetime(2030, 1, 1, tzinfo=UTC)

    WindowFactory(alliance=here.alliance, territory=elsewhere)
    untouched = rules.is_open("support.raise_need", process, far)
    WindowFactory(alliance=here.alliance, territory=here)

    assert untouched
    assert not rules.is_open("support.raise_need", process, far)


def test_windows_are_kept_by_the_coordination_of_the_alliance():
    process, local = a_steered_process()
    window = WindowFactory(alliance=process.body.alliance)

    assert not rules.can_add_window(local, window.alliance, today=TODAY)
    assert not rules.can_edit_window(local, window, today=TODAY)
    assert not rules.can_remove_window(local, window, today=TODAY)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 6, 24), "jour férié : Fête nationale du Québec"),
        (date(2027, 7, 1), "jour férié : Fête du Canada"),
        (date(2026, 11, 28), "un samedi"),
        (date(2026, 11, 29), "un dimanche"),
        (date(2026, 11, 30), ""),
    ],
)
def test_a_day_off_in_quebec_is_known(day, why):
    assert why_off(day) == printed(why)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2023, 6, 20), False),
        (date(2023, 6, 21), True),
        (date(2030, 4, 1), True),
        (date(2030, 4, 2), False),
    ],
)
def test_the_work_falls_within_a_year_of_its_plan(day, holds):
    assert bool(rules.near_plan(ProcessFactory(), day)) is holds
