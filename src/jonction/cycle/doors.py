"""What areas above let a person do from a stage, or say of a process, each in its `doors.py`.

    STAGE_DOORS = [StageDoor(_("Demander de l’accompagnement"), may_ask, address)]
    PROCESS_PANELS = [asked_by_the_funder]

The page of a process shows them without knowing those areas.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Line:
    """Something to look at: its name, where it is, what is said of it, and in which state it is."""

    label: str
    url: str
    note: str
    state: str | Promise
    tone: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page of a process: what presses, or that nothing does, and where the rest is."""

    title: str | Promise
    lines: list[Line]
    rest: str
    url: str


PanelOf = Callable[[Person, Process, date], Panel | None]


def stage_doors() -> list[StageDoor]:
    return _declared("STAGE_DOORS")


def panels_of(person: Person, process: Process, today: date) -> list[Panel]:
    """Return what the areas above say of a process to `person`."""
    makers: list[PanelOf] = _declared("PROCESS_PANELS")
    return [panel for make in makers if (panel := make(person, process, today))]


@cache
def _declared(name: str) -> list[Any]:
    autodiscover_modules("doors")
    modules = (sys.modules.get(f"{config.name}.doors") for config in apps.get_app_configs())
    return [one for module in modules for one in getattr(module, name, ())]


def ways_from(person: Person, process: Process, today: date) -> dict[int, list[Way]]:
    """Return, by stage that is not over, where `person` may go from it."""
    doors = [door for door in stage_doors() if door.is_for(person, process, today)]
    return {
        stage.pk: [Way(door.label, door.address(stage)) for door in doors]
        for stage in process.stages.all()
        if stage.state_on(today) != "over"
    }
