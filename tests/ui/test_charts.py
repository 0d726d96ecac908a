"""The pictures: drawn without style, said in words, the same as their table, fit to take away."""

import csv
import io
import re
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jonction.core.typography import colon
from jonction.ui.charts import (
    Bar,
    Cell,
    Made,
    Milestone,
    Pair,
    Ribbon,
    Span,
    Tile,
    Words,
    bars,
    heat_map,
    pairs,
    settled,
    shares,
    tile_map,
    timeline,
)
from jonction.ui.charts.chart import length_of, wrapped
from jonction.ui.charts.palette import PALETTE
from jonction.ui.charts.png import png
from jonction.ui.gallery import charts

SVG = "{http://www.w3.org/2000/svg}"
CSS = Path(__file__).parents[2] / "src/jonction/ui/static/ui/css"
SAMPLES = charts()
# a name that would break a drawing made by gluing strings
NAMES = st.text(st.characters(categories=["L", "P", "N", "Zs"]), min_size=1, max_size=30)


def colours_of_css():
    tokens = (CSS / "tokens.css").read_text().split("@media")[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", tokens))


def words_of(drawing):
    return " ".join("".join(e.itertext()) for e in drawing.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_drawing_has_a_name_a_description_and_no_style(name):
    drawing = fromstring(SAMPLES[name].svg())

    assert drawing.get("aria-label") == drawing.find(f"{SVG}title").text == SAMPLES[name].title
    assert drawing.find(f"{SVG}desc").text == SAMPLES[name].description
    assert [e for e in drawing.iter() if "style" in e.attrib or e.tag == f"{SVG}style"] == []
    assert {e.tag for e in drawing.iter()} <= {
        SVG + tag for tag in ["svg", "title", "desc", "rect", "text", "path", "a"]
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_links_are_never_hidden_inside_an_image(name):
    drawing = fromstring(SAMPLES[name].svg())

    has_links = drawing.find(f".//{SVG}a") is not None
    assert drawing.get("role") == ("group" if has_links else "img")


def test_every_class_is_coloured_on_the_page_and_in_a_file():
    used = {
        e.get("class")
        for chart in SAMPLES.values()
        for e in fromstring(chart.svg()).iter()
        if e.tag != f"{SVG}svg" and e.get("class")
    }
    styled = set(re.findall(r"\.([clrt]-[a-z-]+)", (CSS / "charts.css").read_text()))

    assert used <= set(PALETTE)
    assert styled == set(PALETTE)


def test_the_colours_of_a_file_are_the_light_tokens():
    tokens = {value if len(value) > 4 else value + value[1:] for value in colours_of_css().values()}
    painted = {v for kind in PALETTE.values() for v in kind.values() if v.startswith("#")}

    assert painted <= tokens


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_carries_its_own_colours(name):
    drawing = fromstring(SAMPLES[name].svg(standalone=True))

    assert [e for e in drawing.iter() if "class" in e.attrib] == []
    assert [e for e in drawing.iter(f"{SVG}rect") if "fill" not in e.attrib] == []


@given(st.lists(st.integers(0, 100), min_size=5, max_size=5).filter(any))
def test_the_parts_of_a_bar_fill_it_in_their_order_wide_or_narrow(weights):
    parts = tuple(100 * weight / sum(weights) for weight in weights)
    chart = shares(
        "Parts",
        "",
        names=list("abcde"),
        items=[Made("Un tout", parts)],
        headers=("Quoi", *"abcde", "Note"),
        threshold=(40, "seuil"),
    )

    for drawing, width in ((chart.svg(), 760), (chart.svg_for_phones(), 340)):
        bars = [
            (float(one.get("x")), float(one.get("width")))
            for one in fromstring(drawing).iter()
            if one.tag.endswith("rect") and one.get("height") == "30"
        ]
        assert len(bars) == sum(1 for weight in weights if weight)
        assert sum(length for _x, length in bars) == pytest.approx(width, abs=0.1)
        assert bars == sorted(bars)
    assert chart.rows == (("Un tout", *(round(part, 1) for part in parts), ""),)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.sampled_from(["covered", "hole"]))
def test_the_heat_map_and_its_table_say_the_same(names, status):
    cells = {(r, c): Cell(status, "Trou", f"{r}/{c}") for r in names for c in names}

    chart = heat_map("t", "d", corner="x", rows=names, columns=names, cells=cells)

    assert chart.headers == ("x", *names)
    assert [row[0] for row in chart.rows] == names
    assert chart.rows[0][1] == f"Trou ({names[0]}/{names[0]})"
    drawing = fromstring(chart.svg())
    assert len(drawing.findall(f".//{SVG}rect[@class='c-{status}']")) == len(names) ** 2


@given(st.lists(st.tuples(NAMES, st.integers(0, 9000)), max_size=6))
def test_bars_are_as_long_as_their_values(items):
    chart = bars("t", "d", items=[Bar(n, v) for n, v in items], headers=("Quoi", "Combien"))

    widths = [float(r.get("width")) for r in fromstring(chart.svg()).iter(f"{SVG}rect")]
    most = max((v for _, v in items), default=0) or 1
    assert chart.rows == tuple(items)
    assert widths == [pytest.approx(max(400 * v / most, 1), rel=1e-4) for _, v in items]


WORDS = Words("aujourd’hui", "Voir le tableau.", ("Qui", "Quoi", "Du", "Au"))
DAYS = st.dates(date(2026, 1, 1), date(2029, 3, 31))
PERIODS = st.tuples(DAYS, st.integers(0, 900))


def spans(periods, make):
    return [make(n, start, start + timedelta(days=days)) for n, (start, days) in enumerate(periods)]


def a_thread(days=(), stages=(), ribbons=(), breaks=(), today=date(2026, 11, 23)):
    return timeline(
        "t",
        "d",
        stages=spans(stages, lambda n, *dates: Span(f"Étape de travail {n}", *dates)),
        ribbons=spans(
            ribbons, lambda n, *dates: Ribbon(f"Personne {n % 2}", "", "gestion", *dates)
        ),
        breaks=spans(breaks, lambda n, *dates: Span(f"Personne, rupture {n}", *dates, "gestion")),
        milestones=[Milestone(f"Rencontre du comité {n}", day) for n, day in enumerate(days)],
        today=today,
        words=WORDS,
    )


def both(chart):
    return fromstring(chart.svg()), fromstring(chart.svg_for_phones())


def boxes(drawing):
    """Return where each text lies: from the left, from the top, its width, its height."""
    for one in drawing.iter(f"{SVG}text"):
        size, words = int(one.get("font-size")), "".join(one.itertext())
        yield float(one.get("x")), float(one.get("y")) - size, length_of(words, size), size


def over(one, other):
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


@given(st.lists(DAYS, max_size=14), st.lists(PERIODS, max_size=3), DAYS)
def test_no_words_of_the_thread_lie_over_others_whatever_the_days(days, breaks, today):
    chart = a_thread(days, [(date(2026, 1, 1), 1100)], [(date(2026, 2, 1), 300)], breaks, today)

    for drawing in both(chart):
        found = list(boxes(drawing))
        assert [(a, b) for a, b in combinations(found, 2) if over(a, b)] == []
        width, height = float(drawing.get("width")), float(drawing.get("height"))
        assert [b for b in found if b[0] < 0 or b[0] + b[2] > width or b[1] + b[3] > height] == []


@given(st.lists(PERIODS, max_size=8), st.lists(PERIODS, max_size=8))
def test_two_mandates_or_two_stages_are_never_drawn_one_over_the_other(stages, ribbons):
    for drawing in both(a_thread([], stages, ribbons)):
        drawn = [
            tuple(float(r.get(side)) for side in ("x", "y", "width", "height"))
            for r in drawing.iter(f"{SVG}rect")
        ]
        # the least width drawn is three points: two short periods may touch there
        sides = [(x + 1.6, y, max(width - 3.2, 0), height) for x, y, width, height in drawn]
        assert len(drawn) == len(stages) + len(ribbons)
        assert [(a, b) for a, b in combinations(sides, 2) if over(a, b)] == []


@given(st.lists(DAYS, min_size=1, max_size=40))
def test_every_day_that_counts_is_in_the_table_in_order(days):
    rows = a_thread(days).rows

    assert [row[2] for row in rows] == sorted(days)


def test_days_that_press_become_numbers_that_the_table_explains():
    chart = a_thread([date(2026, 11, 23) + timedelta(days=n) for n in range(9)])

    said = words_of(fromstring(chart.svg()))
    assert "Rencontre" not in said
    assert "Voir le tableau." in said
    assert chart.rows[0][0] == "1. Rencontre du comité 0"


@given(st.integers(0, 700), st.integers(0, 700), st.integers(-900, 900))
def test_the_thread_keeps_every_mandate_inside_the_picture(start, length, today):
    first = date(2026, 1, 1) + timedelta(days=start)
    ribbon = Ribbon("A", "r", "m", first, first + timedelta(days=length))

    chart = timeline(
        "t", "d", stages=[], ribbons=[ribbon], today=first + timedelta(days=today), words=WORDS
    )

    for drawing in both(chart):
        shape = drawing.find(f"{SVG}rect")
        right = float(shape.get("x")) + float(shape.get("width"))
        assert right <= float(drawing.get("width"))
        assert ("aujourd’hui" in words_of(drawing)) == (0 <= today <= length + 1)
    assert chart.rows == (("A", "m", ribbon.starts_on, ribbon.ends_on),)


def test_a_thread_names_nobody_when_there_is_no_mandate():
    assert fromstring(a_thread([], [(date(2026, 1, 1), 90)]).svg()).get("width") == "1144"


@given(st.lists(st.tuples(NAMES, st.integers(0, 900), st.integers(0, 900)), max_size=6))
def test_promises_and_deeds_are_on_one_scale(items):
    chart = pairs(
        "t",
        "d",
        items=[Pair(*item) for item in items],
        words=("prévues", "faites"),
        headers=("Quoi", "Prévu", "Fait"),
    )

    most = max((v for item in items for v in item[1:]), default=0) or 1
    for drawing, width in zip(both(chart), (360, 190), strict=True):
        lengths = [float(r.get("width")) for r in drawing.iter(f"{SVG}rect")]
        values = [v for item in items for v in item[1:]]
        assert lengths == [pytest.approx(max(width * v / most, 2), rel=1e-4) for v in values]
    assert chart.rows == tuple(items)


SPOTS = st.tuples(st.integers(0, 9), st.integers(0, 9))


@given(st.dictionaries(NAMES, st.lists(SPOTS, max_size=4), max_size=12))
def test_each_territory_has_a_tile_of_its_own(wanted):
    found = settled(wanted)

    assert set(found) == set(wanted)
    assert len(set(found.values())) == len(wanted)


def test_a_territory_alone_in_its_place_keeps_it():
    wanted = {"Trois MRC": [(1, 1), (2, 1), (3, 1)], "Une seule": [(2, 1)], "Nulle part": []}

    assert settled(wanted) == {"Une seule": (2, 1), "Trois MRC": (1, 1), "Nulle part": (1, 2)}


def test_a_tile_says_its_whole_name_to_those_who_do_not_see_it():
    tile = Tile("1", "La Vallée-de-la-Gatineau", 3, 5, "Vallée", "12 h", "hole", "/ici/")

    chart = tile_map("t", "d", tiles=[tile], headers=("Lieu", "Heures"))

    link = fromstring(chart.svg()).find(f"{SVG}a")
    assert link.attrib == {"href": "/ici/", "aria-label": f"La Vallée-de-la-Gatineau{colon()}12 h"}
    assert chart.rows == (("La Vallée-de-la-Gatineau", "12 h"),)


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("Rimouski-Neigette", 80, ["Rimouski-", "Neigette"]),
        ("Témisca\u00admingue", 70, ["Témisca-", "mingue"]),
        ("Témisca\u00admingue", 200, ["Témiscamingue"]),
        ("Anticonstitutionnellement", 60, ["Anticons…"]),
        ("gouvernance, gestion", 120, ["gouvernance,", "gestion"]),
    ],
)
def test_words_are_cut_where_french_allows(words, width, lines):
    assert wrapped(words, width=width, size=14, most=2) == lines


