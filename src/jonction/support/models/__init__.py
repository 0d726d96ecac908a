"""What support (accompagnement) remembers."""

from jonction.support.models.coverage import Alert, Snooze, Waiver
from jonction.support.models.directory import Affinity, Language, ReleaseAgreement, Skill
from jonction.support.models.filing import Filing
from jonction.support.models.handover import Contact, HandOver, Promise
from jonction.support.models.journal import Intervention, Share, shares_of
from jonction.support.models.mandate import Mandate, Need, Pause, Placed
from jonction.support.models.resource import Capacity, Leave, Resource

__all__ = [
    "Affinity",
    "Alert",
    "Capacity",
    "Contact",
    "Filing",
    "HandOver",
    "Intervention",
    "Language",
    "Leave",
    "Mandate",
    "Need",
    "Pause",
    "Placed",
    "Promise",
    "ReleaseAgreement",
    "Resource",
    "Share",
    "Skill",
    "Snooze",
    "Waiver",
    "shares_of",
]
