"""The words of the matching: needs, resources, rules of the round, and the plan proposed (S7).

Quantities are whole quarter hours a week; dates are included at both ends; ids are those of the
caller. A pair holds the same hours from the first to the last day of its need (R4).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

ANY = ""  # a skill that serves every stage, dimension or function
MASTERIES = 4  # 1 knows of it, 4 may teach it
POINTS = 1000  # each term of the value of a pair runs from 0 to 1 in thousandths


@dataclass(frozen=True, slots=True)
class Skill:
    """What a resource knows how to do in the space of support (S4, S9), from 1 to 4."""

    stage: str = ANY
    dimension: str = ANY
    function: str = ANY
    mastery: int = MASTERIES


@dataclass(frozen=True, slots=True)
class Need:
    """Hours of support asked for; an empty set asks for nothing in particular.

    `languages` must all be spoken. `chosen` are the resources that the milieu asks for (S7).
    """

    id: int
    territory: int
    quarters: int
    starts_on: date
    ends_on: date
    urgency: Fraction = Fraction(1)
    level: str = ANY
    stages: frozenset[str] = frozenset()
    dimensions: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    process: int | None = None
    chosen: frozenset[int] = frozenset()

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, slots=True)
class Offer:
    """Quarter hours a week free over a period, promised mandates already taken out."""

    starts_on: date
    ends_on: date
    quarters: int


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A need that this resource must not serve: a refusal, an interest. Never to be lifted here."""

    need: int
    reason: str


@dataclass(frozen=True, slots=True)
class Resource:
    """Who may support; offers that overlap add up; `tables` are the places still free.

    `territories` are those where it accepts to go. `levels` empty: all of them. `processes` are
    those that it already serves, `chosen_by` the territories that ask for it.
    """

    id: int
    offers: tuple[Offer, ...]
    territories: frozenset[int]
    base: int | None = None
    skills: tuple[Skill, ...] = (Skill(),)
    levels: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    chosen_by: frozenset[int] = frozenset()
    processes: frozenset[int] = frozenset()
    forbidden: tuple[Forbidden, ...] = ()
    tables: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What a quarter hour is worth: `served` for any, the others in proportion of their term."""

    served: int = 10
    skills: int = 4
    travel: int = 2
    affinity: int = 3
    continuity: int = 4


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a round; `farthest` in minutes one way, `least_fit` from 0 to 1.

    `chunk` is the fewest quarter hours a week that a pair may hold (or the whole need, if smaller).
    `rounds` is how many times the smallest share is raised, those that cannot follow set aside;
    `give` is the part of the best smallest share that may be given up for the value.
    """

    team: int = 2
    tables: int = 6
    chunk: int = 4
    farthest: int = 180
    least_fit: Fraction = Fraction(1, 4)
    rounds: int = 3
    give: Fraction = Fraction(1, 500)
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True)
class Problem:
    """`travel` gives minutes from a base to a territory; a way unknown counts as the farthest."""

    needs: tuple[Need, ...]
    resources: tuple[Resource, ...]
    travel: Mapping[tuple[int, int], int] = field(default_factory=dict)
    rules: Rules = Rules()


class Because(StrEnum):
    """Why two are brought together; `Reason.value` says how much, in the unit written here."""

    SKILLS = "skills"  # thousandths of the mastery wished for
    TRAVEL = "travel"  # minutes
    CHOSEN = "chosen"  # 1: the need asks for this resource
    TERRITORY = "territory"  # id of the territory that asks for it
    CONTINUITY = "continuity"  # id of the process already served
    ALONE = "alone"  # 1: nobody else may serve this need


@dataclass(frozen=True, slots=True)
class Reason:
    code: Because
    value: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The value of a plan or of a pair, term by term; their sum is the value."""

    served: Fraction = Fraction(0)
    skills: Fraction = Fraction(0)
    travel: Fraction = Fraction(0)
    affinity: Fraction = Fraction(0)
    continuity: Fraction = Fraction(0)

    @property
    def total(self) -> Fraction:
        return self.served + self.skills + self.travel + self.affinity + self.continuity


@dataclass(frozen=True, slots=True)
class Pair:
    need: int
    resource: int
    quarters: int
    terms: Terms
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A number reached and what no plan can pass, given the claims before it."""

    reached: Fraction
    bound: Fraction

    @property
    def gap(self) -> Fraction:
        """Return the distance to the bound, as a share of the bound."""
        return abs(self.bound - self.reached) / self.bound if self.bound else Fraction(0)


@dataclass(frozen=True, slots=True)
class Floor:
    """The smallest share over `territories`; those of the floors before it are set aside."""

    share: Claim
    territories: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Share:
    territory: int
    asked: Fraction
    met: Fraction

    @property
    def share(self) -> Fraction:
        return self.met / self.asked


class Binding(StrEnum):
    """What stops a resource before a need, the first one met in this order.

    Of a need, the binding one is the farthest that any resource reaches.
    """

    TERRITORY = "territory"
    TRAVEL = "travel"
    LEVEL = "level"
    LANGUAGE = "language"
    SKILLS = "skills"
    FORBIDDEN = "forbidden"
    HOURS = "hours"
    CHUNK = "chunk"
    TEAM = "team"
    TABLES = "tables"


class Kind(StrEnum):
    """What would change; the last four are somebody new, with what is rare about them."""

    TABLE = "table"  # one more table for `resource`
    HOURS = "hours"  # `quarters` more a week from `resource`
    HOURS_AND_TABLE = "hours_and_table"
    NEWCOMER = "newcomer"  # somebody new with these hours and all that the need asks for
    SPEAKER = "speaker"  # ... of whom the languages are the rare thing
    EXPERT = "expert"  # ... of whom the skills, or the level, are the rare thing
    NEARER = "nearer"  # ... living nearer, or willing to come


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change that would serve what is left of a need, the rest of the plan kept.

    `quarters` a week from date to date are those to find; `wanted` are codes of the taxonomy or of
    languages.
    """

    kind: Kind
    territory: int
    quarters: int
    starts_on: date
    ends_on: date
    resource: int | None = None
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need not served, or in part; `counts` says how many resources stop at each obstacle."""

    need: int
    met: int
    missing: int
    binding: Binding
    counts: tuple[tuple[Binding, int], ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Plan:
    """What is proposed, with its proof; a person adopts each pair or not."""

    version: str
    pairs: tuple[Pair, ...]
    shares: tuple[Share, ...]
    floors: tuple[Floor, ...]
    value: Claim
    terms: Terms
    count: Claim
    unmet: tuple[Unmet, ...]
    is_stopped: bool


class Phase(StrEnum):
    GREEDY = "greedy"
    FLOORS = "floors"
    VALUE = "value"
    WHOLE = "whole"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Step:
    """Where the search stands; numbers unknown yet are None."""

    phase: Phase
    turn: int
    share: Fraction | None = None
    value: Fraction | None = None
    bound: Fraction | None = None


Progress = Callable[[Step], bool]  # answers True to stop and keep the best plan found
