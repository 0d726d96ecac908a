from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.forecast.support import Hold, strengths, support_share
from jonction.engines.workload import Rate

F = Fraction
FIRST = date(2027, 1, 1)
WINDOW = (FIRST, FIRST + timedelta(99))
BOTH = ("governance", "management")


def day(n):
    return FIRST + timedelta(n)


def holds():
    spans = st.tuples(st.integers(-20, 120), st.integers(-20, 120)).map(sorted)
    return st.builds(
        lambda span, dims, strength: Hold(day(span[0]), day(span[1]), tuple(dims), F(strength, 4)),
        spans,
        st.sets(st.sampled_from(BOTH)),
        st.integers(0, 4),
    )


def test_the_worked_example():
    """docs/engines/forecast.md: half of the dimensions, then the other at four fifths."""
    found = [Hold(day(0), day(99), BOTH[:1]), Hold(day(50), day(99), BOTH[1:], F(4, 5))]

    assert support_share(WINDOW, BOTH, found) == (1 + F(1, 2) * F(4, 5)) / 2


def test_two_people_on_the_same_days_count_once_at_the_strongest():
    found = [Hold(day(0), day(99), BOTH, F(1, 2)), Hold(day(0), day(49), BOTH)]

    assert support_share(WINDOW, BOTH, found) == F(3, 4)


@given(st.lists(holds(), max_size=5), holds())
def test_one_more_hold_never_lowers_the_share(some, more):
    before, after = (support_share(WINDOW, BOTH, found) for found in (some, [*some, more]))

    assert 0 <= before <= after <= 1


def test_whoever_is_at_125_percent_gives_four_fifths():
    promised = [Rate(40, day(0), day(99)), Rate(10, day(50), day(99))]
    offered = [Rate(40, day(0), day(99))]

    assert strengths(WINDOW, promised, offered) == [
        ((day(0), day(49)), F(1)),
        ((day(50), day(99)), F(4, 5)),
    ]


def test_hours_that_nobody_said_set_no_limit():
    assert strengths(WINDOW, [Rate(200, day(0), day(99))], []) == [(WINDOW, F(1))]
