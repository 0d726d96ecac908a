"""Who is in the public directory, and which releases a person sees."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum

from jonction.accounts.consents import TEXTS
from jonction.accounts.models import Consent, Person
from jonction.governance.models import Body
from jonction.governance.queries import standing_of
from jonction.support.models import Capacity, Intervention, ReleaseAgreement, Resource

RENEWED_BEFORE = timedelta(days=120)


def published_resources(on: date) -> QuerySet[Resource]:
    """Return the public directory: people who agree to it in the words of today, bodies put there.

    Whoever left is no longer in it. Nothing here is a way to reach a person: see `consents`.
    """
    version = TEXTS[Consent.Purpose.DIRECTORY].version
    agreeing = Consent.objects.filter(
        purpose=Consent.Purpose.DIRECTORY, text_version=version, withdrawn_at=None
    )
    return (
        Resource.objects.filter(
            Q(person__in=agreeing.values("person")) | Q(person=None, is_published=True)
        )
        .exclude(leaves_on__lt=on)
        .select_related("home", "alliance__plan", "base")
        .prefetch_related("territories", "skills")
    )


def releases_visible_to(person: Person, on: date) -> QuerySet[ReleaseAgreement]:
    """Return one's own releases, and those of the Alliances that one coordinates."""
    coordinated = standing_of(person, on).coordinated_alliances
    return ReleaseAgreement.objects.filter(
        Q(resource__person=person) | Q(resource__alliance__in=coordinated)
    ).select_related("resource__person", "resource__alliance", "organisation", "renews")


def releases_to_renew(on: date) -> QuerySet[ReleaseAgreement]:
    """Return those that end soon, and whose renewal nobody asked yet."""
    return ReleaseAgreement.objects.filter(
        status=ReleaseAgreement.Status.AGREED,
        ends_on__range=(on, on + RENEWED_BEFORE),
        renewal=None,
    )


def bodies_of_alliance(resource: Resource) -> QuerySet[Body]:
    return Body.objects.filter(alliance=resource.alliance_id).order_by("name")


def last_given(release: ReleaseAgreement, on: date) -> date:
    """Return the last day that the institution gives: `on`, when the agreement stops that day.

    A renewal that is not agreed leaves what came before it.
    """
    status = release.Status(release.status)
    if status in (release.Status.PROPOSED, release.Status.REFUSED) and release.renews:
        return release.renews.ends_on
    return min(on, release.ends_on)


def hours_left_by(release: ReleaseAgreement, on: date) -> QuerySet[Capacity]:
    """Return the hours offered that would not be given any more, were the agreement to stop `on`.

    Nothing says where hours offered come from: those of the same amount that meet its dates are
    taken for its own, unless another agreement gives as many.
    """
    last, status = last_given(release, on), release.Status(release.status)
    same = {"resource": release.resource_id, "quarters_per_week": release.quarters_per_week}
    others = ReleaseAgreement.objects.filter(
        **same, status=release.Status.AGREED, ends_on__gt=last
    ).exclude(pk=release.pk)
    was_given = status in (release.Status.AGREED, release.Status.ENDED) or release.renews_id
    if not was_given or others.exists():
        return Capacity.objects.none()
    first = release.renews.starts_on if release.renews else release.starts_on
    return Capacity.objects.filter(
        **same, ends_on__gt=last, ends_on__gte=first, starts_on__lte=release.ends_on
    )


def promised_quarters(release: ReleaseAgreement, on: date) -> int:
    """Return the quarter hours promised from the first day of the agreement to that one."""
    days = (min(release.ends_on, on) - release.starts_on).days + 1
    return release.quarters_per_week * max(days, 0) // 7


def given_quarters(release: ReleaseAgreement, on: date) -> int:
    """Return the quarter hours that the resource noted since the agreement began."""
    lines = Intervention.objects.filter(
        resource=release.resource_id,
        on__range=(release.starts_on, min(release.ends_on, on)),
    )
    return lines.aggregate(sum=Sum("quarters"))["sum"] or 0
