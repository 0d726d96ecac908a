"""Who answers what the funder asks (S8)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.cycle.models import Process
from jonction.support.models import Filing
from jonction.support.queries import access
from jonction.support.queries.filing import holds_mandate


def can_write_filing(
    actor: Person, process: Process, today: date, *, filing: Filing | None = None
) -> Verdict:
    """S8: those who steer the process write, and those who support it write with them."""
    if process.status == Process.Status.CLOSED:
        return no(_("Cette démarche est fermée : ses réponses restent à lire."))
    if filing is not None and filing.status == Filing.Status.GIVEN:
        return no(_("Ce document a été remis : il reste comme il a été remis."))
    if access.coordinates(actor, process, today) or holds_mandate(actor, process):
        return YES
    return no(_("Les réponses sont écrites par la coordination et par qui accompagne la démarche."))


def can_ready_filing(actor: Person, filing: Filing, today: date) -> Verdict:
    """S8: a document is ready when each heading has its answer."""
    if filing.status != Filing.Status.STARTED:
        return no(_("Ce document n’est plus en préparation."))
    headings = [q.heading for q in filing.requirement.questions.all()]
    missing = [h for h in headings if not filing.answers.get(h, "").strip()]
    if missing:
        return no(_("Il manque une réponse : {headings}.").format(headings=", ".join(missing)))
    return can_write_filing(actor, filing.process, today)


def can_reopen_filing(actor: Person, filing: Filing, today: date) -> Verdict:
    """S8: what was ready may be taken up again."""
    if filing.status != Filing.Status.READY:
        return no(_("Ce document n’est pas marqué prêt."))
    return can_write_filing(actor, filing.process, today)


def can_give_filing(actor: Person, filing: Filing, today: date) -> Verdict:
    """S8: the coordination says what was given to the funder, and when."""
    if filing.status != Filing.Status.READY:
        return no(_("Marquez d’abord le document comme prêt."))
    return _decides(actor, filing, today)


def can_return_filing(actor: Person, filing: Filing, today: date) -> Verdict:
    """S8: what the funder sends back is opened again, with the reason."""
    if filing.status != Filing.Status.GIVEN:
        return no(_("Seul un document remis peut revenir."))
    if filing.process.status == Process.Status.CLOSED:
        return no(_("Cette démarche est fermée : ses réponses restent à lire."))
    return _decides(actor, filing, today)


def _decides(actor: Person, filing: Filing, today: date) -> Verdict:
    if access.coordinates(actor, filing.process, today):
        return YES
    return no(_("La coordination de l’instance ou de l’Alliance le note."))
