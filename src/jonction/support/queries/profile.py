"""Which starting profiles a person sees, and how much of them (S5)."""

from datetime import date

from django.db.models import BooleanField, Case, Prefetch, Q, QuerySet, When

from jonction.accounts.models import Person
from jonction.core.taxonomy import Level
from jonction.engines.small_cells import FEWEST_PERSONS
from jonction.governance.models import Body
from jonction.governance.queries import Standing, standing_of
from jonction.support.models import Appraisal, StartingProfile
from jonction.support.queries.mandate import alliances_of

SIGNED = [StartingProfile.Status.ADOPTED, StartingProfile.Status.SUPERSEDED]


def outside_alliances(standing: Standing) -> frozenset[int]:
    """Return the Alliances that the person looks at from outside: totals, never small cells."""
    return standing.observed_alliances | standing.studied_alliances


def profiles_visible_to(person: Person, on: date) -> QuerySet[StartingProfile]:
    """Return the profiles that `person` may look at; each row says how much of it.

    `is_whole`: with its words and its dissent, drafts too: those of the body, and the coordination
    of the Alliance. `is_inside`: with its values, once signed: those who take part in the Alliance.
    The others, who look from outside, read the values unless too few people were in the room.
    """
    standing = standing_of(person, on)
    whole = Q(body__in=standing.seated_bodies | standing.coordinated_bodies) | Q(
        body__alliance__in=standing.coordinated_alliances
    )
    inside = Q(body__alliance__in=alliances_of(person, on))
    outside = Q(body__alliance__in=outside_alliances(standing))
    return (
        StartingProfile.objects.filter(whole | Q(inside | outside, status__in=SIGNED))
        .annotate(
            is_whole=true_when(whole),
            is_inside=true_when(whole | inside),
            is_coordinated=true_when(Q(body__in=standing.coordinated_bodies)),
        )
        .select_related("territory", "body__alliance__plan")
        .prefetch_related(Prefetch("appraisals", Appraisal.objects.order_by("pk")))
    )


def shows_values(profile: StartingProfile) -> bool:
    """Say whether the person for whom this profile was found reads its values."""
    return bool(vars(profile)["is_inside"]) or (profile.present or 0) >= FEWEST_PERSONS


def local_bodies(person: Person, on: date) -> QuerySet[Body]:
    """Return the bodies with a territory in the Alliances that `person` takes part in or observes.

    Each row says whether the person coordinates it (`is_coordinated`).
    """
    standing = standing_of(person, on)
    alliances = alliances_of(person, on) | outside_alliances(standing)
    return (
        Body.objects.filter(alliance__in=alliances, level=Level.LOCAL, territory__isnull=False)
        .annotate(is_coordinated=true_when(Q(pk__in=standing.coordinated_bodies)))
        .select_related("territory", "alliance__plan")
        .order_by("-alliance__plan__starts_on", "alliance__name", "territory__name", "name")
    )


def bodies_within(person: Person, on: date) -> QuerySet[Body]:
    """Return the bodies whose paper kit `person` may print: those of her own Alliances."""
    return local_bodies(person, on).filter(alliance__in=alliances_of(person, on))


def true_when(condition: Q) -> Case:
    """Return what tells, beside each row, whether the condition holds for it."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
