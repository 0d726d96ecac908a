from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from jonction.engines.workload import Overload, Rate, Stretch, first_overload, stretches

few = settings(max_examples=40)

DAY = date(2026, 11, 23)


def rates():
    days = st.integers(0, 400).map(lambda n: DAY + timedelta(n))
    pairs = st.tuples(days, days).map(sorted)
    return st.builds(lambda q, pair: Rate(q, *pair), st.integers(1, 80), pairs)


def test_the_first_day_over_is_named_with_both_figures():
    promised = [Rate(60, DAY, date(2027, 3, 1)), Rate(90, date(2027, 1, 4), date(2027, 6, 1))]
    offered = [Rate(140, DAY, date(2027, 12, 31))]

    assert first_overload(promised, offered, since=DAY) == Overload(date(2027, 1, 4), 150, 140)


def test_one_mandate_after_another_is_no_overload():
    promised = [Rate(140, DAY, date(2027, 1, 3)), Rate(140, date(2027, 1, 4), date(2027, 6, 1))]

    assert first_overload(promised, [Rate(140, DAY, date.max)], since=DAY) is None


def test_without_hours_said_no_limit_is_known():
    assert first_overload([Rate(400, DAY, date.max)], [], since=DAY) is None


@few
@given(st.lists(rates()), st.lists(rates()), rates())
def test_one_more_promise_never_removes_an_overload(promised, offered, more):
    before = first_overload(promised, offered, since=DAY)
    after = first_overload([*promised, more], offered, since=DAY)

    assert before is None or (after is not None and after.on <= before.on)


@few
@given(st.lists(rates(), max_size=5), st.lists(rates(), max_size=5))
def test_no_day_before_the_first_one_is_over(promised, offered):
    found = first_overload(promised, offered, since=DAY)
    last = (found.on - DAY).days if found else 401

    for day in (DAY + timedelta(n) for n in range(last)):
        limits = [r.quarters_per_week for r in offered if r.holds_on(day)]
        load = sum(r.quarters_per_week for r in promised if r.holds_on(day))
        assert not limits or load <= sum(limits)


def test_days_on_which_nothing_changes_are_told_together():
    promised = [Rate(8, DAY, date(2026, 12, 31)), Rate(8, date(2027, 1, 1), date(2027, 6, 1))]
    offered = [Rate(10, date(2027, 3, 1), date(2027, 12, 31))]

    assert stretches(promised, offered, since=DAY, until=date(2027, 6, 30)) == [
        Stretch(DAY, date(2027, 2, 28), 8, None),
        Stretch(date(2027, 3, 1), date(2027, 6, 1), 8, 10),
        Stretch(date(2027, 6, 2), date(2027, 6, 30), 0, 10),
    ]


@few
@given(st.lists(rates(), max_size=5), st.lists(rates(), max_size=5))
def test_stretches_follow_one_another_and_differ(promised, offered):
    found = stretches(promised, offered, since=DAY, until=DAY + timedelta(300))

    assert (found[0].starts_on, found[-1].ends_on) == (DAY, DAY + timedelta(300))
    for one, after in pairwise(found):
        assert after.starts_on == one.ends_on + timedelta(1)
        assert (one.promised, one.offered) != (after.promised, after.offered)
