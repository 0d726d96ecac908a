"""Who declares a tie, and who says a refusal."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.ethics.models import Refusal, Tie
from jonction.governance.models import Alliance, Body
from jonction.governance.queries import standing_of


def can_declare_tie(actor: Person, alliance: Alliance, today: date, *, person: Person) -> Verdict:
    """R4 (conflicts of interest): by oneself, or by the coordination for whoever told it."""
    if actor == person or alliance.pk in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Un lien est déclaré par la personne, ou par la coordination de l’Alliance."))


def can_end_tie(actor: Person, tie: Tie, today: date) -> Verdict:
    """R4: a tie is ended, never erased: it was true."""
    if tie.ends_on is not None:
        return no(_("La fin de ce lien est déjà notée."))
    return can_declare_tie(actor, tie.alliance, today, person=tie.person)


def can_say_refusal(
    actor: Person, body: Body, today: date, *, person: Person, side: str
) -> Verdict:
    """S7 (choice of the milieu): each side says its own; the Alliance may write either."""
    standing = standing_of(actor, today)
    if body.alliance_id in standing.coordinated_alliances:
        allowed = True
    elif side == Refusal.Side.PERSON:
        allowed = actor == person
    else:
        allowed = body.pk in standing.coordinated_bodies and actor != person
    if not allowed:
        return no(_("Un refus est dit par la personne, par l’instance ou par l’Alliance."))
    if Refusal.objects.filter(person=person, body=body, side=side, withdrawn_on=None).exists():
        return no(_("Ce refus est déjà noté."))
    return YES


def can_withdraw_refusal(actor: Person, refusal: Refusal, today: date) -> Verdict:
    """S7: people change their minds."""
    if refusal.withdrawn_on:
        return no(_("Ce refus est déjà retiré."))
    standing = standing_of(actor, today)
    if refusal.body.alliance_id in standing.coordinated_alliances:
        return YES
    is_own = refusal.side == Refusal.Side.PERSON and refusal.person == actor
    is_body = refusal.side == Refusal.Side.BODY and refusal.body_id in standing.coordinated_bodies
    if is_own or is_body:
        return YES
    return no(_("Un refus est retiré par qui l’a dit."))
