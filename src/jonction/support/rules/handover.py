"""Who writes a hand-over, hands it, reads it and says what was missing (R4)."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.support.models import NEVER_HELD, HandOver, Mandate
from jonction.support.queries import access
from jonction.support.queries.handover import handover_under_way

STATUS = HandOver.Status


def can_prepare_handover(
    actor: Person, mandate: Mandate, today: date, *, seen: Sequence[HandOver] | None = None
) -> Verdict:
    """R4: whoever leaves prepares it; the coordination does for whoever is gone already.

    `seen` are those of the mandate that the actor sees: whoever may prepare one sees them all.
    """
    if mandate.status in NEVER_HELD:
        return no(_("Une passation se prépare pour un mandat qui a été tenu."))
    if handover_under_way(mandate, seen):
        return no(_("Une passation est déjà en route pour ce mandat."))
    if mandate.resource.person_id == actor.pk or access.coordinates(actor, mandate.process, today):
        return YES
    return no(_("La passation est préparée par la personne qui part, ou par la coordination."))


def can_prepare_handovers(actor: Person, today: date) -> Verdict:
    """R4: a mandate that ends and a departure ask for them; each file keeps its own rule."""
    return YES


def can_edit_handover(actor: Person, handover: HandOver, today: date) -> Verdict:
    """R4: it is the word of whoever leaves; the coordination writes it only in her absence."""
    if handover.status != STATUS.DRAFT:
        return no(_("Ce dossier a été remis : il reste comme il a été remis."))
    return _leaves(actor, handover, today)


def can_refresh_handover(actor: Person, handover: HandOver, today: date) -> Verdict:
    """R4: what the rows say is drawn again as long as nothing was handed."""
    return can_edit_handover(actor, handover, today)


def can_give_handover(actor: Person, handover: HandOver, today: date) -> Verdict:
    """R4: handed to somebody; a file that nobody receives hands nothing over."""
    verdict = can_edit_handover(actor, handover, today)
    if verdict and handover.successor_id is None:
        return no(_("Choisissez d’abord qui prend la relève."))
    return verdict


def can_take_back_handover(actor: Person, handover: HandOver, today: date) -> Verdict:
    """R4: what was not read yet may still be taken back and finished."""
    if handover.status != STATUS.HANDED:
        return no(_("Seul un dossier remis et pas encore lu se reprend."))
    return _leaves(actor, handover, today)


def can_acknowledge_handover(actor: Person, handover: HandOver, today: date) -> Verdict:
    """R4: the receipt is given by whoever takes over; the coordination notes that of others."""
    if handover.status != STATUS.HANDED:
        return no(_("Ce dossier n’attend pas d’accusé de lecture."))
    return _takes_over(actor, handover, today)


def can_follow_handover(actor: Person, handover: HandOver, today: date) -> Verdict:
    """R4: thirty days later, whoever took over says what was missing."""
    if handover.status != STATUS.READ:
        return no(_("Le suivi se fait une fois le dossier lu."))
    return _takes_over(actor, handover, today)


def can_drop_handover(actor: Person, handover: HandOver, today: date) -> Verdict:
    """R4: a draft that serves nobody is dropped; what was handed stays."""
    if handover.status != STATUS.DRAFT:
        return no(_("Ce dossier a été remis : il reste."))
    return _leaves(actor, handover, today)


def _leaves(actor: Person, handover: HandOver, today: date) -> Verdict:
    """The leaver; or the coordination, when it is the one that prepared the file."""
    person = handover.mandate.resource.person
    if person == actor:
        return YES
    is_hers = person is not None and handover.prepared_by_id == person.pk
    if not is_hers and access.coordinates(actor, handover.mandate.process, today):
        return YES
    return no(_("Ce dossier est celui de la personne qui part."))


def _takes_over(actor: Person, handover: HandOver, today: date) -> Verdict:
    person = handover.successor.person if handover.successor else None
    if person == actor:
        return YES
    if (person is None or not person.email) and access.coordinates(
        actor, handover.mandate.process, today
    ):
        return YES
    return no(_("Ce geste appartient à la personne qui prend la relève."))
