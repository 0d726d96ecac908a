"""A round as people read it: shares, bounds, reasons and smallest changes, in sentences (S7)."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jonction.core.typography import figure, percentage
from jonction.engines.matching.problem import Kind, Rules
from jonction.support.lists import who_has
from jonction.support.models import MatchingRound, Proposal, Unmatched
from jonction.support.queries.round import WHOLE, proposals_of, territory_names, unmatched_of
from jonction.support.round_chosen import chosen_of, fallen_of
from jonction.support.round_reasons import (
    change_words,
    chosen_words,
    listed,
    percent,
    place_name,
    reasons_of,
    whole,
    why_words,
)
from jonction.support.round_shown import EVERYTHING, Shown
from jonction.ui.charts import Chart, Pair
from jonction.ui.charts import pairs as pairs_chart

FARTHEST = Rules().farthest


@dataclass(frozen=True, slots=True)
class ToldShare:
    """What a territory gets of what it asks, beside what urgency, or people, would give it, in %."""

    pk: int
    name: str
    share: Fraction
    by_urgency: Fraction
    chosen: Fraction

    @property
    def percent(self) -> str:
        return percent(self.share)

    @property
    def percent_by_urgency(self) -> str:
        return percent(self.by_urgency)

    @property
    def percent_chosen(self) -> str:
        return percent(self.chosen)


@dataclass(frozen=True, slots=True)
class ToldProposal:
    proposal: Proposal
    reasons: Sequence[str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one territory; `waiting` are those that nobody has decided yet."""

    share: ToldShare
    proposals: Sequence[ToldProposal]
    waiting: int


@dataclass(frozen=True, slots=True)
class ToldUnmatched:
    """A need left: why, the least that would serve it, and where to act."""

    unmatched: Unmatched
    territory: str
    why: str
    change: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ToldRound:
    asked: MatchingRound
    shares: Sequence[ToldShare]
    summary: Sequence[str]
    groups: Sequence[Group]
    unmatched: Sequence[ToldUnmatched]
    tally: Sequence[tuple[str, int]]
    is_decided: bool
    fallen: int
    pairs: Page[Any]
    left: Page[Any]
    left_count: int

    @property
    def least(self) -> ToldShare | None:
        return self.shares[0] if self.shares else None

    @property
    def least_chosen(self) -> ToldShare:
        return min(self.shares, key=lambda share: (share.chosen, share.name, share.pk))


def told(asked: MatchingRound, shown: Shown = EVERYTHING) -> ToldRound:
    """Return a round already answered, the least served territory first: what is shown, or all."""
    names = territory_names(asked.alliance)
    found = proposals_of(asked)
    chosen = chosen_of(found)
    shares = _shares(asked, names, chosen or {})
    by_territory: defaultdict[int, list[Proposal]] = defaultdict(list)
    for proposal in found:
        by_territory[_territory_of(proposal)].append(proposal)
    counts = Counter(proposal.status for proposal in found)
    ordered = [one for share in shares for one in by_territory[share.pk]]
    unmatched = unmatched_of(asked)
    pairs, left = shown.pairs(ordered), shown.rest(unmatched)
    return ToldRound(
        asked,
        shares,
        _summary(asked, shares, names),
        [
            _group(share, by_territory[share.pk], there, names)
            for share in shares
            if (there := [one for one in pairs if _territory_of(one) == share.pk])
        ],
        [_unmatched(one, names) for one in left],
        [(capfirst(str(label)), counts[code]) for code, label in Proposal.Status.choices],
        chosen is not None,
        fallen_of(found),
        pairs,
        left,
        len(unmatched),
    )


def shares_chart(asked: MatchingRound) -> Chart:
    shares = _shares(asked, territory_names(asked.alliance), {})
    return pairs_chart(
        _("La part servie de chaque territoire"),
        _(
            "En % des heures demandées, chaque besoin pesé par son urgence. Le contour : ce que "
            "donnerait l’urgence seule. La barre pleine : ce qui est proposé."
        ),
        items=[Pair(capfirst(s.name), whole(s.by_urgency), whole(s.share)) for s in shares],
        words=(_("par urgence"), _("proposé")),
        headers=(_("Territoire"), _("Par urgence d’abord (%)"), _("Proposé (%)")),
        unit=percentage(""),
    )


