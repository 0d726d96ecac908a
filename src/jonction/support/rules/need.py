"""Who asks for support, and who answers (S4, R2)."""

from datetime import date

from django.utils.timezone import now
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.cycle.models import Process
from jonction.cycle.rules import is_open
from jonction.governance.models import Organisation
from jonction.support.models import Need
from jonction.support.queries import access
from jonction.support.queries.intake import is_short

RAISE_NEED = "support.raise_need"


def can_raise_need(
    actor: Person, process: Process, today: date, *, organisation: Organisation | None = None
) -> Verdict:
    """S4, S3, R3: whoever takes part in the process asks, for herself or for somebody who called;
    whoever writes for an organisation asks for it; while the calendar lets needs come."""
    if process.status == Process.Status.CLOSED:
        return no(_("Cette démarche est fermée : elle ne reçoit plus de besoin."))
    if not access.takes_part(actor, process, today):
        if not access.may_promote(actor, process, today):
            return no(
                _(
                    "Un besoin est déposé par les personnes qui prennent part à la démarche, ou qui "
                    "écrivent pour un organisme de son territoire."
                )
            )
        if not (organisation and access.promotes(actor, organisation, process, today)):
            return no(_("Cette démarche n’est pas celle du territoire de cet organisme."))
    return is_open(RAISE_NEED, process, now())


def may_ask(actor: Person, process: Process, today: date) -> bool:
    """S4, R3: say whether to show `actor` where to ask; the calendar is said on the page to which
    that leads."""
    if process.status == Process.Status.CLOSED:
        return False
    return access.takes_part(actor, process, today) or access.may_promote(actor, process, today)


def can_admit_need(actor: Person, need: Need, today: date) -> Verdict:
    """S7: first, whether what is asked is support, here, for people of here."""
    if need.status != Need.Status.RECEIVED:
        return no(_("L’admissibilité de ce besoin est déjà dite."))
    if is_short(need):
        return no(_("Votre Alliance suit le cheminement court : proposez un mandat, ou répondez."))
    return _answers(actor, need, today)


def can_refuse_need(actor: Person, need: Need, today: date) -> Verdict:
    """R2: what is not admissible is said with the reason, and may be looked at again."""
    return can_admit_need(actor, need, today)


def can_reopen_need(actor: Person, need: Need, today: date) -> Verdict:
    """R2: whoever asked may say why it is admissible after all; nobody is out without appeal."""
    if need.status != Need.Status.INADMISSIBLE:
        return no(_("Seul un besoin dit non admissible se rouvre."))
    return YES if need.asked_by_id == actor.pk else _answers(actor, need, today)


def can_say_hours(actor: Person, need: Need, today: date) -> Verdict:
    """R2: whoever asks may not know how long it takes; she says it later, or the coordination does."""
    if need.quarters_per_week is not None:
        return no(_("Les heures de ce besoin sont déjà dites."))
    if need.status not in (Need.Status.RECEIVED, Need.Status.ADMISSIBLE):
        return no(_("Les heures se disent tant que le besoin attend une décision."))
    return YES if need.asked_by_id == actor.pk else _answers(actor, need, today)


def can_retain_need(actor: Person, need: Need, today: date) -> Verdict:
    """S7, R2: the criteria order what waits; people decide, and say why."""
    if need.status != Need.Status.ADMISSIBLE:
        return no(_("Seul un besoin admissible se retient."))
    if need.quarters_per_week is None:
        return no(_("Les heures par semaine restent à préciser : dites-les avant de retenir."))
    return _answers(actor, need, today)


def can_decline_need(actor: Person, need: Need, today: date) -> Verdict:
    """R2: whoever asked is told why."""
    if need.status == Need.Status.RECEIVED and not is_short(need):
        return no(_("Dites d’abord si ce besoin est admissible."))
    decided = (Need.Status.RECEIVED, Need.Status.ADMISSIBLE, Need.Status.PRIORITISED)
    if need.status not in decided:
        return no(_("Ce besoin n’attend plus de réponse."))
    return _answers(actor, need, today)


def can_meet_need(actor: Person, need: Need, today: date) -> Verdict:
    """S11: what was given is said to be enough by whoever coordinates or asked."""
    if need.status != Need.Status.IN_PROGRESS:
        return no(_("Aucun mandat n’est en cours pour ce besoin."))
    return YES if need.asked_by_id == actor.pk else _answers(actor, need, today)


def can_close_need(actor: Person, need: Need, today: date) -> Verdict:
    """R2: a need that is no more is taken off the table by whoever asked or coordinates."""
    if need.status in (Need.Status.CLOSED, Need.Status.DECLINED):
        return no(_("Ce besoin est déjà fermé."))
    return YES if need.asked_by_id == actor.pk else _answers(actor, need, today)


def _answers(actor: Person, need: Need, today: date) -> Verdict:
    if access.coordinates(actor, need.process, today):
        return YES
    return no(_("La réponse vient de la coordination de l’instance ou de l’Alliance."))
