"""What people make of a round: adopted, changed, refused, looked at again."""

from datetime import date

import pytest

from jonction.core.verdicts import Refused
from jonction.engines.matching import propose_matches
from jonction.ethics.models import Refusal
from jonction.support.actions.mandate import decline_mandate
from jonction.support.actions.round import (
    adopt_proposal,
    adopt_proposals,
    change_proposal,
    close_round,
    refuse_proposal,
)
from jonction.support.models import (
    Capacity,
    Mandate,
    MatchingRound,
    Need,
    Proposal,
)
from jonction.support.queries.round import (
    matching_problem,
    rounds_visible_to,
)
from jonction.support.round_words import told
from tests.factories import (
    TODAY,
    AllianceFactory,
    MandateFactory,
    PersonFactory,
    SeatFactory,
)
from tests.support.rounds import FIRST, a_giver, a_need, a_round, asked_of, computed, coordinator_of

pytestmark = pytest.mark.django_db


def test_adopting_offers_a_mandate_that_the_person_still_accepts():
    asked, coordinator = a_round()
    proposal = asked.proposals.get()

    adopt_proposal(proposal, actor=coordinator, today=TODAY)

    mandate = Mandate.objects.get()
    assert (mandate.status, mandate.need, mandate.quarters_per_week) == (
        "proposed",
        proposal.need,
        8,
    )
    assert (proposal.status, proposal.mandate, proposal.chosen) == (
        "adopted",
        mandate,
        mandate.resource,
    )
    assert Need.objects.get().status == "matched"
    with pytest.raises(Refused, match="déjà reçu sa décision"):
        adopt_proposal(proposal, actor=coordinator, today=TODAY)


def test_shares_chosen_are_compared_with_shares_proposed_by_territory():
    alliance = AllianceFactory()
    for place in ("La Mitis", "La Matanie", "La Matapédia"):
        a_need(alliance, place)
    a_giver(alliance, 24)
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))
    adopted, changed, refused = (
        asked.proposals.get(need__process__body__territory__name=name)
        for name in ("La Mitis", "La Matanie", "La Matapédia")
    )
    before = told(asked).is_decided

    adopt_proposal(adopted, actor=coordinator, today=TODAY)
    change_proposal(
        changed,
        actor=coordinator,
        today=TODAY,
        resource=changed.resource,
        quarters_per_week=4,
        starts_on=changed.starts_on,
        ends_on=changed.ends_on,
    )
    refuse_proposal(refused, actor=coordinator, today=TODAY, word="Trop loin l’hiver.")
    found = told(asked)

    assert (before, found.is_decided, found.fallen) == (False, True, 0)
    assert {s.name: (s.percent, s.percent_chosen) for s in found.shares} == {
        "La Mitis": ("100\u00a0%", "100\u00a0%"),
        "La Matanie": ("100\u00a0%", "50\u00a0%"),
        "La Matapédia": ("100\u00a0%", "0\u00a0%"),
    }
    assert found.least_chosen.name == "La Matapédia"


def test_a_mandate_declined_since_is_no_longer_counted_as_chosen():
    asked, coordinator = a_round()
    proposal = asked.proposals.get()
    adopt_proposal(proposal, actor=coordinator, today=TODAY)
    resource = Mandate.objects.get().resource

    decline_mandate(proposal.mandate, actor=resource.person, today=TODAY, word="Complet.")
    found = told(asked)

    assert found.fallen == 1
    assert [share.chosen for share in found.shares] == [0]


def test_what_was_chosen_stands_beside_what_was_proposed():
    asked, coordinator = a_round()
    proposal = asked.proposals.get()
    other = a_giver(asked.alliance)

    change_proposal(
        proposal,
        actor=coordinator,
        today=TODAY,
        resource=other,
        quarters_per_week=4,
        starts_on=date(2027, 1, 4),
        ends_on=date(2027, 2, 26),
        word="Elle connaît le milieu.",
    )

    proposal.refresh_from_db()
    assert (proposal.status, proposal.quarters_per_week, proposal.starts_on) == (
        "changed",
        8,
        FIRST,
    )
    assert (proposal.chosen, proposal.chosen_quarters, proposal.chosen_from) == (
        other,
        4,
        date(2027, 1, 4),
    )
    assert proposal.mandate.resource == other != proposal.resource


