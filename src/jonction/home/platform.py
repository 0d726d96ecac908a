"""How the platform goes, in numbers: nothing of what people write is read here (design 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jonction.accounts.models import Person
from jonction.core.models import Message, Run, Trace
from jonction.core.queries import recently_broken
from jonction.imports.models import Import

MONTH, WEEK = timedelta(days=30), timedelta(days=7)
VERIFIED = 500  # lines of the trail read again at each look; the whole of it is a command
ROUTINES = {
    "jonction.core.jobs.forget_receipts": _("L’oubli des vieux reçus"),
    "jonction.support.jobs.watch_nightly": _("Les alertes de continuité"),
    "jonction.support.jobs.remind_of_handovers": _("Les rappels des passations"),
    "jonction.accounts.jobs.send_digests": _("Les courriels du matin"),
}
Counted = Sequence[tuple[str | Promise, int]]


@dataclass(frozen=True, slots=True)
class Platform:
    """The numbers of a day."""

    people: Mapping[str, int]
    mails: Counted
    failed: int
    uncertain: int
    waits_since: datetime | None
    routines: Sequence[tuple[str | Promise, str, date | None]]
    jobs: Mapping[str, int]
    imports: Counted
    trail: Mapping[str, int]
    verified: int
    broken: int | None


def platform_of() -> Platform:
    """Count everything in a number of queries that nothing changes."""
    now = timezone.now()
    mails = Message.objects.filter(Q(status__in=Message.MOVES) | Q(queued_at__gte=now - WEEK))
    said = dict(mails.order_by().values_list("status").annotate(n=Count("pk")))
    waiting = Message.objects.filter(status=Message.Status.QUEUED, due_at__lte=now)
    imports = Import.objects.filter(started_at__gte=now - MONTH).order_by()
    brought = dict(imports.values_list("status").annotate(n=Count("pk")))
    trail = Trace.objects.aggregate(
        lines=Count("pk"), unsealed=Count("pk", filter=Q(position=None))
    )
    return Platform(
        people=_people(now),
        mails=[(label, said.get(code, 0)) for code, label in Message.Status.choices],
        failed=said.get(Message.Status.FAILED, 0),
        uncertain=mails.filter(is_uncertain=True).count(),
        waits_since=waiting.aggregate(first=Min("due_at"))["first"],
        routines=_routines(),
        jobs=_jobs(now),
        imports=[
            (label, brought[code]) for code, label in Import.Status.choices if code in brought
        ],
        trail=trail,
        verified=min(trail["lines"] - trail["unsealed"], VERIFIED),
        broken=recently_broken(VERIFIED),
    )


def _people(now: datetime) -> Mapping[str, int]:
    has_account = Q(is_active=True, email__isnull=False)
    return Person.objects.aggregate(
        known=Count("pk"),
        accounts=Count("pk", filter=has_account),
        seen=Count("pk", filter=has_account & Q(last_login__gte=now - MONTH)),
    )


def _routines() -> Sequence[tuple[str | Promise, str, date | None]]:
    """Return each routine with its hour and the last day for which it was planned."""
    last = dict(Run.objects.order_by().values_list("routine").annotate(last=Max("on")))
    return [(ROUTINES.get(path, path), hour, last.get(path)) for path, hour in settings.ROUTINES]


def _jobs(now: datetime) -> Mapping[str, int]:
    lately = Q(enqueued_at__gte=now - WEEK)
    return DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=Q(status=TaskResultStatus.READY)),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=lately & Q(status=TaskResultStatus.FAILED)),
        done=Count("pk", filter=lately & Q(status=TaskResultStatus.SUCCESSFUL)),
    )
