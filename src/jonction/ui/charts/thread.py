"""The thread: days that count, stages, the mandates of each person, what breaks, and today.

It is drawn twice: wide, names at the left, for a desk, paper and files; and tall, names above,
for a phone. Words never lie over words: near days climb on rows, and too many become numbers that
the table explains.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from jonction.ui.charts.chart import Chart, draw, length_of, path, rect, said, text, wrapped
from jonction.ui.charts.labels import Label, Placed, numbered, placed, rows_of
from jonction.ui.charts.lanes import lanes

SMALL, LINE = 13, 16
ROWS = 8  # more rows of words than that would hide the picture: numbers instead
YEAR = 48  # the least width between two years written under the picture
NOTES = {"t-strong": "t-plain", "t-hole-strong": "t-hole"}  # what follows a strong line
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A stage or a break: from a day to a day, both included; `status` says if a break is past."""

    label: str
    starts_on: date
    ends_on: date
    note: str = ""
    status: str = "coming"


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
    """A day that counts; a deadline points down, a milestone is a diamond."""

    label: str
    on: date
    is_deadline: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says of itself, already translated."""

    today: str
    numbers: str
    headers: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where days lie across, from the first to the last."""

    left: float
    width: float
    is_tall: bool
    first: date
    last: date

    @property
    def right(self) -> float:
        return self.left + self.width

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        inside = min(max(day, self.first), self.last)
        return self.left + self.width * (inside - self.first).days / days

    def span(self, starts_on: date, ends_on: date) -> tuple[float, float]:
        """Return where it starts and its width; the last day is whole."""
        start = self.x(starts_on)
        return start, max(self.x(ends_on + NEXT_DAY) - start, 3)


@dataclass(frozen=True, slots=True)
class Thread:
    """All that one thread shows."""

    stages: Sequence[Span]
    ribbons: Sequence[Ribbon]
    breaks: Sequence[Span]
    milestones: Sequence[Milestone]
    today: date
    words: Words

    def frame(self, left: float, width: float, *, is_tall: bool) -> Frame:
        spans: list[Span | Ribbon] = [*self.stages, *self.ribbons, *self.breaks]
        days = [day for s in spans for day in (s.starts_on, s.ends_on)]
        days += [m.on for m in self.milestones]
        first, last = min(days, default=self.today), max(days, default=self.today)
        return Frame(left, width, is_tall, first, last + NEXT_DAY)


def timeline(
    title: str,
    description: str,
    *,
    stages: Sequence[Span],
    ribbons: Sequence[Ribbon] = (),
    breaks: Sequence[Span] = (),
    milestones: Sequence[Milestone] = (),
    today: date,
    words: Words,
) -> Chart:
    """Draw the thread of one process, with its table."""
    milestones = sorted(milestones, key=lambda m: (m.on, m.label))
    thread = Thread(stages, ribbons, breaks, milestones, today, words)
    left = 196 if ribbons else 8
    wide, is_counted = _drawn(thread, thread.frame(left, 1136 - left, is_tall=False))
    tall, is_counted_too = _drawn(thread, thread.frame(6, 346, is_tall=True))
    table = _table(thread, with_numbers=is_counted or is_counted_too)
    drawing = draw(title, description, *wide)
    narrow = draw(title, description, *tall, kind="phone")
    return Chart(title, description, drawing, words.headers, table, narrow)


Drawn = tuple[tuple[float, float], list[ET.Element]]


def _drawn(thread: Thread, frame: Frame) -> tuple[Drawn, bool]:
    """Draw from top to bottom: each part says where the next one begins."""
    marks, is_counted = _marks(thread.milestones, frame)
    top = 8.0 + LINE * rows_of(marks)
    above = [e for mark in marks for e in _label(mark, top + 2, -1)]
    above += [_mark(m, frame.x(m.on), top) for m in thread.milestones]
    stages, y = _stages(thread, frame, top + (14 if thread.milestones else 0))
    people, bottom = _people(thread, frame, y + 8)
    below, end = _foot(thread, frame, bottom)
    drawn = [*stages, *people, *above, *below]
    shapes, words = ([e for e in drawn if (e.tag == "text") == asked] for asked in (False, True))
    behind = [e for gap in thread.breaks for e in _break(gap, frame, y + 4, bottom)]
    now = _today(thread, frame, top, bottom)
    parts = [*_years(frame, y, bottom, end), *behind, *shapes, *now, *words]
    end += 6
    if is_counted:
        lines = wrapped(thread.words.numbers, width=frame.right, size=SMALL, most=2)
        parts += [text("t-muted", 0, end + LINE * n, s, size=SMALL) for n, s in enumerate(lines, 1)]
        end += LINE * len(lines) + 6
    return ((frame.right + 8, end), parts), is_counted


def _foot(thread: Thread, frame: Frame, bottom: float) -> tuple[list[ET.Element], float]:
    """Write what each break is and where today is, then leave a line for the years."""
    found = placed(_below(thread, frame), left=frame.left, right=frame.right)
    height = LINE * max((len(one.label.lines) for one in found), default=1)
    parts = [e for one in found for e in _label(one, bottom + 2, height)]
    return parts, bottom + 8 + height * rows_of(found) + LINE


