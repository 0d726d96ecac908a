from datetime import date
from fractions import Fraction

import pytest
from django.utils.timezone import localdate

from jonction.accounts.demo_roles import DEMO_ROLES
from jonction.cycle.days import why_off
from jonction.cycle.models import Process
from jonction.demo.forecast import hold_meetings
from jonction.demo.support import fill_calendar
from jonction.ethics.models import Refusal
from jonction.support.coverage import coverage_of
from jonction.support.models import Forecast, Mandate, MatchingRound, Need
from tests.factories import TODAY, ProcessFactory
from tests.support.test_tallies import kept, summed

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_every_status(demonstration):
    processes = list(
        Process.objects.filter(following=None)
        .select_related("body__alliance")
        .prefetch_related("stages")
    )
    judged = coverage_of(processes, None, on=TODAY)

    assert "3000 interventions" in demonstration
    assert {j.status for j in judged} == {"covered", "thin", "hole", "unneeded"}


def test_a_role_signs_in_in_demonstration_mode_only(demonstration, client, settings):
    refused = client.post("/demo/connexion/", {"role": "coordination"})
    settings.JONCTION_DEMO = True
    unknown = client.post("/demo/connexion/", {"role": "n’importe qui"})
    accepted = client.post("/demo/connexion/", {"role": "coordination"})

    assert (refused.status_code, unknown.status_code, accepted.status_code) == (404, 404, 302)
    assert accepted.url == "/bureau/"


def test_the_demonstration_is_whole_and_holds_together(demonstration, client, settings):
    settings.JONCTION_DEMO = True
    needs = Need.objects.all()
    carried = needs.filter(status="in_progress", mandates__status="active")

    assert len(DEMO_ROLES) == 13
    assert needs.count() == 68
    assert set(needs.values_list("status", flat=True)) == set(Need.Status.values)
    assert set(Mandate.objects.values_list("status", flat=True)) == set(Mandate.Status.values)
    assert carried.exists()
    for role in DEMO_ROLES:
        client.post("/demo/connexion/", {"role": role})
        assert client.get("/bureau/").status_code == 200, role
    client.post("/demo/connexion/", {"role": "coordination"})
    load_page = client.get("/accompagnement/charge/")
    assert [name for name, _weeks in load_page.context["protect"]] == ["Pascale Bérubé"]
    assert load_page.context["organisations"]
    process = Forecast.objects.latest("pk").process
    forecast = client.get(f"/accompagnement/prevision/{process.pk}/").context["found"]
    odds = [(one.supported.odds.share, one.alone.odds.share) for one in forecast.deadlines]
    assert all(held > alone for held, alone in odds)
    assert any(Fraction(1, 4) < held < Fraction(3, 4) for held, _alone in odds)


def test_the_demonstration_has_a_round_to_decide_and_one_that_is_decided(demonstration):
    waiting, decided = MatchingRound.objects.order_by("-asked_at")
    pairs = waiting.proposals.select_related("need__process__body", "resource__person")
    codes = {reason["code"] for pair in pairs for reason in pair.reasons}
    refusal = Refusal.objects.get()
    table = pairs.filter(need__process__body=refusal.body)

    assert (waiting.status, decided.status) == ("proposed", "closed")
    assert set(pairs.values_list("status", flat=True)) == {"proposed"}
    assert len({pair.resource for pair in pairs}) >= 5
    assert len({pair.need.process for pair in pairs}) >= 6
    assert {"chosen", "continuity"} <= codes
    speaking = pairs.filter(need__language="en")
    assert [pair.resource.languages for pair in speaking] == [["fr", "en"]]
    assert {one.kind for one in waiting.unmatched.all()} == {"hours", "expert"}
    assert [pair.resource.person == refusal.person for pair in table] == [False]
    assert set(decided.proposals.values_list("status", flat=True)) == {
        "adopted",
        "changed",
        "refused",
    }
    assert not decided.proposals.filter(status__in=["changed", "refused"], word="").exists()


def test_the_demonstration_has_an_extension_that_waits_and_one_that_is_done(demonstration):
    asked = Mandate.objects.exclude(extends=None)
    done = asked.get(status="joined")

    assert set(asked.values_list("status", flat=True)) == {"proposed", "joined"}
    assert done.extends.ends_on == done.ends_on


def test_the_demonstration_is_counted(demonstration):
    assert kept() == summed() != set()


def test_the_demonstration_asks_nothing_of_anyone_on_a_holiday():
    friday = date(2026, 11, 27)  # four and five weeks before Christmas and New Year
    process = ProcessFactory()

    fill_calendar([process], friday)
    hold_meetings([process], friday)

    asked = [(one.name, localdate(one.due_at)) for one in process.deadlines.all()]
    met = [(one.name, one.on) for one in process.milestones.all()]
    assert ("Dépôt du plan d’action local à la Table régionale", date(2026, 12, 28)) in asked
    assert ("Adoption du plan d’action", date(2027, 1, 4)) in met
    assert [(name, on) for name, on in asked + met if why_off(on)] == []
