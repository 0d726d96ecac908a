"""Everything that changes a resource."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import cast

from django.db import transaction
from django.utils.timezone import make_aware, now
from django.utils.translation import gettext as _

from jonction.accounts.actions import note_consent, note_withdrawal
from jonction.accounts.models import Person
from jonction.core import search
from jonction.core.background import later
from jonction.core.models import Trace
from jonction.core.verdicts import Refused, require
from jonction.core.versions import rewrite
from jonction.governance.models import Alliance, AllianceTerritory, Organisation
from jonction.support.actions.handover import OF_HANDOVER, prepare_handovers
from jonction.support.models import Capacity, HandOver, Leave, Resource
from jonction.support.rules import resource as rules
from jonction.support.telling import tell_of_departure


@transaction.atomic
def add_resource(
    alliance: Alliance,
    *,
    actor: Person,
    today: date,
    name: str,
    kind: str,
    email: str,
    home: Organisation | None,
    territories: Iterable[AllianceTerritory],
) -> Resource:
    """Add who supports; an e-mail opens an account, which exists already or is made."""
    require(rules.can_add_resource(actor, alliance, today, email=email))
    person = Person.objects.filter(email__iexact=email).first() if email else None
    if email and person is None:
        person = Person.objects.create_user(email, name=name)
    resource = Resource.objects.create(
        alliance=alliance, name=name, kind=kind, person=person, home=home
    )
    resource.territories.set(territories)
    Trace.leave(actor, "support.resource.added", resource)
    search.index(resource)
    return resource


@transaction.atomic
def edit_resource(
    resource: Resource,
    *,
    actor: Person,
    today: date,
    version: int,
    name: str,
    kind: str,
    home: Organisation | None,
    territories: Iterable[AllianceTerritory],
) -> Resource:
    require(rules.can_edit_resource(actor, resource, today))
    changes = {"name": name, "kind": kind, "home": home, "territories": list(territories)}
    rewrite(resource, changes, version=version, actor=actor)
    return resource


@transaction.atomic
def offer_capacity(
    resource: Resource,
    *,
    actor: Person,
    today: date,
    quarters_per_week: int,
    starts_on: date,
    ends_on: date,
) -> Capacity:
    """Say the hours a week over a period; what was said before gives way on the days they share."""
    _lock(resource)
    require(rules.can_offer_capacity(actor, resource, today))
    _make_room(resource, starts_on, ends_on)
    capacity = Capacity.objects.create(
        resource=resource,
        quarters_per_week=quarters_per_week,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    Trace.leave(actor, "support.resource.offered", resource, quarters=quarters_per_week)
    return capacity


@transaction.atomic
def announce_departure(
    resource: Resource, *, actor: Person, today: date, leaves_on: date | None
) -> Resource:
    """Say the last day; None takes the announcement back."""
    require(rules.can_announce_departure(actor, resource, today, leaves_on=leaves_on))
    was, resource.leaves_on = resource.leaves_on, leaves_on
    resource.save(update_fields=["leaves_on"])
    if leaves_on:
        held = resource.mandates.filter(status__in=["active", "suspended"], ends_on__gte=today)
        prepare_handovers(
            held.select_related(*OF_HANDOVER),
            actor=actor,
            today=today,
            reason=HandOver.Reason.DEPARTURE,
        )
    on = leaves_on.isoformat() if leaves_on else ""
    Trace.leave(actor, "support.resource.leaving", resource, on=on)
    if was != leaves_on:
        tell_of_departure(resource, actor=actor, today=today)
    _watch(resource)
    return resource


@transaction.atomic
def add_leave(
    resource: Resource, *, actor: Person, today: date, starts_on: date, ends_on: date
) -> Leave:
    """Say that the resource is away; the same days said again are the same leave."""
    _lock(resource)
    require(rules.can_add_leave(actor, resource, today))
    if known := resource.leaves.filter(starts_on=starts_on, ends_on=ends_on).first():
        return known
    leave = Leave.objects.create(resource=resource, starts_on=starts_on, ends_on=ends_on)
    Trace.leave(actor, "support.resource.away", resource)
    _watch(resource)
    return leave


@transaction.atomic
def remove_leave(leave: Leave, *, actor: Person, today: date) -> None:
    require(rules.can_remove_leave(actor, leave, today))
    Trace.leave(actor, "support.resource.back", leave.resource)
    _watch(leave.resource)
    leave.delete()


@transaction.atomic
def note_agreement(
    resource: Resource, *, actor: Person, today: date, channel: str, on: date
) -> Resource:
    """Write down that the person agreed, on paper or aloud, to be in the public directory."""
    require(rules.can_note_agreement(actor, resource, today))
    if on > today:
        raise Refused(_("Cette date est dans l’avenir."))
    given_at = min(make_aware(datetime.combine(on, time(12))), now())
    person = cast("Person", resource.person)
    note_consent(person, actor=actor, purpose=rules.DIRECTORY, channel=channel, given_at=given_at)
    return resource


@transaction.atomic
def note_agreement_ended(resource: Resource, *, actor: Person, today: date) -> Resource:
    require(rules.can_note_agreement_ended(actor, resource, today))
    note_withdrawal(cast("Person", resource.person), actor=actor, purpose=rules.DIRECTORY)
    return resource


def _lock(resource: Resource) -> None:
    """Make what is sent twice at once come one after the other."""
    Resource.objects.select_for_update().get(pk=resource.pk)


def _watch(resource: Resource) -> None:
    ids = resource.mandates.order_by().values_list("process", flat=True).distinct()
    later("jonction.support.jobs.watch_processes", list(ids))


def _make_room(resource: Resource, starts_on: date, ends_on: date) -> None:
    """Cut the periods that meet those days, keeping what lies before and after."""
    for old in resource.capacities.filter(starts_on__lte=ends_on, ends_on__gte=starts_on):
        old.delete()
        for first, last in (
            (old.starts_on, starts_on - timedelta(days=1)),
            (ends_on + timedelta(days=1), old.ends_on),
        ):
            if first <= last:
                Capacity.objects.create(
                    resource=resource,
                    quarters_per_week=old.quarters_per_week,
                    starts_on=first,
                    ends_on=last,
                )
