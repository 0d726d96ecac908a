"""A result as JSON keeps it: what was shown one day is read again, not computed again.

Method     dates in ISO, counts whole; the tables of back-planning beside the outlook.
Invariant  what is read back is equal to what was written.
Exact      only the mean delays are floats, as they were computed.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from jonction.engines.forecast.backward import Start
from jonction.engines.forecast.results import Dates, Ended, Odds, Outlook, Reached, Scene


def plain_outlook(outlook: Outlook) -> dict[str, Any]:
    return {
        "key": outlook.key,
        "on": outlook.on.isoformat(),
        "draws": outlook.draws,
        "seed": outlook.seed,
        "supported": _plain_scene(outlook.supported),
        "alone": _plain_scene(outlook.alone),
    }


def read_outlook(said: Mapping[str, Any]) -> Outlook:
    draws = said["draws"]
    return Outlook(
        said["key"],
        date.fromisoformat(said["on"]),
        draws,
        said["seed"],
        _scene(said["supported"], draws),
        _scene(said["alone"], draws),
    )


def plain_starts(starts: Sequence[Start]) -> list[list[Any]]:
    return [
        [start.on.isoformat(), {key: _plain_days(days) for key, days in start.ends.items()}]
        for start in starts
    ]


def read_starts(said: Sequence[Sequence[Any]]) -> list[Start]:
    return [
        Start(
            date.fromisoformat(on),
            {key: tuple(map(date.fromisoformat, days)) for key, days in ends.items()},
        )
        for on, ends in said
    ]


def _plain_scene(scene: Scene) -> dict[str, Any]:
    return {
        "stages": [
            [stage.key, _plain_dates(stage.dates), stage.critical.hits, stage.delay]
            for stage in scene.stages
        ],
        "targets": [
            [
                target.key,
                target.odds.hits,
                _plain_dates(target.dates),
                [[on.isoformat(), odds.hits] for on, odds in target.later],
            ]
            for target in scene.targets
        ],
        "end": _plain_dates(scene.end),
    }


def _scene(said: Mapping[str, Any], draws: int) -> Scene:
    stages = (
        Ended(key, _dates(dates), Odds(hits, draws), delay)
        for key, dates, hits, delay in said["stages"]
    )
    targets = (
        Reached(
            key,
            Odds(hits, draws),
            _dates(dates),
            tuple((date.fromisoformat(on), Odds(count, draws)) for on, count in later),
        )
        for key, hits, dates, later in said["targets"]
    )
    return Scene(tuple(stages), tuple(targets), _dates(said["end"]))


def _plain_dates(dates: Dates) -> list[str]:
    return _plain_days((dates.at_50, dates.at_80, dates.at_95))


def _plain_days(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _dates(said: Sequence[str]) -> Dates:
    return Dates(*map(date.fromisoformat, said))
