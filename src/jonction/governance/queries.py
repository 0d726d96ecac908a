"""What governance shows, and in which capacity a person acts."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from jonction.accounts.models import Person
from jonction.core.memory import remembered
from jonction.core.taxonomy import Level
from jonction.engines.claims import LARGE_FROM, SMALL_UNDER, Size
from jonction.engines.words import fold
from jonction.governance.models import (
    Alliance,
    AllianceTerritory,
    Body,
    Membership,
    Organisation,
    Plan,
    Seat,
)
from jonction.territories.models import Place
from jonction.territories.queries import places_above

# who looks from outside: they read totals, never names
OUTSIDE = frozenset({Seat.Role.OBSERVER, Seat.Role.RESEARCHER})
WRITERS = (Membership.Role.OWNER, Membership.Role.WRITER)
ENOUGH_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """The seats that count on a day: ids of what a person coordinates or sits in."""

    coordinated_alliances: frozenset[int]
    coordinated_bodies: frozenset[int]
    seated_bodies: frozenset[int]
    observed_alliances: frozenset[int]
    reviewed_bodies: frozenset[int] = frozenset()
    elected_bodies: frozenset[int] = frozenset()
    financed_alliances: frozenset[int] = frozenset()
    studied_alliances: frozenset[int] = frozenset()
    seated_alliances: frozenset[int] = frozenset()  # those of the bodies where she sits

    def takes_part(self, body: int, alliance: int) -> bool:
        """Say whether she sits in that body, otherwise than to look on, or coordinates above it."""
        return alliance in self.coordinated_alliances or body in self.seated_bodies

    def decides(self, body: int, alliance: int) -> bool:
        """Say whether she coordinates that body, or the Alliance of it."""
        return alliance in self.coordinated_alliances or body in self.coordinated_bodies


def is_opened(plan: Plan, name: str) -> bool:
    """Say whether that plan has an Alliance of that name."""
    return Alliance.objects.filter(plan=plan, name__iexact=name).exists()


def held_on(day: date) -> Q:
    """Select the seats or memberships that count on that day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def standing_of(person: Person, on: date) -> Standing:
    """Return where `person` sits on that day: one query, once a page."""
    return remembered(("standing", person.pk, on), lambda: _standing(person, on))


def _standing(person: Person, on: date) -> Standing:
    found = Seat.objects.filter(held_on(on), person=person).order_by()
    seats = list(found.values_list("role", "body", "body__alliance", "body__level"))

    def bodies(role: str) -> frozenset[int]:
        return frozenset(body for held, body, _alliance, _level in seats if held == role)

    def alliances(role: str) -> frozenset[int]:
        return frozenset(alliance for held, _body, alliance, _level in seats if held == role)

    return Standing(
        coordinated_alliances=frozenset(
            alliance
            for role, _body, alliance, level in seats
            if role == Seat.Role.COORDINATOR and level == Level.REGIONAL
        ),
        coordinated_bodies=bodies(Seat.Role.COORDINATOR),
        seated_bodies=frozenset(body for role, body, *_rest in seats if role not in OUTSIDE),
        observed_alliances=alliances(Seat.Role.OBSERVER),
        reviewed_bodies=bodies(Seat.Role.REVIEWER),
        elected_bodies=bodies(Seat.Role.ELECTED),
        financed_alliances=alliances(Seat.Role.FINANCE),
        studied_alliances=alliances(Seat.Role.RESEARCHER),
        seated_alliances=frozenset(
            alliance for role, _body, alliance, _level in seats if role not in OUTSIDE
        ),
    )


def memberships_of(person: Person, on: date) -> QuerySet[Membership]:
    """Return the organisations that `person` writes or reads for on that day."""
    return Membership.objects.filter(held_on(on), person=person).select_related("organisation")


def written_organisations(person: Person, on: date) -> QuerySet[Organisation]:
    """Return the organisations in whose name `person` may speak on that day."""
    mine = memberships_of(person, on).filter(role__in=WRITERS)
    return Organisation.objects.filter(pk__in=mine.values("organisation")).select_related("place")


def coordinators_of(body: Body, on: date) -> QuerySet[Seat]:
    return Seat.objects.filter(held_on(on), body=body, role=Seat.Role.COORDINATOR)


