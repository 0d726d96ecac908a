"""What areas above let a person do from a stage, declared by each in its `doors.py`.

    STAGE_DOORS = [StageDoor(_("Demander de l’accompagnement"), may_ask, address)]

The page of a process links to them without knowing those areas.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from jonction.accounts.models import Person
from jonction.cycle.models import Process, ProcessStage


@dataclass(frozen=True)
class StageDoor:
    """A link beside each stage; `is_for` says once for the process who finds it."""

    label: str | Promise
    is_for: Callable[[Person, Process, date], bool]
    address: Callable[[ProcessStage], str]


@dataclass(frozen=True, slots=True)
class Way:
    """A door as one person finds it beside one stage."""

    label: str | Promise
    url: str


@cache
def stage_doors() -> list[StageDoor]:
    autodiscover_modules("doors")
    modules = (sys.modules.get(f"{config.name}.doors") for config in apps.get_app_configs())
    return [door for module in modules for door in getattr(module, "STAGE_DOORS", ())]


def ways_from(person: Person, process: Process, today: date) -> dict[int, list[Way]]:
    """Return, by stage that is not over, where `person` may go from it."""
    doors = [door for door in stage_doors() if door.is_for(person, process, today)]
    return {
        stage.pk: [Way(door.label, door.address(stage)) for door in doors]
        for stage in process.stages.all()
        if stage.state_on(today) != "over"
    }
