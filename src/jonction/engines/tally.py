"""Second views of coverage: time done and planned by stage and function, by stage and aspect (S9, R4).

Method     docs/engines/coverage.md. A line that names several codes shares its time equally among
           them; a line that names none, or only codes out of the list, falls in "not said".
Invariant  the rows of a stage sum to the lines of that stage; a person counts once in a row;
           the order of the lines does not matter.
Exact      fractions of a part (`engines.space`): seven aspects do not divide a part.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

NOT_SAID = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A time in one stage: parts done by an intervention, or parts per week of a mandate."""

    stage: str
    parts: int
    resource: int
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    stage: str
    code: str
    done_parts: Fraction
    planned_parts_per_week: Fraction
    resources: tuple[int, ...]


def tally(
    done: Iterable[Line],
    planned: Iterable[Line],
    *,
    stages: Sequence[str],
    codes: Sequence[str],
) -> tuple[Row, ...]:
    """Return one row per stage and code, in the order given, "not said" last in each stage."""
    did, people = _spread(done, codes)
    plans, planners = _spread(planned, codes)
    return tuple(
        Row(
            stage,
            code,
            did[stage, code],
            plans[stage, code],
            tuple(sorted(people[stage, code] | planners[stage, code])),
        )
        for stage in stages
        for code in (*codes, NOT_SAID)
    )


def _spread(
    lines: Iterable[Line], codes: Sequence[str]
) -> tuple[defaultdict[tuple[str, str], Fraction], defaultdict[tuple[str, str], set[int]]]:
    sums: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    people: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for line in lines:
        said = {code if code in codes else NOT_SAID for code in line.codes} or {NOT_SAID}
        for code in said:
            sums[line.stage, code] += Fraction(line.parts, len(said))
            people[line.stage, code].add(line.resource)
    return sums, people
