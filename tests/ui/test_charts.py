"""The pictures: drawn without style, said in words, the same as their table, fit to take away."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jonction.ui.charts import Bar, Cell, Ribbon, Tile, bars, heat_map, tile_map, timeline
from jonction.ui.charts.chart import wrapped
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


@given(st.integers(0, 700), st.integers(0, 700), st.integers(-900, 900))
def test_the_thread_keeps_every_mandate_inside_the_picture(start, length, today):
    first = date(2026, 1, 1) + timedelta(days=start)
    ribbon = Ribbon("A", "r", "m", first, first + timedelta(days=length))

    chart = timeline(
        "t",
        "d",
        stages=[],
        ribbons=[ribbon],
        today=first + timedelta(days=today),
        today_word="aujourd’hui",
        headers=("Qui", "Quoi", "Du", "Au"),
    )

    drawing = fromstring(chart.svg())
    shape = drawing.find(f"{SVG}rect")
    right = float(shape.get("x")) + float(shape.get("width"))
    assert right <= float(drawing.get("width"))
    assert chart.rows == (("A", "m", ribbon.starts_on, ribbon.ends_on),)
    assert ("aujourd’hui" in words_of(drawing)) == (0 <= today <= length + 1)


def test_a_tile_says_its_whole_name_to_those_who_do_not_see_it():
    tile = Tile("1", "La Vallée-de-la-Gatineau", 3, 5, "Vallée", "12 h", "hole", "/ici/")

    chart = tile_map("t", "d", tiles=[tile], headers=("Lieu", "Heures"))

    link = fromstring(chart.svg()).find(f"{SVG}a")
    assert link.attrib == {"href": "/ici/", "aria-label": "La Vallée-de-la-Gatineau : 12 h"}
    assert chart.rows == (("La Vallée-de-la-Gatineau", "12 h"),)


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("Rimouski-Neigette", 80, ["Rimouski-", "Neigette"]),
        ("Témisca\u00admingue", 70, ["Témisca-", "mingue"]),
        ("Témisca\u00admingue", 200, ["Témiscamingue"]),
        ("Anticonstitutionnellement", 60, ["Anticons…"]),
    ],
)
def test_words_are_cut_where_french_allows(words, width, lines):
    assert wrapped(words, width=width, size=14, most=2) == lines


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
