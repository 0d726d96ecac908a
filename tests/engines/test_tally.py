from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from jonction.engines.space import Aspect, Stage
from jonction.engines.tally import NOT_SAID, Line, Row, tally

few = settings(max_examples=30)

STAGES = [stage.value for stage in Stage]
ASPECTS = [aspect.value for aspect in Aspect]

lines = st.lists(
    st.builds(
        Line,
        st.sampled_from(STAGES),
        st.integers(1, 10_000),
        st.integers(1, 4),
        st.lists(st.sampled_from([*ASPECTS, "retired code"]), max_size=8).map(tuple),
    ),
    max_size=12,
)


def rows_of(done=(), planned=()):
    return tally(done, planned, stages=STAGES, codes=ASPECTS)


@few
@given(lines, lines)
def test_the_rows_of_a_stage_sum_to_its_lines(done, planned):
    rows = rows_of(done, planned)

    for stage in STAGES:
        here = [row for row in rows if row.stage == stage]
        assert sum(r.done_parts for r in here) == sum(w.parts for w in done if w.stage == stage)
        assert sum(r.planned_parts_per_week for r in here) == sum(
            w.parts for w in planned if w.stage == stage
        )


@few
@given(lines)
def test_a_person_counts_once_in_a_row(done):
    assert all(len(set(row.resources)) == len(row.resources) for row in rows_of(done + done, done))


@few
@given(lines)
def test_the_order_of_the_lines_does_not_matter(done):
    assert rows_of(done) == rows_of(done[::-1])


def test_several_aspects_share_a_time_equally_and_the_rest_is_not_said():
    rows = rows_of(
        done=[
            Line("calls", 720, 1, ("writing", "tools", "conflicts")),
            Line("calls", 720, 2),
            Line("calls", 720, 1, ("writing",)),
        ],
        planned=[Line("calls", 2880, 3)],
    )

    assert [row for row in rows if row.resources] == [
        Row("calls", "writing", Fraction(960), Fraction(0), (1,)),
        Row("calls", "tools", Fraction(240), Fraction(0), (1,)),
        Row("calls", "conflicts", Fraction(240), Fraction(0), (1,)),
        Row("calls", NOT_SAID, Fraction(720), Fraction(2880), (2, 3)),
    ]


def test_every_stage_and_code_has_its_row_even_empty():
    assert len(rows_of()) == len(STAGES) * (len(ASPECTS) + 1)
