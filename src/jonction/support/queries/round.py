"""The rounds a person reads, and the problem that a round puts to the engine of matching (S7)."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Q, QuerySet

from jonction.accounts.models import Person
from jonction.engines.matching.problem import (
    MASTERIES,
    Forbidden,
    Offer,
    Problem,
    Rules,
    Weights,
)
from jonction.engines.matching.problem import Need as Asked
from jonction.engines.matching.problem import Resource as Giver
from jonction.engines.matching.problem import Skill as Known
from jonction.engines.periods import Period
from jonction.ethics.queries import refused_bodies, tied_organisations
from jonction.governance.models import Alliance, AllianceTerritory, Body, Seat
from jonction.governance.queries import held_on, standing_of
from jonction.support.models import (
    Capacity,
    IntakeMethod,
    Mandate,
    MatchingRound,
    Need,
    Proposal,
    ReleaseAgreement,
    Resource,
    Skill,
    Unmatched,
)
from jonction.support.queries.access import HELD
from jonction.support.queries.intake import intake_of
from jonction.support.queries.mandate import LIVE
from jonction.support.queries.travel import travel_between

# received, where the Alliance chose the short path: `needs_to_match` says which
OPEN_FOR_MATCHING = [Need.Status.PRIORITISED, Need.Status.RECEIVED]
URGENCIES = {
    Need.Urgency.NOW: Fraction(3),
    Need.Urgency.SOON: Fraction(2),
    Need.Urgency.LATER: Fraction(1),
}
WANTED = {
    MatchingRound.Which.ALL: list(Need.Urgency),
    MatchingRound.Which.SOON: [Need.Urgency.NOW, Need.Urgency.SOON],
    MatchingRound.Which.NOW: [Need.Urgency.NOW],
}
GRADES = {Skill.Grade.LEARNS: 1, Skill.Grade.DOES: 3, Skill.Grade.TEACHES: MASTERIES}
UNTOLD = Known(mastery=2)  # whoever has not said what she can do counts for half, everywhere
WHOLE = 0  # the territory of what is asked for the whole Alliance
Given = Capacity | ReleaseAgreement
APART = "apart"  # of a refusal or of a tie, nothing more is ever said


def rounds_visible_to(person: Person, on: date) -> QuerySet[MatchingRound]:
    """Return the rounds of the Alliances that one coordinates: nobody else reads them."""
    coordinated = standing_of(person, on).coordinated_alliances
    found = MatchingRound.objects.filter(alliance__in=coordinated)
    return found.select_related("alliance__plan", "asked_by")


def proposals_visible_to(person: Person, on: date) -> QuerySet[Proposal]:
    rounds = rounds_visible_to(person, on)
    return _with_their_need(Proposal.objects.filter(round__in=rounds.values("pk"))).select_related(
        "round__alliance", "mandate", "answered_by"
    )


def coordinated_alliances(person: Person, on: date) -> QuerySet[Alliance]:
    coordinated = standing_of(person, on).coordinated_alliances
    return Alliance.objects.filter(pk__in=coordinated).select_related("plan").order_by("name")


def proposals_of(asked: MatchingRound) -> list[Proposal]:
    """Return the pairs by need: never in the order of anybody's hours."""
    rows = _with_their_need(asked.proposals.all()).select_related("chosen", "mandate")
    return list(rows.order_by("need", "resource__name", "pk"))


def unmatched_of(asked: MatchingRound) -> list[Unmatched]:
    rows = asked.unmatched.select_related("need__process__body__territory", "resource")
    return list(rows.order_by("need", "pk"))


def needs_to_match(
    alliance: Alliance, since: date, until: date, which: str = MatchingRound.Which.ALL
) -> QuerySet[Need]:
    """Return the needs of an Alliance that wait for somebody and run in the period."""
    return (
        _waiting(alliance)
        .filter(
            urgency__in=WANTED[MatchingRound.Which(which)],
            quarters_per_week__gt=0,
            starts_on__lte=until,
            ends_on__gte=since,
        )
        .select_related("process__body")
        .order_by("pk")
    )


def unsized_needs(alliance: Alliance, on: date) -> QuerySet[Need]:
    """Return the needs that wait for somebody and cannot be matched: nobody has said their hours."""
    return _waiting(alliance).filter(quarters_per_week=None, ends_on__gte=on).order_by("pk")


