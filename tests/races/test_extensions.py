"""Two people of the coordination who ask for the same extension at the same instant."""

from datetime import date

import pytest

from jonction.support.actions.mandate import extend_mandate
from jonction.support.models import Mandate
from jonction.support.queries.mandate import extension_of
from jonction.support.rules.mandate import can_extend_mandate
from tests.factories import TODAY, MandateFactory
from tests.races.meeting import meet
from tests.support.test_mandates import coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)

UNTIL = date(2027, 9, 30)


def test_two_extensions_asked_at_once_are_one():
    mandate = MandateFactory()
    actor = coordinator_of(mandate.process.body)

    def asks():
        held = Mandate.objects.get(pk=mandate.pk)
        return lambda: extend_mandate(held, actor=actor, today=TODAY, until=UNTIL)

    assert meet(asks, asks) == ["done", "Refused"]
    assert mandate.extensions.count() == 1


def test_judged_before_the_lock_there_would_be_two():
    mandate = MandateFactory()
    actor = coordinator_of(mandate.process.body)

    def asks():
        verdict = can_extend_mandate(actor, mandate, TODAY, until=UNTIL)
        return lambda: verdict and extension_of(mandate, UNTIL).save()

    meet(asks, asks)

    assert mandate.extensions.count() == 2
