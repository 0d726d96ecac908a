"""What every test stands on: a day that does not move."""

import gc
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import settings

# a busy machine is slow for its own reasons: the time of one example says nothing
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_collection_finish():
    """Let Python look for garbage seldom, and never in what stays: a tenth of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _a_day_that_does_not_move():
    noon = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("America/Toronto"))
    with time_machine.travel(noon, tick=False):
        yield
