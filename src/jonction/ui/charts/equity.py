"""The Lorenz curve, and points against a level: who has little and gets little."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from jonction.ui.charts.chart import Chart, Value, draw, path, text, wrapped

LEFT, TOP, SIDE, BELOW = 62, 14, 420, 62
WIDE = 560
TICKS = (0, 25, 50, 75, 100)
DOT = 7
LABEL = 150
GAP = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One thing of the picture; `is_low` draws it as a diamond, the others are discs."""

    label: str
    x: float
    y: float
    is_low: bool = False


@dataclass(frozen=True, slots=True)
class Axes:
    """The words along the sides, and where the scale of each ends."""

    across: str
    up: str
    most_across: float = 100
    most_up: float = 100


def lorenz_curve(
    title: str,
    description: str,
    *,
    points: Sequence[tuple[float, float]],
    axes: Axes,
    even: str,
    headers: tuple[str, ...],
    rows: Sequence[tuple[Value, ...]],
) -> Chart:
    """Draw the curve from corner to corner, and the diagonal where everybody has their share."""
    places = [(_x(x, axes, SIDE), _y(y, axes)) for x, y in points]
    parts = _frame(axes, SIDE)
    parts.append(path("l-dashed", f"M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}"))
    parts.append(text("t-muted", LEFT + SIDE * 0.53, TOP + SIDE * 0.42, even, anchor="end"))
    if places:
        line = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(path("l-border", f"M{line}"))
        parts += [_disc(x, y, 5) for x, y in places[1:-1]]
    size = (LEFT + SIDE + 16, TOP + SIDE + BELOW)
    drawing = draw(title, description, size, parts)
    return Chart(title, description, drawing, headers, tuple(rows))


def scatter(
    title: str,
    description: str,
    *,
    points: Sequence[Point],
    axes: Axes,
    level: tuple[float, str],
    headers: tuple[str, ...],
    rows: Sequence[tuple[Value, ...]],
) -> Chart:
    """Draw one mark per point, and the level with which they are compared."""
    parts = _frame(axes, WIDE)
    height = _y(level[0], axes)
    parts.append(path("l-dashed", f"M{LEFT} {height:.1f}h{WIDE}"))
    parts.append(text("t-muted", LEFT + WIDE - 4, height - 6, level[1], size=13, anchor="end"))
    taken: list[tuple[float, float, float]] = []
    for point in sorted(points, key=lambda p: (p.y, p.x, p.label)):
        x, y = _x(point.x, axes, WIDE), _y(point.y, axes)
        parts.append(_diamond(x, y) if point.is_low else _disc(x, y, DOT))
        label = wrapped(point.label, width=LABEL, size=13, most=1)[0]
        kind = "t-hole" if point.is_low else "t-plain"
        if (at := _free(x, y, 7.2 * len(label), taken)) is not None:
            parts.append(text(kind, at[0], at[1], label, size=13))
    size = (LEFT + WIDE + 16, TOP + SIDE + BELOW)
    drawing = draw(title, description, size, parts)
    return Chart(title, description, drawing, headers, tuple(rows))


def _free(
    x: float, y: float, width: float, taken: list[tuple[float, float, float]]
) -> tuple[float, float] | None:
    """Return where a label may be written, beside its mark, over none of the others."""
    sides = (x + DOT + GAP, x - DOT - GAP - width)
    for start in sides:
        for at in (y + 5, y - 10, y + 20):
            inside = start >= LEFT and start + width <= LEFT + WIDE + 14
            clear = all(
                abs(at - other) >= 15 or start + width < left or left + long < start  # noqa: PLR2004
                for left, other, long in taken
            )
            if inside and clear and TOP + 8 <= at <= TOP + SIDE:
                taken.append((start, at, width))
                return start, at
    return None


def _frame(axes: Axes, width: float) -> list[ET.Element]:
    parts = []
    for tick in TICKS:
        y, x = TOP + SIDE * (1 - tick / 100), LEFT + width * tick / 100
        parts.append(path("l-grid", f"M{LEFT} {y:.1f}h{width}"))
        up, across = axes.most_up * tick / 100, axes.most_across * tick / 100
        parts.append(text("t-muted", LEFT - 8, y + 5, f"{up:.0f}", size=13, anchor="end"))
        parts.append(text("t-muted", x, TOP + SIDE + 20, f"{across:.0f}", size=13, anchor="middle"))
    parts.append(path("l-today", f"M{LEFT} {TOP}v{SIDE}h{width}"))
    parts.append(text("t-plain", LEFT + width / 2, TOP + SIDE + 46, axes.across, anchor="middle"))
    up_words = text("t-plain", 0, 0, axes.up, anchor="middle")
    up_words.set("transform", f"translate(16 {TOP + SIDE / 2:g}) rotate(-90)")
    return [*parts, up_words]


def _x(value: float, axes: Axes, width: float) -> float:
    return LEFT + width * min(max(value / axes.most_across, 0), 1)


def _y(value: float, axes: Axes) -> float:
    return TOP + SIDE * (1 - min(max(value / axes.most_up, 0), 1))


def _disc(x: float, y: float, radius: float) -> ET.Element:
    across, arc = 2 * radius, f"a{radius:g} {radius:g} 0 1 0"
    return path("c-covered", f"M{x - radius:.1f} {y:.1f}{arc} {across:g} 0{arc} {-across:g} 0z")


def _diamond(x: float, y: float) -> ET.Element:
    reach = DOT + 3
    return path(
        "c-low", f"M{x:.1f} {y - reach:.1f}l{reach} {reach}l{-reach} {reach}l{-reach} {-reach}z"
    )
