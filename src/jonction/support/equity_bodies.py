"""From the rows to the engine and back: the equity between the bodies of an Alliance (S4, S5).

A constant number of queries, however many bodies. Nobody is named: of those who support, their
number alone is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import ngettext

from jonction.core.taxonomy import Level
from jonction.cycle.models import Process
from jonction.engines.claims import weeks_within
from jonction.engines.continuity import Continuity
from jonction.governance.models import Alliance, Body
from jonction.support.compared import Compared, Row, compare, compare_from_outside, joined
from jonction.support.continuity import continuity_between
from jonction.support.coverage import windows_of
from jonction.support.equity import Weighing, kept_over, received_over, weighing_of
from jonction.support.equity_method import Method
from jonction.support.queries import equity as queries
from jonction.support.queries.equity import Received


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a body is and what it lived; no need where it is not known, no level for several."""

    level: str
    need: Fraction | None
    weeks: Fraction
    continuity: Fraction | None = None
    functions: int | None = None
    dimensions: int | None = None

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label) if self.level else ""


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of an Alliance from a day to a day; nothing compared when it may not be told."""

    alliance: Alliance
    since: date
    until: date
    method: Method
    compared: Compared[BodyFacts] | None

    @property
    def weeks(self) -> Fraction:
        return Fraction((self.until - self.since).days + 1, 7)


def bodies_of(alliance: Alliance, since: date, until: date, *, is_inside: bool) -> Bodies:
    weighing = weighing_of(alliance, until)
    processes = queries.processes_of([alliance])
    received = queries.received_by_process(processes, since, until)
    kept = continuity_between(processes, since, until)
    by_body: dict[int, list[Process]] = {}
    for process in processes:
        by_body.setdefault(process.body_id, []).append(process)
    rows = [
        _row(weighing, own, received, kept, (since, until)) for _pk, own in sorted(by_body.items())
    ]
    fewest = weighing.method.fewest_contributors
    compared = compare(rows) if is_inside else compare_from_outside(rows, fewest, _together)
    return Bodies(alliance, since, until, weighing.method, compared)


def _row(
    weighing: Weighing,
    processes: Sequence[Process],
    received: dict[int, Received],
    kept: dict[int, Continuity],
    period: tuple[date, date],
) -> Row[BodyFacts]:
    body = processes[0].body
    need = _need(weighing, body)
    weeks = sum((_weeks(process, period) for process in processes), Fraction(0))
    whole = received_over(received[p.pk] for p in processes if p.pk in received)
    facts = BodyFacts(
        body.level,
        need,
        weeks,
        kept_over(kept[p.pk] for p in processes if p.pk in kept),
        len(whole.functions),
        len(whole.dimensions),
    )
    claim = None if need is None else need * weeks
    hours = Fraction(whole.quarters, 4)
    people = frozenset(whole.resources)
    return Row(f"{body.pk}", body.name, claim, hours, facts, people, group=body.level)


def _need(weighing: Weighing, body: Body) -> Fraction | None:
    """Return the need of the territory of a body; that of the whole Alliance when it has none."""
    if body.territory_id is None:
        return weighing.whole_need
    return weighing.needs[body.territory_id].index


def _weeks(process: Process, period: tuple[date, date]) -> Fraction:
    windows = windows_of(process).values()
    if not windows:
        return Fraction(0)
    run = (min(w.starts_on for w in windows), max(w.ends_on for w in windows))
    return weeks_within(run, period)


def _together(rows: Sequence[Row[BodyFacts]]) -> Row[BodyFacts]:
    weeks = sum((row.facts.weeks for row in rows), Fraction(0))
    name = ngettext("{n} instance, à part", "{n} instances regroupées", len(rows))
    return joined(rows, name.format(n=len(rows)), BodyFacts("", None, weeks))
