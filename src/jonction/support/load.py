"""From the rows to the engine of load: a person's weeks, and the meetings of an organisation (S10, R2).

A constant number of queries loads everything, however many people there are. Whoever sits in a body
is expected at its meetings; whoever coordinates it prepares its deadlines. The meetings of a process
that somebody supports without sitting there are part of her mandate.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from django.db.models import Count, Q
from django.utils.timezone import localdate, make_aware

from jonction.core.models import Trace
from jonction.cycle.models import Deadline, Milestone, Process
from jonction.engines.load import (
    WEEK,
    Clash,
    Commitment,
    Crowded,
    Meeting,
    Week,
    clashes,
    crowded,
    deadline,
    form_seconds,
    meeting,
    minutes_asked,
    monday_of,
    steady,
    weekly_load,
)
from jonction.engines.periods import Period
from jonction.engines.workload import Rate
from jonction.governance.models import Organisation, Seat
from jonction.governance.queries import OUTSIDE, held_on
from jonction.support.coverage import absences_of, away_of
from jonction.support.models import Assumptions, Mandate, Resource
from jonction.support.queries.mandate import with_absences

WEEKS = 12
ONE_DAY = timedelta(days=1)
HELD = [Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED]
# fields to fill and letters to type, by what the trail calls the gesture; the others are short
FORMS = {
    "support.intervention.logged": (1, 60),
    "support.intervention.corrected": (2, 60),
    "support.need.received": (8, 120),
    "support.mandate.proposed": (9, 10),
    "support.resource.added": (5, 60),
    "cycle.milestone.added": (4, 30),
    "cycle.deadline.added": (5, 40),
}
OTHERWISE = form_seconds(3, 20)
# written by the work of the platform, not typed by the person
UNTYPED = [
    "imports.import.read",
    "imports.import.failed",
    "imports.import.applied",
    "support.forecast.done",
    "support.forecast.failed",
]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a load: a person, with what she supports as a resource, if she does."""

    person: int | None
    resource: Resource | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What a commitment is called, and where it is read."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Loads:
    """The weeks of each bearer, in the order asked, and the names of what asks for them."""

    weeks: list[list[Week]]
    names: Mapping[str, Named]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting where an organisation is expected, with its people there."""

    milestone: Milestone
    people: tuple[str, ...]
    quarters: int


@dataclass(frozen=True, slots=True)
class Duty:
    """A deadline that people of an organisation prepare, since they coordinate the body."""

    deadline: Deadline
    people: tuple[str, ...]
    quarters: int


@dataclass(frozen=True, slots=True)
class Concerted:
    """What concertation asks of an organisation, across all tables."""

    seats: list[Seat]
    gatherings: list[Gathering]
    duties: list[Duty]
    weeks: list[Week]
    crowded: list[tuple[str, Crowded]]
    clashes: list[tuple[str, Clash]]
    most: int


def loads_of(bearers: Sequence[Bearer], *, since: date, weeks: int = WEEKS) -> Loads:
    """Return the weeks from that of `since`, for each of the bearers."""
    span = (monday_of(since), monday_of(since) + weeks * WEEK - timedelta(days=1))
    names: dict[str, Named] = {}
    mandates = _mandates([b.resource.pk for b in bearers if b.resource], span)
    seats = _seats(Q(person__in=[b.person for b in bearers if b.person]), span)
    bodies = {seat.body_id for found in seats.values() for seat in found}
    duties = _Duties(bodies, span)
    found = []
    for bearer in bearers:
        asked: list[Commitment] = []
        for mandate in mandates[bearer.resource.pk] if bearer.resource else []:
            source = f"mandate:{mandate.pk}"
            names[source] = Named(mandate.process.name, mandate.get_absolute_url())
            rate = Rate(mandate.quarters_per_week, mandate.starts_on, mandate.ends_on)
            away = absences_of(mandate)
            asked += steady(rate, source, away=away)
        if bearer.person:
            asked += duties.of(seats[bearer.person])
        offered, gone = _offered(bearer.resource)
        found.append(weekly_load(asked, offered, since=since, weeks=weeks, away=gone))
    return Loads(found, {**names, **duties.names()})


def days_to_know(bearer: Bearer, *, since: date, weeks: int = WEEKS) -> list[tuple[date, Named]]:
    """Return the milestones and the deadlines around a person, whether or not they cost her hours."""
    first = monday_of(since)
    last = first + weeks * WEEK - timedelta(days=1)
    near = Q(process__body__seats__in=Seat.objects.filter(held_on(since), person=bearer.person))
    if bearer.resource:
        near |= Q(process__mandates__in=bearer.resource.mandates.filter(status__in=HELD))
    milestones = Milestone.objects.filter(near, on__range=(first, last)).exclude(
        kind=Milestone.Kind.MEETING
    )
    start, end = (make_aware(datetime.combine(day, time())) for day in (first, last + ONE_DAY))
    deadlines = Deadline.objects.filter(near, due_at__gte=start, due_at__lt=end)
    found = [
        (m.on, _named(m.name, m.process))
        for m in milestones.distinct().select_related("process__body")
    ]
    found += [
        (localdate(d.due_at), _named(d.name, d.process))
        for d in deadlines.distinct().select_related("process__body")
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].label))


def concerted(organisation: Organisation, *, since: date, weeks: int = WEEKS) -> Concerted:
    """Return the tables, the meetings and the hours of an organisation, and who is asked too much."""
    span = (monday_of(since), monday_of(since) + weeks * WEEK - timedelta(days=1))
    seats = _seats(Q(organisation=organisation), span)
    held = [seat for found in seats.values() for seat in found]
    names = {seat.person_id: seat.person.name for seat in held}
    duties = _Duties({seat.body_id for seat in held}, span)
    meetings, asked = [], list[Commitment]()
    for one in duties.meetings:
        there = [s for s in held if s.body_id == one.process.body_id and _sits(s, one.on)]
        people = tuple(dict.fromkeys(seat.person_id for seat in there))
        if people:
            meetings.append((one, people))
            asked += [c for _person in people for c in duties.meeting(one)]
    owed = []
    for due in duties.deadlines:
        on = localdate(due.due_at)
        steering = [s for s in held if s.body_id == due.process.body_id and _steers(s, on)]
        people = tuple(dict.fromkeys(seat.person_id for seat in steering))
        work = duties.deadline(due)
        asked += [c for _person in people for c in work]
        if people and on <= span[1]:
            owed.append(
                Duty(
                    due,
                    tuple(sorted(names[pk] for pk in people)),
                    sum(int(c.quarters) for c in work) * len(people),
                )
            )
    expected = [Meeting(str(one.pk), one.on, people) for one, people in meetings]
    most = min(
        (a.most_meetings for a in duties.assumed.values()), default=Assumptions().most_meetings
    )
    return Concerted(
        seats=sorted(held, key=lambda s: (s.body.name, s.person.name, s.pk)),
        gatherings=[
            Gathering(
                one,
                tuple(sorted(names[pk] for pk in people)),
                sum(int(c.quarters) for c in duties.meeting(one)) * len(people),
            )
            for one, people in meetings
        ],
        duties=sorted(owed, key=lambda one: (one.deadline.due_at, one.deadline.pk)),
        weeks=weekly_load(asked, [], since=since, weeks=weeks),
        crowded=sorted(
            ((names[c.person], c) for c in crowded(expected, most=most)), key=lambda pair: pair[0]
        ),
        clashes=sorted(
            ((names[c.person], c) for c in clashes(expected)),
            key=lambda pair: (pair[1].on, pair[0]),
        ),
        most=most,
    )


def minutes_of(people: Iterable[int], *, today: date, weeks: int = WEEKS) -> dict[int, Fraction]:
    """Return about how many minutes a week each person typed here, over the last weeks."""
    since = make_aware(datetime.combine(today - weeks * WEEK, time()))
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = (
        Trace.objects.filter(actor__in=list(people), left_at__gte=since)
        .exclude(verb__in=UNTYPED)
        .order_by()
        .values_list("actor", "verb")
        .annotate(n=Count("pk"))
    )
    for actor, verb, n in rows:
        counts[actor][verb] = n
    seconds = {verb: form_seconds(*form) for verb, form in FORMS.items()}
    return {
        person: minutes_asked(counts[person], seconds, otherwise=OTHERWISE, weeks=weeks)
        for person in people
    }


class _Duties:
    """The meetings and the deadlines of some bodies over a span of days."""

    def __init__(self, bodies: Iterable[int], span: Period) -> None:
        at = Q(process__body__in=list(bodies)) & ~Q(process__status="closed")
        self.meetings = list(
            Milestone.objects.filter(
                at,
                kind=Milestone.Kind.MEETING,
                on__range=(span[0], span[1] + WEEK),  # a meeting is prepared the week before
            ).select_related("process__body")
        )
        first, last = (make_aware(datetime.combine(day, time())) for day in span)
        self.deadlines = list(
            Deadline.objects.filter(at, due_at__range=(first, last + 2 * WEEK)).select_related(
                "process__body"
            )
        )
        alliances = {m.process.body.alliance_id for m in self.meetings}
        alliances |= {d.process.body.alliance_id for d in self.deadlines}
        self.assumed = {alliance: Assumptions() for alliance in alliances} | {
            row.alliance_id: row for row in Assumptions.objects.filter(alliance__in=alliances)
        }

    def of(self, seats: Sequence[Seat]) -> list[Commitment]:
        """Return what they ask of a person who holds those seats."""
        sits = defaultdict(list)
        for seat in seats:
            sits[seat.body_id].append(seat)
        asked = []
        for one in self.meetings:
            if any(_sits(seat, one.on) for seat in sits[one.process.body_id]):
                asked += self.meeting(one)
        for due in self.deadlines:
            on = localdate(due.due_at)
            if any(_steers(seat, on) for seat in sits[due.process.body_id]):
                asked += self.deadline(due)
        return asked

    def deadline(self, due: Deadline) -> list[Commitment]:
        quarters = self.assumed[due.process.body.alliance_id].deadline_quarters
        is_hard = due.force == Deadline.Force.HARD
        on = localdate(due.due_at)
        return deadline(f"deadline:{due.pk}", on, quarters=quarters, is_hard=is_hard)

    def meeting(self, one: Milestone) -> list[Commitment]:
        assumed = self.assumed[one.process.body.alliance_id]
        said, before = one.quarters, one.preparation_quarters
        return meeting(
            f"meeting:{one.pk}",
            one.on,
            quarters=assumed.meeting_quarters if said is None else said,
            preparation=assumed.preparation_quarters if before is None else before,
            travel=assumed.travel_quarters,
        )

    def names(self) -> dict[str, Named]:
        dated = {f"meeting:{m.pk}": (m.name, m.process) for m in self.meetings}
        dated |= {f"deadline:{d.pk}": (d.name, d.process) for d in self.deadlines}
        return {source: _named(name, process) for source, (name, process) in dated.items()}


def _named(name: str, process: Process) -> Named:
    return Named(f"{name} – {process.body.name}", process.get_absolute_url())


def _mandates(resources: Sequence[int], span: Period) -> defaultdict[int, list[Mandate]]:
    found: defaultdict[int, list[Mandate]] = defaultdict(list)
    rows = Mandate.objects.filter(
        resource__in=resources, status__in=HELD, starts_on__lte=span[1], ends_on__gte=span[0]
    )
    for mandate in with_absences(rows.select_related("process")):
        found[mandate.resource_id].append(mandate)
    return found


def _seats(whose: Q, span: Period) -> defaultdict[int, list[Seat]]:
    """Return the seats held during the span, by person; who looks from outside is not expected."""
    found: defaultdict[int, list[Seat]] = defaultdict(list)
    rows = (
        Seat.objects.filter(whose, starts_on__lte=span[1] + WEEK)
        .filter(Q(ends_on=None) | Q(ends_on__gte=span[0]))
        .exclude(role__in=list(OUTSIDE))
        .select_related("body__alliance", "person")
    )
    for seat in rows:
        found[seat.person_id].append(seat)
    return found


def _sits(seat: Seat, on: date) -> bool:
    return seat.starts_on <= on and (seat.ends_on is None or seat.ends_on >= on)


def _steers(seat: Seat, on: date) -> bool:
    return seat.role == Seat.Role.COORDINATOR and _sits(seat, on)


def _offered(resource: Resource | None) -> tuple[list[Rate], list[Period]]:
    if resource is None:
        return [], []
    rows = resource.capacities.all()
    return [Rate(c.quarters_per_week, c.starts_on, c.ends_on) for c in rows], away_of(resource)
