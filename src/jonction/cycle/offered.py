"""What may be done with the stages of a process today: only what the rules allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jonction.core.taxonomy import Stage
from jonction.cycle.models import Process, ProcessStage
from jonction.cycle.rules import ready_to_close, ready_to_open


@dataclass(frozen=True, slots=True)
class StageGesture:
    """To note that a stage began, or that it ended; `is_due` when its planned day has passed."""

    stage: ProcessStage
    word: str
    is_due: bool


def stage_gestures(process: Process, today: date) -> list[StageGesture]:
    """Return what those who steer the process may do with its stages, in their order."""
    stages = sorted(process.stages.all(), key=lambda stage: Stage.values.index(stage.kind))
    found = []
    for stage in stages:
        if ready_to_close(stage, today=today):
            found.append(StageGesture(stage, "end", stage.planned_to < today))
        elif ready_to_open(stage, today=today):
            found.append(StageGesture(stage, "begin", stage.planned_from <= today))
    return found


def first_due(gestures: Sequence[StageGesture]) -> StageGesture | None:
    """Return the gesture to make first; nothing when all runs as planned."""
    return next((gesture for gesture in gestures if gesture.is_due), None)
