"""Who may import, correct, write and undo."""

from datetime import date, timedelta

from django.utils.timezone import now
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.imports.models import Import, Match
from jonction.imports.queries import matches_visible_to, verdict_of
from jonction.imports.readers import Reader

UNDO_WITHIN = timedelta(days=30)


def can_start_import(
    actor: Person, reader: Reader, options: dict[str, object], today: date
) -> Verdict:
    """Whoever may write those things one by one may import them."""
    return reader.verdict(actor, options, today)


def can_correct_row(actor: Person, source: Import, today: date) -> Verdict:
    """A row is corrected before anything is written."""
    return _before_writing(actor, source)


def can_recognise_names(actor: Person, source: Import, today: date) -> Verdict:
    """Names are recognised by a person, never by the likeness alone."""
    return _before_writing(actor, source)


def can_forget_name(actor: Person, match: Match, today: date) -> Verdict:
    """A name wrongly recognised is forgotten by whoever could have recognised it."""
    if matches_visible_to(actor, today).filter(pk=match.pk).exists():
        return YES
    return no(_("Ce nom est tenu par les personnes qui importent ces fichiers."))


def can_abandon_import(actor: Person, source: Import, today: date) -> Verdict:
    """Nothing was written: nothing is lost."""
    return _before_writing(actor, source)


def can_apply_import(actor: Person, source: Import, today: date) -> Verdict:
    """Nothing is written before the person confirms what she saw, and may still write it."""
    before = _before_writing(actor, source)
    return verdict_of(source, actor, today) if before else before


def can_undo_import(actor: Person, source: Import, today: date) -> Verdict:
    """A written import is undone whole, within thirty days."""
    if source.status != Import.Status.APPLIED:
        return no(_("Seul un import écrit peut être annulé."))
    if source.applied_at is None or source.applied_at < now() - UNDO_WITHIN:
        return no(_("Cet import a plus de trente jours : il fait partie de l’historique."))
    own = _own(actor, source)
    return verdict_of(source, actor, today) if own else own


def _before_writing(actor: Person, source: Import) -> Verdict:
    if source.status != Import.Status.READ:
        return no(_("Cet import n’attend plus rien : rechargez la page."))
    return _own(actor, source)


def _own(actor: Person, source: Import) -> Verdict:
    if source.owner_id != actor.pk:
        return no(_("Cet import appartient à une autre personne."))
    return YES