def _shares(
    asked: MatchingRound, names: Mapping[int, str], chosen: Mapping[int, Fraction]
) -> list[ToldShare]:
    found = [
        ToldShare(
            row["territory"],
            place_name(row["territory"], names),
            Fraction(row["met"]) / Fraction(row["asked"]),
            Fraction(row["by_urgency"]),
            chosen.get(row["territory"], Fraction(0)) / Fraction(row["asked"]),
        )
        for row in asked.result["shares"]
    ]
    return sorted(found, key=lambda share: (share.share, share.name, share.pk))


def _summary(
    asked: MatchingRound, shares: Sequence[ToldShare], names: Mapping[int, str]
) -> list[str]:
    """Return what the round reaches and how far it may be from the best, floor by floor."""
    if not shares:
        return [_("Il ne restait aucun besoin ouvert quand le calcul a commencé.")]
    if shares[0].share == 1:
        lines = [_("Tout ce qui est demandé est proposé à quelqu’un.")]
    else:
        lines = [
            _floor_words(floor, shares, names, is_first=rank == 0)
            for rank, floor in enumerate(asked.result["floors"])
        ]
    return [*lines, _urgency_words(shares)]


def _floor_words(
    floor: Mapping[str, Any],
    shares: Sequence[ToldShare],
    names: Mapping[int, str],
    *,
    is_first: bool,
) -> str:
    reached, bound = Fraction(floor["reached"]), Fraction(floor["bound"])
    if not bound:
        empty = [s.name for s in shares if s.pk in floor["territories"] and not s.share]
        return _("Personne, parmi les ressources connues, ne peut servir : {names}.").format(
            names=listed(empty)
        )
    gap = math.ceil((bound - reached) * 1000) / 10
    facts = {
        "share": percent(reached),
        "bound": percent(bound),
        "gap": figure(gap),
        "names": listed(place_name(one, names) for one in floor["territories"]),
    }
    if is_first:
        first = _("Aucun territoire ne reçoit moins de {share} de ce qu’il demande.")
    elif len(floor["territories"]) == 1:
        first = _("Le seul autre, {names}, reçoit {share} de ce qu’il demande.")
    else:
        first = _("Parmi {names}, aucun ne reçoit moins de {share}.")
    second = (
        _("C’est prouvé : aucun jumelage ne fait mieux pour le moins bien servi.")
        if bound <= reached
        else ngettext(
            "Aucun jumelage ne pourrait dépasser {bound} : il reste au plus {gap} point à gagner.",
            "Aucun jumelage ne pourrait dépasser {bound} : il reste au plus {gap} points à gagner.",
            int(gap),
        )
    )
    return f"{first} {second}".format(**facts)


def _urgency_words(shares: Sequence[ToldShare]) -> str:
    """Compare with whoever serves the most urgent first: the territory that would lose there."""
    losing = [share for share in shares if share.by_urgency < share.share]
    if not losing:
        return _("En servant d’abord le plus urgent, aucun territoire n’aurait moins.")
    worst = min(losing, key=lambda share: (share.by_urgency, share.name))
    return _(
        "En servant d’abord le plus urgent, sans regarder les territoires, {name} n’aurait que "
        "{less} au lieu de {share}."
    ).format(name=worst.name, less=worst.percent_by_urgency, share=worst.percent)


def _group(
    share: ToldShare,
    found: Sequence[Proposal],
    there: Sequence[Proposal],
    names: Mapping[int, str],
) -> Group:
    waiting = sum(proposal.status == Proposal.Status.PROPOSED for proposal in found)
    lines = [ToldProposal(one, reasons_of(one, names), chosen_words(one)) for one in there]
    return Group(share, lines, waiting)


def _unmatched(one: Unmatched, names: Mapping[int, str]) -> ToldUnmatched:
    place = place_name(one.need.process.body.territory_id or WHOLE, names)
    return ToldUnmatched(one, place, why_words(one), change_words(one, place), _links(one))


def _links(one: Unmatched) -> list[tuple[str, str]]:
    """Return where somebody may act on it."""
    if one.resource is None:
        return [(_("Voir les ressources"), reverse("support:resource_list") + who_has(one.wanted))]
    hours_page = one.resource.get_absolute_url()
    if Kind(one.kind) == Kind.TABLE:
        return [(_("Voir la ressource"), hours_page)]
    return [
        (_("Demander une libération"), reverse("support:release_ask", args=[one.resource.pk])),
        (_("Changer ses heures offertes"), hours_page),
    ]


def _territory_of(proposal: Proposal) -> int:
    return proposal.need.process.body.territory_id or WHOLE
