"""Balance: what support was made of, by function and posture, and what became of the stages (S9, S11).

Method     docs/engines/balance.md. Times are summed by what one wants to tell apart; a share is a sum
           over the whole. What nobody said is a part of its own, never spread over the others. A
           stage is judged on the day on its planned and real dates.
Invariant  the parts of a whole sum to it; the order of the lines does not matter; a line that says
           nothing changes no other part; each stage falls in one state and one only.
Exact      whole parts of a quarter hour (`engines.space`), shares in fractions.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from jonction.engines.space import PARTS_PER_QUARTER, Posture

NOT_SAID = ""
PARTS_PER_HOUR = 4 * PARTS_PER_QUARTER
Key = int | str | tuple[int, int] | None  # a territory (None: all), a stage, a quarter
Told = TypeVar("Told", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Line:
    """A time, summed by what is told apart: its place, its stage or its quarter, and what it says.

    `code` is a function or a posture, or nothing said. `resources` are those who gave it: only
    their number is ever shown.
    """

    key: Key
    code: str
    parts: int
    resources: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Whole:
    """A time and what it is made of, in the order of the codes, what is not said last."""

    parts: Mapping[str, int]
    resources: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.parts.values())

    @property
    def hours(self) -> Fraction:
        return Fraction(self.total, PARTS_PER_HOUR)

    def hours_of(self, code: str) -> Fraction:
        return Fraction(self.parts.get(code, 0), PARTS_PER_HOUR)

    def share(self, code: str) -> Fraction | None:
        """Return the part of the whole that is this; None of nothing."""
        return Fraction(self.parts.get(code, 0), self.total) if self.total else None

    @property
    def variety(self) -> int:
        """Return how many codes were served; what is not said counts for none."""
        return sum(1 for code, parts in self.parts.items() if code != NOT_SAID and parts)


class Taken(StrEnum):
    """Whether something passes its threshold; `PERHAPS` when only what is not said decides."""

    NOTHING = "nothing"
    NO = "no"
    PERHAPS = "perhaps"
    YES = "yes"


def wholes(lines: Iterable[Line], codes: Sequence[str]) -> dict[Key, Whole]:
    """Return what the time of each key is made of; a code out of the list is not said."""
    order, known = (*codes, NOT_SAID), frozenset(codes)
    parts: defaultdict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(order, 0))
    people: defaultdict[Key, dict[str, set[int]]] = defaultdict(lambda: {c: set() for c in order})
    for line in lines:
        key, code = line.key, line.code if line.code in known else NOT_SAID
        parts[key][code] += line.parts
        if line.resources:
            people[key][code] |= line.resources
    return {
        key: Whole(counted, {code: frozenset(some) for code, some in people[key].items()})
        for key, counted in parts.items()
    }


def nothing(codes: Sequence[str]) -> Whole:
    return Whole(dict.fromkeys((*codes, NOT_SAID), 0))


def joined(several: Iterable[Whole], codes: Sequence[str]) -> Whole:
    """Return one whole made of several."""
    every = list(several)
    order = (*codes, NOT_SAID)
    return Whole(
        {code: sum(one.parts.get(code, 0) for one in every) for code in order},
        {
            code: frozenset().union(*(one.resources.get(code, ()) for one in every))
            for code in order
        },
    )


def taken_by(whole: Whole, code: str, threshold: Fraction) -> Taken:
    """Say whether that part is above the threshold, whatever is not said turns out to be."""
    share, unsaid = whole.share(code), whole.share(NOT_SAID)
    if share is None or unsaid is None:
        return Taken.NOTHING
    if share > threshold:
        return Taken.YES
    return Taken.PERHAPS if share + unsaid > threshold else Taken.NO


def coordination(whole: Whole, threshold: Fraction) -> Taken:
    return taken_by(whole, Posture.COORDINATION, threshold)


class Part(StrEnum):
    """What one function is in a whole; `PERHAPS` is thin unless what is not said belongs to it."""

    FAIR = "fair"
    ABSENT = "absent"
    THIN = "thin"
    PERHAPS = "perhaps"
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a function is thin or heavy, and coordination too much; under `least`, nothing is said."""

    thin: Fraction
    heavy: Fraction
    coordination: Fraction
    least_hours: int


