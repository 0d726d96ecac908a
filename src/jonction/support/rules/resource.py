"""Who keeps the list of resources, and says when they are away (S6, R4)."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _

from jonction.accounts.models import Consent, Person
from jonction.accounts.rules import can_note_consent, can_note_withdrawal
from jonction.core.days import in_words
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of
from jonction.support.models import Leave, Resource

DIRECTORY = Consent.Purpose.DIRECTORY


def can_add_resource(actor: Person, alliance: Alliance, today: date, *, email: str = "") -> Verdict:
    """S6: the coordination of the Alliance keeps the list of those who support."""
    if alliance.pk not in standing_of(actor, today).coordinated_alliances:
        return no(_("La liste des ressources est tenue par la coordination de l’Alliance."))
    if email and Resource.objects.filter(person__email__iexact=email).exists():
        return no(_("La personne qui a ce courriel est déjà dans une liste de ressources."))
    return YES


def can_edit_resource(actor: Person, resource: Resource, today: date) -> Verdict:
    """S6: oneself, or the coordination of the Alliance."""
    return _own_or_coordinated(actor, resource, today)


def can_offer_capacity(actor: Person, resource: Resource, today: date) -> Verdict:
    """R2: the hours that one can give are said by oneself or by the coordination."""
    return _own_or_coordinated(actor, resource, today)


def can_announce_departure(
    actor: Person, resource: Resource, today: date, *, leaves_on: date | None = None
) -> Verdict:
    """R4: a departure is said early, so that it breaks nothing; nobody left before her last line."""
    own = _own_or_coordinated(actor, resource, today)
    if not own or leaves_on is None:
        return own
    last = resource.interventions.aggregate(on=Max("on"))["on"]
    if last is None or last <= leaves_on:
        return YES
    said = _("Le journal dit une intervention le {day}, après ce jour : vérifiez la date.")
    return no(said.format(day=in_words(last)))


def can_add_leave(actor: Person, resource: Resource, today: date) -> Verdict:
    """R4: an absence is said without its reason."""
    return _own_or_coordinated(actor, resource, today)


def can_remove_leave(actor: Person, leave: Leave, today: date) -> Verdict:
    """R4: an absence that will not be is taken back; one that was stays."""
    if leave.ends_on < today:
        return no(_("Cette absence est passée : elle fait partie de l’historique."))
    return _own_or_coordinated(actor, leave.resource, today)


def can_note_agreement(actor: Person, resource: Resource, today: date) -> Verdict:
    """Law 25, s. 14: an agreement said on paper or aloud is written down by the coordination."""
    person = resource.person
    if person is None or actor.pk == person.pk:
        return no(_("L’accord se donne par la personne elle-même, sur son compte."))
    if resource.alliance_id not in standing_of(actor, today).coordinated_alliances:
        return no(_("Un accord donné de vive voix ou sur papier est noté par la coordination."))
    return can_note_consent(actor, person, DIRECTORY, channel=Consent.Channel.ORAL)


def can_note_agreement_ended(actor: Person, resource: Resource, today: date) -> Verdict:
    """Law 25, s. 8: see `can_note_agreement`."""
    person = resource.person
    if person is None or actor.pk == person.pk:
        return no(_("L’accord se retire par la personne elle-même, sur son compte."))
    if resource.alliance_id not in standing_of(actor, today).coordinated_alliances:
        return no(_("Un retrait dit de vive voix ou sur papier est noté par la coordination."))
    return can_note_withdrawal(actor, person, DIRECTORY)


def _own_or_coordinated(actor: Person, resource: Resource, today: date) -> Verdict:
    if resource.person_id == actor.pk:
        return YES
    if resource.alliance_id in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Ce geste appartient à la ressource elle-même ou à la coordination de l’Alliance."))
