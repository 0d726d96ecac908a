"""The ordinary way, to compare with: the most urgent first, each to the best one still free.

Method     needs by falling urgency, then by first day and id; each takes hours from the resources
           that suit it best, as long as hours, tables and team allow.
Exactness  integers.
"""

from jonction.engines.matching.draft import Draft
from jonction.engines.matching.grid import Grid


def greedy_draft(grid: Grid) -> Draft:
    """Return the plan of somebody who serves by urgency, without looking back."""
    draft = Draft(grid)
    needs = grid.needs
    draft.fill(sorted(range(len(needs)), key=lambda n: (-needs[n].urgency, needs[n].starts_on, n)))
    return draft
