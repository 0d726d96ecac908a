"""Who gives, accepts and ends a mandate (S6, S7, R4)."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.accounts.models import Person
from jonction.core.days import in_words
from jonction.core.typography import figure
from jonction.core.verdicts import YES, Verdict, no
from jonction.cycle.models import Process
from jonction.support.models import Mandate, Need, Resource
from jonction.support.queries import access
from jonction.support.queries.intake import is_short
from jonction.support.queries.mandate import extension_waiting, last_days, overload_with

TOO_SOON = gettext_lazy("Ce mandat va déjà jusqu’au {day} : choisissez un jour plus tard.")
NOT_BEYOND = {
    "plan": gettext_lazy("Le plan de l’Alliance finit le {day} : un mandat ne va pas au-delà."),
    "departure": gettext_lazy("{name} part le {day} : après ce jour, il faut une relève."),
    "release": gettext_lazy(
        "La libération de {name} finit le {day} : demandez d’abord son renouvellement."
    ),
}
CLOSED_MANDATE = gettext_lazy("Ce mandat est fermé : proposez-en un nouveau.")
NOT_EXTENDED = {
    Mandate.Status.PROPOSED: gettext_lazy("Ce mandat attend encore sa réponse."),
    Mandate.Status.SUSPENDED: gettext_lazy(
        "Ce mandat est suspendu : il reprend, puis se prolonge."
    ),
}


def can_propose_mandate(
    actor: Person,
    process: Process,
    today: date,
    *,
    resource: Resource | None = None,
    need: Need | None = None,
) -> Verdict:
    """S7: the coordination of the body or of the Alliance proposes; people then choose."""
    if not access.coordinates(actor, process, today):
        return no(_("Un mandat est proposé par la coordination de l’instance ou de l’Alliance."))
    if resource is not None and resource.alliance_id != process.body.alliance_id:
        return no(_("Cette ressource fait partie d’une autre Alliance."))
    return YES if need is None else awaits_mandate(need)


def awaits_mandate(need: Need) -> Verdict:
    """R2: what is asked is looked at beside the rest before somebody is promised to it."""
    if need.quarters_per_week is None:
        return no(_("Les heures de ce besoin restent à préciser : dites-les avant de proposer."))
    before = (Need.Status.RECEIVED, Need.Status.ADMISSIBLE, Need.Status.INADMISSIBLE)
    if need.status not in before or (need.status == Need.Status.RECEIVED and is_short(need)):
        return YES
    return no(_("Un mandat se propose une fois le besoin retenu."))


def can_accept_mandate(actor: Person, mandate: Mandate, today: date) -> Verdict:
    """S7, R2: the person concerned accepts, within the hours that she can give."""
    answers = _answers_for(actor, mandate, today)
    if not answers:
        return answers
    if mandate.status != Mandate.Status.PROPOSED:
        return no(_("Ce mandat n’attend plus de réponse."))
    if mandate.ends_on < today:
        return no(_("Les dates de ce mandat sont passées."))
    if mandate.extends is not None and not _still_extends(mandate, mandate.extends):
        return no(_("Le mandat à prolonger a changé depuis : déclinez, et demandez-en un nouveau."))
    return within_capacity(mandate, today)


def can_decline_mandate(actor: Person, mandate: Mandate, today: date) -> Verdict:
    """S7: nobody supports against her will."""
    answers = _answers_for(actor, mandate, today)
    if answers and mandate.status != Mandate.Status.PROPOSED:
        return no(_("Ce mandat n’attend plus de réponse."))
    return answers


def can_withdraw_mandate(actor: Person, mandate: Mandate, today: date) -> Verdict:
    """S7: until it is answered, the coordination takes back what it proposed."""
    if mandate.status != Mandate.Status.PROPOSED:
        return no(_("Ce mandat n’attend plus de réponse."))
    if access.coordinates(actor, mandate.process, today):
        return YES
    return no(_("Une proposition est retirée par la coordination."))


def can_suspend_mandate(actor: Person, mandate: Mandate, today: date) -> Verdict:
    """R4: a pause is said, so that the break shows."""
    if mandate.status != Mandate.Status.ACTIVE:
        return no(_("Seul un mandat actif peut être suspendu."))
    return _takes_part(actor, mandate, today)


def can_resume_mandate(actor: Person, mandate: Mandate, today: date) -> Verdict:
    """R4, R2: resumed within the hours that the resource can still give."""
    if mandate.status != Mandate.Status.SUSPENDED:
        return no(_("Ce mandat n’est pas suspendu."))
    takes_part = _takes_part(actor, mandate, today)
    return within_capacity(mandate, today) if takes_part else takes_part


def can_end_mandate(actor: Person, mandate: Mandate, today: date) -> Verdict:
    """R4: an end is dated and explained; who was there stays written for ever."""
    if mandate.status not in (Mandate.Status.ACTIVE, Mandate.Status.SUSPENDED):
        return no(_("Seul un mandat actif ou suspendu peut se terminer."))
    return _takes_part(actor, mandate, today)


def can_extend_mandate(
    actor: Person, mandate: Mandate, today: date, *, until: date | None = None
) -> Verdict:
    """R4, S7: the coordination asks before it breaks; the person holds longer only if she agrees."""
    if not access.coordinates(actor, mandate.process, today):
        return no(_("Un mandat est prolongé par la coordination de l’instance ou de l’Alliance."))
    if mandate.process.status == Process.Status.CLOSED:
        return no(_("Cette démarche est fermée : ses mandats ne se prolongent plus."))
    if mandate.status != Mandate.Status.ACTIVE:
        return no(str(NOT_EXTENDED.get(Mandate.Status(mandate.status), CLOSED_MANDATE)))
    if waiting := extension_waiting(mandate):
        return no(
            _("Une prolongation jusqu’au {day} attend déjà sa réponse.").format(
                day=in_words(waiting.ends_on)
            )
        )
    return YES if until is None else _may_last(mandate, until, today)


def _may_last(mandate: Mandate, until: date, today: date) -> Verdict:
    """Say whether a mandate may last until that day; hours are looked at when it is accepted."""
    if until <= mandate.ends_on:
        return no(str(TOO_SOON).format(day=in_words(mandate.ends_on)))
    if until < today:
        return no(_("Le {day} est passé : choisissez un jour à venir.").format(day=in_words(until)))
    for what, day in last_days(mandate).items():
        if until > day:
            said = str(NOT_BEYOND[what])
            return no(said.format(day=in_words(day), name=mandate.resource))
    return YES


def _still_extends(extension: Mandate, extended: Mandate) -> bool:
    """Say whether what was asked still follows the mandate as it is: active, with the same end."""
    follows = extended.ends_on + timedelta(days=1) == extension.starts_on
    return extended.status == Mandate.Status.ACTIVE and follows


def _answers_for(actor: Person, mandate: Mandate, today: date) -> Verdict:
    """The resource answers; the coordination writes the answer of whoever cannot sign in."""
    person = mandate.resource.person
    if person == actor:
        return YES
    if person is not None and person.email:
        return no(_("La réponse appartient à la personne à qui le mandat est proposé."))
    if access.coordinates(actor, mandate.process, today):
        return YES
    return no(_("La réponse est notée par la coordination."))


def _takes_part(actor: Person, mandate: Mandate, today: date) -> Verdict:
    if mandate.resource.person_id == actor.pk or access.coordinates(actor, mandate.process, today):
        return YES
    return no(_("Ce geste appartient à la personne mandatée ou à la coordination."))


def within_capacity(mandate: Mandate, today: date) -> Verdict:
    """R2: nobody is promised beyond the hours that she offers."""
    overload = overload_with(mandate, today)
    if overload is None:
        return YES
    return no(
        _(
            "À partir du {day}, {name} serait à {promised} h par semaine pour {offered} h offertes."
        ).format(
            day=in_words(overload.on),
            name=mandate.resource,
            promised=_hours(overload.promised),
            offered=_hours(overload.offered),
        )
    )


def _hours(quarters: int) -> str:
    return figure(quarters / 4)
