"""From a picture to a PNG: typst sets it on a page of its size, with the product's letters."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from jonction.ui.charts.chart import Chart

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parents[1] / "static/ui/vendor"
SHEET = b"""#set page(width: auto, height: auto, margin: 12pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


@cache
def fonts() -> "typst.Fonts":
    """Return the letters of the product, those of documents too, and none of the machine."""
    import typst  # 7 MB, for who takes a picture away

    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER])


def png(chart: Chart, *, ppi: float = 144.0) -> bytes:
    """Return the picture twice as dense as a screen's points: sharp in a document."""
    import typst

    made: bytes = typst.compile(
        SHEET,
        format="png",
        ppi=ppi,
        font_paths=fonts(),
        sys_inputs={"svg": chart.svg(standalone=True)},
    )
    return made
