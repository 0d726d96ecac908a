import pytest
from hypothesis import given
from hypothesis import strategies as st

from jonction.engines.space import PARTS_PER_QUARTER, share


@given(st.integers(0, 96), st.integers(1, 24))
def test_no_part_of_a_time_is_lost(quarters, cells):
    assert sum(share(quarters, cells)) == quarters * PARTS_PER_QUARTER


@pytest.mark.parametrize("stages", range(1, 7))
@pytest.mark.parametrize("dimensions", range(1, 5))
def test_every_number_of_cells_in_use_shares_a_quarter_exactly(stages, dimensions):
    assert len(set(share(1, stages * dimensions))) == 1


def test_a_time_cannot_fall_in_no_cell():
    with pytest.raises(ValueError, match="0 cells"):
        share(4, 0)
