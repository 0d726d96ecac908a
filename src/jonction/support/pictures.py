"""The pictures of support: the thread of a process, its hours, its grid, the map of an Alliance."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jonction.core.taxonomy import Dimension, Stage
from jonction.core.typography import colon, figure
from jonction.cycle.models import Process
from jonction.cycle.pictures import days_of, stages_of, thread_words
from jonction.cycle.queries import zone_of
from jonction.engines.continuity import Continuity
from jonction.engines.coverage import WORST_FIRST, Status
from jonction.governance.models import Alliance
from jonction.governance.pictures import Shown, map_of_territories
from jonction.support.continuity import Foreseen
from jonction.support.coverage import Judged
from jonction.support.models import Mandate
from jonction.support.second_views import Total
from jonction.support.templatetags.support import status_word
from jonction.ui.charts import Cell, Chart, Pair, Ribbon, Span, heat_map, pairs, timeline

FEWEST_TILES = 2
RIBBON = {
    Mandate.Status.PROPOSED: "proposed",
    Mandate.Status.ACTIVE: "active",
    Mandate.Status.SUSPENDED: "proposed",
    Mandate.Status.ENDED: "ended",
}


def thread_of(
    process: Process,
    foreseen: Sequence[Foreseen],
    kept: Continuity | None,
    *,
    is_named: bool,
    today: date,
) -> Chart:
    """Draw the thread; people bear their names only for whoever may read them."""
    mandates = list(
        Mandate.objects.filter(process=process, status__in=list(RIBBON))
        .select_related("resource")
        .order_by("starts_on", "pk")
    )
    ranks = {pk: rank for rank, pk in enumerate(dict.fromkeys(m.resource_id for m in mandates), 1)}
    return timeline(
        _("Le fil de l’accompagnement"),
        _("Les étapes, qui tient quel mandat, les jalons et les échéances, et les ruptures."),
        stages=stages_of(process),
        ribbons=[
            Ribbon(
                mandate.resource.name
                if is_named
                else _("Ressource {rank}").format(rank=ranks[mandate.resource_id]),
                mandate.resource.get_kind_display(),
                _ribbon_words(mandate),
                mandate.starts_on,
                mandate.ends_on,
                RIBBON[Mandate.Status(mandate.status)],
            )
            for mandate in mandates
        ],
        breaks=[*_past(kept), *_coming(foreseen)],
        milestones=days_of(process, zone=zone_of(process.body)),
        today=today,
        words=thread_words(),
    )


def hours_of(totals: Sequence[Total]) -> Chart:
    """Draw what was promised against what was done, stage by stage."""
    return pairs(
        _("Ce qui était prévu, ce qui a été fait"),
        _("En heures, étape par étape, jusqu’à cette date."),
        items=[
            Pair(_capital(total.stage_label), round(total.planned, 1), round(total.done, 1))
            for total in totals
        ],
        words=(_("prévues"), _("faites")),
        headers=(_("Étape"), _("Heures prévues"), _("Heures faites")),
        unit="\u00a0h",
    )


def grid_of(name: str, cells: Iterable[Judged], *, now: str = "") -> Chart:
    """Draw the grid of a process, for a document."""
    drawn = {
        (_capital(cell.dimension_label), _capital(cell.stage_label)): Cell(
            cell.status, status_word(cell.status), _counted(cell)
        )
        for cell in cells
    }
    return heat_map(
        _("Couverture : {name}").format(name=name),
        _("Par étape et par dimension."),
        corner=_("Dimension"),
        rows=[_capital(str(d.label)) for d in Dimension],
        columns=[_capital(str(s.label)) for s in Stage],
        cells=drawn,
        now=now,
    )


def map_of_coverage(
    alliance: Alliance, judged: Iterable[Judged], *, level: str, on: date
) -> Chart | None:
    """Draw one tile per territory: its worst status, and how many cells are in each.

    An Alliance whose processes at this level have no territory has no map; one tile alone is none.
    """
    tallies: dict[int, Counter[Status]] = {}
    for cell in judged:
        if territory := cell.process.body.territory_id:
            tallies.setdefault(territory, Counter())[cell.status] += 1
    if len(tallies) < FEWEST_TILES:
        return None
    asked = f"?niveau={level}&date={on:%Y-%m-%d}"
    return map_of_territories(
        alliance,
        _("Où l’accompagnement tient, territoire par territoire"),
        _("Chaque tuile dit le pire état de son territoire, et combien de cases sont dans chacun."),
        {
            pk: Shown(
                worst := next(s for s in WORST_FIRST if tally[s]),
                status_word(worst),
                counts_in_words(tally),
                reverse("support:coverage_territory", args=[pk]) + asked,
            )
            for pk, tally in tallies.items()
        },
        headers=(_("Territoire"), _("Pire état"), _("Cases")),
    )


def counts_in_words(tally: Counter[Status]) -> str:
    """Say how many cells are holes, thin and covered; what is not there is not said."""
    holes, thin, covered = (tally[s] for s in (Status.HOLE, Status.THIN, Status.COVERED))
    said = [
        ngettext("%(n)s trou", "%(n)s trous", holes) % {"n": holes} if holes else "",
        ngettext("%(n)s mince", "%(n)s minces", thin) % {"n": thin} if thin else "",
        ngettext("%(n)s couverte", "%(n)s couvertes", covered) % {"n": covered} if covered else "",
    ]
    return ", ".join(part for part in said if part)


def _coming(foreseen: Iterable[Foreseen]) -> list[Span]:
    """Return one span per break to come: from when nobody is there to when somebody is."""
    found = []
    for one in foreseen:
        cells = one.breaking.cells
        if not cells:
            continue  # one person stays: thin, not broken
        dimensions = ", ".join(str(Dimension(d).label) for d in one.breaking.dimensions)
        found.append(
            Span(
                _("Rupture prévue"),
                min(cell.starts_on for cell in cells),
                max(cell.ends_on for cell in cells),
                f"{Stage(one.breaking.stage).label}{colon()}{dimensions}",
            )
        )
    return found


def _past(kept: Continuity | None) -> list[Span]:
    return [
        Span(
            _("Personne"),
            gap.starts_on,
            gap.ends_on,
            ngettext("%(n)s jour", "%(n)s jours", gap.days) % {"n": gap.days},
            "past",
        )
        for gap in (kept.breaks if kept else ())
        if timedelta(days=gap.days) > timedelta(weeks=1)
    ]


def _ribbon_words(mandate: Mandate) -> str:
    hours = figure(mandate.hours_per_week)
    said = _("{hours} h par semaine : {dimensions}")
    if mandate.status in {Mandate.Status.PROPOSED, Mandate.Status.SUSPENDED}:
        said = f"{mandate.get_status_display()}, {said}"
    return said.format(hours=hours, dimensions=", ".join(mandate.dimension_labels))


def _counted(cell: Judged) -> str:
    if cell.status == Status.UNNEEDED:
        return ""
    said = ngettext("{hours} h, {n} personne", "{hours} h, {n} personnes", cell.people)
    return said.format(hours=f"{cell.done_hours:.0f}", n=cell.people)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
