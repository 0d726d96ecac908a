"""What one page of a round shows: one territory or all, one state or all, so many at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from jonction.core.http import number_asked
from jonction.support.models import Proposal, Unmatched
from jonction.support.queries.round import WHOLE

AT_ONCE, NO_END = 50, 1_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked in the address; `page` is that of the pairs, `left` that of the needs left.

    `around` is a pair that somebody comes back to: the page is the one that holds it.
    """

    territory: int | None = None
    status: str = ""
    page: int = 1
    left: int = 1
    around: int | None = None
    at_once: int = AT_ONCE

    @property
    def is_narrowed(self) -> bool:
        return self.territory is not None or bool(self.status)

    def pairs(self, found: Sequence[Proposal]) -> Page[Any]:
        chosen = [
            one
            for one in found
            if self._is_there(one) and (not self.status or one.status == self.status)
        ]
        rank = next((rank for rank, one in enumerate(chosen) if one.pk == self.around), None)
        page = self.page if rank is None else rank // self.at_once + 1
        return Paginator(chosen, self.at_once).get_page(page)

    def rest(self, found: Sequence[Unmatched]) -> Page[Any]:
        chosen = [one for one in found if self._is_there(one)]
        return Paginator(chosen, self.at_once).get_page(self.left)

    def address(self, **changes: int) -> str:
        """Return the end of the address that shows this, or the same with what changes."""
        said = {
            "territoire": self.territory,
            "etat": self.status or None,
            "page": self.page,
            "manque": self.left,
        } | changes
        firsts = ("page", 1), ("manque", 1)
        told = {n: v for n, v in said.items() if v is not None and (n, v) not in firsts}
        return f"?{urlencode(told)}"

    def _is_there(self, one: Proposal | Unmatched) -> bool:
        place = one.need.process.body.territory_id or WHOLE
        return self.territory is None or self.territory == place


EVERYTHING = Shown(at_once=NO_END)


def shown_in(said: Mapping[str, str]) -> Shown:
    """Read it in an address; what is said wrongly is left aside."""
    status = said.get("etat", "")
    return Shown(
        territory=number_asked(said, "territoire"),
        status=status if status in Proposal.Status.values else "",
        page=number_asked(said, "page") or 1,
        left=number_asked(said, "manque") or 1,
        around=number_asked(said, "autour"),
    )
