"""The demonstration Alliance: real places of the Bas-Saint-Laurent, invented people and bodies.

The holes are put there on purpose: a vacancy, a leave, a departure, a territory with almost
nothing. Same day, same data: the draws are seeded.
"""

from datetime import date, timedelta
from itertools import product
from random import Random

from django.db import transaction

from jonction.accounts.actions import give_stewardship
from jonction.accounts.demo_roles import DEMO_ROLES, demo_email
from jonction.accounts.models import Person
from jonction.core.taxonomy import Aspect, Dimension, Level, Mode, ResourceKind, Stage
from jonction.cycle.models import Process, ProcessStage
from jonction.demo import directory, requirements
from jonction.demo.balance import live_so_far, say_what_was_done, take_a_posture
from jonction.demo.days import working
from jonction.demo.equity import weigh
from jonction.demo.extensions import prolong
from jonction.demo.forecast import (
    foresee,
    hold_meetings,
    live_the_past,
    offer_little,
    offer_more,
    overload,
    seat_everywhere,
    seat_where_she_supports,
)
from jonction.demo.handovers import hand_over
from jonction.demo.promoters import ask_for_organisations, say_budgets
from jonction.demo.rounds import match, spread
from jonction.demo.support import (
    ask_as_promoter,
    close_past,
    fill_calendar,
    give_hours,
    raise_needs,
    say_unneeded,
    vary_mandates,
)
from jonction.demo.travel import say_travel_times
from jonction.demo.words import FIRST, FOLLOW_UPS, LAST, ORGANISATIONS, TERRITORIES
from jonction.engines.space import share
from jonction.governance.models import (
    Alliance,
    AllianceTerritory,
    Body,
    Membership,
    Organisation,
    Plan,
    Seat,
)
from jonction.support.models import Intervention, Leave, Mandate, Resource, Share
from jonction.support.tallies import recount, touched_by
from jonction.territories.models import Place

SEED = 1
INTERVENTIONS = 3000
DURATIONS = [1, 2, 2, 3, 4, 4, 6, 8, 10, 14]
# weeks from today: when each stage of the current cycle begins; the third one is running
STAGE_WEEKS = (-70, -40, -12, 8, 30, 100, 122)
POOR = 7  # the rank of the territory that has almost nothing
LATE = {POOR: 26, 6: 12}  # weeks that a territory waited for its first mandates


@transaction.atomic
def load(*, today: date) -> str:
    """Create everything and return a sentence that counts it."""
    draw = Random(SEED)  # noqa: S311 - it draws a demonstration, not a secret
    organisations = _organisations(draw)
    say_budgets(organisations)
    old, new = _alliances(organisations[0])
    people = _accounts()
    before = [_open(body, today - timedelta(weeks=280)) for body in _bodies(old)]
    bodies = _bodies(new)
    now = [_open(body, today, previous=past) for body, past in zip(bodies, before, strict=True)]
    resources = _resources(draw, new, organisations, people)
    _seats(people, bodies, organisations, today)
    give_stewardship(people["admin"], actor=people["admin"], today=today)
    mandates = _mandates(draw, resources, now, today) + _mandates(
        draw, resources, before, today - timedelta(weeks=280)
    )
    _absences(resources, today)
    close_past(before)
    fill_calendar(now, today)
    give_hours(resources, today)
    mandates += vary_mandates(resources, now, today)
    needs = raise_needs(draw, now, people["table"], today)
    ask_as_promoter(needs, people["promoteur"], organisations[3])
    ask_for_organisations(needs, organisations)
    say_unneeded(now, people["coordination"])
    weigh(bodies, people["coordination"], today)
    _journal(draw, [m for m in mandates if m.status == Mandate.Status.ACTIVE], today)
    directory.describe(draw, resources, bodies, people["coordination"], today)
    directory.release(resources, organisations, people["coordination"], today)
    hand_over(resources, people["coordination"], today)
    requirements.ask(new, people["coordination"], today)
    requirements.answer(now, people["coordination"], today)
    live_the_past(draw, before)
    live_so_far(now)
    take_a_posture(mandates)
    hold_meetings(now, today)
    offer_more(resources[0], today)
    offer_little(resources[3:13:3], today)
    overload(resources[15], today)
    seat_everywhere(bodies, organisations[3], people["promoteur2"], today)
    seat_where_she_supports(resources[0], now[1:], today)
    foresee(now, people["coordination"], today)
    spread(resources, new)
    say_travel_times(new, people["coordination"], today)
    needs += match(resources, now, people["coordination"], today)
    mandates += prolong(now, people["coordination"], today)
    return (
        f"{len(bodies)} instances, {len(resources)} ressources, {len(mandates)} mandats, "
        f"{INTERVENTIONS} interventions, {len(organisations)} organismes, {len(needs)} besoins."
    )


