"""What each class of a picture looks like when no style sheet follows it.

On a page the classes are coloured by `charts.css`, in light and in dark. A file taken away has no
style sheet: the same classes become plain attributes, in the light colours, one class per element.
"""

INK, SECOND, PAPER, LINE = "#1d2a2e", "#434f55", "#ffffff", "#ddd3c4"
BRAND, BRAND_INK, BRAND_SOFT = "#0b5a58", "#ffffff", "#d9ebe8"
WARM, WARM_SOFT, SUNK = "#872c14", "#fbe6dc", "#f3ede3"

FONT = "Atkinson Hyperlegible Next, sans-serif"
BOLD = {"font-weight": "700"}

PALETTE: dict[str, dict[str, str]] = {
    # the four states of a cell, each with a shape of its own
    "c-covered": {"fill": BRAND},
    "c-thin": {"fill": BRAND_SOFT, "stroke": BRAND},
    "c-hole": {"fill": WARM_SOFT, "stroke": WARM, "stroke-width": "2", "stroke-dasharray": "6 4"},
    "c-unneeded": {"fill": SUNK},
    "c-plain": {"fill": PAPER, "stroke": LINE},
    "c-place": {"fill": BRAND_SOFT},
    "c-edge": {"fill": BRAND},
    "c-warm": {"fill": WARM_SOFT, "stroke": WARM},
    "c-dot": {"fill": SECOND},
    # words, on paper and on each state
    "t-plain": {"fill": INK},
    "t-strong": {"fill": INK, **BOLD},
    "t-over": {"fill": INK, "stroke": PAPER, "stroke-width": "4", "paint-order": "stroke"},
    "t-muted": {"fill": SECOND},
    "t-covered": {"fill": BRAND_INK},
    "t-covered-strong": {"fill": BRAND_INK, **BOLD},
    "t-hole": {"fill": WARM},
    "t-hole-strong": {"fill": WARM, **BOLD},
    "t-now": {"fill": BRAND, **BOLD},
    # what is below its level
    "c-low": {"fill": WARM_SOFT, "stroke": WARM, "stroke-width": "2.5"},
    # lines
    "l-grid": {"stroke": LINE, "fill": "none"},
    "l-border": {"stroke": INK, "stroke-width": "2", "fill": "none", "stroke-linecap": "round"},
    "l-hole": {"stroke": WARM, "stroke-width": "2", "fill": "none"},
    "l-lead": {"stroke": SECOND, "fill": "none"},
    "l-dashed": {"stroke": SECOND, "stroke-width": "2", "stroke-dasharray": "7 5", "fill": "none"},
    "l-today": {"stroke": INK, "stroke-width": "2", "fill": "none"},
    # the thread of mandates
    "r-active": {"fill": BRAND},
    "r-proposed": {
        "fill": "none", "stroke": BRAND, "stroke-width": "2", "stroke-dasharray": "5 4",
    },
    "r-ended": {"fill": SUNK, "stroke": SECOND},
    "r-stage": {"fill": SUNK},
    "r-stage-now": {"fill": BRAND_SOFT},
    "r-gap": {"fill": SUNK, "stroke": SECOND, "stroke-width": "2", "stroke-dasharray": "2 4"},
    "r-milestone": {"fill": INK},
}  # fmt: skip
