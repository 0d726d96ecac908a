"""The space of support: the exact codes of the taxonomy, and the exact sharing of time.

Method     a time that served n cells is shared equally between them (S4).
Invariant  no part is lost: the parts of a time sum to the time.
Exact      integers: a quarter hour is 720 parts, and every number of cells in use divides 720.
"""

from enum import StrEnum

PARTS_PER_QUARTER = 720


class Level(StrEnum):
    REGIONAL = "regional"
    LOCAL = "local"
    PROMOTER = "promoter"


class Dimension(StrEnum):
    GOVERNANCE = "governance"
    MANAGEMENT = "management"
    OPERATIONS = "operations"
    COMMUNICATION = "communication"


class Stage(StrEnum):
    MOBILISATION = "mobilisation"
    PRIORITIES = "priorities"
    PLANNING = "planning"
    CALLS = "calls"
    DELIVERY = "delivery"
    REVIEW = "review"


class Function(StrEnum):
    MEDIATION = "mediation"
    INFORMATION = "information"
    LOGISTICS = "logistics"
    MOBILISING = "mobilising"


class Aspect(StrEnum):
    INFORMATION = "information"
    MOBILISATION = "mobilisation"
    ORGANISATION = "organisation"
    WRITING = "writing"
    TOOLS = "tools"
    MONITORING = "monitoring"
    CONFLICTS = "conflicts"


class ResourceKind(StrEnum):
    COMMUNITY_ORGANISER = "community_organiser"
    NETWORK_PROFESSIONAL = "network_professional"
    CONSULTANT = "consultant"
    PRIVATE = "private"
    CONCERTATION_BODY = "concertation_body"
    DEVELOPMENT_OFFICER = "development_officer"
    MUNICIPAL = "municipal"
    SPECIALISED = "specialised"


class StartingFactor(StrEnum):
    COMMUNITY_CAPITAL = "community_capital"
    RESOURCES = "resources"
    EXPERTISE = "expertise"
    RECOGNITION = "recognition"
    RELEASE = "release"


class DeploymentFactor(StrEnum):
    CHOICE = "choice"
    AFFINITY = "affinity"
    CULTURE = "culture"
    MEANS = "means"
    URGENCY = "urgency"


class Theme(StrEnum):
    GOVERNANCE = "governance"
    PARTICIPATION = "participation"
    FUND = "fund"
    VISION = "vision"
    SUPPORT = "support"


class Mode(StrEnum):
    CONTINUOUS = "continuous"
    ONE_OFF = "one_off"


class Posture(StrEnum):
    SUPPORT = "support"
    COORDINATION = "coordination"
    EXPERTISE = "expertise"
    REPRESENTATION = "representation"


def share(quarters: int, cells: int) -> list[int]:
    """Return the parts of `quarters` that fall in each of `cells`.

    Parts that do not divide evenly go one each to the first cells.
    """
    if quarters < 0 or cells < 1:
        raise ValueError(f"{quarters} quarters over {cells} cells")
    whole, rest = divmod(quarters * PARTS_PER_QUARTER, cells)
    return [whole + (rank < rest) for rank in range(cells)]
