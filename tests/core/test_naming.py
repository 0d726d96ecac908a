"""The names that a page has read already are not asked again; those it lacks are, once."""

import pytest

from jonction.core.lists.naming import name_from
from tests.factories import MandateFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("known", "queries"), [(2, 0), (1, 1), (0, 1)])
def test_each_row_has_its_name_whatever_the_page_knew(known, queries, django_assert_num_queries):
    rows = [MandateFactory(), MandateFactory()]
    names = {row.process_id: row.process.name for row in rows}
    read = dict(list(names.items())[:known])

    with django_assert_num_queries(queries):
        name_from(rows, "process", read)

    assert [row.process_name for row in rows] == list(names.values())


def test_what_points_to_nothing_has_no_name(django_assert_num_queries):
    row = MandateFactory(need=None)

    with django_assert_num_queries(0):
        name_from([row], "host", {})
        name_from([], "host", {})

    assert row.host_name is None