def owners_of(organisation: Organisation, on: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(organisation=organisation, role=Membership.Role.OWNER)
    return rows.filter(held_on(on))


def public_alliances() -> QuerySet[Alliance]:
    """Return every Alliance, that of the newest plan first; it names no person."""
    return (
        Alliance.objects.select_related("plan", "region", "mandataire")
        .annotate(
            territory_count=Count("territories", distinct=True),
            body_count=Count("bodies", distinct=True),
        )
        .order_by("-plan__starts_on", "name")
    )


def whole_alliances() -> QuerySet[Alliance]:
    """Return the Alliances with what their own page prints."""
    territories = AllianceTerritory.objects.prefetch_related("places")
    bodies = Body.objects.select_related("territory").order_by("-level", "name")
    return Alliance.objects.select_related("plan", "region", "mandataire").prefetch_related(
        "cosigners", Prefetch("territories", territories), Prefetch("bodies", bodies)
    )


def public_bodies() -> QuerySet[Body]:
    return Body.objects.select_related("alliance__plan", "alliance__region", "territory")


def seats_visible_to(person: Person | None, body: Body, on: date) -> QuerySet[Seat] | None:
    """Return who sits or sat in `body`, or None when `person` may only read how many.

    Names are for those who sit there and for those who coordinate the body or its Alliance.
    """
    if person is None:
        return None
    standing = standing_of(person, on)
    coordinates = body.alliance_id in standing.coordinated_alliances
    if not coordinates and body.pk not in standing.seated_bodies:
        return None
    return body.seats.select_related("person", "organisation").order_by("person__name", "pk")


def seat_counts(body: Body, on: date) -> list[tuple[str, int]]:
    """Return how many people hold each role on that day."""
    roles = Counter(body.seats.filter(held_on(on)).values_list("role", flat=True))
    return [(str(role.label), roles[role.value]) for role in Seat.Role if roles[role.value]]


def ended_seats() -> QuerySet[Seat]:
    """Return the seats with what the page that ends one prints."""
    return Seat.objects.select_related("person", "body__alliance")


def seats_endable_by(person: Person, on: date) -> QuerySet[Seat]:
    """Return the seats whose end `person` may ask for: theirs, and those they may read."""
    standing = standing_of(person, on)
    return ended_seats().filter(
        Q(person=person)
        | Q(body__in=standing.seated_bodies)
        | Q(body__alliance__in=standing.coordinated_alliances)
    )


def people_matching(text: str, alliance: Alliance) -> QuerySet[Person]:
    """Return whom a coordination may choose: by e-mail anybody, by name those of its Alliance.

    A name alone would otherwise tell who uses the platform elsewhere.
    """
    text = text.strip()
    if len(text) < ENOUGH_LETTERS:
        return Person.objects.none()
    if "@" in text:
        return Person.objects.filter(email__iexact=text)
    near = Person.objects.filter(seats__body__alliance=alliance).distinct()
    words = fold(text).split()
    named = near.values_list("pk", "name").order_by()
    # no database folds accents alike, and those of one Alliance are few
    return near.filter(pk__in=[pk for pk, name in named if all(w in fold(name) for w in words)])


def bears(text: str) -> Q:
    """Select the organisations whose name or NEQ holds each of these words, accents or not."""
    found = Q()
    for word in fold(text).split():
        found &= Q(folded__contains=word)
    return found


def of_size(size: str) -> Q:
    """Select the organisations of a size, by the usual bounds of their budget of a year."""
    return {
        Size.SMALL.value: Q(annual_budget__lt=SMALL_UNDER),
        Size.MEDIUM.value: Q(annual_budget__gte=SMALL_UNDER, annual_budget__lt=LARGE_FROM),
        Size.LARGE.value: Q(annual_budget__gte=LARGE_FROM),
        Size.UNKNOWN.value: Q(annual_budget=None),
    }[size]


def organisations() -> QuerySet[Organisation]:
    """Return every organisation with what a list prints of it: the list is open to members."""
    return Organisation.objects.select_related("place")


def organisation_facts(organisation: Organisation) -> dict[str, Any]:
    """Return what an organisation's sheet says, as an import says it."""
    budget = organisation.annual_budget
    names = ["name", "neq", "kind", "phone", "email"]
    return {
        **{name: getattr(organisation, name) for name in names},
        "place": organisation.place_id,
        "annual_budget": f"{budget:.2f}" if budget is not None else None,
    }


def organisation_written(text: str) -> Organisation | None:
    """Return the one organisation that `text` names: by its NEQ, or by its whole name."""
    neq = re.search(r"\b\d{10}\b", text)
    if neq:
        return Organisation.objects.filter(neq=neq[0]).first()
    named = [o for o in organisations().filter(bears(text))[:200] if fold(o.name) == fold(text)]
    return named[0] if len(named) == 1 else None


def memberships_visible_to(
    person: Person, organisation: Organisation, on: date
) -> QuerySet[Membership] | None:
    """Return who is or was in the organisation; None for those outside it and its region."""
    if not (
        memberships_of(person, on).filter(organisation=organisation).exists()
        or coordinates_around(person, organisation, on)
    ):
        return None
    return organisation.memberships.select_related("person").order_by("person__name", "pk")


def memberships_endable_by(person: Person, on: date) -> QuerySet[Membership]:
    """Return the memberships whose end `person` may ask for."""
    rows = Membership.objects.select_related("person", "organisation__place")
    inside = Q(person=person) | Q(
        organisation__in=memberships_of(person, on).values("organisation")
    )
    for path in _coordinated_regions(person, on):
        inside |= Q(organisation__place__path__startswith=path)
    return rows.filter(inside | Q(organisation__in=_without_place(person, on).values("pk")))


def coordinates_around(person: Person, organisation: Organisation, on: date) -> bool:
    """Say whether `person` coordinates an Alliance of the organisation's region."""
    if place := organisation.place:
        return any(place.path.startswith(path) for path in _coordinated_regions(person, on))
    return _without_place(person, on).filter(pk=organisation.pk).exists()


def _without_place(person: Person, on: date) -> QuerySet[Organisation]:
    """Return the organisations without a place that sit in the regions that `person` coordinates,
    and those that sit nowhere yet: any coordination keeps them.
    """
    mine = _coordinator_seats(person, on).values("body__alliance__region")
    seats = Seat.objects.filter(organisation=OuterRef("pk"))
    here = seats.filter(body__alliance__region__in=mine)
    return Organisation.objects.filter(Exists(mine), ~Exists(seats) | Exists(here), place=None)


def coordinates_regions(person: Person, regions: Iterable[str], on: date) -> bool:
    """Say whether `person` coordinates an Alliance around each of these places, said by their paths;
    any Alliance will do for what has no place.

    A plan ends and the region remains: its coordination keeps what the plan before it wrote.
    """
    mine = tuple(_coordinated_regions(person, on))
    return all(region.startswith(mine) if region else bool(mine) for region in regions)


def keeps_record(person: Person, running: set[str], over: set[str], on: date) -> bool | None:
    """Say whether `person` keeps a record that runs, or ran, in these regions, said by their paths.

    What is over elsewhere keeps nobody from serving its person; what runs elsewhere does.
    """
    if running:
        return coordinates_regions(person, running, on)
    return True if over and coordinates_regions(person, over, on) else None


def _coordinated_regions(person: Person, on: date) -> list[str]:
    seats = _coordinator_seats(person, on)
    return list(seats.values_list("body__alliance__region__path", flat=True))


def _coordinator_seats(person: Person, on: date) -> QuerySet[Seat]:
    return Seat.objects.filter(
        held_on(on), person=person, role=Seat.Role.COORDINATOR, body__level=Level.REGIONAL
    )


def places_of_region(alliance: Alliance) -> QuerySet[Place]:
    """Return what a territory of the Alliance may be made of: what lies below its region."""
    found: QuerySet[Place] = Place.objects.filter(
        path__startswith=alliance.region.path, depth__gt=alliance.region.depth
    ).order_by("sort_key")
    return found


def mrc_choices() -> QuerySet[Place]:
    kinds = [Place.Kind.MRC, Place.Kind.TERRITORY]
    found: QuerySet[Place] = Place.objects.filter(kind__in=kinds).order_by("sort_key")
    return found


def bodies_around(organisations: Iterable[Organisation], on: date) -> QuerySet[Body]:
    """Return the bodies of where these organisations are, and those where they sit."""
    found = Q(pk__in=[])
    for organisation in organisations:
        seats = Seat.objects.filter(held_on(on), organisation=organisation)
        found |= Q(pk__in=seats.values("body"))
        if organisation.place:
            above = places_above(organisation.place).values("pk")
            below = Q(places__path__startswith=organisation.place.path)
            territories = AllianceTerritory.objects.filter(Q(places__in=above) | below)
            found |= Q(territory__in=territories.values("pk"))
            found |= Q(territory=None, alliance__region__in=above)
    return Body.objects.filter(found)


def around(place: Place) -> dict[str, Any]:
    """Return the Alliances and the bodies that cover `place` or lie in it."""
    above = [p.pk for p in places_above(place)]
    covers = Q(places__in=above) | Q(places__path__startswith=place.path)
    territories = AllianceTerritory.objects.filter(covers).values("pk")
    alliances = public_alliances().filter(
        Q(region__in=above)
        | Q(region__path__startswith=place.path)
        | Q(territories__in=territories)
    )
    bodies = public_bodies().filter(
        Q(territory__in=territories)
        | Q(territory__isnull=True, alliance__in=alliances.values("pk"))
    )
    return {
        "place": place,
        "alliances": alliances.distinct(),
        "bodies": bodies.order_by("-alliance__plan__starts_on", "-level", "name"),
    }
