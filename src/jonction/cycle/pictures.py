"""The thread of a process as everybody may see it: stages, days that count, today; nobody's name."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from jonction.core.days import in_words
from jonction.cycle.models import Process
from jonction.ui.charts import Chart, Milestone, Span, Words, timeline


def thread_of_stages(process: Process, *, zone: str, today: date) -> Chart:
    return timeline(
        _("Le fil des étapes"),
        _("Les six étapes, les jalons (losanges) et les échéances (pointes), d’un bout à l’autre."),
        stages=stages_of(process),
        milestones=days_of(process, zone=zone),
        today=today,
        words=thread_words(),
    )


def stages_of(process: Process) -> list[Span]:
    """Return when each stage runs: real dates where they are known."""
    spans = []
    for stage in process.stages.all():
        starts_on = stage.real_from or stage.planned_from
        ends_on = max(stage.real_to or stage.planned_to, starts_on)
        label = str(stage)
        spans.append(
            Span(label[:1].upper() + label[1:], starts_on, ends_on, _lived(stage.real_from))
        )
    return spans


def days_of(process: Process, *, zone: str) -> list[Milestone]:
    """Return the milestones, and the deadlines on their day in the legal time of the process."""
    deadlines = [
        Milestone(
            d.name, d.due_at.astimezone(ZoneInfo(zone)).date(), is_deadline=True, note=_("échéance")
        )
        for d in process.deadlines.all()
    ]
    return [
        *(Milestone(m.name, m.on, note=_("jalon")) for m in process.milestones.all()),
        *deadlines,
    ]


def thread_words() -> Words:
    return Words(
        _("aujourd’hui"),
        _("Les numéros renvoient au tableau."),
        (_("Quoi"), _("Détail"), _("Du"), _("Au")),
    )


def _lived(real_from: date | None) -> str:
    if real_from is None:
        return _("prévue")
    return _("commencée le {day}").format(day=in_words(real_from))
