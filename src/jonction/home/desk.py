"""What somebody finds on the desk: first what waits for her, then what breaks, then what is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, QuerySet, When
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.lists.naming import with_names
from jonction.cycle.models import Deadline, Milestone, Process
from jonction.support.continuity import Foreseen, foreseen_of
from jonction.support.models import HandOver, Intervention, Mandate, Need
from jonction.support.queries.access import (
    followed_list,
    may_ask,
    reached_by,
    reads_names,
    resource_of,
)
from jonction.support.queries.handover import handovers_waiting_for
from jonction.support.queries.intake import OPEN
from jonction.support.queries.journal import (
    hours,
    interventions_visible_to,
    quarters_noted,
)
from jonction.support.words import hours_word

AHEAD = timedelta(days=45)
SHOWN, FEW = 8, 4
PROPOSED = Mandate.Status.PROPOSED
# what waits for a word, or for somebody
TO_ANSWER = [Need.Status.RECEIVED, Need.Status.ADMISSIBLE, Need.Status.PRIORITISED]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day that counts, soon: a deadline, with what it asks, or a milestone."""

    on: date
    name: str
    process: Process
    force: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything is already narrowed to what the person may read."""

    processes: list[Process]
    offered: list[Mandate]
    waiting: list[Need]
    asked: list[Need]
    invites: bool  # to ask for support, whoever neither decides on it nor gives it
    handovers: list[HandOver]
    breaks: list[Foreseen]
    breaks_in_all: int
    begun: int
    put_aside: int
    named: set[int]
    coordinated: set[int]
    coming: list[Coming]
    lines: QuerySet[Intervention]
    noted: str
    promised: str
    table: str


def desk_of(person: Person, today: date) -> Desk:
    """Gather the desk in a number of queries that does not depend on its content."""
    processes = followed_list(person, today, status=Process.Status.OPEN)
    named = {process.pk for process in processes if reads_names(process)}
    coordinated = {process.pk for process in processes if process.is_coordinated}  # type: ignore[attr-defined]
    foreseen = foreseen_of(processes, today=today)
    shown = [one for one in foreseen if one.snooze is None]
    ids = [process.pk for process in processes]
    monday = today - timedelta(days=today.weekday())
    supports = resource_of(person) is not None
    mine = _mandates_of(person, monday) if supports else []
    return Desk(
        processes=processes,
        offered=[m for m in mine if m.status == PROPOSED and m.ends_on >= today],
        waiting=list(
            Need.objects.filter(process__in=coordinated, status__in=TO_ANSWER)
            .select_related("process")
            .order_by(Case(When(urgency=Need.Urgency.NOW, then=0), default=1), "asked_on", "pk")[
                :SHOWN
            ]
        ),
        # whoever supports follows hers on their own page: her desk already asks the most
        asked=[] if supports else _asked_by(person, coordinated),
        invites=not (coordinated or supports) and may_ask(person, today),
        handovers=list(handovers_waiting_for(person, today)[:SHOWN]),
        breaks=shown[:SHOWN],
        breaks_in_all=len(shown),
        begun=sum(one.has_begun for one in shown),
        put_aside=len(foreseen) - len(shown),
        named=named,
        coordinated=coordinated,
        coming=_coming(ids, today),
        lines=with_names(interventions_visible_to(person, today), "process")[:SHOWN],
        noted=(hours(quarters_noted(person, monday)) or hours_word(0)) if supports else "",
        promised=hours(sum(m.quarters_per_week for m in mine if _runs(m, monday))),
        table=_table_of(person, processes, today),
    )


def _asked_by(person: Person, coordinated: set[int]) -> list[Need]:
    """Return what `person` asked last and still waits for, where she does not answer it herself."""
    asked = Need.objects.filter(asked_by=person, status__in=OPEN).exclude(process__in=coordinated)
    return list(asked.select_related("process").order_by("-asked_on", "-pk")[:FEW])


def _mandates_of(person: Person, since: date) -> list[Mandate]:
    """Return those offered to `person` or held by her that were not over before that day."""
    found = Mandate.objects.filter(
        resource__person=person, status__in=[PROPOSED, Mandate.Status.ACTIVE], ends_on__gte=since
    )
    return list(found.select_related("process"))


def _runs(mandate: Mandate, monday: date) -> bool:
    """Say whether it is held during that week."""
    return mandate.status != PROPOSED and mandate.starts_on <= monday + timedelta(days=6)


def _table_of(person: Person, processes: list[Process], today: date) -> str:
    """Return a table that `person` supports, for the example of a sentence."""
    held = {one.pk for one in reached_by(person, today) if one.is_held}
    return next(
        (process.body.name for process in processes if process.pk in held), _("Table Matanie")
    )


def _coming(processes: list[int], today: date) -> list[Coming]:
    """Return what comes first, whatever it is; on one day, a deadline before a milestone."""
    due = Deadline.objects.filter(process__in=processes, due_at__range=(now(), now() + AHEAD))
    marked = Milestone.objects.filter(process__in=processes, on__range=(today, today + AHEAD))
    found = [
        Coming(localtime(one.due_at).date(), one.name, one.process, one.get_force_display())
        for one in due.select_related("process").order_by("due_at", "pk")[:SHOWN]
    ] + [
        Coming(one.on, one.name, one.process)
        for one in marked.select_related("process").order_by("on", "pk")[:SHOWN]
    ]
    return sorted(found, key=lambda one: one.on)[:SHOWN]
