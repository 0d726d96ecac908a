"""A phone, and the person who holds it."""

import pytest

from tests.factories import MandateFactory
from tests.journeys.field.phone import Phone


@pytest.fixture
def a_phone(browser, live_server):
    phones = []

    def bought(**options):
        phones.append(Phone(browser, live_server, **options))
        return phones[-1]

    yield bought
    for phone in phones:
        phone.context.close()
        assert phone.faults == []


@pytest.fixture
def person():
    return MandateFactory(process__name="Démarche de La Matanie").resource.person


@pytest.fixture
def phone(a_phone, person):
    return a_phone().held_by(person)
