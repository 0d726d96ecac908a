"""The pages of balance: what support is made of, and beside it what the stages became; no person."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jonction.accounts.http import PersonRequest
from jonction.core.http import number_asked
from jonction.core.tables.writing import KINDS, as_download
from jonction.engines.balance import quarter_began
from jonction.governance.models import Alliance
from jonction.support.balance import Balance, balance_of
from jonction.support.balance_pictures import PICTURES
from jonction.support.balance_tables import headers, rows_of
from jonction.support.equity import year_before
from jonction.support.queries.equity import equity_alliances
from jonction.support.rules.forecast import can_edit_assumptions
from jonction.ui.downloads import chart_download

YEARS = 4
WHOLE_PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Asked:
    """The period of the address, in whole quarters, and the fiscal years offered."""

    since: date
    until: date
    years: list[int]
    year: int | None = None
    is_plan: bool = False

    @property
    def query(self) -> str:
        if self.year is not None:
            return f"annee={self.year}"
        return f"periode={WHOLE_PLAN}" if self.is_plan else ""


@login_required
def balance_list(request: PersonRequest) -> HttpResponse:
    alliances, inside = equity_alliances(request.user, localdate())
    rows = [(alliance, alliance.pk in inside) for alliance in alliances]
    return render(request, "support/balance_list.html", {"rows": rows})


@login_required
def balance_detail(request: PersonRequest, pk: int) -> HttpResponse:
    balance, asked, is_inside = _read(request, pk)
    context = {
        "balance": balance,
        "asked": asked,
        "is_inside": is_inside,
        "pictures": {name: make(balance) for name, make in PICTURES.items()},
        "results": balance.results,
        "can_set": can_edit_assumptions(request.user, balance.alliance, localdate()),
    }
    return render(request, "support/balance_detail.html", context)


@login_required
def balance_export(request: PersonRequest, pk: int, kind: str) -> StreamingHttpResponse:
    if kind not in KINDS:
        raise Http404
    balance, _period_asked, _inside = _read(request, pk)
    name = f"{_('équilibre')} {balance.alliance.name} {balance.since} {balance.until}"
    return as_download(name, kind, headers(), rows_of(balance))


@login_required
def balance_picture(request: PersonRequest, pk: int, name: str) -> HttpResponse:
    balance, _period_asked, _inside = _read(request, pk)
    chart = PICTURES[name](balance) if name in PICTURES else None
    if chart is None:
        raise Http404
    return chart_download(chart, request.GET.get("forme", "svg"))


def _read(request: PersonRequest, pk: int) -> tuple[Balance, Asked, bool]:
    """Return the balance as it may be seen: those who see the equity of an Alliance see it."""
    alliances, inside = equity_alliances(request.user, localdate())
    alliance = next((one for one in alliances if one.pk == pk), None)
    if alliance is None:
        raise Http404
    asked = _period(request, alliance, is_inside=pk in inside)
    balance = balance_of(alliance, asked.since, asked.until, is_inside=pk in inside)
    return balance, asked, pk in inside


def _period(request: PersonRequest, alliance: Alliance, *, is_inside: bool) -> Asked:
    """Return the period asked; from outside, a whole fiscal year that is over.

    Two tables of neighbouring quarters could be subtracted, and tell the time of one person.
    """
    today = localdate()
    ended = today.year - (today.month < 4) - 1  # noqa: PLR2004 - April begins the fiscal year
    last = ended + 1 if is_inside else ended
    years = [last - n for n in range(YEARS)]
    year = number_asked(request.GET, "annee")
    if year in years:
        return _fiscal(year, years, today)
    if not is_inside:
        return _fiscal(ended, years, today)
    if request.GET.get("periode") == WHOLE_PLAN and alliance.plan.starts_on <= today:
        return Asked(quarter_began(alliance.plan.starts_on), today, years, is_plan=True)
    return Asked(quarter_began(year_before(today)), today, years)


def _fiscal(year: int, years: list[int], today: date) -> Asked:
    return Asked(date(year, 4, 1), min(date(year + 1, 3, 31), today), years, year)
