"""Everything that changes the answer of a process to its funder."""

from datetime import date

from django.db import transaction

from jonction.accounts.models import Person
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.verdicts import require
from jonction.core.versions import rewrite
from jonction.cycle.models import Process, Requirement
from jonction.support.models import Filing
from jonction.support.rules import filing as rules


@transaction.atomic
def write_filing(
    process: Process,
    requirement: Requirement,
    period: int,
    *,
    actor: Person,
    today: date,
    answers: dict[str, str],
    version: int,
) -> Filing:
    """Keep the answers, by heading; whoever writes first opens the file (version 0)."""
    # locked first: two people who open the file at once write one file
    Process.objects.select_for_update().get(pk=process.pk)
    place = {"process": process, "requirement": requirement, "period": period}
    filing = Filing.objects.filter(**place).first()
    require(rules.can_write_filing(actor, process, today, filing=filing))
    if filing is None:
        filing = Filing.objects.create(**place, answers=answers, written_by=actor)
        Trace.leave(actor, "support.filing.started", filing)
    else:
        rewrite(filing, {"answers": answers}, version=version, actor=actor)
        if filing.status == Filing.Status.READY:
            move(filing, Filing.Status.STARTED, actor=actor)
    return filing


@transaction.atomic
def ready_filing(filing: Filing, *, actor: Person, today: date) -> Filing:
    require(rules.can_ready_filing(actor, filing, today))
    move(filing, Filing.Status.READY, actor=actor)
    return filing


@transaction.atomic
def reopen_filing(filing: Filing, *, actor: Person, today: date) -> Filing:
    require(rules.can_reopen_filing(actor, filing, today))
    move(filing, Filing.Status.STARTED, actor=actor)
    return filing


@transaction.atomic
def give_filing(filing: Filing, *, actor: Person, today: date, on: date) -> Filing:
    require(rules.can_give_filing(actor, filing, today))
    filing.given_on, filing.word = on, ""
    filing.save(update_fields=["given_on", "word"])
    move(filing, Filing.Status.GIVEN, actor=actor, on=on.isoformat())
    return filing


@transaction.atomic
def return_filing(filing: Filing, *, actor: Person, today: date, word: str) -> Filing:
    require(rules.can_return_filing(actor, filing, today))
    filing.given_on, filing.word = None, word
    filing.save(update_fields=["given_on", "word"])
    move(filing, Filing.Status.STARTED, actor=actor, word=word)
    return filing
