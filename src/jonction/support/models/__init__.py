"""What support (accompagnement) remembers."""

from jonction.support.models.coverage import Alert, Snooze, Waiver
from jonction.support.models.forecast import Assumptions, Forecast
from jonction.support.models.journal import Intervention, Share, shares_of
from jonction.support.models.mandate import Mandate, Need, Pause, Placed
from jonction.support.models.resource import Capacity, Leave, Resource

__all__ = [
    "Alert",
    "Assumptions",
    "Capacity",
    "Forecast",
    "Intervention",
    "Leave",
    "Mandate",
    "Need",
    "Pause",
    "Placed",
    "Resource",
    "Share",
    "Snooze",
    "Waiver",
    "shares_of",
]
