"""Processes side by side, the one that most lacks support first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jonction.cycle.models import Process
from jonction.engines.coverage import Status
from jonction.support.coverage import Judged

FIRST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One process of the whole: its 24 cells, and how many are in each state."""

    process: Process
    cells: Sequence[Judged]
    tally: Counter[Status]

    @property
    def statuses(self) -> list[Status]:
        return [cell.status for cell in self.cells]

    @property
    def stages(self) -> list[str]:
        """Return the stages with a hole, in their order."""
        holes = {c.stage: c.stage_label for c in self.cells if c.status == Status.HOLE}
        return list(holes.values())


def rows_of(cells: Sequence[Judged]) -> list[Row]:
    """Return the processes judged, the one with the most holes first."""
    together: dict[int, list[Judged]] = {}
    for cell in cells:
        together.setdefault(cell.process.pk, []).append(cell)
    rows = [
        Row(found[0].process, found, Counter(cell.status for cell in found))
        for found in together.values()
    ]
    order = {row.process.pk: [-row.tally[s] for s in (Status.HOLE, Status.THIN)] for row in rows}
    return sorted(rows, key=lambda row: (*order[row.process.pk], row.process.name))


def worst_of(rows: Sequence[Row]) -> list[Row]:
    """Return the few processes to look at first: those with holes, in the order of `rows_of`."""
    return [row for row in rows if row.tally[Status.HOLE]][:FIRST]
