"""Who declares a tie, and who says a refusal."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.ethics import queries
from jonction.ethics.models import Refusal, Tie
from jonction.governance.models import Alliance, Body
from jonction.governance.queries import standing_of


def may_speak(actor: Person, today: date) -> Verdict:
    """R4, S7: what is declared serves the work of an Alliance; others have nothing to say there."""
    if queries.declaring_alliances(actor, today).exists():
        return YES
    return no(
        _(
            "Un lien ou un refus est dit par les personnes qui siègent, qui accompagnent ou qui "
            "écrivent pour un organisme dans une Alliance."
        )
    )


def may_speak_of_others(actor: Person, today: date) -> bool:
    """R4: only a coordination names somebody else; a name must not tell who uses the platform."""
    return bool(standing_of(actor, today).coordinated_bodies)


def can_declare_tie(actor: Person, alliance: Alliance, today: date, *, person: Person) -> Verdict:
    """R4 (conflicts of interest): by oneself, where one takes part, or by the coordination for
    whoever told it."""
    if alliance.pk in standing_of(actor, today).coordinated_alliances:
        return YES
    if actor != person:
        return no(_("Un lien est déclaré par la personne, ou par la coordination de l’Alliance."))
    if not queries.declaring_alliances(actor, today).filter(pk=alliance.pk).exists():
        return no(_("Vous ne prenez pas part au travail de cette Alliance."))
    return YES


def can_end_tie(actor: Person, tie: Tie, today: date) -> Verdict:
    """R4: a tie is ended, never erased: it was true."""
    if tie.ends_on is not None:
        return no(_("La fin de ce lien est déjà notée."))
    if actor == tie.person or (tie.alliance_id in standing_of(actor, today).coordinated_alliances):
        return YES
    return no(
        _("La fin d’un lien est notée par la personne, ou par la coordination de l’Alliance.")
    )


def can_say_refusal(
    actor: Person, body: Body, today: date, *, person: Person, side: str
) -> Verdict:
    """S7 (choice of the milieu): each side says its own; the Alliance may write either."""
    standing = standing_of(actor, today)
    if body.alliance_id in standing.coordinated_alliances:
        allowed = True
    elif side == Refusal.Side.PERSON:
        joined = queries.refusable_bodies(actor, today).filter(pk=body.pk)
        allowed = actor == person and joined.exists()
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
