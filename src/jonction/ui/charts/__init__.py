"""Pictures drawn on the server: an SVG for the page, its table, and files to take away.

Pure Python, no Django: labels come already translated. `ui.downloads` turns them into answers.
"""

from jonction.ui.charts.chart import Chart, Value
from jonction.ui.charts.equity import Axes, Point, lorenz_curve, scatter
from jonction.ui.charts.mini import mini_grid
from jonction.ui.charts.plots import Bar, Cell, Pair, bars, heat_map, pairs
from jonction.ui.charts.shares import Made, shares
from jonction.ui.charts.thread import Milestone, Ribbon, Span, Words, timeline
from jonction.ui.charts.tiles import Tile, settled, tile_map

__all__ = [
    "Axes",
    "Bar",
    "Cell",
    "Chart",
    "Made",
    "Milestone",
    "Pair",
    "Point",
    "Ribbon",
    "Span",
    "Tile",
    "Value",
    "Words",
    "bars",
    "heat_map",
    "lorenz_curve",
    "mini_grid",
    "pairs",
    "scatter",
    "settled",
    "shares",
    "tile_map",
    "timeline",
]
