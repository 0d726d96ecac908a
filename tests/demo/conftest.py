"""The demonstration, made once for all the tests that only look at it: it takes seconds."""

import pytest
import time_machine
from django.db import transaction

from jonction.demo.alliance import load
from jonction.territories.actions import load_places
from tests.conftest import NOON
from tests.factories import TODAY


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """Return what the demonstration says of itself; each test takes back what it changes of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(NOON, tick=False):
            load_places()
            sentence = load(today=TODAY)
        yield sentence
        transaction.set_rollback(True)
