"""A need asked without its hours goes back to what the house knew before, and comes forward the same."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import NeedFactory
from tests.migrations.steps import migrate


def hours():
    with connection.cursor() as cursor:
        cursor.execute("SELECT quarters_per_week FROM support_need ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_whole_again")
def test_hours_that_nobody_said_are_none_before_and_unknown_again_after():
    NeedFactory(status="received", quarters_per_week=None)
    NeedFactory(status="prioritised", quarters_per_week=8)

    migrate([("support", "0021_quarters_by_function")])
    before = hours()
    call_command("migrate", verbosity=0, interactive=False)

    assert (before, hours()) == ([0, 8], [None, 8])
