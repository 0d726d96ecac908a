"""Everything that changes how the work is governed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.accounts.queries import addressee
from jonction.core import search
from jonction.core.models import Trace
from jonction.core.outbox import absolute, tell
from jonction.core.taxonomy import Level
from jonction.core.verdicts import Refused, require
from jonction.core.versions import rewrite
from jonction.governance import queries, rules
from jonction.governance.models import (
    Alliance,
    AllianceTerritory,
    Body,
    Membership,
    Organisation,
    Plan,
    Seat,
)
from jonction.imports.models import Row
from jonction.imports.reading import keep_written
from jonction.territories.models import Figure, Place
from jonction.territories.queries import figure_facts

BATCH = 500


@transaction.atomic
def open_alliance(
    plan: Plan,
    *,
    actor: Person,
    today: date,
    region: Place,
    name: str,
    body_name: str,
    coordinator_name: str,
    coordinator_email: str,
) -> Alliance:
    """Open an Alliance with its regional body, and hand it over to who coordinates it.

    From then on its coordination alone changes it. A plan not written yet is written with it.
    """
    require(rules.can_open_alliance(actor, today=today))
    if plan.pk is None:
        plan.save()
        Trace.leave(actor, "governance.plan.created", plan)
    if queries.is_opened(plan, name):
        raise Refused(_("Ce plan a déjà une Alliance de ce nom."))
    alliance = Alliance.objects.create(plan=plan, region=region, name=name)
    body = Body.objects.create(alliance=alliance, name=body_name, level=Level.REGIONAL)
    person = addressee(coordinator_email) or Person.objects.create_user(
        coordinator_email, name=coordinator_name
    )
    role = Seat.Role.COORDINATOR
    seat = Seat.objects.create(person=person, body=body, role=role, starts_on=today)
    Trace.leave(actor, "governance.alliance.opened", alliance, plan=plan.pk)
    Trace.leave(actor, "governance.body.created", body, level=body.level)
    Trace.leave(actor, "governance.seat.given", seat, role=role, body=body.pk)
    search.index(alliance)
    search.index(body)
    about = {"alliance": alliance, "body": body, "link": absolute(alliance.get_absolute_url())}
    tell([person], "governance/mails/alliance_opened.txt", about, key=f"opened:{alliance.pk}")
    return alliance


def edit_alliance(
    alliance: Alliance, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> Alliance:
    require(rules.can_edit_alliance(actor, alliance, today=today))
    rewrite(alliance, changes, version=version, actor=actor)
    return alliance


@transaction.atomic
def create_territory(
    alliance: Alliance, *, actor: Person, today: date, facts: dict[str, Any]
) -> AllianceTerritory:
    require(rules.can_create_territory(actor, alliance, today=today))
    places = facts.pop("places")
    with _unless_taken(_("Ce nom est déjà pris dans cette Alliance.")):
        territory = AllianceTerritory.objects.create(alliance=alliance, **facts)
    territory.places.set(places)
    Trace.leave(actor, "governance.allianceterritory.created", territory)
    return territory


def edit_territory(
    territory: AllianceTerritory,
    *,
    actor: Person,
    today: date,
    version: int,
    changes: dict[str, Any],
) -> AllianceTerritory:
    require(rules.can_edit_territory(actor, territory, today=today))
    with _unless_taken(_("Ce nom est déjà pris dans cette Alliance.")):
        rewrite(territory, changes, version=version, actor=actor)
    return territory


@transaction.atomic
def create_body(alliance: Alliance, *, actor: Person, today: date, facts: dict[str, Any]) -> Body:
    require(rules.can_create_body(actor, alliance, today=today))
    with _unless_taken(_("Ce nom est déjà pris dans cette Alliance.")):
        body = Body.objects.create(alliance=alliance, **facts)
    Trace.leave(actor, "governance.body.created", body, level=body.level)
    search.index(body)
    return body


@transaction.atomic
def edit_body(
    body: Body, *, actor: Person, today: date, version: int, changes: dict[str, Any]
) -> Body:
    # locked first: two regional bodies could otherwise leave the Alliance at once
    Alliance.objects.select_for_update().get(pk=body.alliance_id)
    require(rules.can_edit_body(actor, body, today=today, level=changes["level"]))
    with _unless_taken(_("Ce nom est déjà pris dans cette Alliance.")):
        rewrite(body, changes, version=version, actor=actor)
    return body


@transaction.atomic
def give_seat(
    body: Body,
    *,
    actor: Person,
    today: date,
    person: Person | None,
    new_name: str,
    role: str,
    organisation: Organisation | None,
    is_citizen: bool,
    starts_on: date,
    ends_on: date | None,
) -> Seat:
    """Seat somebody known, or somebody new who may never have an account."""
    Body.objects.select_for_update().get(pk=body.pk)
    require(
        rules.can_give_seat(
            actor,
            body,
            today=today,
            role=role,
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    seat = Seat.objects.create(
        person=person or Person.objects.create_user(None, name=new_name),
        body=body,
        role=role,
        organisation=organisation,
        is_citizen=is_citizen,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    Trace.leave(actor, "governance.seat.given", seat, role=role, body=body.pk)
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, actor: Person, today: date, on: date) -> Seat:
    """Say the last day of the seat; who sat there stays written."""
    # locked first: two coordinators could otherwise end each other's seat at once
    Body.objects.select_for_update().get(pk=seat.body_id)
    require(rules.can_end_seat(actor, seat, today=today, on=on))
    seat.ends_on = on
    seat.save(update_fields=["ends_on"])
    Trace.leave(actor, "governance.seat.ended", seat, role=seat.role, on=on.isoformat())
    return seat


@transaction.atomic
def create_organisation(*, actor: Person, today: date, facts: dict[str, Any]) -> Organisation:
    require(rules.can_create_organisation(actor, today=today))
    with _unless_taken(_("Un organisme porte déjà ce NEQ.")):
        organisation = Organisation.objects.create(**facts)
    Trace.leave(actor, "governance.organisation.created", organisation)
    search.index(organisation)
    return organisation


def edit_organisation(
    organisation: Organisation,
    *,
    actor: Person,
    today: date,
    version: int,
    changes: dict[str, Any],
) -> Organisation:
    require(rules.can_edit_organisation(actor, organisation, today=today))
    with _unless_taken(_("Un organisme porte déjà ce NEQ.")):
        rewrite(organisation, changes, version=version, actor=actor)
    return organisation


@transaction.atomic
def give_membership(
    organisation: Organisation,
    *,
    actor: Person,
    today: date,
    person: Person,
    role: str,
    starts_on: date,
    ends_on: date | None,
) -> Membership:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(
        rules.can_give_membership(
            actor,
            organisation,
            today=today,
            role=role,
            person=person,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    )
    membership = Membership.objects.create(
        organisation=organisation,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    Trace.leave(actor, "governance.membership.given", membership, role=role)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, actor: Person, today: date, on: date) -> Membership:
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    require(rules.can_end_membership(actor, membership, today=today, on=on))
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    Trace.leave(actor, "governance.membership.ended", membership, on=on.isoformat())
    return membership


@contextmanager
def _unless_taken(sentence: str) -> Iterator[None]:
    """Say a name or a number taken at the same moment as a refusal, not as a breakdown."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(sentence) from error


