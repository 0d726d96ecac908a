"""A whole province of invented rows, to measure on (design: the data set « province »).

Same seed and same day, same rows. Everything is written in batches: memory does not grow with the
scale. Applications do not exist yet and are not imitated.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Model

from jonction.accounts.models import Person
from jonction.core.taxonomy import Dimension, Function, Level, ResourceKind, Stage
from jonction.cycle.models import Process, ProcessStage
from jonction.demo.equity import invent_figures, sign_profile
from jonction.demo.province_trade import write_trade
from jonction.demo.words import FIRST, LAST, NEEDS, WORKS
from jonction.governance.models import (
    Alliance,
    AllianceTerritory,
    Body,
    Membership,
    Organisation,
    Plan,
    Seat,
)
from jonction.support.models import Capacity, Intervention, Mandate, Need, Resource, shares_of
from jonction.support.tallies import recount_all
from jonction.territories.models import Place

BATCH = 5_000
YEARS = 10
DURATIONS = [1, 2, 2, 3, 4, 4, 6, 8]
STAGE_DAYS = 300
POSTURES = ["support", "coordination", "expertise", "representation", ""]
POSTURE_WEIGHTS = [50, 25, 10, 5, 10]


@dataclass(frozen=True, slots=True)
class Scale:
    alliances: int
    bodies: int
    organisations: int
    persons: int
    resources: int
    needs: int
    interventions: int


SCALES = {
    "petite": Scale(2, 8, 60, 200, 12, 40, 2_000),
    "moyenne": Scale(6, 45, 1_500, 6_000, 110, 800, 100_000),
    "province": Scale(21, 160, 6_000, 30_000, 400, 3_000, 1_000_000),
}


def populate(scale: Scale, *, seed: int, today: date, tell: Callable[[str], Any]) -> None:
    """Write the rows of `scale`; `tell` receives one French sentence per step."""
    draw = Random(seed)  # noqa: S311 - it draws a data set, not a secret
    alliances = _alliances(scale)
    organisations = _organisations(draw, scale)
    persons = _persons(draw, scale)
    tell(f"{len(alliances)} Alliances, {len(organisations)} organismes, {len(persons)} personnes.")
    bodies = _bodies(draw, scale, alliances)
    processes = _processes(bodies, today)
    _equity(draw, bodies, today)
    _seats(draw, bodies, persons, organisations, today)
    tell(f"{len(bodies)} instances, {len(processes)} démarches.")
    resources = _resources(draw, scale, alliances, organisations, persons, today=today)
    mandates = _mandates(draw, resources, processes, today)
    _needs(draw, scale, processes, persons, today)
    write_trade(alliances, processes, resources, mandates, person=persons[0], today=today)
    tell(f"{len(resources)} ressources, {len(mandates)} mandats, {scale.needs} besoins ouverts.")
    _journal(draw, scale, mandates, today, tell)
    for _ in recount_all():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _saved(model: type[Model], rows: Iterable[Any]) -> list[Any]:
    saved: list[Any] = []
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        saved += model._default_manager.bulk_create(batch)
    return saved


def _alliances(scale: Scale) -> list[Alliance]:
    plan = Plan.objects.create(
        name="Plan de mesure", starts_on=date(2017, 1, 1), ends_on=date(2029, 3, 31)
    )
    regions = list(Place.objects.filter(kind=Place.Kind.REGION).order_by("code"))
    return _saved(
        Alliance,
        (
            Alliance(plan=plan, name=f"Alliance {n + 1:02d}", region=regions[n % len(regions)])
            for n in range(scale.alliances)
        ),
    )


def _organisations(draw: Random, scale: Scale) -> list[Organisation]:
    places = list(Place.objects.filter(kind=Place.Kind.MRC))
    return _saved(
        Organisation,
        (
            Organisation(
                name=f"Organisme {n:05d} {draw.choice(LAST)}",
                neq=f"11{n:08d}",
                kind="OBNL",
                place=draw.choice(places),
            )
            for n in range(scale.organisations)
        ),
    )


def _persons(draw: Random, scale: Scale) -> list[Person]:
    return _saved(
        Person,
        (
            Person(
                name=f"{draw.choice(FIRST)} {draw.choice(LAST)} {n}",
                email=f"personne-{n}@mesure.example",
                password="!",  # noqa: S106 - unusable
            )
            for n in range(scale.persons)
        ),
    )


def _bodies(draw: Random, scale: Scale, alliances: list[Alliance]) -> list[Body]:
    counties = list(Place.objects.filter(kind=Place.Kind.MRC))
    bodies = []
    for n in range(scale.bodies):
        alliance = alliances[n % len(alliances)]
        if n < len(alliances):
            name = "Table régionale"
            bodies.append(Body(alliance=alliance, name=name, level=Level.REGIONAL))
            continue
        territory = AllianceTerritory.objects.create(alliance=alliance, name=f"Territoire {n}")
        territory.places.set([draw.choice(counties)])
        bodies.append(Body(alliance=alliance, name=f"Table {n:03d}", territory=territory))
    return _saved(Body, bodies)


def _equity(draw: Random, bodies: list[Body], today: date) -> None:
    """Give figures to every MRC, and a signed profile to every territory."""
    invent_figures(Place.objects.filter(kind=Place.Kind.MRC), draw)
    for body in bodies:
        if body.territory_id:
            first, *others = (draw.randrange(1, 6) for _ in range(5))
            values = (first, others[0], others[1], others[2], others[3])
            sign_profile(body, values, draw.randrange(3, 30), today - timedelta(days=90))


def _processes(bodies: list[Body], today: date) -> list[Process]:
    """Open a process per body; its third stage runs, its first one began years ago."""
    processes = _saved(Process, (Process(body=b, name=f"Démarche – {b}") for b in bodies))
    first = today - timedelta(days=2 * STAGE_DAYS + 100)
    _saved(
        ProcessStage,
        (
            ProcessStage(
                process=process,
                kind=kind,
                planned_from=first + timedelta(days=STAGE_DAYS * rank),
                planned_to=first + timedelta(days=STAGE_DAYS * (rank + 1) - 1),
            )
            for process in processes
            for rank, kind in enumerate(Stage.values)
        ),
    )
    return processes


def _seats(
    draw: Random,
    bodies: list[Body],
    persons: list[Person],
    organisations: list[Organisation],
    today: date,
) -> None:
    """Seat a coordinator first in each body, then members; give each person an organisation."""
    since = today - timedelta(days=365)
    per_body = max(2, len(persons) // len(bodies) // 4)
    _saved(
        Seat,
        (
            Seat(
                person=persons[rank * per_body + place],
                body=body,
                role=Seat.Role.MEMBER if place else Seat.Role.COORDINATOR,
                starts_on=since,
            )
            for rank, body in enumerate(bodies)
            for place in range(per_body)
        ),
    )
    _saved(
        Membership,
        (
            Membership(person=person, organisation=draw.choice(organisations), starts_on=since)
            for person in persons
        ),
    )


def _resources(
    draw: Random,
    scale: Scale,
    alliances: list[Alliance],
    organisations: list[Organisation],
    persons: list[Person],
    *,
    today: date,
) -> list[Resource]:
    """Take the resources from the end of the list of persons: none of them coordinates."""
    resources = _saved(
        Resource,
        (
            Resource(
                name=persons[-1 - n].name,
                person=persons[-1 - n],
                kind=ResourceKind.values[n % len(ResourceKind.values)],
                alliance=alliances[n % len(alliances)],
                home=draw.choice(organisations),
            )
            for n in range(scale.resources)
        ),
    )
    span = timedelta(days=365 * YEARS)
    _saved(
        Capacity,
        (
            Capacity(
                resource=r, quarters_per_week=140, starts_on=today - span, ends_on=today + span
            )
            for r in resources
        ),
    )
    return resources


def _mandates(
    draw: Random, resources: list[Resource], processes: list[Process], today: date
) -> list[Mandate]:
    by_alliance: dict[int, list[Process]] = {}
    for process in processes:
        by_alliance.setdefault(process.body.alliance_id, []).append(process)
    rows = []
    for resource in resources:
        served = by_alliance[resource.alliance_id]
        for process in draw.sample(served, min(4, len(served))):
            starts = today - timedelta(days=draw.randrange(200, 365 * YEARS))
            rows.append(
                Mandate(
                    resource=resource,
                    process=process,
                    level=process.body.level,
                    stages=draw.sample(Stage.values, 4),
                    dimensions=draw.sample(Dimension.values, 2),
                    quarters_per_week=draw.choice((8, 14, 28)),
                    starts_on=starts,
                    ends_on=today + timedelta(days=draw.randrange(-100, 500)),
                    status=Mandate.Status.ACTIVE,
                )
            )
    return _saved(Mandate, rows)


def _needs(
    draw: Random, scale: Scale, processes: list[Process], persons: list[Person], today: date
) -> None:
    def one() -> Need:
        text, stage, dimension = draw.choice(NEEDS)
        process = draw.choice(processes)
        return Need(
            process=process,
            text=text,
            level=process.body.level,
            stages=[stage],
            dimensions=[dimension],
            quarters_per_week=8,
            starts_on=today,
            ends_on=today + timedelta(weeks=12),
            asked_by=draw.choice(persons),
            asked_on=today - timedelta(days=draw.randrange(200)),
            status=Need.Status.PRIORITISED,
        )

    _saved(Need, (one() for _ in range(scale.needs)))


def _journal(
    draw: Random, scale: Scale, mandates: list[Mandate], today: date, tell: Callable[[str], Any]
) -> None:
    written = 0
    lines = _lines(draw, scale.interventions, mandates, today)
    while batch := list(islice(lines, BATCH)):
        saved = Intervention.objects.bulk_create([line for line, _, _ in batch])
        shares = []
        for line, (_, mandate, dimensions) in zip(saved, batch, strict=True):
            stage = draw.choice(mandate.stages)
            shares += shares_of(line, mandate.level, [stage], dimensions)
        _saved(type(shares[0]), shares)
        written += len(saved)
        if written % (BATCH * 10) == 0:
            tell(f"{written} interventions…")


def _lines(
    draw: Random, count: int, mandates: list[Mandate], today: date
) -> Iterator[tuple[Intervention, Mandate, list[str]]]:
    for _ in range(count):
        mandate = draw.choice(mandates)
        last = min(mandate.ends_on, today)
        day = mandate.starts_on + timedelta(draw.randrange(max(1, (last - mandate.starts_on).days)))
        line = Intervention(
            resource_id=mandate.resource_id,
            process_id=mandate.process_id,
            on=day,
            quarters=draw.choice(DURATIONS),
            text=draw.choice(WORKS),
            function=draw.choice(Function.values),
            posture=draw.choices(POSTURES, POSTURE_WEIGHTS)[0],
            audience=draw.choice(Intervention.Audience.values),
        )
        yield line, mandate, draw.sample(mandate.dimensions, draw.choice((1, 1, 2)))
