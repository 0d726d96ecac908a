"""What territories shows: the official list is public."""

from django.db.models import QuerySet

from jonction.territories.models import Place


def regions() -> QuerySet[Place]:
    found: QuerySet[Place] = Place.objects.filter(kind=Place.Kind.REGION).order_by("code")
    return found


def places_below(place: Place) -> QuerySet[Place]:
    """Return the children of `place`, in French alphabetical order."""
    below = Place.objects.filter(path__startswith=place.path, depth=place.depth + 1)
    found: QuerySet[Place] = below.order_by("sort_key")
    return found


def counties() -> QuerySet[Place]:
    """Return the MRC and equivalents, in French alphabetical order."""
    kinds = [Place.Kind.MRC, Place.Kind.TERRITORY]
    found: QuerySet[Place] = Place.objects.filter(kind__in=kinds).order_by("sort_key")
    return found


def place_above(place: Place) -> Place | None:
    """Return the region of an MRC; the province and its regions need no way back but the list."""
    found: Place | None = Place.objects.filter(
        path=place.path[: -Place.steplen], kind=Place.Kind.REGION
    ).first()
    return found
