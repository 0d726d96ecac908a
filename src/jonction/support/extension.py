"""Until when a mandate is best extended: what the break foreseen asks, else its stages."""

from datetime import date, timedelta

from jonction.engines.foreseen import Step
from jonction.support.continuity import foreseen_of
from jonction.support.coverage import windows_of
from jonction.support.models import Mandate
from jonction.support.queries.mandate import last_days

WITHOUT_STAGE = timedelta(weeks=13)


def best_end(mandate: Mandate, *, today: date) -> date:
    """Return the day that fills what will break after it, else the end of its last stage.

    Past all its stages, a season more is offered; never beyond what the rule would refuse.
    """
    floor = max(mandate.ends_on, today)
    asked = [
        closing.until
        for one in foreseen_of([mandate.process], today=today)
        for closing in one.breaking.closing
        if closing.step == Step.EXTEND_MANDATE and closing.mandate == mandate.pk
    ]
    windows = windows_of(mandate.process)
    stages = [windows[stage].ends_on for stage in mandate.stages if stage in windows]
    until = next((day for day in asked if day > floor), None)
    until = until or max((day for day in stages if day > floor), default=floor + WITHOUT_STAGE)
    return min([until, *(day for day in last_days(mandate).values() if day > floor)])
