"""Odds side by side: for each thing due, in two cases, on a line from never to always."""

from collections.abc import Sequence
from dataclasses import dataclass

from jonction.ui.charts.chart import Chart, draw, path, rect, text, wrapped

LEFT, WIDTH, RIGHT, LINE, ROW = 230, 360, 120, 30, 84


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing due; each case is its share between 0 and 1, and the words that say it."""

    label: str
    cases: tuple[tuple[str, float, str], ...]


def odds(title: str, description: str, *, pairs: Sequence[Pair], headers: tuple[str, ...]) -> Chart:
    """Draw two bars for each thing due: full for the first case, edged for the second."""
    parts = []
    for rank, pair in enumerate(pairs):
        y = rank * ROW + 6
        for n, line in enumerate(wrapped(pair.label, width=LEFT - 16, size=15, most=3)):
            parts.append(text("t-strong", 0, y + 18 + 18 * n, line, size=15))
        parts.append(path("l-grid", f"M{LEFT + WIDTH} {y}v{ROW - 20}"))
        for n, (_case, share, words) in enumerate(pair.cases):
            top = y + n * LINE
            kind = "c-covered" if n == 0 else "c-thin"
            length = max(WIDTH * share, 2)
            parts.append(rect(kind, LEFT, top, (length, LINE - 8), 4))
            parts.append(text("t-plain", LEFT + length + 8, top + 16, words, size=14))
    size = (LEFT + WIDTH + RIGHT, max(len(pairs), 1) * ROW)
    rows = tuple((p.label, *(words for _case, _share, words in p.cases)) for p in pairs)
    return Chart(title, description, draw(title, description, size, parts), headers, rows)
