import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.reading import NotADuration, read_quarters


@pytest.mark.parametrize(
    ("text", "quarters"),
    [
        ("1h30", 6),
        ("1 h 30", 6),
        ("0h45", 3),
        ("1,5", 6),
        ("0,25 h", 1),
        ("2,00", 8),
        ("90 min", 6),
        ("2 h", 8),
        ("1:30", 6),
        ("3 h 30", 14),
        ("5 min", 1),
        ("1\u00a0h\u00a030", 6),
    ],
)
def test_a_duration_reads_as_people_write_it(text, quarters):
    assert read_quarters(text) == quarters


@pytest.mark.parametrize("text", ["beaucoup", "", "-1", "0", "0 min", "1h30h", "31/02/2026"])
def test_what_is_not_a_duration_is_refused(text):
    with pytest.raises(NotADuration):
        read_quarters(text)


@given(st.integers(1, 400))
def test_a_duration_reads_back_to_itself(quarters):
    assert read_quarters(f"{quarters // 4} h {quarters % 4 * 15:02d}") == quarters
