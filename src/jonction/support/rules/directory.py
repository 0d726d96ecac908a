"""Who says what a resource can do, and who asks an institution to free its people (S5, S6, R3)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.days import in_words
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance.queries import standing_of
from jonction.support.models import ReleaseAgreement, Resource
from jonction.support.queries.directory import RENEWED_BEFORE, hours_left_by
from jonction.support.rules.resource import can_edit_resource

STATUS = ReleaseAgreement.Status


def can_describe_resource(actor: Person, resource: Resource, today: date) -> Verdict:
    """S6, R3: what one can do is said by oneself or by the coordination."""
    return can_edit_resource(actor, resource, today)


def can_ask_release(actor: Person, resource: Resource, today: date) -> Verdict:
    """S5 (will to free professionals): the coordination asks, or the person for herself."""
    return can_edit_resource(actor, resource, today)


def can_agree_release(actor: Person, release: ReleaseAgreement, today: date) -> Verdict:
    """S5: the answer of the institution is noted by the coordination."""
    if release.status != STATUS.PROPOSED:
        return no(_("Cette demande a déjà reçu sa réponse."))
    return _coordinates(actor, release, today)


def can_refuse_release(actor: Person, release: ReleaseAgreement, today: date) -> Verdict:
    """S5: a refusal is noted with the reason that the institution gave."""
    return can_agree_release(actor, release, today)


def can_end_release(actor: Person, release: ReleaseAgreement, today: date) -> Verdict:
    """S5: an agreement may stop before its date."""
    if release.status != STATUS.AGREED:
        return no(_("Seule une libération accordée se termine."))
    return _coordinates(actor, release, today)


def can_end_release_hours(actor: Person, release: ReleaseAgreement, today: date) -> Verdict:
    """S5, S7: hours that nobody frees any more are not proposed to anybody."""
    is_over = release.status == STATUS.AGREED and release.ends_on < today
    if not is_over and release.status not in (STATUS.ENDED, STATUS.REFUSED):
        return no(_("Cette libération tient encore : ses heures restent offertes."))
    if not hours_left_by(release, today).exists():
        return no(_("Aucune heure offerte n’en vient."))
    return can_edit_resource(actor, release.resource, today)


def can_renew_release(
    actor: Person, release: ReleaseAgreement, today: date, *, ends_on: date | None = None
) -> Verdict:
    """R4: asked again before it breaks, once, for the time that comes after it."""
    if release.status != STATUS.AGREED:
        return no(_("Seule une libération accordée se renouvelle."))
    if hasattr(release, "renewal"):
        return no(_("Le renouvellement est déjà demandé."))
    if release.ends_on - today > RENEWED_BEFORE:
        return no(_("Le renouvellement se demande dans les quatre mois avant la fin."))
    if ends_on is not None and ends_on <= release.ends_on:
        said = _("Cette libération va déjà jusqu’au {day} : écrivez une date qui vient après.")
        return no(said.format(day=in_words(release.ends_on)))
    return can_edit_resource(actor, release.resource, today)


def _coordinates(actor: Person, release: ReleaseAgreement, today: date) -> Verdict:
    if release.resource.alliance_id in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("La réponse est notée par la coordination de l’Alliance."))
