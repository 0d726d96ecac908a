"""The ways between the territories of an Alliance, and how long each takes when somebody said it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from jonction.governance.models import Alliance, AllianceTerritory
from jonction.support.models import TravelTimes, pair_key


@dataclass(frozen=True, slots=True)
class Way:
    """Two territories, in the order of their names, and the minutes one way between them."""

    one: AllianceTerritory
    other: AllianceTerritory
    minutes: int | None

    @property
    def key(self) -> str:
        return pair_key(self.one.pk, self.other.pk)

    @property
    def name(self) -> str:
        return f"{self.one} – {self.other}"

    def touches(self, territory: AllianceTerritory) -> bool:
        return territory in (self.one, self.other)

    def other_end(self, territory: AllianceTerritory) -> AllianceTerritory:
        return self.other if territory == self.one else self.one


@dataclass(frozen=True, slots=True)
class WaysKnown:
    """How many pairs of territories have their time, of how many."""

    known: int
    of: int


def travel_times_of(alliance: Alliance) -> TravelTimes:
    """Return the times of the Alliance: its own row, or an empty one, not saved."""
    known = TravelTimes.objects.filter(alliance=alliance).first()
    return known or TravelTimes(alliance=alliance)


def ways_of(times: TravelTimes) -> list[Way]:
    """Return each pair of territories of the Alliance once, by name."""
    territories = AllianceTerritory.objects.filter(alliance=times.alliance_id)
    return [
        Way(one, other, times.between(one.pk, other.pk))
        for one, other in combinations(territories.order_by("name", "pk"), 2)
    ]


def territories_on(ways: Iterable[Way]) -> dict[AllianceTerritory, WaysKnown]:
    """Return each territory, by name, with how many of its ways are known."""
    found: dict[AllianceTerritory, list[bool]] = {}
    for way in ways:
        for territory in (way.one, way.other):
            found.setdefault(territory, []).append(way.minutes is not None)
    return {
        territory: WaysKnown(sum(known), len(known))
        for territory, known in sorted(found.items(), key=lambda item: (item[0].name, item[0].pk))
    }


def ways_known(alliance: Alliance) -> WaysKnown:
    ways = ways_of(travel_times_of(alliance))
    return WaysKnown(sum(way.minutes is not None for way in ways), len(ways))


def travel_between(alliance: Alliance, territories: Iterable[int]) -> dict[tuple[int, int], int]:
    """Return the minutes known between those territories, from each side: one question."""
    times = travel_times_of(alliance)
    pairs = {pair: times.between(*pair) for pair in combinations(sorted(territories), 2)}
    known = {pair: minutes for pair, minutes in pairs.items() if minutes is not None}
    return known | {(other, one): minutes for (one, other), minutes in known.items()}
