"""Where each body stands in its work, as the area that knows it tells (cycle, above this one).

An area that knows declares, in its own `tracks.py`, `TRACKS_OF`: from the ids of bodies and a day
to the track of each body that has one.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

from jonction.governance.models import Body


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `state` is over, running, late or coming."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Track:
    """The steps of a body's work, and the one that counts today: since when, until when."""

    steps: Sequence[Step]
    rank: int
    since: date
    until: date
    url: str

    @property
    def now(self) -> Step:
        return self.steps[self.rank - 1]


Teller = Callable[[Sequence[int], date], dict[int, Track]]


@cache
def _tellers() -> list[Teller]:
    autodiscover_modules("tracks")
    modules = (sys.modules.get(f"{config.name}.tracks") for config in apps.get_app_configs())
    found = (getattr(module, "TRACKS_OF", None) for module in modules)
    return [teller for teller in found if teller]


def tracks_of(bodies: Iterable[Body], today: date) -> dict[int, Track]:
    """Return the track of each body whose work is known."""
    ids = [body.pk for body in bodies]
    return {pk: track for teller in _tellers() for pk, track in teller(ids, today).items()}
