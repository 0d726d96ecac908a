"""Who may do what in support, and when."""

from datetime import date, timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.cycle.models import Process
from jonction.support.models import Intervention, Resource
from jonction.support.queries import access, journal

QUARTERS_PER_DAY = 96


def can_write_journal(actor: Person, on: date) -> Verdict:
    """S9: whoever holds an active mandate writes in the journal."""
    if access.resource_of(actor) is None:
        return no(_("Le journal est tenu par les personnes accompagnatrices."))
    if not any(
        mandate.status in journal.COUNTED and mandate.starts_on <= on <= mandate.ends_on
        for mandate in journal.own_mandates(actor, on)
    ):
        return no(_("Aucun mandat actif à votre nom : il n’y a rien à noter pour l’instant."))
    return YES


def can_log_interventions(actor: Person, today: date) -> Verdict:
    """R2: a week is noted at once; each of its lines keeps its own rule."""
    return can_write_journal(actor, today)


def can_log_intervention(
    actor: Person,
    process: Process,
    *,
    on: date,
    quarters: int,
    today: date,
    instead_of: Intervention | None = None,
) -> Verdict:
    """S9, R4: under a mandate active on that day, never in the future, never over 24 h a day."""
    resource = access.resource_of(actor)
    if resource is None:
        return no(_("Le journal est tenu par les personnes accompagnatrices."))
    if on > today:
        return no(_("Cette date est dans l’avenir : le journal dit ce qui a été fait."))
    if not journal.journal_processes(actor, on).filter(pk=process.pk).exists():
        return no(_("Vous n’aviez pas de mandat actif dans cette démarche à cette date."))
    if quarters < 1:
        return no(_("La durée doit être d’au moins un quart d’heure."))
    others = resource.interventions.filter(on=on)
    others = others.exclude(pk=instead_of.pk) if instead_of else others
    logged = others.aggregate(sum=Sum("quarters"))["sum"] or 0
    if logged + quarters > QUARTERS_PER_DAY:
        return no(_("Cette journée dépasserait 24 heures avec ce qui est déjà noté."))
    return YES


def can_remove_intervention(actor: Person, line: Intervention, *, today: date) -> Verdict:
    """R4: one takes back one's own line for thirty days; after that it belongs to the history."""
    return can_touch(actor, line, today=today)


def can_correct_intervention(
    actor: Person, line: Intervention, *, process: Process, on: date, quarters: int, today: date
) -> Verdict:
    """R4: one corrects one's own line for thirty days, within what one could write anew."""
    return can_touch(actor, line, today=today) and can_log_intervention(
        actor, process, on=on, quarters=quarters, today=today, instead_of=line
    )


def can_touch(actor: Person, line: Intervention, *, today: date) -> Verdict:
    """R4: a line is its writer's for thirty days."""
    if line.resource.person_id != actor.pk:
        return no(_("Seule la personne qui a écrit cette ligne peut y toucher."))
    if line.on < today - timedelta(days=30):
        return no(_("Cette ligne a plus de trente jours : elle fait partie de l’historique."))
    return YES


def can_write_interventions(actor: Person, resource: Resource, today: date) -> Verdict:
    """S9: a journal kept elsewhere is brought in by its writer or by the Alliance's coordination.

    It may tell of a time before any mandate was written here: the mandate is not asked for.
    """
    if journal.journals_written_by(actor, today).filter(pk=resource.pk).exists():
        return YES
    return no(_("Un journal est importé par la personne qui le tient ou par la coordination."))


def can_restore_interventions(actor: Person, resource: Resource, today: date) -> Verdict:
    """S9: whoever may bring a journal in may take back what she brought."""
    return can_write_interventions(actor, resource, today)
