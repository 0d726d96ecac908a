"""What a round asks, and what it keeps."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from jonction.core.verdicts import Refused
from jonction.engines.matching.problem import Offer, Phase, Step
from jonction.ethics.models import Refusal, Tie
from jonction.support.actions.round import (
    relaunch_round,
    stop_round,
)
from jonction.support.jobs import compute_round
from jonction.support.models import (
    Affinity,
    Capacity,
    Leave,
    MatchingRound,
    Need,
    Skill,
)
from jonction.support.queries.round import (
    free_quarters,
    matching_problem,
    rounds_visible_to,
    untold_hours,
)
from jonction.support.round import listening
from tests.factories import (
    TODAY,
    AllianceFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    ProcessFactory,
    ReleaseFactory,
    ResourceFactory,
    SeatFactory,
    TerritoryFactory,
)
from tests.support.rounds import (
    FIRST,
    LAST,
    a_giver,
    a_need,
    a_round,
    asked_of,
    computed,
    coordinator_of,
)

pytestmark = pytest.mark.django_db


# what goes in


def offers_of(resource):
    asked = asked_of(resource.alliance)
    [giver] = [one for one in matching_problem(asked).resources if one.id == resource.pk]
    return giver.offers


def test_hours_are_those_offered_less_promises_leaves_and_departure():
    alliance = AllianceFactory()
    a_need(alliance)
    resource = a_giver(alliance, 40, leaves_on=date(2027, 6, 30))
    process = ProcessFactory(body__alliance=alliance)
    for status in ("proposed", "active", "declined", "ended"):
        MandateFactory(
            resource=resource,
            process=process,
            status=status,
            quarters_per_week=10,
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 2, 28),
        )
    Leave.objects.create(resource=resource, starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 30))

    assert offers_of(resource) == (
        Offer(date(2026, 1, 1), date(2026, 12, 31), 40),
        Offer(date(2027, 1, 1), date(2027, 2, 28), 20),
        Offer(date(2027, 3, 1), date(2027, 3, 31), 40),
        Offer(date(2027, 5, 1), date(2027, 6, 30), 40),
    )
    days = [(FIRST, LAST, 20), (date(2027, 3, 15), date(2027, 4, 2), 0), (FIRST, FIRST, 40)]
    for starts_on, ends_on, free in days:
        assert free_quarters(resource, starts_on, ends_on, TODAY) == free


def test_hours_promised_beyond_what_is_offered_leave_nothing():
    alliance = AllianceFactory()
    a_need(alliance)
    resource = a_giver(alliance, 8)
    MandateFactory(
        resource=resource,
        process__body__alliance=alliance,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )

    assert offers_of(resource) == ()


def test_without_hours_said_those_of_agreed_releases_count_else_nobody_is_proposed():
    alliance = AllianceFactory()
    a_need(alliance)
    freed, refused = (ResourceFactory(alliance=alliance, name=name) for name in ("A", "B"))
    ReleaseFactory(resource=freed, status="agreed")
    ReleaseFactory(resource=refused, status="refused")

    assert offers_of(freed) == (Offer(date(2026, 4, 1), date(2027, 3, 31), 28),)
    assert offers_of(refused) == ()
    assert untold_hours(alliance, TODAY) == [refused]
    assert free_quarters(refused, FIRST, LAST, TODAY) is None


def test_a_refusal_and_a_tie_keep_apart_and_never_say_why():
    alliance = AllianceFactory()
    need = a_need(alliance)
    organisation, host = OrganisationFactory(), OrganisationFactory()
    SeatFactory(body=need.process.body, organisation=organisation)
    MandateFactory(process=need.process, host=host)
    refusing, tied, hosted, free = (a_giver(alliance) for _ in range(4))
    actor = PersonFactory()
    Refusal.objects.create(
        person=refusing.person, body=need.process.body, side="person", said_by=actor, said_on=TODAY
    )
    for one, other in ((tied, organisation), (hosted, host)):
        Tie.objects.create(
            alliance=alliance,
            person=one.person,
            organisation=other,
            kind="board",
            starts_on=date(2026, 1, 1),
            said_by=actor,
        )

    problem = matching_problem(asked_of(alliance))

    apart = {one.id: [(f.need, f.reason) for f in one.forbidden] for one in problem.resources}
    assert apart[free.pk] == []
    for one in (refusing, tied, hosted):
        assert apart[one.pk] == [(need.pk, "apart")]


def test_places_skills_affinities_and_habits_are_read():
    alliance = AllianceFactory()
    need = a_need(alliance, "La Matanie", urgency="now")
    other = TerritoryFactory(alliance=alliance)
    matanie = need.process.body.territory
    known = a_giver(alliance, languages=["fr"])
    known.territories.add(matanie)
    Skill.objects.create(resource=known, stage="calls", grade=2)
    Affinity.objects.create(resource=known, body=need.process.body)
    MandateFactory(resource=known, process=need.process, status="ended")
    unknown = a_giver(alliance)

    problem = matching_problem(asked_of(alliance))

    [asked] = problem.needs
    assert (asked.territory, asked.urgency, asked.chosen) == (matanie.pk, 3, {known.pk})
    givers = {one.id: one for one in problem.resources}
    assert givers[known.pk].territories == {0, matanie.pk}
    assert [s.mastery for s in givers[known.pk].skills] == [3]
    assert givers[known.pk].processes == {need.process_id}
    assert givers[known.pk].chosen_by == {matanie.pk}
    # has said nothing: goes everywhere, and knows a little of everything
    assert givers[unknown.pk].territories == {0, matanie.pk, other.pk}
    assert [s.mastery for s in givers[unknown.pk].skills] == [2]


@pytest.mark.parametrize(("which", "found"), [("all", 3), ("soon", 2), ("now", 1)])
def test_only_open_needs_of_the_period_and_of_that_urgency_are_matched(which, found):
    alliance = AllianceFactory()
    for urgency in Need.Urgency.values:
        a_need(alliance, urgency=urgency)
    a_need(alliance, urgency="now", status="met")
    a_need(alliance, urgency="now", starts_on=date(2028, 1, 1), ends_on=date(2028, 2, 1))
    a_need(AllianceFactory(), urgency="now")

    problem = matching_problem(asked_of(alliance, which=which))

    assert len(problem.needs) == found


@pytest.mark.parametrize("count", [1, 30])
def test_the_problem_costs_the_same_for_one_need_or_thirty(django_assert_max_num_queries, count):
    alliance = AllianceFactory()
    for _ in range(count):
        a_need(alliance)
        a_giver(alliance)
    asked = asked_of(alliance)

    with django_assert_max_num_queries(17):
        matching_problem(asked)


# asking and computing


def test_only_the_coordination_of_the_alliance_asks_and_only_when_there_is_a_need():
    alliance = AllianceFactory()
    need = a_need(alliance)
    local = SeatFactory(body=need.process.body, role="coordinator").person
    for person in (local, PersonFactory(), coordinator_of(AllianceFactory())):
        with pytest.raises(Refused, match="coordination de l’Alliance"):
            asked_of(alliance, person)
        assert not rounds_visible_to(person, TODAY).exists()
    Need.objects.update(status="closed")
    with pytest.raises(Refused, match="rien à jumeler"):
        asked_of(alliance)


def test_the_same_question_is_not_asked_twice_while_it_is_computed():
    alliance = AllianceFactory()
    a_need(alliance)
    coordinator = coordinator_of(alliance)

    first, again = (asked_of(alliance, coordinator) for _ in range(2))

    assert first == again
    assert asked_of(alliance, coordinator, team=3) != first


def test_the_job_keeps_pairs_proof_and_what_is_missing():
    alliance = AllianceFactory()
    a_need(alliance, "La Mitis")
    a_need(alliance, "La Matanie", quarters_per_week=20)
    a_giver(alliance, 12)

    asked = computed(asked_of(alliance))

    assert asked.status == "proposed"
    assert len(asked.fingerprint) == 64
    [floor, *_] = asked.result["floors"]
    assert 0 < Fraction(floor["reached"]) <= Fraction(floor["bound"]) < 1
    assert asked.result["method"] == "matching-1"
    assert sum(p.quarters_per_week for p in asked.proposals.all()) == 12
    [first, *_] = asked.unmatched.all()
    assert (first.binding, first.kind) == ("hours", "hours")
    assert {reason["code"] for p in asked.proposals.all() for reason in p.reasons} >= {"skills"}


def test_the_same_rows_give_the_same_fingerprint_and_other_ones_another():
    asked, coordinator = a_round()
    again = computed(asked_of(asked.alliance, coordinator))
    Capacity.objects.update(quarters_per_week=50)
    other = computed(asked_of(asked.alliance, coordinator))

    assert again.fingerprint == asked.fingerprint != other.fingerprint


def test_a_round_to_stop_keeps_the_best_found_and_says_so():
    alliance = AllianceFactory()
    a_need(alliance)
    a_giver(alliance)
    coordinator = coordinator_of(alliance)
    asked = asked_of(alliance, coordinator)

    stop_round(asked, actor=coordinator, today=TODAY)
    asked = computed(asked)

    assert (asked.status, asked.result["is_stopped"]) == ("proposed", True)
    assert asked.proposals.count() == 1
    with pytest.raises(Refused, match="pas en calcul"):
        stop_round(asked, actor=coordinator, today=TODAY)


def test_progress_is_written_once_a_beat_and_hears_the_stop(django_assert_num_queries):
    alliance = AllianceFactory()
    a_need(alliance)
    asked = asked_of(alliance)
    ticks = iter([0.0, 0.5, 1.5, 1.5])
    progress = listening(asked, clock=lambda: next(ticks))
    step = Step(Phase.FLOORS, 1, Fraction(1, 2), Fraction(3), None)

    with django_assert_num_queries(2):
        assert not progress(step)
    MatchingRound.objects.update(is_to_stop=True)
    with django_assert_num_queries(0):
        assert not progress(step)
    with django_assert_num_queries(2):
        assert progress(Step(Phase.VALUE, 2, Fraction(3, 4), Fraction(3), Fraction(4)))

    asked.refresh_from_db()
    assert asked.progress == {
        "phase": "value",
        "rank": 3,
        "turn": 2,
        "share": 0.75,
        "value": 3.0,
        "bound": 4.0,
    }


def test_a_crash_is_said_and_can_be_relaunched():
    alliance = AllianceFactory()
    a_need(alliance)
    resource = a_giver(alliance)
    coordinator = coordinator_of(alliance)
    asked = asked_of(alliance, coordinator)
    skill = Skill.objects.create(resource=resource, grade=9)  # nobody could have chosen it
    with pytest.raises(ValueError, match="9"):
        compute_round.func(asked.pk)
    asked.refresh_from_db()
    assert (asked.status, asked.proposals.count()) == ("failed", 0)
    skill.delete()

    relaunch_round(asked, actor=coordinator, today=TODAY)

    assert computed(asked).proposals.count() == 1


def test_a_round_whose_needs_were_all_answered_meanwhile_proposes_nothing():
    alliance = AllianceFactory()
    a_need(alliance)
    a_giver(alliance)
    asked = asked_of(alliance)
    Need.objects.update(status="closed")

    asked = computed(asked)

    assert (asked.status, asked.result["shares"], asked.result["needs"]) == ("proposed", [], 0)


def test_a_computation_that_is_silent_for_five_minutes_is_relaunched():
    alliance = AllianceFactory()
    a_need(alliance)
    coordinator = coordinator_of(alliance)
    asked = asked_of(alliance, coordinator)
    MatchingRound.objects.update(status="computing")
    asked.refresh_from_db()
    with pytest.raises(Refused, match="pas besoin"):
        relaunch_round(asked, actor=coordinator, today=TODAY)
    MatchingRound.objects.update(asked_at=asked.asked_at - timedelta(minutes=6))

    relaunch_round(asked, actor=coordinator, today=TODAY)

    assert asked.status == "waiting"


def test_a_round_already_answered_is_left_as_it_is():
    asked, _coordinator = a_round()

    assert computed(asked).proposals.count() == 1
