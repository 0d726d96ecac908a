import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jonction.engines.claims import (
    Claim,
    Size,
    Source,
    hours_within,
    put_together,
    size_of,
    weeks_within,
    weighed,
)

few = settings(max_examples=40)
FEWEST = 3

claims = st.lists(
    st.tuples(
        st.none() | st.integers(0, 90).map(lambda n: Fraction(n, 7)),
        st.integers(0, 400).map(lambda quarters: Fraction(quarters, 4)),
        st.sampled_from(["local", "regional"]),
    ),
    min_size=1,
    max_size=7,
).map(lambda rows: [Claim(str(rank), *row) for rank, row in enumerate(rows)])
sources = st.lists(
    st.tuples(
        st.none() | st.integers(0, 12),
        st.frozensets(st.integers(1, 6), max_size=5),
        st.integers(0, 90).map(Fraction),
    ),
    min_size=1,
    max_size=6,
).map(lambda rows: [Source(str(rank), *row) for rank, row in enumerate(rows)])


def scaled(rows, more_claimed, more_hours):
    return [
        Claim(r.key, r.claim and r.claim * more_claimed, r.hours * more_hours, r.group)
        for r in rows
    ]


@few
@given(claims)
def test_everything_adds_up_and_what_cannot_be_weighed_stands_apart(rows):
    found = weighed(rows)

    assert {s.key for s in found.stands} | set(found.apart) == {row.key for row in rows}
    assert set(found.apart) == {row.key for row in rows if not row.claim}
    assert sum(row.hours for row in rows if row.claim) == found.hours
    if found.stands:
        assert sum(s.due for s in found.stands) == 1
        assert sum(s.received for s in found.stands) == Fraction(found.hours > 0)
        assert sum(s.lacking for s in found.stands) == 0


@few
@given(claims, st.integers(1, 9), st.integers(1, 9), st.randoms())
def test_scale_and_order_do_not_matter(rows, more_claimed, more_hours, draw):
    before = weighed(rows)
    after = weighed(scaled(draw.sample(rows, len(rows)), more_claimed, more_hours))

    assert (after.gini, after.lorenz, after.apart) == (before.gini, before.lorenz, before.apart)
    assert [(s.key, s.due, s.received) for s in after.stands] == [
        (s.key, s.due, s.received) for s in before.stands
    ]


@few
@given(claims, st.integers(0, 400).map(Fraction))
def test_what_stands_apart_changes_no_measure(rows, hours):
    with_one_more = weighed([*rows, Claim("unknown", None, hours)])

    assert with_one_more.apart[-1] == "unknown"
    assert (with_one_more.stands, with_one_more.gini, with_one_more.theil) == (
        weighed(rows).stands,
        weighed(rows).gini,
        weighed(rows).theil,
    )


@few
@given(claims, st.fractions(0, 1))
def test_an_hour_moved_to_the_under_served_never_raises_inequality(rows, part):
    before = weighed(rows)
    assume(len(before.stands) > 1 and before.hours)
    poor, rich = before.stands[0], before.stands[-1]
    crossing = (rich.received * poor.due - poor.received * rich.due) / (poor.due + rich.due)
    moved = {poor.key: crossing * part, rich.key: -crossing * part}

    after = weighed(
        Claim(r.key, r.claim, r.hours + moved.get(r.key, 0) * before.hours, r.group) for r in rows
    )

    assert after.gini <= before.gini
    assert after.theil.total <= before.theil.total + 1e-12


@few
@given(claims)
def test_within_and_between_the_levels_add_up(rows):
    found = weighed(rows).theil

    assert found is None or math.isclose(found.within + found.between, found.total, abs_tol=1e-12)