def _organisations(draw: Random) -> list[Organisation]:
    places = list(Place.objects.filter(kind=Place.Kind.MRC, name__in=[t[1] for t in TERRITORIES]))
    names = [f"{kind} {name}" for kind, name in product(*ORGANISATIONS)][:120]
    return Organisation.objects.bulk_create(
        Organisation(
            name=name,
            neq=f"11{draw.randrange(10**6, 10**7)}{rank:03d}"[:7] + f"{rank:03d}",
            kind=name.split(" ")[0],
            place=draw.choice(places),
            phone=f"418 555-{draw.randrange(100, 200):04d}",
        )
        for rank, name in enumerate(names)
    )


def _alliances(mandataire: Organisation) -> tuple[Alliance, Alliance]:
    region = Place.objects.get(code="R01")
    plans = [
        Plan.objects.create(name=name, starts_on=starts, ends_on=ends)
        for name, starts, ends in (
            ("Plan 2017-2023", date(2017, 12, 10), date(2024, 3, 31)),
            ("Plan 2024-2029", date(2024, 6, 21), date(2029, 3, 31)),
        )
    ]
    old, new = (
        Alliance.objects.create(
            plan=plan,
            name=f"Alliance de démonstration, Bas-Saint-Laurent ({plan.name})",
            region=region,
            mandataire=mandataire,
        )
        for plan in plans
    )
    return old, new


def _bodies(alliance: Alliance) -> list[Body]:
    bodies = [
        Body.objects.create(
            alliance=alliance,
            name="Table régionale de l’Alliance",
            level=Level.REGIONAL,
            contact="Coordination, 418 555-0100",
        )
    ]
    for rank, (name, mrc) in enumerate(TERRITORIES):
        territory = AllianceTerritory.objects.create(alliance=alliance, name=mrc)
        territory.places.set(Place.objects.filter(name=mrc, kind=Place.Kind.MRC))
        contact = f"Coordination, 418 555-{110 + rank:04d}"
        bodies.append(
            Body.objects.create(alliance=alliance, name=name, territory=territory, contact=contact)
        )
    return bodies


def _open(body: Body, today: date, previous: Process | None = None) -> Process:
    process = Process.objects.create(body=body, name=body.name, previous=previous)
    starts = [today + timedelta(weeks=weeks) for weeks in STAGE_WEEKS]
    ProcessStage.objects.bulk_create(
        ProcessStage(
            process=process,
            kind=kind,
            planned_from=start,
            planned_to=following - timedelta(days=1),
        )
        for kind, start, following in zip(Stage.values, starts, starts[1:], strict=False)
    )
    return process


def _accounts() -> dict[str, Person]:
    return {
        role: Person.objects.create_user(demo_email(role), name=label)
        for role, label in DEMO_ROLES.items()
    }


def _resources(
    draw: Random, alliance: Alliance, organisations: list[Organisation], people: dict[str, Person]
) -> list[Resource]:
    kinds = list(ResourceKind.values)
    names = [f"{first} {draw.choice(LAST)}" for first in FIRST]
    with_account = [people["accompagnement"], people["accompagnement2"]]
    for person, name in zip(with_account, names, strict=False):
        Person.objects.filter(pk=person.pk).update(name=name)
    others = [Person(name=name, password="!") for name in names[2:]]  # noqa: S106 - unusable
    persons = with_account + Person.objects.bulk_create(others)
    return Resource.objects.bulk_create(
        Resource(
            name=name,
            kind=kinds[rank % len(kinds)],
            person=person,
            home=draw.choice(organisations),
            alliance=alliance,
        )
        for rank, (name, person) in enumerate(zip(names, persons, strict=True))
    )