@transaction.atomic
def write_organisations(alliance: int, *, actor: Person, today: date, rows: Iterable[Row]) -> None:
    """Write the new rows of an import, and change the sheets that changed rows name."""
    require(rules.can_write_organisations(actor, alliance, today))
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        for row in batch:
            if row.target is not None:
                known = Organisation.objects.get(pk=row.target)
                row.before = queries.organisation_facts(known)
                rewrite(known, _columns(row.facts), version=known.version, actor=actor)
        new = [row for row in batch if row.target is None]
        made = Organisation.objects.bulk_create(
            Organisation(**_bare(row.facts), place_id=row.facts["place"]) for row in new
        )
        for row, sheet in zip(new, made, strict=True):
            row.target = sheet.pk
        keep_written(batch)


@transaction.atomic
def restore_organisations(alliance: int, *, actor: Person, today: date, rows: Iterable[Row]) -> int:
    """Take back what an import wrote; a sheet changed since, or in use, is left and counted."""
    require(rules.can_restore_organisations(actor, alliance, today))
    left = 0
    for row in rows:
        known = Organisation.objects.filter(pk=row.target or 0).first()
        if known is None or queries.organisation_facts(known) != row.facts:
            left += 1
        elif row.before is not None:
            rewrite(known, _columns(row.before), version=known.version, actor=actor)
        else:
            left += not _deleted(known)
    return left


@transaction.atomic
def write_figures(alliance: int, *, actor: Person, today: date, rows: Iterable[Row]) -> None:
    """Write the new figures of an import, and change those that changed rows name."""
    require(rules.can_write_figures(actor, alliance, today))
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        for row in batch:
            if row.target is not None:
                row.before = figure_facts(Figure.objects.get(pk=row.target))
                Figure.objects.filter(pk=row.target).update(**_figure(row.facts))
        new = [row for row in batch if row.target is None]
        made = Figure.objects.bulk_create(Figure(**_figure(row.facts)) for row in new)
        for row, figure in zip(new, made, strict=True):
            row.target = figure.pk
        keep_written(batch)


@transaction.atomic
def restore_figures(alliance: int, *, actor: Person, today: date, rows: Iterable[Row]) -> int:
    """Take back what an import wrote; a figure changed since is left as it is, and counted."""
    require(rules.can_restore_figures(actor, alliance, today))
    left = 0
    for row in rows:
        known = Figure.objects.filter(pk=row.target or 0).first()
        if known is None or figure_facts(known) != row.facts:
            left += 1
        elif row.before is None:
            known.delete()
        else:
            Figure.objects.filter(pk=known.pk).update(**_figure(row.before))
    return left


def _figure(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "place_id": facts["place"],
        "indicator_id": facts["indicator"],
        "period": facts["period"],
        "value": Decimal(facts["value"]),
        "source": facts["source"],
    }


def _columns(facts: dict[str, Any]) -> dict[str, Any]:
    place = facts["place"]
    return {**_bare(facts), "place": Place.objects.get(pk=place) if place else None}


def _bare(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what a sheet says but for its place, which a new one points to without reading it."""
    budget = facts["annual_budget"]
    names = ("name", "neq", "kind", "phone", "email")
    amount = Decimal(budget) if budget else None
    return {**{name: facts[name] for name in names}, "annual_budget": amount}


def _deleted(organisation: Organisation) -> bool:
    """Say whether nothing used the organisation, which is then no more."""
    try:
        with transaction.atomic():
            organisation.delete()
    except ProtectedError:
        return False
    return True