def _marks(milestones: Sequence[Milestone], frame: Frame) -> tuple[list[Placed], bool]:
    """Return the words over the days that count, or numbers when they would climb too high."""
    most = frame.width * (0.8 if frame.is_tall else 0.3)
    labels = [
        _words(frame.x(m.on), wrapped(m.label, width=most, size=SMALL, most=1), "t-over")
        for m in milestones
    ]
    found = placed(labels, left=frame.left, right=frame.right)
    if rows_of(found) <= ROWS:
        return found, False
    ats = [frame.x(m.on) for m in milestones]
    return numbered(ats, char=SMALL * 0.66, left=frame.left, right=frame.right), True


def _words(at: float, lines: Sequence[str], kind: str = "t-plain") -> Label:
    return Label(at, tuple(lines), max(length_of(line, SMALL) for line in lines), kind)


def _label(one: Placed, edge: float, step: float) -> Iterator[ET.Element]:
    """Draw the words in their row, above the edge or below it, and the line down to their day."""
    if step < 0:
        y = edge - 5 - LINE * one.row
        if one.row or not one.start <= one.label.at <= one.end:
            yield path("l-lead", f"M{one.label.at:.1f} {edge:g}V{y - 9:g}")
        yield text(one.label.kind, one.start, y, one.label.lines[0], size=SMALL)
        return
    y = edge + 14 + step * one.row
    yield path("l-lead", f"M{one.label.at:.1f} {edge:g}V{y:g}")
    for n, line in enumerate(one.label.lines):
        kind = one.label.kind if n == 0 else NOTES.get(one.label.kind, one.label.kind)
        yield text(kind, one.start, y + LINE * n, line, size=SMALL)


def _mark(milestone: Milestone, x: float, y: float) -> ET.Element:
    shape = (
        f"M{x - 6:.1f} {y:g}h12l-6 11z" if milestone.is_deadline else f"M{x:.1f} {y:g}l6 6-6 6-6-6z"
    )
    return said(path("r-milestone", shape), milestone.label)


def _stages(thread: Thread, frame: Frame, y: float) -> tuple[list[ET.Element], float]:
    parts: list[ET.Element] = []
    rows = [[s] for s in thread.stages] if frame.is_tall else lanes(thread.stages)
    for row in rows:
        for stage in row:
            now = stage.starts_on <= thread.today <= stage.ends_on
            x, width = frame.span(stage.starts_on, stage.ends_on)
            shape = (x, y + 19, (width, 11)) if frame.is_tall else (x, y, (width - 3, 38))
            kind, words = ("r-stage-now", "t-now") if now else ("r-stage", "t-plain")
            parts.append(said(rect(kind, *shape), stage.label))
            if frame.is_tall:
                parts.append(_inside(words, frame, (x, y + 14), stage.label))
            else:
                parts += _held(words, (x + 8, y), width - 14, stage.label)
        y += 36 if frame.is_tall else 42
    return parts, y


def _held(kind: str, at: tuple[float, float], width: float, words: str) -> Iterator[ET.Element]:
    """Write inside a shape, as far as whole words hold there."""
    lines = wrapped(words, width=width, size=SMALL, most=2)
    if width < SMALL * 2 or lines[0] == "…":
        return
    for n, line in enumerate(lines):
        yield text(kind, at[0], at[1] + (24 if len(lines) == 1 else 16 + 15 * n), line, size=SMALL)


def _inside(kind: str, frame: Frame, at: tuple[float, float], words: str) -> ET.Element:
    """Write one line from a point, pushed back where the picture ends."""
    [line] = wrapped(words, width=frame.width, size=SMALL, most=1)
    start = max(min(at[0], frame.right - length_of(line, SMALL)), 0)
    return text(kind, start, at[1], line, size=SMALL)


def _people(thread: Thread, frame: Frame, y: float) -> tuple[list[ET.Element], float]:
    parts: list[ET.Element] = []
    people = dict.fromkeys((r.person, r.role) for r in thread.ribbons)
    drawn: Callable[..., tuple[list[ET.Element], float]] = _tall if frame.is_tall else _wide
    for person, role in people:
        parts.append(path("l-grid", f"M0 {y:g}H{frame.right:g}"))
        held = lanes([r for r in thread.ribbons if (r.person, r.role) == (person, role)])
        more, y = drawn(person, role, held, frame, y)
        parts += more
    return parts, y


def _wide(
    person: str, role: str, held: list[list[Ribbon]], frame: Frame, y: float
) -> tuple[list[ET.Element], float]:
    room = frame.left - 14
    [name] = wrapped(person, width=room, size=15, most=1)
    lines = wrapped(role, width=room, size=SMALL, most=2) if role else []
    parts = [text("t-strong", 0, y + 23, name, size=15)]
    parts += [text("t-muted", 0, y + 41 + 15 * n, line, size=SMALL) for n, line in enumerate(lines)]
    for rank, lane in enumerate(held):
        top = y + 11 + 34 * rank
        for ribbon, room in zip(lane, _rooms(lane, frame), strict=True):
            x, width = frame.span(ribbon.starts_on, ribbon.ends_on)
            parts.append(said(rect(f"r-{ribbon.status}", x, top, (width, 28), 14), ribbon.label))
            parts += _ribbon_words(ribbon, (x, top + 19), width, room)
    return parts, y + max(24 + 15 * len(lines) + 10, 16 + 34 * len(held))


