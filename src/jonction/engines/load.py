"""Load: the hours that each week asks of a person, and the meetings that fall on the same ones.

Method     docs/engines/load.md. Everything promised is a total over a period, spread evenly over its
           weekdays (over all its days when it has none); a mandate is its hours a week on the days
           when its holder is there. A week passes what is offered when it asks for more than the
           hours said for its weekdays; a week with a day of unknown hours has no known limit.
Invariant  no hour is lost: the weeks of a commitment sum to it; one more commitment never takes a
           week back under what is offered.
Exact      fractions of quarter hours, never floats.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from jonction.engines.periods import Period, common, joined, left_of, weekdays_in
from jonction.engines.workload import Rate

WEEKDAYS = 5  # of a week
WEEK, SUNDAY = timedelta(days=7), timedelta(days=6)


class Kind(StrEnum):
    MANDATE = "mandate"
    MEETING = "meeting"
    PREPARATION = "preparation"
    TRAVEL = "travel"
    DEADLINE = "deadline"


ORDER = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Commitment:
    """So many quarter hours between two days; `source` names what asks for them."""

    kind: Kind
    source: str
    quarters: Fraction
    starts_on: date
    ends_on: date
    can_move: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What one commitment asks of one week."""

    kind: Kind
    source: str
    quarters: Fraction
    can_move: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday; `offered` is None when no limit is known."""

    monday: date
    parts: tuple[Part, ...]
    offered: Fraction | None

    @property
    def quarters(self) -> Fraction:
        return sum((part.quarters for part in self.parts), Fraction(0))

    @property
    def excess(self) -> Fraction:
        """Return what passes the hours offered, or zero."""
        return (
            Fraction(0) if self.offered is None else max(self.quarters - self.offered, Fraction(0))
        )

    @property
    def movable(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.can_move)

    def of(self, kind: Kind) -> Fraction:
        return sum((p.quarters for p in self.parts if p.kind == kind), Fraction(0))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting and who is expected there."""

    source: str
    on: date
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crowded:
    """A person with more meetings than wanted in the weeks that start that day."""

    person: int
    starts_on: date
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A person expected at several meetings on one day."""

    person: int
    on: date
    meetings: tuple[str, ...]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def steady(rate: Rate, source: str, *, away: Iterable[Period] = ()) -> list[Commitment]:
    """Return a mandate as totals over the periods when its holder is there."""
    there = left_of((rate.starts_on, rate.ends_on), away)
    return [
        Commitment(Kind.MANDATE, source, Fraction(rate.quarters_per_week * days, WEEKDAYS), *period)
        for period in there
        if (days := weekdays_in(period))
    ]


def meeting(
    source: str, on: date, *, quarters: int, preparation: int, travel: int
) -> list[Commitment]:
    """Return a meeting, the way there, and its preparation over the five weekdays before it."""
    asked = [
        (Kind.PREPARATION, preparation, on - WEEK, on - timedelta(days=1)),
        (Kind.MEETING, quarters, on, on),
        (Kind.TRAVEL, travel, on, on),
    ]
    return [
        Commitment(kind, source, Fraction(time), start, end, can_move=True)
        for kind, time, start, end in asked
        if time
    ]


def deadline(source: str, on: date, *, quarters: int, is_hard: bool) -> list[Commitment]:
    """Return the work of a deadline over the five weekdays that end with it; a soft one can move."""
    start = on - WEEK + timedelta(days=1)
    work = Commitment(Kind.DEADLINE, source, Fraction(quarters), start, on, can_move=not is_hard)
    return [work] if quarters else []


def spread(commitment: Commitment, within: Period | None = None) -> dict[date, Fraction]:
    """Return what the commitment asks of each week, by its Monday; the weeks sum to it.

    `within` keeps the weeks that touch those days: of a mandate of years, a page reads twelve weeks.
    """
    start, end = commitment.starts_on, commitment.ends_on
    weekdays = weekdays_in((start, end))
    whole = weekdays or (end - start).days + 1
    first, last = within or (start, end)
    a_week = commitment.quarters * WEEKDAYS / whole if weekdays else Fraction(0)
    found = {}
    monday = monday_of(max(start, first))
    while monday <= min(end, last):
        days = (max(monday, start), min(monday + SUNDAY, end))
        if weekdays and days == (monday, monday + SUNDAY):
            found[monday] = a_week  # most weeks of a mandate are whole: nothing of them is counted
        elif here := weekdays_in(days) if weekdays else (days[1] - days[0]).days + 1:
            found[monday] = commitment.quarters * here / whole
        monday += WEEK
    return found


def weekly_load(
    commitments: Iterable[Commitment],
    offered: Sequence[Rate],
    *,
    since: date,
    weeks: int,
    away: Iterable[Period] = (),
) -> list[Week]:
    """Return the weeks from that of `since`, each with what it asks and what was offered."""
    gone = joined(away)
    mondays = [monday_of(since) + n * WEEK for n in range(weeks)]
    within = (mondays[0], mondays[-1] + SUNDAY)
    parts: defaultdict[date, list[Part]] = defaultdict(list)
    for one in commitments:
        for monday, quarters in spread(one, within).items():
            parts[monday].append(Part(one.kind, one.source, quarters, one.can_move))
    return [
        Week(
            monday,
            tuple(sorted(parts[monday], key=lambda p: (ORDER[p.kind], p.source))),
            offered_in(monday, offered, gone),
        )
        for monday in mondays
    ]


def offered_in(monday: date, offered: Sequence[Rate], away: Iterable[Period]) -> Fraction | None:
    """Return the quarter hours offered that week; None when a day that is worked has no offer."""
    week = (monday, monday + timedelta(days=WEEKDAYS - 1))
    there = left_of(week, away)
    asked = [rate for rate in offered if rate.starts_on <= week[1] and rate.ends_on >= week[0]]
    if there == [week] and len(asked) == 1 and _covers(asked[0], week):
        return Fraction(asked[0].quarters_per_week)
    said = [(rate, common(there, [(rate.starts_on, rate.ends_on)])) for rate in asked]
    known = joined(period for _rate, periods in said for period in periods)
    if sum(map(weekdays_in, known)) < sum(map(weekdays_in, there)):
        return None
    return sum(
        (
            Fraction(rate.quarters_per_week * weekdays_in(period), WEEKDAYS)
            for rate, periods in said
            for period in periods
        ),
        Fraction(0),
    )


def _covers(rate: Rate, week: Period) -> bool:
    return rate.starts_on <= week[0] and rate.ends_on >= week[1]


def crowded(meetings: Sequence[Meeting], *, most: int, weeks: int = 4) -> list[Crowded]:
    """Return, for each person, the first run of weeks with more than `most` meetings."""
    found = []
    for person, days in _by_person(meetings).items():
        for rank, (on, _source) in enumerate(days):
            near = [source for day, source in days[rank:] if day < on + weeks * WEEK]
            if len(near) > most:
                found.append(Crowded(person, on, tuple(near)))
                break
    return found


def clashes(meetings: Sequence[Meeting]) -> list[Clash]:
    """Return the days on which somebody is expected at several meetings."""
    found = []
    for person, days in _by_person(meetings).items():
        together: defaultdict[date, list[str]] = defaultdict(list)
        for on, source in days:
            together[on].append(source)
        found += [Clash(person, on, tuple(s)) for on, s in together.items() if len(s) > 1]
    return found


def minutes_asked(
    entries: Mapping[str, int], seconds: Mapping[str, int], *, otherwise: int, weeks: int
) -> Fraction:
    """Return the minutes of typing per week: entries counted times the time of their form."""
    total = sum(count * seconds.get(kind, otherwise) for kind, count in entries.items())
    return Fraction(total, 60 * weeks)


def form_seconds(fields: int, letters: int) -> int:
    """Return about how long a form takes: the keystroke-level model of Card, Moran and Newell (1980).

    A letter is 0.28 s; each field asks to think, 1.35 s, and to move the hands, 0.40 s; the button is
    pointed at and pressed, 1.30 s.
    """
    hundredths = 28 * letters + (135 + 40) * fields + 130
    return -(-hundredths // 100)


def _by_person(meetings: Sequence[Meeting]) -> dict[int, list[tuple[date, str]]]:
    """Return each person's meetings by date, persons by their number."""
    found: defaultdict[int, list[tuple[date, str]]] = defaultdict(list)
    for one in meetings:
        for person in dict.fromkeys(one.people):
            found[person].append((one.on, one.source))
    return {person: sorted(found[person]) for person in sorted(found)}
