"""The sums kept by quarter are told apart, and crossed again, without losing an hour."""

from datetime import timedelta

import pytest
from django.db import connection

from jonction.engines.space import PARTS_PER_QUARTER
from tests.factories import TODAY, MandateFactory
from tests.migrations.steps import migrate
from tests.support.test_actions import log
from tests.support.test_tallies import kept_by_quarter, summed_by_quarter


def crossed():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT function, posture, sum(parts) FROM support_quartertally GROUP BY 1, 2"
        )
        return {(function, posture): int(parts) for function, posture, parts in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_whole_again")
def test_postures_and_functions_are_told_apart_and_crossed_again():
    mandate = MandateFactory(starts_on=TODAY - timedelta(days=400))
    log(mandate, quarters=3, function="mediation", posture="expertise")
    log(mandate, on=TODAY - timedelta(days=1), quarters=2, function="mediation")
    log(
        mandate,
        on=TODAY - timedelta(days=300),
        quarters=5,
        function="logistics",
        posture="expertise",
    )
    apart = kept_by_quarter()

    migrate([("support", "0019_sizes")])
    before = crossed()
    migrate([("support", "0021_quarters_by_function")])

    assert before == {
        ("mediation", "expertise"): 3 * PARTS_PER_QUARTER,
        ("mediation", ""): 2 * PARTS_PER_QUARTER,
        ("logistics", "expertise"): 5 * PARTS_PER_QUARTER,
    }
    assert kept_by_quarter() == apart == summed_by_quarter()
