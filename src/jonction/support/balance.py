"""From the rows to the engine and back: what support was made of, beside what became of stages.

The unit is the territory; a constant number of queries loads everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from statistics import median
from typing import TypeVar

from django.utils.translation import gettext as _

from jonction.core.taxonomy import Function, Posture, Stage
from jonction.cycle.models import Process
from jonction.engines import balance as engine
from jonction.engines.balance import Dates, Limits, Line, Part, State, Taken, Whole
from jonction.governance.models import Alliance
from jonction.support.continuity import continuity_between
from jonction.support.equity import kept_over
from jonction.support.equity_method import FEWEST_CONTRIBUTORS
from jonction.support.queries import equity as read
from jonction.support.queries.balance import Asked, functions_of, parts_by_stage, postures_of
from jonction.support.queries.forecast import assumptions_of

Quarter = tuple[int, int]
MANY_QUARTERS = 8
Key = TypeVar("Key", str, Quarter)
Wholes = Mapping[engine.Key, Whole]
FUNCTIONS = Function.values
# what takes over is drawn first, against its threshold
POSTURES = [
    Posture.COORDINATION.value,
    *(code for code in Posture.values if code != Posture.COORDINATION),
]


@dataclass(frozen=True, slots=True)
class Found:
    """One function of a whole that is absent, thin or heavy."""

    code: str
    part: Part
    share: Fraction
    unsaid: Fraction

    @property
    def label(self) -> str:
        return str(Function(self.code).label)


@dataclass(frozen=True, slots=True)
class Stages:
    """What became of the stages that came due; the hours are those in the middle, stage by stage."""

    counts: Mapping[State, int]
    on_time_hours: Fraction | None = None
    late_hours: Fraction | None = None

    @property
    def known(self) -> int:
        return self.counts[State.ON_TIME] + self.counts[State.LATE]

    @property
    def due(self) -> int:
        return self.known + self.counts[State.UNKNOWN]

    @property
    def share_on_time(self) -> Fraction | None:
        """Return the part that ended as planned, of those of which it is known."""
        return Fraction(self.counts[State.ON_TIME], self.known) if self.known else None


@dataclass(frozen=True, slots=True)
class Row:
    """What one territory received; `is_shown` is false when it would tell one person's time."""

    key: int | None
    name: str
    functions: Whole
    postures: Whole
    coordination: Taken
    found: tuple[Found, ...]
    continuity: Fraction | None
    stages: Stages
    is_shown: bool = True

    @property
    def hours(self) -> Fraction:
        return self.functions.hours


@dataclass(frozen=True, slots=True)
class StageRow:
    """What one stage of the cycle was made of, over the whole Alliance."""

    code: str
    functions: Whole
    found: tuple[Found, ...]

    @property
    def name(self) -> str:
        return str(Stage(self.code).label)


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of an Alliance over a time; from outside, small rows are together in `grouped`.

    `stages` and `quarters` are None from outside when one of their cells rests on too few people.
    """

    alliance: Alliance
    since: date
    until: date
    limits: Limits
    fewest: int
    rows: tuple[Row, ...]
    grouped: Row | None
    whole: Row | None
    stages: tuple[StageRow, ...] | None
    quarters: dict[Quarter, Whole] | None

    @property
    def bars(self) -> list[Row]:
        """Return the rows that have hours to show."""
        shown = [row for row in self.rows if row.is_shown and row.functions.total]
        return [*shown, *([self.grouped] if self.grouped and self.grouped.hours else [])]

    @property
    def uneven(self) -> list[Row]:
        """Return the rows of which something is to be said."""
        over = (Taken.YES, Taken.PERHAPS)
        return [row for row in self.bars if row.found or row.coordination in over]

    @property
    def uneven_stages(self) -> list[StageRow]:
        return [stage for stage in self.stages or () if stage.found]

    @property
    def results(self) -> Stages:
        """Return what became of the stages, all territories together: it tells nobody's time."""
        return Stages({s: sum(row.stages.counts[s] for row in self.rows) for s in State})

    @property
    def weeks(self) -> Fraction:
        return Fraction((self.until - self.since).days + 1, 7)

    def per_week(self, row: Row) -> Fraction:
        return row.hours / self.weeks


def balance_of(alliance: Alliance, since: date, until: date, *, is_inside: bool) -> Balance:
    """Return the balance of whole quarters; from outside, nothing that rests on too few people."""
    processes = read.processes_of([alliance])
    asked = Asked(processes, since, until, counts_people=not is_inside)
    limits = _limits(alliance)
    method = read.methods_of([alliance]).get(alliance.pk)
    fewest = method.fewest_contributors if method else FEWEST_CONTRIBUTORS
    (served_here, served_then), (taken_here, taken_then) = functions_of(asked), postures_of(asked)
    served = engine.wholes(served_here, FUNCTIONS)
    taken = engine.wholes(taken_here, POSTURES)
    rows = _rows(asked, alliance, (served, taken), limits)
    stages = _whole_of(served_then, Stage.values, FUNCTIONS)
    quarters = _by_quarter(taken_then, engine.quarters_between(since, until))
    whole = _joined(_("Toute l’Alliance"), rows, limits)
    seen = tuple(StageRow(code, one, _found(one, limits)) for code, one in stages.items())
    picture = Balance(alliance, since, until, limits, fewest, rows, None, whole, seen, quarters)
    return picture if is_inside else _from_outside(picture)


