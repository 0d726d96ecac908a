"""From the rows to the engine and back: the equity of an Alliance over a time (S5).

A constant number of queries loads everything, however many Alliances and territories. The unit is
the territory; of those who support, only their number is known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from jonction.core.taxonomy import Dimension, Function
from jonction.engines import equity as engine
from jonction.engines.continuity import Continuity
from jonction.engines.levelling import Transfer, smallest_transfer
from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support.continuity import continuity_between
from jonction.support.equity_method import POPULATION, Method, method_from
from jonction.support.models import StartingProfile
from jonction.support.queries import equity as queries
from jonction.support.queries.equity import Received
from jonction.territories.models import Figure, Indicator

MORE, LESS = "more", "less"


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as it was used: its indicator, its period, where the values come from."""

    indicator: Indicator
    period: str
    sources: tuple[str, ...]
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Line:
    """One territory: its need, what it received, and where it stands."""

    territory: AllianceTerritory
    profile: StartingProfile | None
    facts: engine.Territory
    need: engine.Need
    received: Received
    continuity: Fraction | None
    standing: engine.Standing | None = None

    @property
    def name(self) -> str:
        return self.territory.name

    @property
    def functions(self) -> int:
        return len(self.received.functions)

    @property
    def dimensions(self) -> int:
        return len(self.received.dimensions)


@dataclass(frozen=True, slots=True)
class Picture:
    """The equity of one Alliance from a day to a day, the least served first."""

    alliance: Alliance
    since: date
    until: date
    method: Method
    figures: tuple[Known, ...]
    lines: tuple[Line, ...]
    apart: tuple[Line, ...]
    result: engine.Equity
    theil: engine.Theil | None
    whole: Received

    @property
    def weeks(self) -> Fraction:
        return Fraction((self.until - self.since).days + 1, 7)

    @property
    def whole_hours(self) -> Fraction:
        """Return the hours given to the whole Alliance: they belong to no territory."""
        return Fraction(self.whole.quarters, 4)

    @property
    def moved(self) -> Fraction:
        """Return the hours to move for everybody to have their share."""
        lacking = (s.lacking for s in self.result.standings)
        return sum((hours for hours in lacking if hours > 0), Fraction(0))

    @property
    def transfer(self) -> Transfer | None:
        return smallest_transfer(
            {line.facts.key: line.facts.hours for line in self.lines},
            {s.key: s.due for s in self.result.standings},
            target=float(self.method.target),
        )


