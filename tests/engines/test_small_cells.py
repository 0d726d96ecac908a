from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jonction.engines.small_cells import Cell, Total, hidden_cells, is_small, solved

few = settings(max_examples=40)

ROWS, COLUMNS = "abc", "xyz"


def a_table(counts):
    """Return the nine cells and their margins, as a page would print them."""
    cells = [
        Cell(r + c, persons=counts[3 * i + j], weight=Fraction(counts[3 * i + j]))
        for i, r in enumerate(ROWS)
        for j, c in enumerate(COLUMNS)
    ]
    totals = [Total(f"row {r}", tuple(r + c for c in COLUMNS)) for r in ROWS]
    totals += [Total(f"column {c}", tuple(r + c for r in ROWS)) for c in COLUMNS]
    totals += [Total("all", tuple(f"row {r}" for r in ROWS))]
    return cells, totals


tables = st.lists(st.integers(0, 30), min_size=9, max_size=9).map(a_table)


@few
@given(tables)
def test_what_is_hidden_cannot_be_computed_from_what_is_shown(table):
    cells, totals = table

    assert solved(hidden_cells(cells, totals), totals) == set()


@few
@given(tables)
def test_every_small_cell_is_hidden_and_nothing_is_when_nothing_is_small(table):
    cells, totals = table
    small = {c.key for c in cells if is_small(c, fewest_persons=5, fewest_contributors=1)}

    hidden = hidden_cells(cells, totals)

    assert small <= hidden
    assert bool(hidden) == bool(small)


@few
@given(tables, st.randoms())
def test_the_order_of_the_cells_does_not_matter(table, draw):
    cells, totals = table
    mixed = draw.sample(cells, len(cells))

    assert hidden_cells(mixed, totals) == hidden_cells(cells, totals)


def test_a_single_small_cell_takes_the_lightest_neighbours_along():
    cells, totals = a_table([3, 20, 9, 10, 30, 8, 25, 12, 11])

    assert hidden_cells(cells, totals) == {"ax", "az", "bx", "bz"}


def test_two_loops_joined_by_one_cell_give_that_cell_away():
    """Two hidden cells in every line are not enough: the equations are solved, not counted."""
    lines = [
        ("p", "q"), ("r", "s"), ("t", "u"), ("v", "w"),  # the rows of two squares
        ("p", "r", "bridge"), ("q", "s"), ("t", "v", "bridge"), ("u", "w"),  # their columns
    ]  # fmt: skip
    totals = [Total(f"total {rank}", parts) for rank, parts in enumerate(lines)]
    everything = {key for line in lines for key in line}

    assert solved(everything, totals) == {"bridge"}


@pytest.mark.parametrize(
    ("persons", "contributors", "small"),
    [
        (0, None, False),
        (1, None, True),
        (4, None, True),
        (5, None, False),
        (None, 2, True),
        (None, 3, False),
        (12, 1, True),
        (None, None, False),
        (None, 0, False),
    ],
)
def test_too_few_persons_or_too_few_contributors_make_a_small_cell(persons, contributors, small):
    cell = Cell("x", persons=persons, contributors=contributors)

    assert is_small(cell, fewest_persons=5, fewest_contributors=3) is small


def test_the_total_is_hidden_when_there_is_nothing_else_to_hide():
    assert hidden_cells([Cell("only", persons=2)], [Total("all", ("only",))]) == {"only", "all"}