def _waiting(alliance: Alliance) -> QuerySet[Need]:
    is_short = intake_of(alliance.pk).path == IntakeMethod.Path.SHORT
    states = OPEN_FOR_MATCHING if is_short else OPEN_FOR_MATCHING[:1]
    return Need.objects.filter(process__body__alliance=alliance, status__in=states)


@dataclass(frozen=True, slots=True)
class Team:
    """The resources of an Alliance with all that the problem reads of them."""

    resources: Sequence[Resource]
    releases: Mapping[int, list[ReleaseAgreement]]


def team_of(resources: QuerySet[Resource], on: date) -> Team:
    """Read resources in a constant number of questions; those who have left are not there."""
    found = list(
        resources.filter(Q(leaves_on=None) | Q(leaves_on__gt=on))
        .select_related("person")
        .prefetch_related("territories", "capacities", "leaves", "skills", "mandates", "affinities")
        .order_by("pk")
    )
    releases: defaultdict[int, list[ReleaseAgreement]] = defaultdict(list)
    agreed = ReleaseAgreement.Status.AGREED
    for one in ReleaseAgreement.objects.filter(resource__in=found, status=agreed):
        releases[one.resource_id].append(one)
    return Team(found, releases)


def matching_problem(asked: MatchingRound) -> Problem:
    """Build what the engine reads from the rows of the day.

    A way that is not on the spot, and that nobody said, counts as the farthest.
    """
    alliance = asked.alliance
    needs = list(needs_to_match(alliance, asked.since, asked.until, asked.which))
    team = team_of(Resource.objects.filter(alliance=alliance), asked.on)
    everywhere, places = _territories(alliance)
    bodies = {b.pk: b.territory_id for b in Body.objects.filter(alliance=alliance)}
    apart = kept_apart(team.resources, needs, asked.on)
    fond: defaultdict[int, set[int]] = defaultdict(set)
    for resource in team.resources:
        for affinity in resource.affinities.all():
            fond[affinity.body_id].add(resource.pk)
    return Problem(
        needs=tuple(_asked(need, asked.on, fond) for need in needs),
        resources=tuple(
            Giver(
                id=one.pk,
                offers=offers_of(one, team.releases[one.pk]),
                territories=_goes(one, everywhere),
                base=places.get(one.base_id) if one.base_id else None,
                skills=_skills(one),
                languages=frozenset(one.languages),
                chosen_by=frozenset(
                    bodies[a.body_id] or WHOLE for a in one.affinities.all() if a.body_id in bodies
                ),
                processes=frozenset(m.process_id for m in one.mandates.all() if m.status in HELD),
                forbidden=tuple(Forbidden(need, APART) for need in sorted(apart[one.pk])),
            )
            for one in team.resources
        ),
        travel=travel_between(alliance, everywhere),
        rules=Rules(
            team=asked.team,
            weights=Weights(
                skills=asked.skills,
                travel=asked.travel,
                affinity=asked.affinity,
                continuity=asked.continuity,
            ),
        ),
    )


def untold_hours(alliance: Alliance, on: date) -> list[Resource]:
    """Return the resources that are not proposed because nobody has said their hours."""
    team = team_of(Resource.objects.filter(alliance=alliance), on)
    silent = [r for r in team.resources if not r.capacities.all() and not team.releases[r.pk]]
    return sorted(silent, key=lambda r: (r.name, r.pk))