def test_refusing_keeps_the_reason_and_creates_nothing():
    asked, coordinator = a_round()
    proposal = asked.proposals.get()

    refuse_proposal(proposal, actor=coordinator, today=TODAY, word="Trop loin l’hiver.")

    proposal.refresh_from_db()
    assert (proposal.status, proposal.word) == ("refused", "Trop loin l’hiver.")
    assert not Mandate.objects.exists()


def break_hours(proposal):
    Capacity.objects.update(quarters_per_week=4)


def break_need(proposal):
    MandateFactory(need=proposal.need, process=proposal.need.process, quarters_per_week=4)


def break_apart(proposal):
    Refusal.objects.create(
        person=proposal.resource.person,
        body=proposal.need.process.body,
        side="body",
        said_by=PersonFactory(),
        said_on=TODAY,
    )


def break_round(proposal):
    MatchingRound.objects.update(status="closed")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (break_hours, "pas ces heures libres"),
        (break_need, "autre réponse"),
        (break_apart, "ne peut pas être proposée"),
        (break_round, "plus de décision"),
    ],
)
def test_what_changed_since_is_looked_at_again(broken, reason):
    asked, coordinator = a_round()
    broken(asked.proposals.get())

    with pytest.raises(Refused, match=reason):
        adopt_proposal(asked.proposals.get(), actor=coordinator, today=TODAY)

    assert asked.proposals.get().status == "proposed"


def test_a_whole_territory_is_adopted_less_what_no_longer_holds():
    alliance = AllianceFactory()
    needs = [a_need(alliance) for _ in range(3)]
    a_need(alliance, "La Matanie")
    a_giver(alliance, 80)
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))
    Need.objects.filter(pk=needs[0].pk).update(status="closed")
    territory = needs[0].process.body.territory_id

    done = adopt_proposals(asked, actor=coordinator, today=TODAY, territory=territory)

    assert done == (2, 1)
    statuses = sorted(Proposal.objects.values_list("status", flat=True))
    assert statuses == ["adopted", "adopted", "proposed", "proposed"]


def test_two_people_for_one_need_are_both_adopted():
    alliance = AllianceFactory()
    a_need(alliance, quarters_per_week=20)
    for _ in range(2):
        a_giver(alliance, 10)
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))

    for proposal in asked.proposals.all():
        adopt_proposal(proposal, actor=coordinator, today=TODAY)

    assert [p.status for p in asked.proposals.all()] == ["adopted", "adopted"]


def test_a_closed_round_stays_readable():
    asked, coordinator = a_round()

    close_round(asked, actor=coordinator, today=TODAY)

    assert list(rounds_visible_to(coordinator, TODAY)) == [asked]


def test_nobody_else_decides():
    asked, _coordinator = a_round()
    proposal = asked.proposals.get()
    local = SeatFactory(body=proposal.need.process.body, role="coordinator").person

    for person in (local, proposal.resource.person):
        for action, said in (
            (adopt_proposal, {}),
            (refuse_proposal, {"word": "Non"}),
        ):
            with pytest.raises(Refused, match="coordination de l’Alliance"):
                action(proposal, actor=person, today=TODAY, **said)


def test_the_smallest_change_would_serve_once_made():
    alliance = AllianceFactory()
    a_need(alliance, quarters_per_week=20)
    resource = a_giver(alliance, 12)
    coordinator = coordinator_of(alliance)
    [left] = computed(asked_of(alliance, coordinator)).unmatched.all()
    Capacity.objects.create(
        resource=left.resource,
        quarters_per_week=left.quarters,
        starts_on=left.starts_on,
        ends_on=left.ends_on,
    )

    after = propose_matches(matching_problem(asked_of(alliance, coordinator)))

    assert left.resource == resource
    assert after.unmet == ()
