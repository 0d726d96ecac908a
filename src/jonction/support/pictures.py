"""The thread of a process: its stages, who held which mandate, where nobody was or will be."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from jonction.core.taxonomy import Stage
from jonction.cycle.models import Process
from jonction.support.continuity import Foreseen
from jonction.support.coverage import windows_of
from jonction.support.models import Mandate
from jonction.ui.charts import Chart, Milestone, Ribbon, Span, timeline

RIBBON = {
    Mandate.Status.PROPOSED: "proposed",
    Mandate.Status.ACTIVE: "active",
    Mandate.Status.SUSPENDED: "proposed",
    Mandate.Status.ENDED: "ended",
}


def thread_of(
    process: Process, foreseen: Sequence[Foreseen], *, is_named: bool, today: date
) -> Chart:
    """Draw the thread; people bear their names only for whoever may read them."""
    mandates = list(
        Mandate.objects.filter(process=process, status__in=list(RIBBON))
        .select_related("resource")
        .order_by("starts_on", "pk")
    )
    ranks = {pk: rank for rank, pk in enumerate(dict.fromkeys(m.resource_id for m in mandates), 1)}
    return timeline(
        _("Le fil de la démarche"),
        _("Les étapes, les mandats de chaque ressource, et les ruptures prévues."),
        stages=[
            Span(str(Stage(code).label).capitalize(), window.starts_on, window.ends_on)
            for code, window in windows_of(process).items()
        ],
        ribbons=[
            Ribbon(
                mandate.resource.name
                if is_named
                else _("Ressource {rank}").format(rank=ranks[mandate.resource_id]),
                mandate.resource.get_kind_display(),
                ", ".join(mandate.dimension_labels),
                mandate.starts_on,
                mandate.ends_on,
                RIBBON[Mandate.Status(mandate.status)],
            )
            for mandate in mandates
        ],
        breaks=[
            Span(_("Personne"), cell.starts_on, cell.ends_on, cell.dimension)
            for one in foreseen
            for cell in one.breaking.cells[:1]
        ],
        milestones=[Milestone(m.name, m.on) for m in process.milestones.all()],
        today=today,
        today_word=_("aujourd’hui"),
        headers=(_("Quoi"), _("Détail"), _("Du"), _("Au")),
    )
