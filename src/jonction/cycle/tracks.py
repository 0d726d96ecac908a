"""Where a process stands among its six stages, for its own pages and for those of its body."""

from collections.abc import Sequence
from datetime import date

from jonction.cycle.models import Process
from jonction.governance.tracks import Step, Track


def tracks_of(bodies: Sequence[int], today: date) -> dict[int, Track]:
    """Return the track of the process that each body runs: the open one, else the last one."""
    found = {}
    processes = Process.objects.filter(body__in=bodies).exclude(status=Process.Status.CLOSED)
    for process in processes.prefetch_related("stages").order_by("-status", "pk"):
        if track := track_of(process, today):
            found[process.body_id] = track
    return found


def track_of(process: Process, today: date) -> Track | None:
    """Return the track of a process; without stages there is none.

    The stage that counts is the one running, the last begun of several; else the next one, else
    the last one.
    """
    stages = list(process.stages.all())
    if not stages:
        return None
    states = [stage.state_on(today) for stage in stages]
    running = [n for n, state in enumerate(states) if state in {"running", "late"}]
    coming = [n for n, state in enumerate(states) if state == "coming"]
    rank = running[-1] if running else coming[0] if coming else len(stages) - 1
    stage = stages[rank]
    return Track(
        [Step(str(s), state) for s, state in zip(stages, states, strict=True)],
        rank + 1,
        stage.real_from or stage.planned_from,
        stage.real_to or stage.planned_to,
        process.get_absolute_url(),
    )


TRACKS_OF = tracks_of