def _tall(
    person: str, role: str, held: list[list[Ribbon]], frame: Frame, y: float
) -> tuple[list[ET.Element], float]:
    [line] = wrapped(person, width=frame.width, size=15, most=1)
    parts = [text("t-strong", 0, y + 19, line, size=15)]
    if role:
        [line] = wrapped(role, width=frame.width, size=SMALL, most=1)
        parts.append(text("t-muted", 0, y + 36, line, size=SMALL))
    y += 44 if role else 27
    for lane in held:
        for ribbon in lane:  # one under the other: a phone has more height than width
            x, width = frame.span(ribbon.starts_on, ribbon.ends_on)
            parts.append(said(rect(f"r-{ribbon.status}", x, y, (width, 14), 7), ribbon.label))
            lines = wrapped(ribbon.label, width=frame.width, size=SMALL, most=2)
            for n, words in enumerate(lines):
                parts.append(_inside("t-over", frame, (x, y + 29 + 15 * n), words))
            y += 23 + 15 * len(lines)
    return parts, y + 6


def _rooms(lane: Sequence[Ribbon], frame: Frame) -> list[float]:
    """Return, for each ribbon of a lane, how much is free after it."""
    starts = [*(frame.x(r.starts_on) for r in lane[1:]), frame.right]
    return [
        start - sum(frame.span(r.starts_on, r.ends_on))
        for r, start in zip(lane, starts, strict=True)
    ]


def _ribbon_words(
    ribbon: Ribbon, at: tuple[float, float], width: float, room: float
) -> Iterator[ET.Element]:
    """Write on the ribbon when all holds there, after it when there is room, else cut at a word."""
    if not ribbon.label:
        return
    kind = "t-covered" if ribbon.status == "active" else "t-plain"
    whole = length_of(ribbon.label, SMALL)
    if whole > width - 24 and whole <= room - 16:
        yield text("t-over", at[0] + width + 8, at[1], ribbon.label, size=SMALL)
        return
    [words] = wrapped(ribbon.label, width=width - 24, size=SMALL, most=1)
    if words != "…":
        yield text(kind, at[0] + 14, at[1], words, size=SMALL)


def _break(gap: Span, frame: Frame, top: float, bottom: float) -> Iterator[ET.Element]:
    x, width = frame.span(gap.starts_on, gap.ends_on)
    kind = "r-gap" if gap.status == "past" else "c-hole"
    yield said(rect(kind, x, top, (width, bottom - top), 6), f"{gap.label} {gap.note}".strip())


def _below(thread: Thread, frame: Frame) -> list[Label]:
    """Return the words under the picture: what each break is, and where today is."""
    most = frame.width * (0.9 if frame.is_tall else 0.28)
    labels = []
    for gap in thread.breaks:
        kind = "t-strong" if gap.status == "past" else "t-hole-strong"
        lines = wrapped(gap.label, width=most, size=SMALL, most=1)
        lines += wrapped(gap.note, width=most, size=SMALL, most=2) if gap.note else []
        x, width = frame.span(gap.starts_on, gap.ends_on)
        labels.append(_words(x + min(width / 2, 4), lines, kind))
    if frame.first <= thread.today <= frame.last:
        labels.append(_words(frame.x(thread.today), [thread.words.today], "t-strong"))
    return labels


def _today(thread: Thread, frame: Frame, top: float, bottom: float) -> list[ET.Element]:
    if not frame.first <= thread.today <= frame.last:
        return []
    return [path("l-today", f"M{frame.x(thread.today):.1f} {top:g}V{bottom + 2:g}")]


def _years(frame: Frame, top: float, bottom: float, y: float) -> Iterator[ET.Element]:
    """Draw where each year begins; those too near the one before are left out."""
    written = -1000.0
    for year in range(frame.first.year, frame.last.year + 1):
        day = date(year, 1, 1)
        x = frame.x(day)
        if day > frame.first:
            yield path("l-grid", f"M{x:.1f} {top:g}V{bottom:g}")
        x = min(x, frame.right - 32)
        if x - written >= YEAR:
            yield text("t-muted", x, y, str(year), size=SMALL)
            written = x


def _table(thread: Thread, *, with_numbers: bool) -> tuple[tuple[str, str, date, date], ...]:
    rows = [(s.label, s.note, s.starts_on, s.ends_on) for s in thread.stages]
    rows += [(r.person, r.label, r.starts_on, r.ends_on) for r in thread.ribbons]
    rows += [(s.label, s.note, s.starts_on, s.ends_on) for s in thread.breaks]
    marks = list(thread.milestones)
    if with_numbers:
        marks = [replace(m, label=f"{n}. {m.label}") for n, m in enumerate(marks, 1)]
    return (*rows, *((m.label, m.note, m.on, m.on) for m in marks))
