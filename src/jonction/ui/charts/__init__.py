"""Pictures drawn on the server: an SVG for the page, its table, and files to take away.

Pure Python, no Django: labels come already translated. `ui.downloads` turns them into answers.
"""

from jonction.ui.charts.chart import Chart
from jonction.ui.charts.equity import Axes, Point, lorenz_curve, scatter
from jonction.ui.charts.plots import Bar, Cell, bars, heat_map
from jonction.ui.charts.thread import Milestone, Ribbon, Span, timeline
from jonction.ui.charts.tiles import Tile, tile_map

__all__ = [
    "Axes",
    "Bar",
    "Cell",
    "Chart",
    "Milestone",
    "Point",
    "Ribbon",
    "Span",
    "Tile",
    "bars",
    "heat_map",
    "lorenz_curve",
    "scatter",
    "tile_map",
    "timeline",
]