def test_a_line_too_long_ends_after_a_whole_word():
    assert wrapped("gouvernance, gestion, opérations", width=150, size=14, most=1) == [
        "gouvernance, gestion…"
    ]


@pytest.mark.parametrize(
    ("width", "line"),
    [(80, "Lise Roy…"), (95, "Lise Roy, 7~h…"), (175, "Lise Roy, 7~h par semaine")],
)
def test_a_number_is_never_cut_from_its_unit(width, line):
    words = "Lise Roy, 7\u00a0h par semaine"

    assert wrapped(words, width=width, size=14, most=1) == [line.replace("~", "\u00a0")]
    assert length_of(words, 14) == length_of(words.replace("\u00a0", " "), 14)


def test_a_name_typed_as_a_formula_stays_a_name():
    chart = bars("t", "d", items=[Bar("=1+1", 2.5)], headers=("Quoi", "Combien"))

    rows = list(csv.reader(io.StringIO(chart.csv()), delimiter=";"))

    assert rows == [["Quoi", "Combien"], ["'=1+1", "2,5"]]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_becomes_a_png_of_its_size_with_its_colours(name):
    chart = SAMPLES[name]

    picture = Image.open(io.BytesIO(png(chart, ppi=72)))

    # one pixel per point: the drawing and 12 points around it
    asked = [float(chart.drawing.get(side)) * 0.75 + 24 for side in ("width", "height")]
    assert picture.format == "PNG"
    assert list(picture.size) == [pytest.approx(side, abs=2) for side in asked]
    seen = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20)}
    assert (name == "empty") == (seen == {(255, 255, 255)})