def _seats(
    people: dict[str, Person], bodies: list[Body], organisations: list[Organisation], today: date
) -> None:
    """Seat the accounts, some members of each body, and the promoters' organisations."""
    since = today - timedelta(weeks=70)
    for role, body, seat in (
        ("coordination", bodies[0], Seat.Role.COORDINATOR),
        ("table", bodies[1], Seat.Role.COORDINATOR),
        ("analyse", bodies[0], Seat.Role.REVIEWER),
        ("analyse2", bodies[0], Seat.Role.REVIEWER),
        ("finances", bodies[0], Seat.Role.FINANCE),
        ("elu", bodies[0], Seat.Role.ELECTED),
        ("observation", bodies[0], Seat.Role.OBSERVER),
        ("recherche", bodies[0], Seat.Role.RESEARCHER),
        ("promoteur", bodies[1], Seat.Role.MEMBER),
    ):
        Seat.objects.create(person=people[role], body=body, role=seat, starts_on=since)
    for role, organisation, member in (
        ("promoteur", organisations[3], Membership.Role.OWNER),
        ("promoteur2", organisations[4], Membership.Role.WRITER),
    ):
        Membership.objects.create(
            person=people[role], organisation=organisation, role=member, starts_on=since
        )
    names = [f"{first} {last}" for last in LAST[:4] for first in FIRST][: len(bodies) * 5]
    members = Person.objects.bulk_create(Person(name=name, password="!") for name in names)  # noqa: S106
    Seat.objects.bulk_create(
        Seat(
            person=person,
            body=bodies[rank // 5],
            organisation=None if rank % 5 == 0 else organisations[rank],
            is_citizen=rank % 5 == 0,
            starts_on=since,
        )
        for rank, person in enumerate(members)
    )


def _mandates(
    draw: Random, resources: list[Resource], processes: list[Process], today: date
) -> list[Mandate]:
    """Give two to four mandates to each process, one short one to the poor territory."""
    mandates = []
    for rank, process in enumerate(processes):
        count = 1 if rank == POOR else draw.choice((2, 3, 4))
        for place in range(count):
            first = 0 if place == 0 and rank != POOR else draw.randrange(0, 3)
            stages = Stage.values[first : first + 4]
            waited = STAGE_WEEKS[0] + LATE.get(rank, 0)
            starts = today + timedelta(weeks=max(STAGE_WEEKS[first], waited))
            ends = today + timedelta(weeks=draw.choice((6, 8, 26, 30, 40)))
            mandates.append(
                Mandate(
                    resource=resources[(rank * 3 + place) % len(resources)],
                    process=process,
                    level=process.body.level,
                    stages=stages,
                    dimensions=draw.sample(Dimension.values, _breadth(rank, place)),
                    mode=draw.choice((Mode.CONTINUOUS, Mode.CONTINUOUS, Mode.ONE_OFF)),
                    quarters_per_week=draw.choice((8, 12, 16, 28)),
                    starts_on=starts,
                    ends_on=max(ends, starts + timedelta(weeks=4)),
                    status=Mandate.Status.ACTIVE,
                )
            )
    return Mandate.objects.bulk_create(mandates)


def _breadth(rank: int, place: int) -> int:
    """Return how many dimensions a mandate serves: the first one of a process serves them all."""
    if rank == POOR:
        return 2
    return 4 if place == 0 else 3


def _absences(resources: list[Resource], today: date) -> None:
    Leave.objects.create(
        resource=resources[4],
        starts_on=today - timedelta(weeks=3),
        ends_on=today + timedelta(weeks=20),
    )
    Resource.objects.filter(pk=resources[7].pk).update(
        leaves_on=working(today + timedelta(weeks=5))
    )


def _journal(draw: Random, mandates: list[Mandate], today: date) -> None:
    lines: list[Intervention] = []
    cells: list[tuple[Intervention, str, str, int]] = []
    while len(lines) < INTERVENTIONS:
        mandate = draw.choice(mandates)
        last = min(mandate.ends_on, today)
        day = mandate.starts_on + timedelta(draw.randrange((last - mandate.starts_on).days + 1))
        stage = next(
            (s.kind for s in mandate.process.stages.all() if s.planned_from <= day <= s.planned_to),
            mandate.stages[0],
        )
        dimensions = draw.sample(mandate.dimensions, draw.choice((1, 1, 2)))
        quarters = draw.choice(DURATIONS)
        line = Intervention(
            resource=mandate.resource,
            process=mandate.process,
            on=day,
            quarters=quarters,
            aspects=draw.sample(Aspect.values, draw.choice((0, 1, 1, 2))),
            participants=draw.choice((None, None, None, 4, 9, 15, 22)),
            follow_up=draw.choice(FOLLOW_UPS),
            audience=draw.choice(["mine", "mandate", "body", "body", "body", "open"]),
        )
        lines.append(line)
        cells += [
            (line, stage, dimension, parts)
            for dimension, parts in zip(dimensions, share(quarters, len(dimensions)), strict=True)
        ]
    say_what_was_done(lines, today)
    Intervention.objects.bulk_create(lines, batch_size=500)
    Share.objects.bulk_create(
        [
            Share(
                intervention=line,
                process=line.process,
                resource=line.resource,
                on=line.on,
                level=line.process.body.level,
                stage=stage,
                dimension=dimension,
                parts=parts,
            )
            for line, stage, dimension, parts in cells
        ],
        batch_size=500,
    )
    recount(touched_by(lines))
