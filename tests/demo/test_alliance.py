from fractions import Fraction

import pytest

from jonction.accounts.demo_roles import DEMO_ROLES
from jonction.accounts.models import Person
from jonction.cycle.models import Process
from jonction.demo.alliance import load
from jonction.support.coverage import coverage_of
from jonction.support.models import Forecast, Mandate, Need
from jonction.territories.actions import load_places
from tests.factories import TODAY

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_every_status(client, settings):
    load_places()
    sentence = load(today=TODAY)

    processes = list(
        Process.objects.filter(following=None)
        .select_related("body__alliance")
        .prefetch_related("stages")
    )
    judged = coverage_of(processes, None, on=TODAY)

    assert "3000 interventions" in sentence
    assert {j.status for j in judged} == {"covered", "thin", "hole", "unneeded"}


def test_a_role_signs_in_in_demonstration_mode_only(client, settings):
    Person.objects.create_user("coordination@demo.example", name="Coordination")

    refused = client.post("/demo/connexion/", {"role": "coordination"})
    settings.JONCTION_DEMO = True
    unknown = client.post("/demo/connexion/", {"role": "n’importe qui"})
    accepted = client.post("/demo/connexion/", {"role": "coordination"})

    assert (refused.status_code, unknown.status_code, accepted.status_code) == (404, 404, 302)
    assert accepted.url == "/bureau/"


def test_the_demonstration_is_whole_and_holds_together(client, settings):
    settings.JONCTION_DEMO = True
    load_places()
    load(today=TODAY)

    needs = Need.objects.all()
    carried = needs.filter(status="in_progress", mandates__status="active")

    assert len(DEMO_ROLES) == 13
    assert needs.count() == 60
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
