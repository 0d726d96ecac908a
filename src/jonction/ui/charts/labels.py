"""Where the words of near days go: on rows, none over another, each tied to its day by a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

PAD, GAP = 6, 10


@dataclass(frozen=True, slots=True)
class Label:
    """Words about the point `at`; `width` is how long the longest of the lines is."""

    at: float
    lines: tuple[str, ...]
    width: float
    kind: str = "t-plain"


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its row (0 is the nearest to its point), from `start`."""

    label: Label
    start: float
    row: int

    @property
    def end(self) -> float:
        return self.start + self.label.width


def placed(labels: Sequence[Label], *, left: float, right: float) -> list[Placed]:
    """Give each label the nearest row where it touches no other, and no line if it can be.

    Words follow their point, or come before it when fewer lines pass through words that way.
    """
    after = sorted(labels, key=lambda label: -label.at)
    before = sorted(labels, key=lambda label: label.at)
    ways = [
        _climbing([(label, label.at + PAD) for label in after], left, right),
        _climbing([(label, label.at - PAD - label.width) for label in before], left, right),
    ]
    return min(ways, key=_crossings)


def _climbing(wanted: Sequence[tuple[Label, float]], left: float, right: float) -> list[Placed]:
    found: list[Placed] = []
    for label, start in wanted:
        inside = max(min(start, right - label.width), left)
        rows = [Placed(label, inside, row) for row in range(len(found) + 1)]
        free = [one for one in rows if not any(_touch(one, other) for other in found)]
        clear = [one for one in free if not any(_cross(one, other) for other in found)]
        found.append((clear or free)[0])
    return found


def _crossings(found: Sequence[Placed]) -> int:
    return sum(_cross(one, other) for one, other in combinations(found, 2))


def numbered(ats: Sequence[float], *, char: float, left: float, right: float) -> list[Placed]:
    """Return numbers instead of words, on one row; near points share theirs, « 4–7 »."""
    groups = [[rank] for rank, _ in enumerate(ats)]
    while True:
        row = [_number(group, ats, char, left, right) for group in groups]
        near = next((n for n in range(1, len(row)) if _touch(row[n - 1], row[n])), None)
        if near is None:
            return row
        groups[near - 1 : near + 1] = [groups[near - 1] + groups[near]]


def rows_of(found: Sequence[Placed]) -> int:
    return max((one.row + 1 for one in found), default=0)


def _number(
    group: Sequence[int], ats: Sequence[float], char: float, left: float, right: float
) -> Placed:
    first, last = group[0] + 1, group[-1] + 1
    words = str(first) if first == last else f"{first}–{last}"
    label = Label(ats[group[0]], (words,), len(words) * char)
    middle = label.at - label.width / 2
    return Placed(label, max(min(middle, right - label.width), left), 0)


def _touch(one: Placed, other: Placed) -> bool:
    return one.row == other.row and one.start < other.end + GAP and other.start < one.end + GAP


def _cross(one: Placed, other: Placed) -> bool:
    """Say whether the line of the farther label passes through the words of the nearer one."""
    near, far = sorted((one, other), key=lambda p: p.row)
    return near.row < far.row and near.start - 2 < far.label.at < near.end + 2
