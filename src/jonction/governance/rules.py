"""Who may change how the work is governed, and when."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.accounts.queries import keeps_platform
from jonction.core.taxonomy import Level
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance import queries
from jonction.governance.models import (
    Alliance,
    AllianceTerritory,
    Body,
    Membership,
    Organisation,
    Seat,
)

# these roles open the whole Alliance: its coordination alone gives them
WIDE = frozenset({Seat.Role.OBSERVER, Seat.Role.FINANCE, Seat.Role.RESEARCHER})


def can_open_alliance(actor: Person, *, today: date) -> Verdict:
    """S1, S3: whoever keeps the platform opens an Alliance, and hands it to its coordination."""
    if keeps_platform(actor, today):
        return YES
    return no(_("Une Alliance s’ouvre par la personne qui tient la plateforme."))


def can_edit_alliance(actor: Person, alliance: Alliance, *, today: date) -> Verdict:
    """S3 (governance): an Alliance changes its own frame by the hand of its coordination."""
    if alliance.pk in queries.standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Seule la coordination de l’Alliance peut faire ce changement."))


def can_create_territory(actor: Person, alliance: Alliance, *, today: date) -> Verdict:
    """S3: each Alliance cuts its own territories; they are not always the MRC."""
    return can_edit_alliance(actor, alliance, today=today)


def can_edit_territory(actor: Person, territory: AllianceTerritory, *, today: date) -> Verdict:
    """S3: see `can_create_territory`."""
    return can_edit_alliance(actor, territory.alliance, today=today)


def can_create_body(actor: Person, alliance: Alliance, *, today: date) -> Verdict:
    """S3: the coordination of the Alliance opens a body."""
    return can_edit_alliance(actor, alliance, today=today)


def can_edit_body(actor: Person, body: Body, *, today: date, level: str = "") -> Verdict:
    """S3: the Alliance keeps a regional body that somebody coordinates: its own powers rest on it."""
    verdict = can_edit_alliance(actor, body.alliance, today=today)
    if verdict and level not in ("", body.level) and body.level == Level.REGIONAL:
        others = Body.objects.filter(alliance=body.alliance, level=Level.REGIONAL)
        kept = Seat.objects.filter(
            queries.held_on(today),
            body__in=others.exclude(pk=body.pk),
            role=Seat.Role.COORDINATOR,
        )
        if not kept.exists():
            return no(_("L’Alliance n’aurait plus d’instance régionale coordonnée."))
    return verdict


def can_give_seat(
    actor: Person,
    body: Body,
    *,
    today: date,
    role: str = Seat.Role.MEMBER,
    person: Person | None = None,
    starts_on: date = date.min,
    ends_on: date | None = None,
) -> Verdict:
    """S3: a coordination gives the seats of its body; nobody gives themself a power."""
    standing = queries.standing_of(actor, today)
    is_alliance = body.alliance_id in standing.coordinated_alliances
    if not is_alliance and body.pk not in standing.coordinated_bodies:
        return no(_("Seules les coordinations de l’instance et de l’Alliance donnent ses sièges."))
    if role in WIDE and not is_alliance:
        return no(_("Ce rôle ouvre toute l’Alliance : sa coordination le donne."))
    if person == actor and role != Seat.Role.MEMBER:
        return no(_("Personne ne se donne ce rôle : une autre coordination doit vous le donner."))
    if ends_on and ends_on < starts_on:
        return no(_("La fin du siège vient avant son début."))
    if person and _holds(
        Seat.objects.filter(body=body, person=person, role=role), starts_on, ends_on
    ):
        return no(_("Cette personne a déjà ce siège à ces dates."))
    return YES


def can_end_seat(actor: Person, seat: Seat, *, today: date, on: date | None = None) -> Verdict:
    """S3, R4: a body is never left without coordination; a seat is ended, never erased."""
    on = on or today
    standing = queries.standing_of(actor, today)
    if not (
        seat.person_id == actor.pk
        or seat.body_id in standing.coordinated_bodies
        or seat.body.alliance_id in standing.coordinated_alliances
    ):
        return no(_("Seules la personne et les coordinations peuvent mettre fin à ce siège."))
    if seat.ends_on and seat.ends_on < today:
        return no(_("Ce siège est déjà terminé."))
    if on < seat.starts_on:
        return no(_("La fin du siège vient avant son début."))
    if seat.role == Seat.Role.COORDINATOR:
        after = max(on, today)
        others = Seat.objects.filter(body=seat.body, role=Seat.Role.COORDINATOR)
        if not _outlasted(others.exclude(person=seat.person_id), after):
            return no(
                _("L’instance n’aurait plus de coordination : donnez d’abord ce siège à une autre.")
            )
    return YES


def can_create_organisation(actor: Person, *, today: date) -> Verdict:
    """S3: those who coordinate register the organisations they work with."""
    if queries.standing_of(actor, today).coordinated_bodies:
        return YES
    return no(_("Les coordinations inscrivent les organismes : demandez à celle de votre table."))


def can_edit_organisation(actor: Person, organisation: Organisation, *, today: date) -> Verdict:
    """S3: an organisation keeps its own sheet; the coordination of its region may too."""
    mine = queries.memberships_of(actor, today).filter(organisation=organisation)
    if mine.filter(role__in=queries.WRITERS).exists():
        return YES
    if queries.coordinates_around(actor, organisation, today):
        return YES
    return no(_("L’organisme et la coordination de sa région tiennent cette fiche."))


def can_give_membership(
    actor: Person,
    organisation: Organisation,
    *,
    today: date,
    role: str = Membership.Role.OWNER,
    person: Person | None = None,
    starts_on: date = date.min,
    ends_on: date | None = None,
) -> Verdict:
    """R3: an organisation says who writes for it; the coordination does while nobody answers."""
    verdict = _gives_access(actor, organisation, role, today)
    if not verdict:
        return verdict
    if person == actor:
        return no(_("Personne ne se donne un accès : une autre personne doit vous le donner."))
    if ends_on and ends_on < starts_on:
        return no(_("La fin de l’accès vient avant son début."))
    rows = Membership.objects.filter(organisation=organisation, person=person)
    if person and _holds(rows, starts_on, ends_on):
        return no(_("Cette personne a déjà un accès à ces dates."))
    return YES


def can_end_membership(
    actor: Person, membership: Membership, *, today: date, on: date | None = None
) -> Verdict:
    """R3: an organisation with members keeps somebody who answers for it."""
    on = on or today
    organisation = membership.organisation
    owners = queries.owners_of(organisation, today)
    is_owner = owners.filter(person=actor).exists()
    around = queries.coordinates_around(actor, organisation, today)
    if membership.person_id != actor.pk and not is_owner and not around:
        return no(_("Les responsables de l’organisme donnent et retirent ces accès."))
    if membership.ends_on and membership.ends_on < today:
        return no(_("Cet accès est déjà terminé."))
    if on < membership.starts_on:
        return no(_("La fin de l’accès vient avant son début."))
    others = Membership.objects.filter(organisation=organisation).exclude(
        person=membership.person_id
    )
    if membership.role == Membership.Role.OWNER and _outlasted(others, max(on, today)):
        rest = others.filter(role=Membership.Role.OWNER)
        if not _outlasted(rest, max(on, today)):
            return no(_("L’organisme n’aurait plus de responsable : nommez-en un autre d’abord."))
    return YES


def _gives_access(actor: Person, organisation: Organisation, role: str, today: date) -> Verdict:
    """Say yes to the owners, and to the coordination for the first of them."""
    owners = queries.owners_of(organisation, today)
    if owners.filter(person=actor).exists():
        return YES
    if not queries.coordinates_around(actor, organisation, today):
        return no(_("Les responsables de l’organisme donnent ces accès."))
    if owners.exists():
        return no(_("Cet organisme a des responsables : c’est à eux de donner les accès."))
    if role != Membership.Role.OWNER:
        return no(_("La coordination nomme une personne responsable, qui donne le reste."))
    return YES


def _holds(rows: QuerySet[Any], since: date, until: date | None) -> bool:
    """Say whether one of the rows meets the period."""
    met = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since))
    return (met.filter(starts_on__lte=until) if until else met).exists()


def _outlasted(rows: QuerySet[Any], day: date) -> bool:
    """Say whether one of the rows is there the day after `day`, without a gap."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return rows.filter(later, starts_on__lte=day + timedelta(days=1)).exists()


def can_write_organisations(actor: Person, alliance: int, today: date) -> Verdict:
    """S3: a list of organisations is brought in by the coordination of an Alliance."""
    if alliance in queries.standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Les listes d’organismes sont importées par la coordination de l’Alliance."))


def can_restore_organisations(actor: Person, alliance: int, today: date) -> Verdict:
    """S3: whoever may bring a list in may take back what she brought."""
    return can_write_organisations(actor, alliance, today)


def can_write_figures(actor: Person, alliance: int, today: date) -> Verdict:
    """S5: the figures of the places of a region are brought in by the coordination there."""
    if alliance in queries.standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Les chiffres d’une région sont importés par la coordination de son Alliance."))


def can_restore_figures(actor: Person, alliance: int, today: date) -> Verdict:
    """S5: whoever may bring figures in may take back what she brought."""
    return can_write_figures(actor, alliance, today)