VARIETY = (len(Function.values), len(Dimension.values))


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that was read, for all the Alliances at once."""

    indicators: list[Indicator]
    figures: dict[int, list[Figure]]
    # of each indicator, by place
    values: dict[int, dict[int, Fraction]]
    profiles: dict[int, StartingProfile]
    received: dict[int, Received]
    kept: dict[int, Continuity]
    # of each process; none when it serves the whole Alliance
    territory_of: dict[int, int | None]
    alliance_of: dict[int, int]


def equity_of(alliances: Sequence[Alliance], since: date, until: date) -> list[Picture]:
    """Return the picture of each Alliance, in their order."""
    methods = queries.methods_of(alliances)
    territories = queries.territories_of(alliances)
    processes = queries.processes_of(alliances)
    figures = queries.figures_known(territories, until)
    loaded = Loaded(
        queries.indicators(),
        figures,
        _values(figures),
        queries.profiles_in_force(territories, until),
        queries.received_by_process(processes, since, until),
        continuity_between(processes, since, until),
        {process.pk: process.body.territory_id for process in processes},
        {process.pk: process.body.alliance_id for process in processes},
    )
    found = []
    for alliance in alliances:
        own = [t for t in territories if t.alliance_id == alliance.pk]
        chosen = methods.get(alliance.pk)
        # the usual method counts what is known; what an Alliance chose is missed when it is not
        counted = [i for i in loaded.indicators if chosen or i.pk in loaded.figures]
        method = method_from(chosen, counted)
        found.append(_picture(loaded, alliance, own, method, (since, until)))
    return found


@dataclass(frozen=True, slots=True)
class Weighing:
    """The method of an Alliance and what each of its territories needs, apart from what it received."""

    method: Method
    territories: dict[int, AllianceTerritory]
    needs: dict[int, engine.Need]
    sizes: dict[int, Fraction | None]

    @property
    def whole_need(self) -> Fraction | None:
        """Return the need of the whole Alliance: that of its territories, by their size."""
        known = [
            (need.index, size)
            for key, need in self.needs.items()
            if need.index is not None and (size := self.sizes[key])
        ]
        weights = sum((size for _index, size in known), Fraction(0))
        weighed = sum((index * size for index, size in known), Fraction(0))
        return weighed / weights if weights else None


def weighing_of(alliance: Alliance, until: date) -> Weighing:
    """Weigh the need of each territory of an Alliance, without reading what it received."""
    chosen = queries.methods_of([alliance]).get(alliance.pk)
    territories = queries.territories_of([alliance])
    figures = queries.figures_known(territories, until)
    loaded = Loaded(
        queries.indicators(),
        figures,
        _values(figures),
        queries.profiles_in_force(territories, until),
        *({}, {}, {}, {}),
    )
    counted = [i for i in loaded.indicators if chosen or i.pk in loaded.figures]
    method = method_from(chosen, counted)
    facts = [_line(loaded, territory, method).facts for territory in territories]
    return Weighing(
        method,
        {territory.pk: territory for territory in territories},
        engine.needs_of(facts, method.weights),
        {one.key: one.size for one in facts},
    )


def need_indexes(alliance: Alliance, until: date) -> dict[int, Fraction | None]:
    """Return the need index of each territory of an Alliance."""
    return {key: need.index for key, need in weighing_of(alliance, until).needs.items()}


def grouped_by_need(result: engine.Equity) -> engine.Theil | None:
    """Return T between the territories where the need is the greatest and the others."""
    if result.theil is None:
        return None
    known = {s.key: result.needs[s.key].index or Fraction(0) for s in result.standings}
    middle = median(known.values())
    parts = [(s.due, s.received) for s in result.standings]
    groups = [MORE if known[s.key] >= middle else LESS for s in result.standings]
    return engine.theil(parts, groups)


def grouped_by_region(pictures: Iterable[Picture]) -> engine.Theil | None:
    """Return T over several Alliances, within and between their regions.

    Each keeps its own shares due; between regions, a region is due what its size and need say.
    """
    rows = [
        (picture.alliance.region.name, line.facts, line.need.index)
        for picture in pictures
        for line in picture.lines
    ]
    hours = sum((facts.hours for _r, facts, _n in rows), Fraction(0))
    nothing = Fraction(0)
    weighed = [(need or nothing) * (facts.size or nothing) for _r, facts, need in rows]
    if not hours or len({region for region, _f, _n in rows}) <= 1:
        return None
    total = sum(weighed, Fraction(0))
    parts = [
        (due / total, facts.hours / hours)
        for due, (_r, facts, _n) in zip(weighed, rows, strict=True)
    ]
    return engine.theil(parts, [region for region, _f, _n in rows])


def what_if(picture: Picture, territory: int, quarters_per_week: int) -> engine.Equity:
    """Return the equity as it would have been with so many more quarter hours a week there."""
    more = {territory: Fraction(quarters_per_week, 4) * picture.weeks}
    facts = [line.facts for line in (*picture.lines, *picture.apart)]
    return engine.equity(engine.with_hours(facts, more), picture.method.weights)


def year_before(day: date) -> date:
    """Return the first day of the year that ends on that day."""
    return day - timedelta(days=364)


def year_ended(today: date) -> tuple[date, date]:
    """Return the fiscal year that ended last, from 1 April to 31 March."""
    year = today.year - (today < date(today.year, 4, 1)) - 1
    return date(year, 4, 1), date(year + 1, 3, 31)


def _picture(
    loaded: Loaded,
    alliance: Alliance,
    territories: Sequence[AllianceTerritory],
    method: Method,
    period: tuple[date, date],
) -> Picture:
    lines = [_line(loaded, territory, method) for territory in territories]
    result = engine.equity([line.facts for line in lines], method.weights)
    by_key = {line.facts.key: line for line in lines}
    standing = {s.key: s for s in result.standings}
    placed = {key: _placed(line, result, standing.get(key)) for key, line in by_key.items()}
    whole = [
        received
        for pk, received in loaded.received.items()
        if loaded.territory_of[pk] is None and loaded.alliance_of[pk] == alliance.pk
    ]
    return Picture(
        alliance,
        *period,
        method,
        _known(method, loaded),
        tuple(placed[s.key] for s in result.standings),
        tuple(placed[line.facts.key] for line in lines if line.facts.key in result.apart),
        result,
        grouped_by_need(result),
        received_over(whole),
    )


def _placed(line: Line, result: engine.Equity, standing: engine.Standing | None) -> Line:
    return Line(
        line.territory,
        line.profile,
        line.facts,
        result.needs[line.facts.key],
        line.received,
        line.continuity,
        standing,
    )


def _line(loaded: Loaded, territory: AllianceTerritory, method: Method) -> Line:
    values = _figures(loaded, territory)
    profile = loaded.profiles.get(territory.pk)
    said = profile.appraisals.all() if profile else []
    here = [pk for pk, place in loaded.territory_of.items() if place == territory.pk]
    received = received_over(loaded.received[pk] for pk in here if pk in loaded.received)
    facts = engine.Territory(
        territory.pk,
        size=values.get(method.size) if method.size else Fraction(1),
        hours=Fraction(received.quarters, 4),
        figures=values,
        appraisal={a.factor: a.value for a in said if a.value},
    )
    return Line(
        territory,
        profile,
        facts,
        engine.Need(territory.pk, None, None, None, {}, ()),
        received,
        kept_over(loaded.kept[pk] for pk in here if pk in loaded.kept),
    )


def _figures(loaded: Loaded, territory: AllianceTerritory) -> dict[str, Fraction]:
    """Return the figures of a territory made of its places; what one of them lacks is not there."""
    places = [place.pk for place in territory.places.all()]
    by_code = {
        indicator.code: loaded.values.get(indicator.pk, {}) for indicator in loaded.indicators
    }
    people = by_code.get(POPULATION, {})
    found = {}
    for indicator in loaded.indicators:
        here = by_code[indicator.code]
        joined = engine.joined_figure(
            [here.get(place) for place in places],
            [people.get(place) for place in places],
            is_count=indicator.is_count,
        )
        if joined is not None:
            found[indicator.code] = joined
    return found


def _values(figures: Mapping[int, Iterable[Figure]]) -> dict[int, dict[int, Fraction]]:
    return {
        indicator: {figure.place_id: Fraction(figure.value) for figure in known}
        for indicator, known in figures.items()
    }


def _known(method: Method, loaded: Loaded) -> tuple[Known, ...]:
    """Return the figures that count here, and the size, with where they come from."""
    weights = {one.code: one.weight for one in method.weights.indicators}
    return tuple(
        Known(
            indicator,
            loaded.figures[indicator.pk][0].period,
            tuple(dict.fromkeys(f.source for f in loaded.figures[indicator.pk])),
            weights.get(indicator.code, Fraction(0)),
        )
        for indicator in loaded.indicators
        if indicator.pk in loaded.figures and indicator.code in {*weights, method.size}
    )


def received_over(several: Iterable[Received]) -> Received:
    whole = Received()
    for one in several:
        whole.quarters += one.quarters
        whole.resources |= one.resources
        whole.functions += one.functions
        whole.dimensions |= one.dimensions
    return whole


def kept_over(several: Iterable[Continuity]) -> Fraction | None:
    """Return the share of the days supported, over the days of all the processes."""
    begun = [(one.index, one.length_days) for one in several if one.index is not None]
    days = sum(length for _index, length in begun)
    return sum((index * length for index, length in begun), Fraction(0)) / days if days else None
