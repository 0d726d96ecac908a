"""Everything that changes what a resource can do, and the agreements that free its time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core import search
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.verdicts import require
from jonction.core.versions import claim
from jonction.governance.models import Organisation
from jonction.support.actions.resource import offer_capacity
from jonction.support.models import Affinity, Capacity, ReleaseAgreement, Resource, Skill
from jonction.support.queries.directory import hours_left_by, last_given
from jonction.support.rules import directory as rules
from jonction.territories.models import Place

Row = Mapping[str, Any]


@transaction.atomic
def describe_resource(
    resource: Resource,
    *,
    actor: Person,
    today: date,
    version: int,
    languages: Sequence[str],
    base: Place | None,
    is_published: bool,
    skills: Iterable[Row],
    affinities: Iterable[Row],
) -> Resource:
    """Write the whole description: skills and affinities that are not said any more go."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    require(rules.can_describe_resource(actor, resource, today))
    claim(resource, ["description"], version=version, actor=actor)
    resource.languages, resource.base = list(languages), base
    resource.is_published = is_published
    resource.save(update_fields=["languages", "base", "is_published"])
    resource.skills.all().delete()
    resource.affinities.all().delete()
    Skill.objects.bulk_create(Skill(resource=resource, **skill) for skill in skills)
    Affinity.objects.bulk_create(Affinity(resource=resource, **said) for said in affinities)
    Trace.leave(actor, "support.resource.described", resource)
    search.index(resource)
    return resource


@transaction.atomic
def ask_release(
    resource: Resource,
    *,
    actor: Person,
    today: date,
    organisation: Organisation,
    addressee: str,
    quarters_per_week: int,
    starts_on: date,
    ends_on: date,
    renews: ReleaseAgreement | None = None,
) -> ReleaseAgreement:
    """Write the request; its letter is then ready to print."""
    require(rules.can_ask_release(actor, resource, today))
    release = ReleaseAgreement.objects.create(
        resource=resource,
        organisation=organisation,
        addressee=addressee,
        quarters_per_week=quarters_per_week,
        starts_on=starts_on,
        ends_on=ends_on,
        renews=renews,
        asked_on=today,
    )
    Trace.leave(actor, "support.releaseagreement.proposed", release)
    return release


@transaction.atomic
def agree_release(
    release: ReleaseAgreement, *, actor: Person, today: date, is_offered: bool = False
) -> ReleaseAgreement:
    """Note that the institution agrees; its hours become hours offered when that is asked."""
    require(rules.can_agree_release(actor, release, today))
    _answer(release, ReleaseAgreement.Status.AGREED, actor, today, "")
    if is_offered:
        offer_capacity(
            release.resource,
            actor=actor,
            today=today,
            quarters_per_week=release.quarters_per_week,
            starts_on=release.starts_on,
            ends_on=release.ends_on,
        )
    return release


@transaction.atomic
def refuse_release(
    release: ReleaseAgreement,
    *,
    actor: Person,
    today: date,
    word: str,
    are_hours_ended: bool = False,
) -> ReleaseAgreement:
    """Note that the institution does not agree; of a renewal, its hours may end where it ended."""
    require(rules.can_refuse_release(actor, release, today))
    if are_hours_ended:
        _end_hours(release, actor, today)
    _answer(release, ReleaseAgreement.Status.REFUSED, actor, today, word)
    return release


@transaction.atomic
def end_release(
    release: ReleaseAgreement,
    *,
    actor: Person,
    today: date,
    word: str,
    are_hours_ended: bool = False,
) -> ReleaseAgreement:
    """Stop it today; its dates then say what was, and its hours stop with it when that is asked."""
    require(rules.can_end_release(actor, release, today))
    if are_hours_ended:
        _end_hours(release, actor, today)
    release.word, release.ends_on = word, max(min(today, release.ends_on), release.starts_on)
    release.save(update_fields=["word", "ends_on"])
    move(release, ReleaseAgreement.Status.ENDED, actor=actor, word=word)
    return release


@transaction.atomic
def end_release_hours(release: ReleaseAgreement, *, actor: Person, today: date) -> ReleaseAgreement:
    """Stop offering the hours of a release that is over, on the last day that it gave."""
    require(rules.can_end_release_hours(actor, release, today))
    _end_hours(release, actor, today)
    return release


@transaction.atomic
def renew_release(
    release: ReleaseAgreement, *, actor: Person, today: date, ends_on: date
) -> ReleaseAgreement:
    """Ask again for the same hours, from the day after the end until that day."""
    Resource.objects.select_for_update().get(pk=release.resource_id)
    require(rules.can_renew_release(actor, release, today, ends_on=ends_on))
    return ask_release(
        release.resource,
        actor=actor,
        today=today,
        organisation=release.organisation,
        addressee=release.addressee,
        quarters_per_week=release.quarters_per_week,
        starts_on=release.ends_on + timedelta(days=1),
        ends_on=ends_on,
        renews=release,
    )


def _end_hours(release: ReleaseAgreement, actor: Person, today: date) -> None:
    """Cut the hours on the last day given; what was offered until then stays written."""
    Resource.objects.select_for_update().get(pk=release.resource_id)
    last, found = last_given(release, today), hours_left_by(release, today)
    keys = list(found.values_list("pk", flat=True))
    left = Capacity.objects.filter(pk__in=keys)
    left.filter(starts_on__gt=last).delete()
    left.update(ends_on=last)
    if keys:
        Trace.leave(actor, "support.resource.hours_ended", release.resource, on=last.isoformat())


def _answer(release: ReleaseAgreement, to: str, actor: Person, today: date, word: str) -> None:
    release.answered_on, release.word = today, word
    release.save(update_fields=["answered_on", "word"])
    move(release, to, actor=actor, word=word)
