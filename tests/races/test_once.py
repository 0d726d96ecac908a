"""One page sent twice at the same instant: the thumb that taps twice."""

from uuid import UUID

import pytest
from django.db import IntegrityError

from jonction.core.models import Receipt
from jonction.core.once import receive
from jonction.support.actions.mandate import propose_mandate
from jonction.support.actions.need import raise_need
from jonction.support.models import Mandate, Need
from tests.factories import TODAY, MandateFactory, NeedFactory
from tests.races.meeting import meet
from tests.support.test_mandates import coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)

ONE = UUID("11111111-1111-4111-8111-111111111111")
PLACE = ("level", "stages", "dimensions", "mode", "quarters_per_week", "starts_on", "ends_on")


def a_need():
    """Return who asks, and the gesture that writes one more need."""
    like = NeedFactory()
    actor = coordinator_of(like.process.body)
    facts = {name: getattr(like, name) for name in (*PLACE, "urgency")}
    Need.objects.all().delete()
    return actor, lambda: raise_need(like.process, actor=actor, today=TODAY, text="Lire", **facts)


def a_mandate():
    like = MandateFactory(status="declined")
    actor = coordinator_of(like.process.body)
    facts = {name: getattr(like, name) for name in (*PLACE, "resource")}
    Mandate.objects.all().delete()
    return actor, lambda: propose_mandate(like.process, actor=actor, today=TODAY, **facts)


KINDS = [(a_need, Need), (a_mandate, Mandate)]


@pytest.mark.parametrize(("wanted", "model"), KINDS)
def test_two_sendings_at_once_make_one_thing(wanted, model):
    actor, make = wanted()
    receipts = []

    def sends():
        return lambda: receipts.append(receive(actor, ONE, make)[0])

    assert meet(sends, sends) == ["done", "done"]
    assert model.objects.count() == Receipt.objects.count() == 1
    assert receipts[0].subject == receipts[1].subject == model.objects.get()


@pytest.mark.parametrize(("wanted", "model"), KINDS)
def test_looked_for_before_the_making_there_would_be_two(wanted, model):
    actor, make = wanted()

    def looks():
        found = Receipt.objects.filter(person=actor, token=ONE).first()
        return lambda: found or make()

    meet(looks, looks)

    assert model.objects.count() == 2


def test_the_base_would_then_break_the_second_rather_than_keep_two_receipts():
    actor, make = a_need()

    def looks():
        found = Receipt.objects.filter(person=actor, token=ONE).first()
        return lambda: found or Receipt.objects.create(person=actor, token=ONE, subject=make())

    with pytest.raises(IntegrityError):
        meet(looks, looks)
