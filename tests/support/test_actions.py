from datetime import date, timedelta

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.support.actions.journal import log_intervention, remove_intervention
from jonction.support.models import Intervention, Share
from tests.factories import TODAY, MandateFactory, PersonFactory

pytestmark = pytest.mark.django_db


def log(mandate, **changes):
    facts = {
        "actor": mandate.resource.person,
        "today": TODAY,
        "on": TODAY,
        "quarters": 3,
        "text": "Animation de la rencontre",
        "stages": ["planning", "calls"],
        "dimensions": ["governance", "management"],
        "function": "logistics",
        "audience": "body",
    }
    return log_intervention(mandate.process, **{**facts, **changes})


def test_a_line_spreads_its_time_equally_and_loses_none():
    line = log(MandateFactory())

    assert [share.parts for share in line.shares.all()] == [540, 540, 540, 540]
    assert Trace.objects.get().verb == "support.intervention.logged"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"on": TODAY + timedelta(days=1)},
            "Cette date est dans l’avenir : le journal dit ce qui a été fait.",
        ),
        (
            {"on": date(2026, 8, 31)},
            "Vous n’aviez pas de mandat actif dans cette démarche à cette date.",
        ),
        ({"quarters": 0}, "La durée doit être d’au moins un quart d’heure."),
        (
            {"quarters": 97},
            "Cette journée dépasserait 24 heures avec ce qui est déjà noté.",
        ),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason_and_leaves_nothing(changes, reason):
    mandate = MandateFactory()

    with pytest.raises(Refused) as refusal:
        log(mandate, **changes)

    assert str(refusal.value).replace("\u00a0", " ") == reason
    assert (Intervention.objects.count(), Share.objects.count(), Trace.objects.count()) == (0, 0, 0)


def test_two_lines_of_one_day_cannot_pass_24_hours_together():
    mandate = MandateFactory()
    log(mandate, quarters=96)

    with pytest.raises(Refused):
        log(mandate, quarters=1)

    assert Intervention.objects.count() == 1


def test_nobody_writes_without_a_mandate():
    mandate = MandateFactory()

    with pytest.raises(Refused, match="personnes accompagnatrices"):
        log(mandate, actor=PersonFactory())


def test_one_removes_ones_own_line_and_a_trace_stays():
    mandate = MandateFactory()
    line = log(mandate)

    remove_intervention(line, actor=mandate.resource.person, today=TODAY)

    assert (Intervention.objects.count(), Share.objects.count()) == (0, 0)
    assert {trace.verb for trace in Trace.objects.all()} == {
        "support.intervention.logged",
        "support.intervention.removed",
    }


def test_nobody_removes_the_line_of_another():
    line = log(MandateFactory())

    with pytest.raises(Refused, match="Seule la personne"):
        remove_intervention(line, actor=PersonFactory(), today=TODAY)


def test_an_old_line_belongs_to_the_history():
    mandate = MandateFactory()
    line = log(mandate)

    with pytest.raises(Refused, match="trente jours"):
        remove_intervention(line, actor=mandate.resource.person, today=TODAY + timedelta(days=31))