def part_of(whole: Whole, code: str, limits: Limits) -> Part:
    """Judge one function of a whole, whatever is not said turns out to be."""
    share, unsaid = whole.share(code), whole.share(NOT_SAID)
    if share is None or unsaid is None:
        return Part.FAIR
    if share > limits.heavy:
        return Part.HEAVY
    if share + unsaid < limits.thin:
        return Part.THIN if share else Part.ABSENT
    return Part.PERHAPS if share < limits.thin else Part.FAIR


def is_judged(whole: Whole, limits: Limits) -> bool:
    """Say whether enough was noted for a share to mean anything."""
    return whole.total > 0 and whole.hours >= limits.least_hours


def quarter_of(day: date) -> tuple[int, int]:
    """Return the year and the quarter of the year, from 1 to 4."""
    return day.year, (day.month + 2) // 3


def quarter_began(day: date) -> date:
    """Return the first day of the quarter of that day."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def fiscal_year_of(quarter: tuple[int, int]) -> tuple[int, int]:
    """Return the fiscal year of a quarter, as if it were a quarter 0: it begins in April."""
    year, rank = quarter
    return (year if rank > 1 else year - 1), 0


def quarters_between(since: date, until: date) -> list[tuple[int, int]]:
    """Return every quarter touched, in order, also those in which nothing was done."""
    first, last = quarter_of(since), quarter_of(until)
    ranks = range(first[0] * 4 + first[1] - 1, last[0] * 4 + last[1])
    return [(rank // 4, rank % 4 + 1) for rank in ranks]


class State(StrEnum):
    """What became of a stage; `UNKNOWN` when its end is past and nobody said its real dates."""

    ON_TIME = "on_time"
    LATE = "late"
    UNDER_WAY = "under_way"
    UNKNOWN = "unknown"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Dates:
    """The planned and the real dates of a stage."""

    planned_from: date
    planned_to: date
    real_from: date | None = None
    real_to: date | None = None


def state_of(stage: Dates, today: date) -> State:
    """Judge a stage on that day: ended as planned, late, under way, unknown or coming."""
    if stage.real_to is not None and stage.real_to <= today:
        return State.ON_TIME if stage.real_to <= stage.planned_to else State.LATE
    begun = stage.real_from is not None and stage.real_from <= today
    if stage.planned_to < today:
        return State.LATE if begun else State.UNKNOWN
    if begun or stage.planned_from <= today:
        return State.UNDER_WAY
    return State.COMING


def came_due(stage: Dates, since: date, until: date) -> bool:
    """Say whether the stage was to end, or ended, between two days."""
    ends = (stage.planned_to, stage.real_to)
    return any(since <= end <= until for end in ends if end is not None)


def results(stages: Iterable[Dates], today: date) -> dict[State, int]:
    """Count the stages in each state, every state being there."""
    counted = Counter(state_of(stage, today) for stage in stages)
    return {state: counted[state] for state in State}


def kept_apart(rows: Mapping[Told, Sequence[Whole]], fewest: int) -> frozenset[Told] | None:
    """Return the rows to group before they are shown outside; None when even the sum is small.

    A row is grouped when one of its cells rests on too few people, and so is a second one, the
    lightest, until each cell of the group rests on enough: a row is never the rest of a subtraction.
    """
    weight = {key: (sum(w.total for w in row), repr(key)) for key, row in rows.items()}
    apart = {key for key, row in rows.items() if _is_small([row], fewest)}
    while apart and (len(apart) == 1 or _is_small([rows[key] for key in apart], fewest)):
        others = [key for key in rows if key not in apart and weight[key][0]]
        if not others:
            return None
        apart.add(min(others, key=lambda key: weight[key]))
    return frozenset(apart)


def _is_small(rows: Sequence[Sequence[Whole]], fewest: int) -> bool:
    """Say whether a cell of these rows, put together, rests on too few people."""
    for wholes_ in zip(*rows, strict=True):
        codes = {code for whole in wholes_ for code in whole.parts}
        for code in codes:
            people = frozenset().union(*(whole.resources.get(code, ()) for whole in wholes_))
            if any(whole.parts.get(code) for whole in wholes_) and len(people) < fewest:
                return True
    return False
