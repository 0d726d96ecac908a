"""Who may do what with an account: each person with her own."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts import own_data, queries
from jonction.accounts.models import Consent, Person
from jonction.core.verdicts import YES, Verdict, no


def can_edit_person(actor: Person, person: Person) -> Verdict:
    return _oneself(actor, person)


def can_end_sessions(actor: Person, person: Person) -> Verdict:
    return _oneself(actor, person)


def can_choose_news(actor: Person, person: Person) -> Verdict:
    """Each says what she wants to be told, and when."""
    return _oneself(actor, person)


def can_choose_language(actor: Person, person: Person) -> Verdict:
    return _oneself(actor, person)


def can_disclose_person(actor: Person, person: Person, today: date) -> Verdict:
    """Law 25, s. 63.5: what was collected from a person is given back to her; when she has no
    account, by the hand of who keeps her record."""
    return YES if actor.pk == person.pk else _keeps(actor, person, today)


def can_forget_person(actor: Person, person: Person, today: date) -> Verdict:
    """Law 25, s. 23 and 73: once nothing that others lean on still holds by her."""
    allowed = can_disclose_person(actor, person, today)
    if not allowed:
        return allowed
    obstacles = own_data.obstacles_of(person, today)
    return no(" ".join(obstacles)) if obstacles else YES


def can_give_stewardship(actor: Person, person: Person, today: date) -> Verdict:
    """Design 4: to somebody who has an account; only whoever holds the machine can ask for it."""
    if not (person.email and person.is_active):
        return no(_("La plateforme se confie à une personne qui a un compte."))
    if queries.keeps_platform(person, today):
        return no(_("Cette personne tient déjà la plateforme."))
    return YES


def can_end_stewardship(actor: Person, person: Person, today: date) -> Verdict:
    """Design 4: see `can_give_stewardship`."""
    if queries.keeps_platform(person, today):
        return YES
    return no(_("Cette personne ne tient pas la plateforme."))


def can_read_platform(actor: Person, today: date) -> Verdict:
    """Design 4: whoever keeps the platform reads how it goes, never what is in it."""
    if queries.keeps_platform(actor, today):
        return YES
    return no(_("Cette page est à la personne qui tient la plateforme."))


def can_give_consent(actor: Person, person: Person, purpose: str) -> Verdict:
    """Law 25, s. 12 and 14: by oneself, for one purpose, in clear words."""
    if queries.current_consent(person, purpose):
        return no(_("Vous avez déjà donné cet accord."))
    return _oneself(actor, person)


def can_withdraw_consent(actor: Person, person: Person, purpose: str) -> Verdict:
    """Law 25, s. 8: at any time, without a reason."""
    if not queries.current_consent(person, purpose):
        return no(_("Cet accord n’est pas en vigueur : il n’y a rien à retirer."))
    return _oneself(actor, person)


def can_note_consent(actor: Person, person: Person, purpose: str, *, channel: str) -> Verdict:
    """Law 25, s. 12 and 14: said on paper or aloud, written down by another; the area that calls
    says who may."""
    if actor.pk == person.pk or channel not in (Consent.Channel.PAPER, Consent.Channel.ORAL):
        return no(_("Son propre accord se donne sur son compte."))
    if queries.current_consent(person, purpose):
        return no(_("Cet accord est déjà donné."))
    return YES


def can_note_withdrawal(actor: Person, person: Person, purpose: str) -> Verdict:
    """Law 25, s. 8: a withdrawal is as easy as the agreement was."""
    if actor.pk == person.pk:
        return no(_("Son propre accord se retire sur son compte."))
    if not queries.current_consent(person, purpose):
        return no(_("Cet accord n’est pas en vigueur : il n’y a rien à retirer."))
    return YES


def _keeps(actor: Person, person: Person, today: date) -> Verdict:
    if person.email:
        return no(_("Cette personne a un compte : elle y trouve ses renseignements."))
    if not person.is_active:
        return no(_("Les renseignements de cette personne sont déjà effacés."))
    if not own_data.is_kept_by(actor, person, today):
        return no(_("D’autres que vous tiennent aussi des renseignements de cette personne."))
    return YES


def _oneself(actor: Person, person: Person) -> Verdict:
    if actor.pk != person.pk:
        return no(_("Chaque personne gère son propre compte."))
    return YES
