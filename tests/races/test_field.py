"""Two tabs of one phone that send the same note at the same instant."""

from uuid import UUID

import pytest
from django.db import IntegrityError

from jonction.core.models import Receipt
from jonction.support.actions.field import note_from_field
from jonction.support.models import Intervention
from jonction.support.queries.field import receipt_of, writer_of
from tests.factories import TODAY, MandateFactory
from tests.races.meeting import meet
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db(transaction=True)

ONE = UUID("11111111-1111-4111-8111-111111111111")


def test_the_same_note_sent_twice_at_once_is_one_line():
    mandate = MandateFactory()
    person = mandate.resource.person
    facts = {
        "actor": person,
        "writer": writer_of(person),
        "today": TODAY,
        "digest": "a",
        "process": mandate.process,
        "on": TODAY,
        "quarters": 2,
        "text": "Appel",
        "stages": ["planning"],
        "dimensions": ["governance"],
        "function": "",
        "audience": "body",
    }
    receipts = []

    def sends():
        return lambda: receipts.append(note_from_field(ONE, **facts))

    assert meet(sends, sends) == ["done", "done"]
    assert Intervention.objects.count() == Receipt.objects.count() == 1
    assert receipts[0] == receipts[1]


def looked_for_before(mandate, keep):
    """Return the looks of two tabs that trust a receipt looked for before the lock."""
    person = mandate.resource.person

    def looks():
        found = receipt_of(person, ONE)
        return lambda: found or keep(log(mandate))

    return [looks, looks]


def test_looked_for_before_the_lock_the_note_would_be_noted_twice():
    mandate = MandateFactory()

    meet(*looked_for_before(mandate, keep=lambda line: line))

    assert Intervention.objects.count() == 2


def test_the_base_would_then_break_the_second_rather_than_write_it():
    mandate = MandateFactory()
    person = mandate.resource.person

    def keep(line):
        return Receipt.objects.create(person=person, token=ONE, digest="a", subject=line)

    with pytest.raises(IntegrityError):
        meet(*looked_for_before(mandate, keep))
