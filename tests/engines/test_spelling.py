import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.spelling import mistakes

WORD = st.text(alphabet="abcé", max_size=6)


@pytest.mark.parametrize(
    ("word", "other", "count"),
    [("table", "table", 0), ("table", "tabel", 1), ("table", "tables", 1), ("table", "cable", 1)],
)
def test_a_letter_more_less_changed_or_exchanged_is_one_mistake(word, other, count):
    assert mistakes(word, other) == count


@given(WORD, WORD)
def test_mistakes_are_the_same_both_ways_and_none_is_itself(word, other):
    assert mistakes(word, other) == mistakes(other, word)
    assert (mistakes(word, other) == 0) == (word == other)


@given(WORD, WORD, st.integers(0, 3))
def test_above_the_most_there_is_one_more(word, other, most):
    assert mistakes(word, other, most=most) == min(mistakes(word, other), most + 1)
