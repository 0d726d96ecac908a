from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.load import (
    Clash,
    Commitment,
    Crowded,
    Kind,
    Meeting,
    clashes,
    crowded,
    deadline,
    form_seconds,
    meeting,
    minutes_asked,
    spread,
    steady,
    weekly_load,
)
from jonction.engines.periods import days_of, weekdays_in
from jonction.engines.workload import Rate

MONDAY = date(2026, 11, 23)


def days():
    return st.integers(0, 200).map(lambda n: MONDAY + timedelta(n))


def periods():
    return st.tuples(days(), days()).map(sorted)


def commitments():
    return st.builds(
        lambda quarters, period: Commitment(Kind.MANDATE, "m", Fraction(quarters), *period),
        st.integers(1, 400),
        periods(),
    )


def offers():
    return st.builds(lambda q, period: Rate(q, *period), st.integers(1, 80), periods())


def test_the_worked_example():
    """docs/engines/load.md: 8 h a week from a Wednesday, a meeting on the Friday."""
    asked = [
        *steady(Rate(32, date(2026, 11, 25), date(2026, 12, 31)), "mandat"),
        *meeting("table", date(2026, 11, 27), quarters=8, preparation=8, travel=4),
    ]
    first, second = weekly_load(asked, [Rate(28, MONDAY, date.max)], since=MONDAY, weeks=2)

    # three weekdays of five: 4.8 h; four of the five days of preparation: 1.6 h; 2 h and 1 h
    assert first.quarters == Fraction(96, 5) + Fraction(32, 5) + 8 + 4
    assert first.excess == first.quarters - 28 == Fraction(48, 5)
    assert second.quarters == 32
    assert [part.kind for part in first.movable] == ["meeting", "preparation", "travel"]


@given(commitments())
def test_no_hour_is_lost(commitment):
    assert sum(spread(commitment).values()) == commitment.quarters


@given(commitments(), periods())
def test_a_window_keeps_the_weeks_that_touch_it(commitment, window):
    whole = spread(commitment)
    kept = {m: q for m, q in whole.items() if m <= window[1] and m + timedelta(6) >= window[0]}

    assert spread(commitment, tuple(window)) == kept


@given(periods(), st.integers(1, 100), st.lists(periods().map(tuple), max_size=4))
def test_a_mandate_asks_for_the_weekdays_when_its_holder_is_there(period, rate, away):
    held = steady(Rate(rate, *period), "m", away=away)
    gone = {a + timedelta(n) for a, b in away for n in range(days_of((a, b)))}
    days = (period[0] + timedelta(n) for n in range(days_of(tuple(period))))
    worked = sum(day.weekday() < 5 and day not in gone for day in days)

    assert sum(one.quarters for one in held) == Fraction(rate * worked, 5)


@given(st.lists(commitments(), max_size=5), st.lists(offers(), max_size=3), commitments())
def test_one_more_commitment_never_frees_a_week(some, offered, more):
    before = weekly_load(some, offered, since=MONDAY, weeks=30)
    after = weekly_load([*some, more], offered, since=MONDAY, weeks=30)

    assert all(a.excess >= b.excess for a, b in zip(after, before, strict=True))


@given(
    st.lists(commitments(), max_size=5).flatmap(lambda c: st.tuples(st.just(c), st.permutations(c)))
)
def test_the_order_of_what_is_promised_does_not_matter(both):
    one, other = (weekly_load(c, [], since=MONDAY, weeks=10) for c in both)

    assert [week.quarters for week in one] == [week.quarters for week in other]


@given(periods())
def test_weekdays_are_counted_as_one_by_one(period):
    days = [period[0] + timedelta(n) for n in range(days_of(tuple(period)))]

    assert weekdays_in(tuple(period)) == sum(day.weekday() < 5 for day in days)


def test_a_meeting_on_a_saturday_keeps_its_hours():
    asked = meeting("forum", date(2026, 11, 28), quarters=16, preparation=0, travel=0)

    [week] = weekly_load(asked, [], since=MONDAY, weeks=1)
    assert week.quarters == 16


def test_a_day_without_known_hours_gives_no_limit():
    offered = [Rate(40, MONDAY, date(2026, 12, 2))]

    [known, unknown] = weekly_load([], offered, since=MONDAY, weeks=2)
    assert (known.offered, unknown.offered) == (40, None)
    assert unknown.excess == 0


def test_a_leave_takes_away_the_hours_offered():
    [week] = weekly_load(
        [],
        [Rate(40, MONDAY, date.max)],
        since=MONDAY,
        weeks=1,
        away=[(date(2026, 11, 26), date(2026, 12, 4))],
    )

    assert week.offered == 24


def test_a_soft_deadline_can_move_and_a_hard_one_cannot():
    soft, hard = (deadline("d", MONDAY, quarters=16, is_hard=is_hard) for is_hard in (False, True))

    assert (soft[0].can_move, hard[0].can_move) == (True, False)
    assert spread(soft[0]) == {MONDAY - timedelta(7): Fraction(64, 5), MONDAY: Fraction(16, 5)}


def test_too_many_meetings_on_the_same_person_are_told_once():
    meetings = [
        Meeting(f"r{n}", MONDAY + timedelta(days=3 * n), (1, 2) if n else (1,)) for n in range(5)
    ]

    assert crowded(meetings, most=4) == [Crowded(1, MONDAY, ("r0", "r1", "r2", "r3", "r4"))]
    assert crowded(meetings, most=5) == []


def test_two_meetings_on_one_day_clash_for_whoever_is_expected_at_both():
    meetings = [Meeting("a", MONDAY, (1, 2)), Meeting("b", MONDAY, (2, 3))]

    assert clashes(meetings) == [Clash(2, MONDAY, ("a", "b"))]


def test_the_tool_asks_for_the_time_of_its_forms():
    """docs/engines/load.md: 40 lines of 20 s and 4 forms of 90 s in 12 weeks."""
    asked = minutes_asked({"line": 40, "form": 4}, {"line": 20}, otherwise=90, weeks=12)

    assert asked == Fraction(29, 18)


def test_a_line_of_the_journal_is_about_twenty_seconds():
    """docs/engines/load.md: one sentence of sixty letters, and the button."""
    assert form_seconds(1, 60) == 20