def _from_outside(picture: Balance) -> Balance:
    """Put together, or leave out, all that rests on too few people."""
    fewest, rows = picture.fewest, picture.rows
    known = {row.key: (row.functions, row.postures) for row in rows}
    apart = engine.kept_apart(known, fewest)
    stages = {stage.code: (stage.functions,) for stage in picture.stages or ()}
    quarters = {quarter: (one,) for quarter, one in (picture.quarters or {}).items()}
    hidden = [row for row in rows if apart is None or row.key in apart]
    name = _("Territoires regroupés")
    return replace(
        picture,
        rows=tuple(_veiled(row, is_shown=row not in hidden) for row in rows),
        grouped=_joined(name, hidden, picture.limits) if apart else None,
        whole=None if apart is None else picture.whole,
        stages=picture.stages if engine.kept_apart(stages, fewest) == frozenset() else None,
        quarters=picture.quarters if engine.kept_apart(quarters, fewest) == frozenset() else None,
    )


def _limits(alliance: Alliance) -> Limits:
    assumed = assumptions_of(alliance)
    return Limits(
        Fraction(assumed.thin_percent, 100),
        Fraction(assumed.heavy_percent, 100),
        Fraction(assumed.coordination_percent, 100),
        assumed.least_hours,
    )


def _rows(
    asked: Asked,
    alliance: Alliance,
    made: tuple[Wholes, Wholes],
    limits: Limits,
) -> tuple[Row, ...]:
    """Return a row for each territory, by name, then one for what served the whole Alliance."""
    named: list[tuple[int | None, str]] = [
        *read.names_of_territories(alliance),
        (None, _("Instance régionale")),
    ]
    processes, period = asked.processes, (asked.since, asked.until)
    kept = continuity_between(processes, date.min, asked.until)
    noted = parts_by_stage(processes)
    found = []
    for key, name in named:
        here = [process for process in processes if process.body.territory_id == key]
        served = made[0].get(key, engine.nothing(FUNCTIONS))
        taken = made[1].get(key, engine.nothing(POSTURES))
        row = Row(
            key,
            name,
            served,
            taken,
            _coordination(taken, limits),
            _found(served, limits),
            kept_over(kept[process.pk] for process in here if process.pk in kept),
            _stages(here, noted, period),
        )
        found.append(row)
    return tuple(row for row in found if row.key is not None or row.hours or row.stages.due)


def _found(whole: Whole, limits: Limits) -> tuple[Found, ...]:
    """Return what is absent, thin or heavy, in that order; nothing when too little was noted."""
    if not engine.is_judged(whole, limits):
        return ()
    unsaid = whole.share(engine.NOT_SAID) or Fraction(0)
    order = [Part.ABSENT, Part.THIN, Part.HEAVY, Part.PERHAPS]
    judged = [(code, engine.part_of(whole, code, limits)) for code in FUNCTIONS]
    worth = [(order.index(part), code, part) for code, part in judged if part != Part.FAIR]
    return tuple(
        Found(code, part, whole.share(code) or Fraction(0), unsaid)
        for _rank, code, part in sorted(worth, key=lambda one: one[0])
    )


def _coordination(whole: Whole, limits: Limits) -> Taken:
    if not engine.is_judged(whole, limits):
        return Taken.NOTHING
    return engine.coordination(whole, limits.coordination)


def _stages(
    processes: Iterable[Process],
    noted: Mapping[tuple[int, str], int],
    period: tuple[date, date],
) -> Stages:
    """Return what became of the stages that came due in that time, and the hours noted for them."""
    due: list[Dates] = []
    hours: dict[State, list[Fraction]] = {State.ON_TIME: [], State.LATE: []}
    for process in processes:
        for stage in process.stages.all():
            dates = Dates(stage.planned_from, stage.planned_to, stage.real_from, stage.real_to)
            if not engine.came_due(dates, *period):
                continue
            due.append(dates)
            state = engine.state_of(dates, period[1])
            if state in hours:
                parts = noted.get((process.pk, stage.kind), 0)
                hours[state].append(Fraction(parts, engine.PARTS_PER_HOUR))
    on_time, late = (median(some) if some else None for some in hours.values())
    return Stages(engine.results(due, period[1]), on_time, late)


def _whole_of(lines: Sequence[Line], keys: Sequence[Key], codes: Sequence[str]) -> dict[Key, Whole]:
    """Return what each stage or quarter is made of, also where nothing was done."""
    made = engine.wholes(lines, codes)
    return {key: made.get(key, engine.nothing(codes)) for key in keys}


def _by_quarter(lines: Sequence[Line], quarters: Sequence[Quarter]) -> dict[Quarter, Whole]:
    """Return the postures of each quarter; those of each fiscal year when there are many quarters."""
    made = _whole_of(lines, quarters, POSTURES)
    if len(quarters) <= MANY_QUARTERS:
        return made
    years = dict.fromkeys(engine.fiscal_year_of(quarter) for quarter in quarters)
    return {
        year: engine.joined(
            [one for quarter, one in made.items() if engine.fiscal_year_of(quarter) == year],
            POSTURES,
        )
        for year in years
    }


def _joined(name: str, rows: Sequence[Row], limits: Limits) -> Row:
    postures = engine.joined([row.postures for row in rows], POSTURES)
    functions = engine.joined([row.functions for row in rows], FUNCTIONS)
    return Row(
        None,
        name,
        functions,
        postures,
        _coordination(postures, limits),
        _found(functions, limits),
        None,
        Stages({state: sum(row.stages.counts[state] for row in rows) for state in State}),
    )


def _veiled(row: Row, *, is_shown: bool) -> Row:
    """Return the row as it is seen from outside: never the hours of one stage of one process."""
    seen = replace(row, stages=Stages(row.stages.counts))
    if is_shown:
        return seen
    return replace(
        seen,
        functions=engine.nothing(FUNCTIONS),
        postures=engine.nothing(POSTURES),
        coordination=Taken.NOTHING,
        found=(),
        continuity=None,
        is_shown=False,
    )