def kept_apart(
    resources: Iterable[Resource], needs: Sequence[Need], on: date
) -> defaultdict[int, set[int]]:
    """Return, by resource, the needs that a refusal or a tie keeps it away from.

    A tie counts with the organisations that sit in the body, and with those that host its support.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    people = {r.pk: r.person_id for r in resources if r.person_id}
    bodies = {need.process.body_id for need in needs}
    around = _organisations_around(bodies, on)
    refused, tied = refused_bodies(people.values()), tied_organisations(people.values(), on)
    for resource, person in people.items():
        for need in needs:
            body = need.process.body_id
            if body in refused.get(person, ()) or around[body] & tied.get(person, set()):
                found[resource].add(need.pk)
    return found


def offers_of(resource: Resource, releases: Iterable[ReleaseAgreement]) -> tuple[Offer, ...]:
    """Return the hours still free, period by period, absences and promised mandates taken out.

    Hours said are those offered, else those that agreed releases give; when none is said, none is.
    """
    given: list[Given] = [*resource.capacities.all()] or [*releases]
    if not given:
        return ()
    held = [m for m in resource.mandates.all() if m.status in LIVE]
    away = _away(resource)
    turns = {day for start, end in _spans([*given, *held]) for day in (start, end + _DAY)}
    turns |= {day for start, end in away for day in (start, end + _DAY)}
    days = sorted(turns)
    offers = []
    for first, after in itertools.pairwise(days):
        free = _sum(given, first) - _sum(held, first)
        if free > 0 and not any(start <= first <= end for start, end in away):
            offers.append(Offer(first, after - _DAY, free))
    return tuple(offers)


def free_quarters(resource: Resource, starts_on: date, ends_on: date, on: date) -> int | None:
    """Return the quarter hours free all along, None when no hours were ever said."""
    team = team_of(Resource.objects.filter(pk=resource.pk), on)
    if not team.resources:
        return 0
    [known] = team.resources
    releases = team.releases[resource.pk]
    if not known.capacities.all() and not releases:
        return None
    offers = offers_of(known, releases)
    days = [starts_on, *(o.starts_on for o in offers), *(o.ends_on + _DAY for o in offers)]
    there = [day for day in days if starts_on <= day <= ends_on]
    return min(sum(o.quarters for o in offers if o.starts_on <= day <= o.ends_on) for day in there)


def left_to_serve(need: Need) -> int:
    """Return the quarter hours a week that no mandate of this need holds yet."""
    held = Mandate.objects.filter(need=need, status__in=LIVE)
    return (need.quarters_per_week or 0) - sum(held.values_list("quarters_per_week", flat=True))


def territory_names(alliance: Alliance) -> dict[int, str]:
    return dict(AllianceTerritory.objects.filter(alliance=alliance).values_list("pk", "name"))


_DAY = timedelta(days=1)
_LAST = date(2199, 12, 31)  # whoever leaves does not come back


def _with_their_need(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.select_related("need__process__body__territory", "resource__person")


def _asked(need: Need, on: date, fond: Mapping[int, set[int]]) -> Asked:
    body = need.process.body
    return Asked(
        id=need.pk,
        territory=body.territory_id or WHOLE,
        quarters=need.quarters_per_week or 0,  # `needs_to_match` keeps those whose hours are said
        starts_on=max(need.starts_on, on),
        ends_on=need.ends_on,
        urgency=URGENCIES[Need.Urgency(need.urgency)],
        level=need.level,
        stages=frozenset(need.stages),
        dimensions=frozenset(need.dimensions),
        languages=frozenset({need.language} if need.language else ()),
        process=need.process_id,
        chosen=frozenset(fond.get(body.pk, ())),
    )


def _goes(resource: Resource, everywhere: Iterable[int]) -> frozenset[int]:
    """Return where it accepts to go: all of the Alliance when it has not said."""
    said = {territory.pk for territory in resource.territories.all()}
    return frozenset({WHOLE, *(said or everywhere)})


def _skills(resource: Resource) -> tuple[Known, ...]:
    known = tuple(
        Known(s.stage, s.dimension, s.function, GRADES[Skill.Grade(s.grade)])
        for s in resource.skills.all()
    )
    return known or (UNTOLD,)


def _territories(alliance: Alliance) -> tuple[set[int], dict[int, int]]:
    """Return the territories of an Alliance, and which one each place is in."""
    rows = AllianceTerritory.objects.filter(alliance=alliance).order_by("pk")
    found = list(rows.values_list("pk", "places"))
    return {pk for pk, _ in found}, {place: pk for pk, place in found if place}


def _organisations_around(bodies: set[int], on: date) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    seats = Seat.objects.filter(held_on(on), body__in=bodies, organisation__isnull=False)
    hosts = Mandate.objects.filter(process__body__in=bodies, status__in=LIVE, host__isnull=False)
    for rows in (
        seats.values_list("body", "organisation"),
        hosts.values_list("process__body", "host"),
    ):
        for body, organisation in rows:
            found[body].add(organisation)
    return found


def _away(resource: Resource) -> list[Period]:
    away = [(leave.starts_on, leave.ends_on) for leave in resource.leaves.all()]
    if resource.leaves_on:
        away.append((resource.leaves_on + _DAY, _LAST))
    return away


def _spans(rows: Iterable[Given | Mandate]) -> list[Period]:
    return [(one.starts_on, one.ends_on) for one in rows]


def _sum(rows: Iterable[Given | Mandate], day: date) -> int:
    return sum(one.quarters_per_week for one in rows if one.starts_on <= day <= one.ends_on)
