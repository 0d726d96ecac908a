"""Two people at the same moment: one succeeds, the other is told, and nothing is passed over.

Each race has its control: the same scene without what protects it, where the harm must happen.
"""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from jonction.core.states import move
from jonction.core.verdicts import Refused
from jonction.support.actions.mandate import accept_mandate
from jonction.support.actions.resource import offer_capacity
from jonction.support.continuity import watch
from jonction.support.models import Alert, Intervention, Mandate
from jonction.support.rules.journal import can_log_intervention
from jonction.support.rules.mandate import can_accept_mandate
from tests.factories import TODAY, MandateFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*gestures):
    """Run the gestures in threads that start together; return what each one met, in order."""
    together, met = Barrier(len(gestures)), [None] * len(gestures)

    def run(rank, gesture):
        try:
            together.wait(timeout=10)
            gesture()
        except Exception as error:  # noqa: BLE001 - told to the thread of the test
            met[rank] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(gestures)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def refusals(met):
    unexpected = [error for error in met if error is not None and not isinstance(error, Refused)]
    assert unexpected == []
    return sum(error is not None for error in met)


def two_offers():
    """Return two proposals that hold one by one, and not together."""
    first = MandateFactory(status="proposed", quarters_per_week=80)
    offer_capacity(
        first.resource,
        actor=first.resource.person,
        today=TODAY,
        quarters_per_week=140,
        starts_on=TODAY - timedelta(weeks=52),
        ends_on=TODAY + timedelta(weeks=52),
    )
    second = MandateFactory(
        status="proposed", quarters_per_week=80, resource=first.resource, process=first.process
    )
    return [Mandate.objects.get(pk=m.pk) for m in (first, second)]


def test_two_acceptances_cannot_together_pass_the_hours_offered():
    offers = two_offers()

    met = at_once(
        *(lambda m=m: accept_mandate(m, actor=m.resource.person, today=TODAY) for m in offers)
    )

    assert refusals(met) == 1
    assert Mandate.objects.filter(status="active").count() == 1


def test_without_the_lock_two_acceptances_pass_the_hours_offered():
    offers = two_offers()
    both_have_looked = Barrier(2)

    def naive(mandate):
        assert can_accept_mandate(mandate.resource.person, mandate, TODAY)
        both_have_looked.wait(timeout=10)
        Mandate.objects.filter(pk=mandate.pk).update(status="active")

    met = at_once(*(lambda m=m: naive(m) for m in offers))

    assert refusals(met) == 0
    assert Mandate.objects.filter(status="active").count() == 2


def test_two_lines_at_once_cannot_together_pass_24_hours():
    mandate = MandateFactory()

    met = at_once(*(lambda: log(mandate, quarters=60) for _ in range(2)))

    assert refusals(met) == 1
    assert Intervention.objects.count() == 1


def test_without_the_lock_two_lines_pass_24_hours():
    mandate = MandateFactory()
    both_have_looked = Barrier(2)

    def naive():
        person, process = mandate.resource.person, mandate.process
        assert can_log_intervention(person, process, on=TODAY, quarters=60, today=TODAY)
        both_have_looked.wait(timeout=10)
        Intervention.objects.create(
            resource=mandate.resource, process=process, on=TODAY, quarters=60, text="x"
        )

    met = at_once(naive, naive)

    assert refusals(met) == 0
    assert sum(Intervention.objects.values_list("quarters", flat=True)) == 120


def test_of_two_people_moving_one_thing_one_is_told():
    mandate = MandateFactory()
    readers = [Mandate.objects.get(pk=mandate.pk) for _ in range(2)]

    met = at_once(
        *(lambda m=m: move(m, "suspended", actor=mandate.resource.person) for m in readers)
    )

    assert refusals(met) == 1


def test_two_watches_at_once_write_an_alert_once():
    mandate = MandateFactory(starts_on="2026-04-01", ends_on="2027-01-31")
    process = Mandate.objects.get(pk=mandate.pk).process

    met = at_once(*(lambda: watch([process], today=TODAY) for _ in range(2)))

    keys = list(Alert.objects.values_list("key", flat=True))
    assert refusals(met) == 0
    assert len(keys) == len(set(keys)) > 0
