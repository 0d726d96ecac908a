"""An order that everybody can read again: what holds whatever the needs, and the example by hand."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jonction.engines.priority import nearness, ranked
from jonction.engines.stays import Stay, nearest_rank, services, stays_of

few = settings(max_examples=25)

CODES = ["urgency", "equity", "deadline", "stage"]
VALUE = st.fractions(0, 1, max_denominator=20)
NEED = st.fixed_dictionaries(dict.fromkeys(CODES, st.none() | VALUE))
NEEDS = st.dictionaries(st.integers(1, 30), NEED, min_size=1, max_size=8)
WEIGHTS = st.fixed_dictionaries(dict.fromkeys(CODES, st.integers(0, 10).map(Fraction)))
MONDAY = date(2026, 11, 23)


def rank_of(key, needs, weights):
    return next(one.rank for one in ranked(needs, weights) if one.key == key)


@few
@given(NEEDS, WEIGHTS, st.data())
def test_more_urgency_never_lowers_the_rank(needs, weights, data):
    key = data.draw(st.sampled_from(sorted(needs)))
    was = needs[key]["urgency"]
    assume(was is not None)
    more = data.draw(st.fractions(was, 1, max_denominator=20))

    raised = {**needs, key: {**needs[key], "urgency": more}}

    assert rank_of(key, raised, weights) <= rank_of(key, needs, weights)


@few
@given(NEEDS, WEIGHTS, st.integers(1, 50))
def test_only_the_ratios_between_weights_count(needs, weights, by):
    heavier = {code: weight * by for code, weight in weights.items()}

    assert ranked(needs, heavier) == ranked(needs, weights)


@few
@given(NEEDS, WEIGHTS, st.randoms())
def test_the_order_in_which_needs_come_changes_nothing(needs, weights, draw):
    keys = list(needs)
    draw.shuffle(keys)

    assert ranked({key: needs[key] for key in keys}, weights) == ranked(needs, weights)


@few
@given(NEEDS, WEIGHTS)
def test_a_score_is_what_its_criteria_bring_and_what_is_unknown_is_said(needs, weights):
    for one in ranked(needs, weights):
        known = {part.code for part in one.parts}
        assert known | set(one.unknown) == {code for code, weight in weights.items() if weight}
        assert not known & set(one.unknown)
        if one.parts:
            assert one.score == sum(part.contribution for part in one.parts)
            assert sum(part.share for part in one.parts) == 1
        else:
            assert one.score is None


@few
@given(NEEDS, WEIGHTS)
def test_needs_of_the_same_score_share_their_rank(needs, weights):
    standings = ranked(needs, weights)

    for one in standings:
        same = [other for other in standings if other.score == one.score]
        assert {other.rank for other in same} == {one.rank}
        assert one.tied == (len(same) > 1)


def test_a_need_of_which_nothing_is_known_comes_last():
    nothing = dict.fromkeys(CODES)
    least = {**nothing, "urgency": Fraction(0)}

    found = ranked({1: nothing, 2: least}, dict.fromkeys(CODES, Fraction(1)))

    assert [(one.key, one.rank, one.score) for one in found] == [(2, 1, 0), (1, 2, None)]


def test_the_worked_example_holds():
    """docs/engines/priority.md: two needs, one of which has no index."""
    weights = {"urgency": 2, "equity": 1, "deadline": 1, "stage": 0}
    first = {"urgency": Fraction(1), "equity": Fraction(3, 5), "deadline": nearness(45, 90)}
    second = {"urgency": Fraction(1, 2), "equity": None, "deadline": nearness(0, 90)}

    found = ranked({2: second, 1: first}, {code: Fraction(w) for code, w in weights.items()})

    assert [(one.key, one.score) for one in found] == [(1, Fraction(31, 40)), (2, Fraction(2, 3))]
    assert [one.unknown for one in found] == [(), ("equity",)]


def test_what_is_past_is_as_near_as_what_is_today():
    assert [nearness(days, 90) for days in (-5, 0, 30, 90, 400)] == [1, 1, Fraction(2, 3), 0, 0]


# --- stays ---------------------------------------------------------------------------------------


@few
@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.integers(1, 100))
def test_a_percentile_is_a_stay_that_existed_and_covers_its_share(days, percent):
    found = nearest_rank(days, percent)

    assert found in days
    assert sum(day <= found for day in days) * 100 >= percent * len(days)
    assert sum(day < found for day in days) * 100 < percent * len(days)


def test_the_example_of_stays_holds():
    """docs/engines/priority.md: 1, 2, 3, 8 and 30 days."""
    days = [30, 1, 8, 2, 3]

    assert (nearest_rank(days, 50), nearest_rank(days, 80)) == (3, 8)


def test_a_stay_that_lasts_is_kept_apart_and_an_unknown_day_says_nothing():
    steps = [("received", MONDAY), ("matched", None), ("met", MONDAY + timedelta(days=9))]
    simple = [("received", MONDAY), ("admissible", MONDAY + timedelta(days=4))]
    today = MONDAY + timedelta(days=10)

    stays = [*stays_of(steps, today), *stays_of(simple, today)]

    assert stays == [
        Stay("met", 1, lasts=True),
        Stay("received", 4, lasts=False),
        Stay("admissible", 6, lasts=True),
    ]
    received, admissible = services(stays, ["received", "admissible"])
    assert (received.over, received.median, received.lasting) == (1, 4, ())
    assert (admissible.over, admissible.median, admissible.lasting) == (0, None, (6,))
