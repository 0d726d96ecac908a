"""What support (accompagnement) remembers."""

from jonction.support.models.coverage import Alert, Snooze, Waiver
from jonction.support.models.directory import Affinity, Language, ReleaseAgreement, Skill
from jonction.support.models.equity import Appraisal, EquityMethod, StartingProfile
from jonction.support.models.filing import Filing
from jonction.support.models.forecast import Assumptions, Forecast
from jonction.support.models.handover import Contact, HandOver, Promise
from jonction.support.models.intake import IntakeMethod, NeedStep
from jonction.support.models.journal import (
    Intervention,
    PostureTally,
    QuarterTally,
    Share,
    Tally,
    parts_in,
    shares_of,
)
from jonction.support.models.mandate import NEVER_HELD, Mandate, Need, Pause, Placed
from jonction.support.models.resource import Capacity, Leave, Resource
from jonction.support.models.round import MatchingRound, Proposal, Unmatched
from jonction.support.models.travel import TravelTimes, pair_key

__all__ = [
    "NEVER_HELD",
    "Affinity",
    "Alert",
    "Appraisal",
    "Assumptions",
    "Capacity",
    "Contact",
    "EquityMethod",
    "Filing",
    "Forecast",
    "HandOver",
    "IntakeMethod",
    "Intervention",
    "Language",
    "Leave",
    "Mandate",
    "MatchingRound",
    "Need",
    "NeedStep",
    "Pause",
    "Placed",
    "PostureTally",
    "Promise",
    "Proposal",
    "QuarterTally",
    "ReleaseAgreement",
    "Resource",
    "Share",
    "Skill",
    "Snooze",
    "StartingProfile",
    "Tally",
    "TravelTimes",
    "Unmatched",
    "Waiver",
    "pair_key",
    "parts_in",
    "shares_of",
]
