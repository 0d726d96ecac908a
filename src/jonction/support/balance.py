"""From the rows to the engine and back: what support was made of, beside what became of stages.

The unit is the territory; a constant number of queries loads everything.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from django.utils.translation import gettext as _

from jonction.core.taxonomy import Function, Posture, Stage
from jonction.cycle.models import Process
from jonction.engines import balance as engine
from jonction.engines.balance import Dates, Line, State, Taken, Whole
from jonction.governance.models import Alliance
from jonction.support.continuity import continuity_of
from jonction.support.equity import FEWEST_CONTRIBUTORS
from jonction.support.models import assumptions_of
from jonction.support.queries import equity as read
from jonction.support.queries.balance import lines_of

Key = TypeVar("Key", str, tuple[int, int])
FUNCTIONS, POSTURES = Function.values, Posture.values


@dataclass(frozen=True, slots=True)
class Row:
    """What one territory received; `is_shown` is false when it would tell one person's time."""

    key: int | None
    name: str
    functions: Whole
    postures: Whole
    coordination: Taken
    continuity: Fraction | None
    stages: dict[State, int]
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of an Alliance over a time; from outside, small rows are together in `grouped`.

    `stages` and `quarters` are None from outside when one of their cells rests on too few people.
    """

    alliance: Alliance
    since: date
    until: date
    threshold: Fraction
    fewest: int
    rows: tuple[Row, ...]
    grouped: Row | None
    whole: Row | None
    stages: dict[str, Whole] | None
    quarters: dict[tuple[int, int], tuple[Whole, Whole]] | None

    @property
    def bars(self) -> list[Row]:
        """Return the rows that have hours to show."""
        shown = [row for row in self.rows if row.is_shown and row.functions.total]
        return [*shown, *([self.grouped] if self.grouped else [])]


def balance_of(alliance: Alliance, since: date, until: date, *, is_inside: bool) -> Balance:
    """Return the balance; from outside, nothing that rests on too few people."""
    processes = read.processes_of([alliance])
    lines = lines_of(processes, since, until)
    threshold = Fraction(assumptions_of(alliance).coordination_percent, 100)
    method = read.methods_of([alliance]).get(alliance.pk)
    fewest = method.fewest_contributors if method else FEWEST_CONTRIBUTORS
    rows = _rows(alliance, processes, lines, threshold, until)
    stages = _by(lines, lambda line: line.stage, Stage.values)
    quarters = {
        quarter: (functions, postures)
        for (quarter, functions), postures in zip(
            _by(lines, lambda line: line.quarter, engine.quarters_between(since, until)).items(),
            _by_posture(lines, engine.quarters_between(since, until)),
            strict=True,
        )
    }
    whole = _joined(_("Toute l’Alliance"), rows, threshold)
    if is_inside:
        return Balance(
            alliance, since, until, threshold, fewest, rows, None, whole, stages, quarters
        )
    known = {row.key: (row.functions, row.postures) for row in rows}
    apart = engine.kept_apart(known, fewest)
    by_stage = engine.kept_apart({key: (one,) for key, one in stages.items()}, fewest)
    by_quarter = engine.kept_apart(quarters, fewest)
    hidden = [row for row in rows if apart is None or row.key in apart]
    name = _("Territoires regroupés")
    return Balance(
        alliance,
        since,
        until,
        threshold,
        fewest,
        tuple(_veiled(row) if row in hidden else row for row in rows),
        _joined(name, hidden, threshold) if apart else None,
        None if apart is None else whole,
        None if by_stage is None or by_stage else stages,
        None if by_quarter is None or by_quarter else quarters,
    )


def _rows(
    alliance: Alliance,
    processes: Sequence[Process],
    lines: Sequence[Line],
    threshold: Fraction,
    until: date,
) -> tuple[Row, ...]:
    """Return a row for each territory, by name, then one for what served the whole Alliance."""
    named: list[tuple[int | None, str]] = [
        (territory.pk, territory.name) for territory in read.territories_of([alliance])
    ]
    named.append((None, _("Instance régionale")))
    functions = engine.wholes(lines, lambda one: one.territory, lambda one: one.function, FUNCTIONS)
    postures = engine.wholes(lines, lambda one: one.territory, lambda one: one.posture, POSTURES)
    kept = continuity_of(processes, today=until)
    found = []
    for key, name in named:
        here = [process for process in processes if process.body.territory_id == key]
        made = postures.get(key, engine.nothing(POSTURES))
        judged = [kept[process.pk] for process in here if process.pk in kept]
        found.append(
            Row(
                key,
                name,
                functions.get(key, engine.nothing(FUNCTIONS)),
                made,
                engine.coordination(made, threshold),
                read_continuity([(one.index, one.length_days) for one in judged]),
                _stages(here, until),
            )
        )
    return tuple(row for row in found if row.key is not None or row.functions.total)


def read_continuity(judged: Iterable[tuple[Fraction | None, int]]) -> Fraction | None:
    """Return the share of the days supported, over the days of all the processes."""
    begun = [(index, length) for index, length in judged if index is not None]
    days = sum(length for _index, length in begun)
    return sum((index * length for index, length in begun), Fraction(0)) / days if days else None


def _stages(processes: Iterable[Process], until: date) -> dict[State, int]:
    dates = [
        Dates(stage.planned_from, stage.planned_to, stage.real_from, stage.real_to)
        for process in processes
        for stage in process.stages.all()
    ]
    return engine.results(dates, until)


def _by(lines: Sequence[Line], by: Callable[[Line], Key], keys: Sequence[Key]) -> dict[Key, Whole]:
    """Return the functions of each key, also where nothing was done."""
    made = engine.wholes(lines, by, lambda line: line.function, FUNCTIONS)
    return {key: made.get(key, engine.nothing(FUNCTIONS)) for key in keys}


def _by_posture(lines: Sequence[Line], quarters: Sequence[tuple[int, int]]) -> list[Whole]:
    made = engine.wholes(lines, lambda one: one.quarter, lambda one: one.posture, POSTURES)
    return [made.get(key, engine.nothing(POSTURES)) for key in quarters]


def _joined(name: str, rows: Sequence[Row], threshold: Fraction) -> Row:
    postures = engine.joined([row.postures for row in rows], POSTURES)
    return Row(
        None,
        name,
        engine.joined([row.functions for row in rows], FUNCTIONS),
        postures,
        engine.coordination(postures, threshold),
        None,
        {state: sum(row.stages[state] for row in rows) for state in State},
    )


def _veiled(row: Row) -> Row:
    """Return the row with its stages alone: they tell nobody's time."""
    functions, postures = engine.nothing(FUNCTIONS), engine.nothing(POSTURES)
    return Row(row.key, row.name, functions, postures, Taken.NOTHING, None, row.stages, False)
