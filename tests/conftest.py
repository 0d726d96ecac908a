"""What every test stands on: a day that does not move."""

import gc
import os
import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from _pytest.runner import pytest_runtest_protocol as run_as_pytest_does
from django.db import connection
from hypothesis import settings

from tests.room import with_room

# a busy machine is slow for its own reasons: the time of one example says nothing; and a property
# that does not say how many examples it wants has as many as those that say so, not a hundred
settings.register_profile("house", deadline=None, max_examples=50)
settings.load_profile("house")
gc.disable()  # what is read now stays: pytest_collection_finish looks for garbage from then on
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("America/Toronto"))
LONG = {"test_rights.py", "test_bad_input.py", "test_serve.py"}
DATABASES = {"db", "transactional_db", "live_server", "postgresql_address"}


def pytest_collection_modifyitems(config, items):
    """Say again on a second database what touches one: nothing else can tell them apart.

    What is long comes first: nobody is left alone with it at the end.
    """
    items.sort(key=lambda item: item.path.name not in LONG)
    if "JONCTION_DATABASE_URL" not in os.environ:
        return
    touching = [
        item
        for item in items
        if item.get_closest_marker("django_db") or not DATABASES.isdisjoint(item.fixturenames)
    ]
    kept = set(touching)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = touching


def pytest_collection_finish():
    """Let Python look for garbage seldom, and never in what stays: a tenth of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    return with_room(run_as_pytest_does, item, nextitem)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings):
    """Begin with a copy of the tables that the suite made; PostgreSQL copies them itself."""
    model = os.environ.get("JONCTION_TESTS_MODEL")
    if model and connection.vendor == "sqlite":
        shutil.copy(model, connection.settings_dict["TEST"]["NAME"])
        return True
    return django_db_keepdb


@pytest.fixture(autouse=True)
def _a_day_that_does_not_move():
    with time_machine.travel(NOON, tick=False):
        yield
