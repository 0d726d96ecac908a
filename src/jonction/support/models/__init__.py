"""What support (accompagnement) remembers."""

from jonction.support.models.coverage import Alert, Snooze, Waiver
from jonction.support.models.directory import Affinity, Language, ReleaseAgreement, Skill
from jonction.support.models.equity import Appraisal, EquityMethod, StartingProfile
from jonction.support.models.field import FieldReceipt
from jonction.support.models.filing import Filing
from jonction.support.models.forecast import Assumptions, Forecast
from jonction.support.models.handover import Contact, HandOver, Promise
from jonction.support.models.intake import IntakeMethod, NeedStep
from jonction.support.models.journal import Intervention, Share, Tally, shares_of
from jonction.support.models.mandate import Mandate, Need, Pause, Placed
from jonction.support.models.resource import Capacity, Leave, Resource

__all__ = [
    "Affinity",
    "Alert",
    "Appraisal",
    "Assumptions",
    "Capacity",
    "Contact",
    "EquityMethod",
    "FieldReceipt",
    "Filing",
    "Forecast",
    "HandOver",
    "IntakeMethod",
    "Intervention",
    "Language",
    "Leave",
    "Mandate",
    "Need",
    "NeedStep",
    "Pause",
    "Placed",
    "Promise",
    "ReleaseAgreement",
    "Resource",
    "Share",
    "Skill",
    "Snooze",
    "StartingProfile",
    "Tally",
    "Waiver",
    "shares_of",
]
