"""What the address of a coverage page asks: a level, a date, a view, and the cell to open."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.timezone import localdate

from jonction.accounts.http import PersonRequest
from jonction.core.editing import is_plausible
from jonction.core.taxonomy import Dimension, Level, Stage
from jonction.support import second_views
from jonction.support.coverage import Judged


def level_asked(request: PersonRequest, usual: str) -> str:
    asked = request.GET.get("niveau") or request.POST.get("level", "")
    return asked if asked in Level.values else usual


def date_asked(request: PersonRequest) -> date:
    """Return the date of the address; today when there is none or it leads nowhere."""
    try:
        asked = parse_date(request.GET.get("date", ""))
    except ValueError:
        asked = None
    return asked if asked and is_plausible(asked) else localdate()


def view_asked(request: PersonRequest) -> str:
    view = request.GET.get("vue", "")
    return view if view in second_views.VIEWS else "dimensions"


def cell_asked(request: PersonRequest) -> tuple[str | None, str | None]:
    """Return the stage and the dimension of the address, or of the form just sent."""
    said = request.POST if request.method == "POST" else request.GET
    return said.get("etape", said.get("stage")), said.get("dimension", said.get("dimensions"))


def kept(level: str, on: date) -> str:
    """Return what every link of the page carries, so that the date chosen is never lost."""
    return f"niveau={level}&date={on:%Y-%m-%d}"


def by_dimension(cells: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    return [
        (str(Dimension(dimension).label), [c for c in cells if c.dimension == dimension])
        for dimension in Dimension.values
    ]


def stages_on(cells: Sequence[Judged], on: date) -> list[tuple[str, str, str]]:
    """Return the stages with what each is that day: `now`, `over`, or nothing when it is to come."""
    windows = {
        code: [c.window for c in cells if c.stage == code and c.window] for code in Stage.values
    }
    found = []
    for code, label in Stage.choices:
        is_now = any(w.starts_on <= on <= w.ends_on for w in windows[code])
        is_over = bool(windows[code]) and all(w.ends_on < on for w in windows[code])
        found.append((code, str(label), "now" if is_now else "over" if is_over else ""))
    return found
