"""Where a need stands, step by step, for whoever asked."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from jonction.support.models import Need, NeedStep

Status = Need.Status
WAY = [
    Status.RECEIVED,
    Status.ADMISSIBLE,
    Status.PRIORITISED,
    Status.MATCHED,
    Status.IN_PROGRESS,
    Status.MET,
]
WORDS = {
    Status.RECEIVED: _("La coordination l’a reçu."),
    Status.ADMISSIBLE: _("Il est regardé à côté des autres, selon les critères de l’Alliance."),
    Status.INADMISSIBLE: _("Il n’est pas admissible ; on peut demander qu’il soit revu."),
    Status.PRIORITISED: _("Il est retenu et attend quelqu’un."),
    Status.MATCHED: _("Quelqu’un est proposé."),
    Status.IN_PROGRESS: _("Un mandat est en cours."),
    Status.MET: _("Il a reçu sa réponse."),
    Status.CLOSED: _("Il est fermé."),
    Status.DECLINED: _("Il n’est pas retenu."),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A step of the way: `over`, `running` or `coming`, and the day it was last entered."""

    label: str
    state: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one need, where it stands now, and everything that happened, the latest first."""

    points: list[Point]
    now: str
    history: list[tuple[NeedStep, str]]

    @property
    def since(self) -> date | None:
        return self.history[0][0].on if self.history else None


def path_of(need: Need) -> Path:
    steps = list(need.steps.all())
    entered = {step.status: step for step in steps}
    here = need.status
    left_by = [status for status in WAY if status in entered and status != here]
    way = WAY if here in WAY else [*left_by, Status(here)]
    reached = way.index(Status(here))
    points = [
        Point(
            str(status.label),
            "running" if rank == reached else "over" if rank < reached else "coming",
            entered[status].on if status in entered and rank <= reached else None,
        )
        for rank, status in enumerate(way)
        # a shorter path never went through what has no step
        if rank >= reached or status in entered
    ]
    history = [(step, str(WORDS[Status(step.status)])) for step in reversed(steps)]
    return Path(points, str(WORDS[Status(here)]), history)
