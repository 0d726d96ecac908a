"""Processes side by side, the one that most lacks support first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jonction.cycle.models import Process
from jonction.engines.coverage import Status
from jonction.support.coverage import Judged

FIRST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One process of the whole: its 24 cells, and how many are in each state."""

    process: Process
    cells: Sequence[Judged]
    on: date
    tally: Counter[Status]

    @property
    def statuses(self) -> list[Status]:
        return [cell.status for cell in self.cells]

    @property
    def is_over(self) -> bool:
        """Say whether its last stage is over: nothing of it can be mended any more."""
        windows = [cell.window for cell in self.cells if cell.window]
        return bool(windows) and all(window.ends_on < self.on for window in windows)

    @property
    def to_fill(self) -> list[Judged]:
        """Return the holes that may still be filled: those of stages not over."""
        return [c for c in self.cells if c.status == Status.HOLE and not c.is_over(self.on)]

    @property
    def stages(self) -> list[str]:
        """Return the stages with a hole, in their order."""
        return _named(c for c in self.cells if c.status == Status.HOLE)

    @property
    def stages_to_fill(self) -> list[str]:
        return _named(self.to_fill)


def _named(cells: Iterable[Judged]) -> list[str]:
    return list({c.stage: c.stage_label for c in cells}.values())


def rows_of(cells: Sequence[Judged], on: date) -> list[Row]:
    """Return the processes judged, the one with the most holes first, those that are over last."""
    together: dict[int, list[Judged]] = {}
    for cell in cells:
        together.setdefault(cell.process.pk, []).append(cell)
    rows = [
        Row(found[0].process, found, on, Counter(cell.status for cell in found))
        for found in together.values()
    ]
    order = {row.process.pk: [-row.tally[s] for s in (Status.HOLE, Status.THIN)] for row in rows}
    return sorted(rows, key=lambda row: (row.is_over, *order[row.process.pk], row.process.name))


def ahead_of(rows: Iterable[Row]) -> Counter[Status]:
    """Count the cells whose stage runs or is to come: those that may still be mended."""
    return Counter(c.status for row in rows for c in row.cells if not c.is_over(row.on))


def worst_of(rows: Sequence[Row]) -> list[Row]:
    """Return the few processes to look at first: those with the most holes to fill."""
    holed = [row for row in rows if row.to_fill]
    return sorted(holed, key=lambda row: -len(row.to_fill))[:FIRST]
