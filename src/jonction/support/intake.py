"""From the rows to the engines of intake and back: which need is looked at first, and how long each waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Min
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _

from jonction.cycle.models import Deadline
from jonction.engines.priority import Standing, Values, nearness, ranked
from jonction.engines.stays import Service, Step, services, stays_of
from jonction.governance.models import Alliance
from jonction.support.coverage import windows_of
from jonction.support.equity import need_indexes
from jonction.support.models import IntakeMethod, Need
from jonction.support.queries.intake import WAITING, intake_of, steps_of

Status = Need.Status
DEADLINE_DAYS, STAGE_DAYS = 90, 180
CRITERIA = {
    "urgency": _("urgence"),
    "equity": _("besoin du territoire"),
    "deadline": _("échéance proche"),
    "stage": _("étape"),
}
URGENCY = {
    Need.Urgency.NOW: Fraction(1),
    Need.Urgency.SOON: Fraction(1, 2),
    Need.Urgency.LATER: Fraction(0),
}
# the states in which the days are counted, in their order
COUNTED = [*WAITING, Status.IN_PROGRESS, Status.INADMISSIBLE]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A need that waits, for how many days in its state, and against which limit."""

    need: Need
    days: int | None
    limit: int | None
    standing: Standing | None = None

    @property
    def is_late(self) -> bool:
        return self.days is not None and self.limit is not None and self.days > self.limit


@dataclass(frozen=True, slots=True)
class Triage:
    """What a coordination has before it: to admit, to decide in order, to match."""

    to_admit: list[Waiting]
    to_decide: list[Waiting]
    to_match: list[Waiting]
    matched: list[Waiting]

    @property
    def late(self) -> list[Waiting]:
        every = [*self.to_admit, *self.to_decide, *self.to_match, *self.matched]
        return sorted((one for one in every if one.is_late), key=lambda one: -(one.days or 0))


def triage_of(
    alliance: Alliance, needs: Iterable[Need], method: IntakeMethod, today: date
) -> Triage:
    """Return the needs that wait in an Alliance; the weights of `method` may be only tried."""
    waiting = [need for need in needs if need.status in WAITING]
    by_status = {status: [n for n in waiting if n.status == status] for status in WAITING}
    decided = by_status[Status.ADMISSIBLE]
    standings = {one.key: one for one in standings_of(alliance, decided, method.weights, today)}
    steps = steps_of(waiting)
    rows = {
        status: [_waiting(n, steps.get(n.pk), method, today) for n in by_status[status]]
        for status in WAITING
    }
    ordered = [
        Waiting(one.need, one.days, one.limit, standings[one.need.pk])
        for one in rows[Status.ADMISSIBLE]
    ]
    return Triage(
        rows[Status.RECEIVED],
        sorted(ordered, key=lambda one: one.standing.rank if one.standing else 0),
        rows[Status.PRIORITISED],
        rows[Status.MATCHED],
    )


def standings_of(
    alliance: Alliance, needs: Sequence[Need], weights: Mapping[str, int], today: date
) -> list[Standing]:
    """Return the order of these needs, each with the criteria that place it."""
    if not needs:
        return []
    indexes = need_indexes(alliance, today)
    due = _next_deadlines({need.process_id for need in needs})
    values: dict[int, Values] = {
        need.pk: {
            "urgency": URGENCY[Need.Urgency(need.urgency)],
            "equity": indexes.get(need.process.body.territory_id or 0),
            "deadline": _deadline(due.get(need.process_id), today),
            "stage": _stage(need, today),
        }
        for need in needs
    }
    return ranked(values, {code: Fraction(weights.get(code, 0)) for code in CRITERIA})


def rank_of(need: Need, today: date) -> tuple[int, int]:
    """Return the rank of an admissible need among all those of its Alliance, and how many they are."""
    alliance = need.process.body.alliance
    others = (
        Need.objects.filter(process__body__alliance=alliance, status=Status.ADMISSIBLE)
        .select_related("process__body")
        .prefetch_related("process__stages")
    )
    found = standings_of(alliance, list(others), intake_of(alliance.pk).weights, today)
    return next(one.rank for one in found if one.key == need.pk), len(found)


def services_of(needs: Iterable[Need], today: date) -> list[Service]:
    """Return how long needs stayed in each state, from their dated steps."""
    stays = [stay for steps in steps_of(needs).values() for stay in stays_of(steps, today)]
    return services(stays, [status.value for status in COUNTED])


def _waiting(
    need: Need, steps: Sequence[Step] | None, method: IntakeMethod, today: date
) -> Waiting:
    since = steps[-1][1] if steps else need.asked_on
    days = None if since is None else (today - since).days
    return Waiting(need, days, method.limits.get(need.status))


def _next_deadlines(processes: set[int]) -> dict[int, datetime]:
    rows = Deadline.objects.filter(process__in=processes, due_at__gte=now()).order_by()
    return dict(rows.values_list("process").annotate(next=Min("due_at")))


def _deadline(due: datetime | None, today: date) -> Fraction | None:
    return None if due is None else nearness((localtime(due).date() - today).days, DEADLINE_DAYS)


def _stage(need: Need, today: date) -> Fraction | None:
    """Return how near the stages asked for are: one that runs counts for all."""
    windows = windows_of(need.process)
    asked = [windows[stage] for stage in need.stages if stage in windows]
    if not asked:
        return None
    ahead = [window for window in asked if window.ends_on >= today]
    return max(
        (nearness((window.starts_on - today).days, STAGE_DAYS) for window in ahead),
        default=Fraction(0),
    )
