"""From the journal to the balance of an Alliance, seen from inside and from outside."""

import pytest

from jonction.support.balance import balance_of
from jonction.support.equity import year_before
from tests.factories import TODAY, MandateFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db


def seen(mandate, *, is_inside):
    alliance = mandate.process.body.alliance
    return balance_of(alliance, year_before(TODAY), TODAY, is_inside=is_inside)


def test_what_was_noted_is_summed_and_coordination_is_seen_to_take_over():
    mandate = MandateFactory()
    log(mandate, posture="coordination", quarters=8)
    log(mandate, quarters=4)

    whole = seen(mandate, is_inside=True).whole

    assert (whole.functions.hours, whole.coordination) == (3, "yes")


def test_the_time_of_one_person_is_not_seen_from_outside():
    mandate = MandateFactory()
    log(mandate, quarters=8)

    found = seen(mandate, is_inside=False)

    assert (found.whole, found.grouped, found.stages, found.quarters) == (None,) * 4
    assert [row.functions.total for row in found.rows] == [0] * len(found.rows)


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_for_one_line_or_thirty(django_assert_max_num_queries, count):
    mandate = MandateFactory()
    for _ in range(count):
        log(mandate, quarters=1)

    with django_assert_max_num_queries(15):
        seen(mandate, is_inside=True)
