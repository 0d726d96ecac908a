"""Who asks for a matching round, and who decides on what it proposes (S7)."""

from datetime import date

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.governance.models import Alliance
from jonction.governance.queries import standing_of
from jonction.support.models import MatchingRound, Need, Proposal, Resource
from jonction.support.queries.round import (
    OPEN_FOR_MATCHING,
    free_quarters,
    kept_apart,
    left_to_serve,
    needs_to_match,
)

SERVABLE = [*OPEN_FOR_MATCHING, Need.Status.MATCHED, Need.Status.IN_PROGRESS]


def can_launch_round(
    actor: Person,
    alliance: Alliance,
    today: date,
    *,
    since: date | None = None,
    until: date | None = None,
    which: str = MatchingRound.Which.ALL,
) -> Verdict:
    """S7: the coordination of the Alliance asks, when there is something to match."""
    coordinates = _coordinates(actor, alliance.pk, today)
    if not coordinates or since is None or until is None:
        return coordinates
    if not needs_to_match(alliance, max(since, today), until, which).exists():
        return no(_("Aucun besoin ouvert ne court à ces dates : il n’y a rien à jumeler."))
    return YES


def can_stop_round(actor: Person, asked: MatchingRound, today: date) -> Verdict:
    """S7: whoever waits may take the best that was found so far."""
    if not asked.is_running:
        return no(_("Ce jumelage n’est pas en calcul."))
    if asked.is_to_stop:
        return no(_("L’arrêt est déjà demandé : la meilleure réponse trouvée sera gardée."))
    return _coordinates(actor, asked.alliance_id, today)


def can_relaunch_round(actor: Person, asked: MatchingRound, today: date) -> Verdict:
    """S7: a computation that broke down, or that nobody hears any more, is asked again."""
    if asked.status != MatchingRound.Status.FAILED and not asked.is_silent:
        return no(_("Ce jumelage n’a pas besoin d’être relancé."))
    return _coordinates(actor, asked.alliance_id, today)


def can_close_round(actor: Person, asked: MatchingRound, today: date) -> Verdict:
    """S7: once everything is decided, or left, the round is kept as it is."""
    if asked.status != MatchingRound.Status.PROPOSED:
        return no(_("Seul un jumelage proposé se ferme."))
    return _coordinates(actor, asked.alliance_id, today)


def can_adopt_proposals(actor: Person, asked: MatchingRound, today: date) -> Verdict:
    """S7: a person adopts, pair by pair or all those of a territory; no computation does."""
    if asked.status != MatchingRound.Status.PROPOSED:
        return no(_("Ce jumelage ne reçoit plus de décision."))
    return _coordinates(actor, asked.alliance_id, today)


def can_adopt_proposal(actor: Person, proposal: Proposal, today: date) -> Verdict:
    """S7, R2: what was true when it was computed is looked at again."""
    verdict = can_refuse_proposal(actor, proposal, today)
    if not verdict:
        return verdict
    return _still_holds(
        proposal.need,
        proposal.resource,
        proposal.quarters_per_week,
        (max(proposal.starts_on, today), proposal.ends_on),
        today,
    )


def can_change_proposal(
    actor: Person,
    proposal: Proposal,
    today: date,
    *,
    resource: Resource | None = None,
    quarters_per_week: int = 0,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Verdict:
    """S7: people know better than a computation, within the same limits."""
    verdict = can_refuse_proposal(actor, proposal, today)
    if not verdict or resource is None or starts_on is None or ends_on is None:
        return verdict
    if resource.alliance_id != proposal.round.alliance_id:
        return no(_("Cette ressource fait partie d’une autre Alliance."))
    dates = (starts_on, ends_on)
    return _still_holds(proposal.need, resource, quarters_per_week, dates, today)


def can_refuse_proposal(actor: Person, proposal: Proposal, today: date) -> Verdict:
    """S7: nothing proposed is imposed; the reason is kept."""
    if proposal.status != Proposal.Status.PROPOSED:
        return no(_("Cette proposition a déjà reçu sa décision."))
    return can_adopt_proposals(actor, proposal.round, today)


def _still_holds(
    need: Need, resource: Resource, quarters: int, dates: tuple[date, date], today: date
) -> Verdict:
    starts_on, ends_on = dates
    if ends_on < max(today, starts_on):
        return no(_("Les dates de cette proposition sont passées."))
    if need.status not in SERVABLE or left_to_serve(need) < quarters:
        return no(_("Ce besoin a déjà reçu une autre réponse, ou n’attend plus autant d’heures."))
    if kept_apart([resource], [need], today)[resource.pk]:
        return no(_("Cette ressource ne peut pas être proposée à cette instance."))
    free = free_quarters(resource, starts_on, ends_on, today)
    if free is not None and free < quarters:
        return no(_("{name} n’a pas ces heures libres à ces dates.").format(name=resource))
    return YES


def _coordinates(actor: Person, alliance: int, today: date) -> Verdict:
    if alliance in standing_of(actor, today).coordinated_alliances:
        return YES
    return no(_("Un jumelage appartient à la coordination de l’Alliance."))