@few
@given(sources)
def test_no_row_shown_rests_on_too_few_people_and_their_sum_neither(rows):
    together = put_together(rows, fewest_contributors=FEWEST)

    everybody = frozenset().union(*(row.contributors for row in rows))
    if together is None:
        assert any(0 < len(row.contributors) < FEWEST or 0 < (row.persons or 0) < 5 for row in rows)
        return
    for row in rows:
        if row.key not in together:
            assert len(row.contributors) not in range(1, FEWEST)
            assert row.persons not in range(1, 5)
    those = [row for row in rows if row.key in together]
    givers = frozenset().union(*(row.contributors for row in those))
    assert len(those) != 1
    assert len(givers) not in range(1, FEWEST)
    assert givers <= everybody


@few
@given(sources, st.randoms())
def test_the_order_of_the_rows_does_not_change_what_is_put_together(rows, draw):
    mixed = draw.sample(rows, len(rows))

    assert put_together(mixed, fewest_contributors=FEWEST) == put_together(
        rows, fewest_contributors=FEWEST
    )


def test_two_rows_of_the_same_person_take_a_third_along():
    one, many = frozenset([1]), frozenset([2, 3, 4])
    rows = [
        Source("a", None, one, Fraction(2)),
        Source("b", None, one, Fraction(4)),
        Source("c", None, many, Fraction(9)),
        Source("d", None, many, Fraction(20)),
    ]

    assert put_together(rows, fewest_contributors=FEWEST) == {"a", "b", "c"}
    assert put_together(rows[:2], fewest_contributors=FEWEST) is None
    assert put_together(rows[2:], fewest_contributors=FEWEST) == frozenset()


def test_the_example_of_the_page():
    """Three bodies, as docs/engines/equity.md works them out by hand."""
    rows = [
        Claim("mitis", Fraction(3, 10) * 52, Fraction(60), "local"),
        Claim("matanie", Fraction(7, 10) * 26, Fraction(30), "local"),
        Claim("region", Fraction(1, 2) * 52, Fraction(30), "regional"),
    ]

    found = weighed([*rows, Claim("committee", None, Fraction(8), "local")])

    assert [(s.key, s.due, s.received) for s in found.stands] == [
        ("region", Fraction(10, 23), Fraction(1, 4)),
        ("matanie", Fraction(7, 23), Fraction(1, 4)),
        ("mitis", Fraction(6, 23), Fraction(1, 2)),
    ]
    assert [round(float(s.lacking), 1) for s in found.stands] == [22.2, 6.5, -28.7]
    assert (found.apart, found.hours, found.gini) == (("committee",), 120, Fraction(25, 92))
    assert (round(found.theil.total, 3), round(found.theil.between, 3)) == (0.138, 0.074)


def test_hours_are_those_of_the_days_inside_the_period_without_the_pauses():
    year = (date(2026, 1, 1), date(2026, 12, 31))
    fortnight = (date(2025, 12, 25), date(2026, 1, 14))

    assert hours_within(8, fortnight, year) == 4
    assert hours_within(8, fortnight, year, [(date(2026, 1, 8), date.max)]) == 2
    assert hours_within(8, (date(2025, 1, 1), date(2025, 12, 31)), year) == 0
    assert weeks_within(fortnight, year) == 2
    assert weeks_within((date(2027, 1, 1), date(2027, 2, 1)), year) == 0


@few
@given(st.integers(1, 96), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_the_hours_of_two_neighbouring_periods_sum_to_those_of_both(quarters, first, cut, last):
    begins = date(2026, 1, 1)
    run = (begins, begins + timedelta(days=first))
    middle, end = sorted((begins + timedelta(days=cut), begins + timedelta(days=last)))
    parts = [(begins, middle), (middle + timedelta(days=1), end)]

    assert hours_within(quarters, run, (begins, end)) == sum(
        hours_within(quarters, run, part) for part in parts if part[0] <= part[1]
    )


@pytest.mark.parametrize(
    ("budget", "size"),
    [
        (None, Size.UNKNOWN),
        (0, Size.SMALL),
        (99, Size.SMALL),
        (100, Size.MEDIUM),
        (500, Size.LARGE),
    ],
)
def test_the_size_of_an_organisation_is_that_of_its_budget(budget, size):
    assert size_of(budget, small_under=100, large_from=500) == size
