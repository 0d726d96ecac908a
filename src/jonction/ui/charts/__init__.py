"""Pictures drawn on the server: an SVG for the page, its table, and files to take away.

Pure Python, no Django: labels come already translated. `ui.downloads` turns them into answers.
"""

from jonction.ui.charts.chart import Chart
from jonction.ui.charts.plots import Bar, Cell, bars, heat_map
from jonction.ui.charts.thread import Milestone, Ribbon, Span, timeline
from jonction.ui.charts.tiles import Tile, tile_map

__all__ = [
    "Bar",
    "Cell",
    "Chart",
    "Milestone",
    "Ribbon",
    "Span",
    "Tile",
    "bars",
    "heat_map",
    "tile_map",
    "timeline",
]
