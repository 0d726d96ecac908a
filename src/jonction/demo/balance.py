"""What the demonstration needs to look at balance: habits that differ, and stages that were lived.

Each table has its habits: one lacks mediation, another is eaten by coordination. The draws are
apart from the others, so that the rest of the demonstration does not move.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from jonction.core.taxonomy import Function, Posture, Stage
from jonction.cycle.models import Process, ProcessStage
from jonction.demo.words import WORKS, WORKS_OF
from jonction.support.models import Intervention, Mandate

# what is not said comes last
FUNCTIONS = [*Function.values, ""]
POSTURES = [Posture.SUPPORT, Posture.COORDINATION, Posture.EXPERTISE, Posture.REPRESENTATION, ""]
# by table: mediation, information, logistics, mobilising, not said
HABITS = [
    (24, 26, 28, 20, 2),
    (22, 24, 30, 18, 6),
    (0, 14, 62, 22, 2),
    (25, 25, 25, 25, 0),
    (18, 30, 30, 20, 2),
    (20, 4, 48, 26, 2),
    (28, 20, 24, 24, 4),
    (4, 22, 40, 22, 12),
    (30, 8, 34, 26, 2),
]
# by table, in percent: what coordination takes today, and what is not said
COORDINATION = [52, 24, 68, 16, 36, 58, 24, 42, 30]
UNSAID = [4, 10, 4, 2, 6, 6, 8, 22, 6]
WEEKS_TO_TAKE_OVER = 70
# by table, in weeks: how late the first two stages ended; None: nobody said
LATE = [(-1, 2), (-2, -1), (3, 6), (0, -1), (1, 3), (4, 8), (-1, 0), None, (-2, 2)]


def say_what_was_done(lines: Iterable[Intervention], today: date) -> None:
    """Give each line, not saved yet, its function, words that go with it and its posture."""
    draw = Random(9)  # noqa: S311 - it draws a demonstration, not a secret
    ranks: dict[int, int] = {}
    for line in lines:
        rank = ranks.setdefault(line.process_id, len(ranks)) % len(HABITS)
        line.function = draw.choices(FUNCTIONS, HABITS[rank])[0]
        line.text = draw.choice(WORKS_OF.get(line.function, WORKS))
        line.posture = draw.choices(POSTURES, _postures(rank, (today - line.on).days // 7))[0]


def _postures(rank: int, weeks_ago: int) -> list[float]:
    """Return the weights of the postures that week: coordination took its part little by little."""
    grown = max(0.3, 1 - weeks_ago / WEEKS_TO_TAKE_OVER)
    coordination = COORDINATION[rank] * grown
    rest = 100 - coordination - UNSAID[rank]
    return [rest * 0.72, coordination, rest * 0.18, rest * 0.1, UNSAID[rank]]


def take_a_posture(mandates: Sequence[Mandate]) -> None:
    """Promise coordination in a few mandates; the others promise support."""
    some = [mandate for rank, mandate in enumerate(mandates) if rank % 7 == 4]  # noqa: PLR2004 - a few
    for mandate in some:
        mandate.posture = Posture.COORDINATION
    Mandate.objects.bulk_update(some, ["posture"])


def live_so_far(processes: Sequence[Process]) -> None:
    """Say when the first two stages really ended; one table did not say."""
    changed = []
    for rank, process in enumerate(processes):
        late = LATE[rank % len(LATE)]
        stages = {stage.kind: stage for stage in ProcessStage.objects.filter(process=process)}
        if late is None:
            continue
        for kind, weeks in zip((Stage.MOBILISATION, Stage.PRIORITIES), late, strict=True):
            stage = stages[kind]
            stage.real_from = stage.planned_from
            stage.real_to = stage.planned_to + timedelta(weeks=weeks)
            changed.append(stage)
    ProcessStage.objects.bulk_update(changed, ["real_from", "real_to"])
