"""The thread: stages above, the mandates of each person below, what breaks, and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from jonction.ui.charts.chart import Chart, draw, path, rect, text, wrapped

LEFT, WIDTH, RIGHT = 170, 960, 12
STAGES, ROW = 76, 52
NARROW = 48  # below this, words under a shape would touch its neighbours


@dataclass(frozen=True, slots=True)
class Span:
    """A stage or a break: from a day to a day, both included."""

    label: str
    starts_on: date
    ends_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One mandate: whose, what, from when to when; `status` is active, proposed or ended."""

    person: str
    role: str
    label: str
    starts_on: date
    ends_on: date
    status: str = "active"


@dataclass(frozen=True, slots=True)
class Milestone:
    label: str
    on: date


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to the width of the picture."""

    first: date
    last: date

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        inside = min(max(day, self.first), self.last)
        return LEFT + WIDTH * (inside - self.first).days / days

    def span(self, starts_on: date, ends_on: date) -> tuple[float, float]:
        """Return where it starts and its width; the last day is whole."""
        start = self.x(starts_on)
        return start, max(self.x(ends_on + timedelta(days=1)) - start, 3)


def timeline(
    title: str,
    description: str,
    *,
    stages: Sequence[Span],
    ribbons: Sequence[Ribbon],
    breaks: Sequence[Span] = (),
    milestones: Sequence[Milestone] = (),
    today: date,
    today_word: str,
    headers: tuple[str, str, str, str],
) -> Chart:
    """Draw the thread of one process; `headers` name what, detail, from and to in its table."""
    spans: list[Span | Ribbon] = [*stages, *ribbons, *breaks]
    scale = Scale(
        min((s.starts_on for s in spans), default=today),
        max((s.ends_on for s in spans), default=today) + timedelta(days=1),
    )
    people = list(dict.fromkeys((r.person, r.role) for r in ribbons))
    bottom = STAGES + ROW * max(len(people), 1)
    parts = [
        *_stages(stages, scale, today),
        *_people(people),
        *[e for s in breaks for e in _break(s, scale, bottom)],
        *[e for r in ribbons for e in _ribbon(r, people.index((r.person, r.role)), scale)],
        *[e for m in milestones for e in _milestone(m, scale)],
    ]
    if scale.first <= today <= scale.last:
        at = scale.x(today)
        parts.append(path("l-today", f"M{at:.1f} 28V{bottom}"))
        side = "end" if at > LEFT + WIDTH - 90 else "start"
        parts.append(text("t-strong", at, bottom + 16, today_word, size=13, anchor=side))
    drawing = draw(title, description, (LEFT + WIDTH + RIGHT, bottom + 24), parts)
    return Chart(title, description, drawing, headers, _table(stages, ribbons, breaks, milestones))


def _stages(stages: Sequence[Span], scale: Scale, today: date) -> list[ET.Element]:
    parts = []
    for stage in stages:
        x, width = scale.span(stage.starts_on, stage.ends_on)
        now = stage.starts_on <= today <= stage.ends_on
        parts.append(rect("r-stage-now" if now else "r-stage", x, 28, (width - 3, 36)))
        if width > NARROW:
            words = wrapped(stage.label, width=width - 14, size=13, most=2)
            top = 50 if len(words) == 1 else 43
            for n, line in enumerate(words):
                parts.append(
                    text("t-now" if now else "t-plain", x + 8, top + 15 * n, line, size=13)
                )
    return parts


def _people(people: Sequence[tuple[str, str]]) -> list[ET.Element]:
    parts = []
    for rank, (person, role) in enumerate(people):
        y = STAGES + rank * ROW
        parts.append(path("l-grid", f"M0 {y}H{LEFT + WIDTH}"))
        name = wrapped(person, width=LEFT - 10, size=15, most=1)
        parts.append(text("t-strong", 0, y + 23, name[0], size=15))
        parts += [
            text("t-muted", 0, y + 41, line, size=13)
            for line in wrapped(role, width=LEFT - 10, size=13, most=1)
        ]
    return parts


def _ribbon(ribbon: Ribbon, rank: int, scale: Scale) -> list[ET.Element]:
    x, width = scale.span(ribbon.starts_on, ribbon.ends_on)
    y = STAGES + rank * ROW + 12
    parts = [rect(f"r-{ribbon.status}", x, y, (width, 28), 14)]
    if width > NARROW:
        kind = "t-covered" if ribbon.status == "active" else "t-plain"
        words = wrapped(ribbon.label, width=width - 24, size=13, most=1)
        parts.append(text(kind, x + 14, y + 19, words[0], size=13))
    return parts


def _break(gap: Span, scale: Scale, bottom: float) -> list[ET.Element]:
    x, width = scale.span(gap.starts_on, gap.ends_on)
    parts = [rect("c-hole", x, STAGES - 6, (width, bottom - STAGES + 2), 10)]
    if width > NARROW:
        lines = wrapped(gap.label, width=width - 16, size=13, most=3)
        notes = wrapped(gap.note, width=width - 16, size=13, most=2) if gap.note else []
        for n, line in enumerate([*lines, *notes]):
            kind = "t-hole-strong" if n < len(lines) else "t-hole"
            parts.append(text(kind, x + 9, STAGES + 16 + 16 * n, line, size=13))
    return parts


def _milestone(milestone: Milestone, scale: Scale) -> list[ET.Element]:
    x = scale.x(milestone.on)
    side = "end" if x > LEFT + WIDTH / 2 else "start"
    return [
        path("r-milestone", f"M{x:.1f} 12l5 5-5 5-5-5z"),
        text(
            "t-muted", x + (9 if side == "start" else -9), 21, milestone.label, size=12, anchor=side
        ),
    ]


def _table(
    stages: Sequence[Span],
    ribbons: Sequence[Ribbon],
    breaks: Sequence[Span],
    milestones: Sequence[Milestone],
) -> tuple[tuple[str, str, date, date], ...]:
    rows = [(s.label, s.note, s.starts_on, s.ends_on) for s in stages]
    rows += [(r.person, r.label, r.starts_on, r.ends_on) for r in ribbons]
    rows += [(s.label, s.note, s.starts_on, s.ends_on) for s in breaks]
    rows += [(m.label, "", m.on, m.on) for m in milestones]
    return tuple(rows)
