"""Who reads which tie and which refusal: they are confidential."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from jonction.accounts.models import Person
from jonction.ethics.models import Refusal, Tie
from jonction.governance.models import Alliance, Body
from jonction.governance.parties import alliances_joined
from jonction.governance.queries import standing_of


def ties_visible_to(person: Person, on: date) -> QuerySet[Tie]:
    """Return one's own ties, and those declared in the Alliances that one coordinates."""
    coordinated = standing_of(person, on).coordinated_alliances
    found = Tie.objects.filter(Q(person=person) | Q(alliance__in=coordinated))
    return found.select_related("person", "organisation", "alliance__plan")


def refusals_visible_to(person: Person, on: date) -> QuerySet[Refusal]:
    """Return one's own word, that of the bodies one coordinates, and all of one's Alliances.

    A person never reads that a body does not want her: that is said by people, not by a list.
    """
    standing = standing_of(person, on)
    found = Refusal.objects.filter(
        Q(person=person, side=Refusal.Side.PERSON)
        | Q(body__in=standing.coordinated_bodies, side=Refusal.Side.BODY)
        | Q(body__alliance__in=standing.coordinated_alliances)
    ).exclude(Q(person=person) & Q(side=Refusal.Side.BODY))
    return found.select_related("person", "body__alliance__plan")


def refusable_bodies(person: Person, on: date) -> QuerySet[Body]:
    """Return the bodies of which `person` may say something: those of her Alliances."""
    bodies = Body.objects.filter(alliance__in=alliances_joined(person, on).values("pk"))
    return bodies.select_related("alliance__plan").order_by("alliance__name", "name")


def declaring_alliances(person: Person, on: date) -> QuerySet[Alliance]:
    """Return the Alliances in which what `person` declares keeps something fair."""
    return alliances_joined(person, on).order_by("-plan__starts_on", "name")


def tied_organisations(people: Iterable[int], on: date) -> dict[int, set[int]]:
    """Return, by person, the organisations to which a tie runs on that day; for computations."""
    rows = Tie.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), person__in=list(people), starts_on__lte=on
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person, organisation in rows.values_list("person", "organisation"):
        found[person].add(organisation)
    return found


def refused_bodies(people: Iterable[int]) -> dict[int, set[int]]:
    """Return, by person, the bodies kept apart by a refusal in force; for computations."""
    rows = Refusal.objects.filter(person__in=list(people), withdrawn_on=None)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person, body in rows.values_list("person", "body"):
        found[person].add(body)
    return found
