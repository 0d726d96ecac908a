"""Invented rounds of matching, drawn from a seed: a province of needs and of resources.

Method     territories lie on a map, in regions of unequal means; needs follow the size of the
           territories, resources the means of the regions, so that equity has to be worked for.
           Offers are then scaled until they are `slack` times the hours asked for.
Invariant  the same name gives the same round.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import hypot
from random import Random

from jonction.engines.matching.problem import (
    Forbidden,
    Need,
    Offer,
    Problem,
    Resource,
    Rules,
    Skill,
)
from jonction.engines.space import Dimension, Function, Level, Stage

START = date(2026, 9, 7)
WEEKS = 60
REGIONS = 17
ORDINARY = Rules()
FRENCH, OTHERS, TWO_OFFERS, ASKED_FOR = 0.88, 0.3, 0.4, 0.08  # odds of each
LANGUAGES = ("fr", "en", "es", "ar", "cr")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a round is drawn; `slack` is hours offered over hours asked for, both by day."""

    seed: int
    slack: float
    needs: int = 3000
    resources: int = 400
    territories: int = 100
    rules: Rules = ORDINARY


SHAPES = {
    "ample": Shape(seed=11, slack=2.50),  # enough hours in the busiest weeks too
    "loose": Shape(seed=11, slack=1.30),
    "even": Shape(seed=12, slack=1.08),
    "tight": Shape(seed=13, slack=1.01),
    "very tight": Shape(seed=14, slack=0.70),
    "one person": Shape(seed=15, slack=1.01, rules=Rules(team=1, tables=5, chunk=8)),
}


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    region: int
    x: float
    y: float
    size: float


def instance(shape: Shape) -> Problem:
    """Return the round of that shape."""
    draw = Random(shape.seed)  # noqa: S311 - invented data, nothing secret
    places = _places(shape, draw)
    means = [draw.choice((0.6, 0.9, 1.0, 1.1, 1.4)) for _ in range(REGIONS)]
    needs = tuple(_need(i, places, draw) for i in range(1, shape.needs + 1))
    some = [_resource(i, places, means, needs, draw) for i in range(1, shape.resources + 1)]
    resources = _scaled(some, needs, shape.slack)
    travel = {
        (a.id, b.id): _minutes(a, b)
        for a in places
        for b in places
        if _minutes(a, b) <= shape.rules.farthest
    }
    return Problem(needs, tuple(resources), travel, shape.rules)


def _places(shape: Shape, draw: Random) -> list[Place]:
    centres = [(draw.uniform(0, 700), draw.uniform(0, 400)) for _ in range(REGIONS)]
    places = []
    for i in range(shape.territories):
        x, y = centres[i % REGIONS]
        size = draw.paretovariate(1.6)
        near = (x + draw.gauss(0, 40), y + draw.gauss(0, 40))
        places.append(Place(i + 1, i % REGIONS, *near, min(size, 8)))
    return places


def _minutes(a: Place, b: Place) -> int:
    return round(hypot(a.x - b.x, a.y - b.y) * 0.9)


def _need(i: int, places: list[Place], draw: Random) -> Need:
    place = draw.choices(places, [p.size for p in places])[0]
    week = draw.randrange(0, WEEKS - 12)
    weeks = min(draw.choice((8, 12, 16, 26, 40, 52)), WEEKS - week)
    speaks = {"fr"} if draw.random() < FRENCH else {draw.choice(LANGUAGES[1:])}
    return Need(
        id=i,
        territory=place.id,
        quarters=draw.choice((4, 6, 8, 8, 12, 14, 16, 20, 28)),
        starts_on=START + timedelta(weeks=week),
        ends_on=START + timedelta(weeks=week + weeks, days=-1),
        urgency=draw.choice((Fraction(1), Fraction(1), Fraction(3, 2), Fraction(2), Fraction(3))),
        level=draw.choice((Level.LOCAL, Level.LOCAL, Level.REGIONAL, Level.PROMOTER)),
        stages=frozenset({draw.choice(list(Stage))}),
        dimensions=frozenset(draw.sample(list(Dimension), draw.choice((1, 1, 2)))),
        functions=frozenset({draw.choice(list(Function))}),
        languages=frozenset(speaks),
        process=draw.randrange(1, 400),
    )


def _resource(
    i: int, places: list[Place], means: list[float], needs: tuple[Need, ...], draw: Random
) -> Resource:
    base = draw.choices(places, [p.size * means[p.region] for p in places])[0]
    reach = draw.choice((80, 130, 180))
    goes = {p.id for p in places if _minutes(base, p) <= reach} | {base.id}
    nearby = [n for n in needs if n.territory in goes]
    others = {code for code in LANGUAGES[1:] if draw.random() < OTHERS}
    skills = [
        Skill(stage, dimension, mastery=draw.choice((1, 2, 2, 3, 4)))
        for stage in draw.sample(list(Stage), draw.choice((3, 4, 5)))
        for dimension in draw.sample(list(Dimension), draw.choice((2, 3, 4)))
    ]
    avoided = draw.sample(nearby, min(len(nearby), draw.choice((0, 0, 1, 3))))
    offers = [Offer(START, START + timedelta(weeks=WEEKS, days=-1), draw.choice((1, 2, 3, 4)))]
    if draw.random() < TWO_OFFERS:
        turn = draw.randrange(10, WEEKS - 10)
        first = replace(offers[0], ends_on=START + timedelta(weeks=turn, days=-1))
        offers = [
            first,
            Offer(START + timedelta(weeks=turn), offers[0].ends_on, draw.choice((1, 3))),
        ]
    return Resource(
        id=i,
        offers=tuple(offers),
        territories=frozenset(goes),
        base=base.id,
        skills=tuple(skills),
        levels=frozenset(draw.sample(list(Level), draw.choice((2, 3)))),
        languages=frozenset({"fr"} | others),
        chosen_by=frozenset(t for t in sorted(goes) if draw.random() < ASKED_FOR),
        processes=frozenset(
            n.process for n in draw.sample(nearby, min(2, len(nearby))) if n.process
        ),
        forbidden=tuple(
            Forbidden(n.id, draw.choice(("refusal", "interest")))
            for n in sorted(avoided, key=lambda n: n.id)
        ),
    )


def _scaled(some: list[Resource], needs: tuple[Need, ...], slack: float) -> list[Resource]:
    """Give each offer, drawn as a number of parts, its quarter hours."""
    asked = sum(n.quarters * n.days for n in needs)
    days = sum(o.quarters * ((o.ends_on - o.starts_on).days + 1) for r in some for o in r.offers)
    part = asked * slack / days
    return [
        replace(
            r, offers=tuple(replace(o, quarters=max(4, round(o.quarters * part))) for o in r.offers)
        )
        for r in some
    ]
