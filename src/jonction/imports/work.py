"""The two long pieces of work: reading a file, and writing what was seen."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.accounts.news import News
from jonction.accounts.telling import tell_news
from jonction.core import search
from jonction.core.background import later
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.tables.limits import NotATable
from jonction.imports.models import Import
from jonction.imports.queries import tally_of, verdict_of
from jonction.imports.readers import readers
from jonction.imports.reading import (
    INDEX_JOB,
    JUDGED,
    judged_again,
    read_file,
    rows_written,
    save_again,
    session_of,
    targets_of,
)

LONG = timedelta(minutes=1)
JUST_ASKED = timedelta(seconds=30)  # its job may not be in the queue yet
LOOKS = 5  # somebody may write in the same journal at each look
CHANGED = gettext_lazy("Les données ont changé depuis l’aperçu : relisez-le, puis écrivez.")
ASKED = ["imports.import.reading", "imports.import.applying"]


def read_rows(source: Import) -> None:
    """Read the file of an import just started; a file that cannot be read says why.

    Batches are written as they come, so that the page shows how far it went.
    """
    if source.status != Import.Status.READING:
        return  # given back as interrupted, or read by another run of the same job
    try:
        read_file(source)
    except NotATable as refusal:
        _give_up(source, str(refusal))
    except Exception:
        _give_up(source, _("La lecture s’est arrêtée sur une panne : rien n’est écrit."))
        raise
    else:
        move(source, Import.Status.READ, actor=source.owner)
        _tell_owner(source)
    finally:
        source.stored.delete(save=True)


def write_rows(source: Import) -> None:
    """Write in one short transaction; a crash leaves nothing written and the preview as it was.

    Rows are judged again outside it, and only when what is known has changed since they were:
    everybody else can write meanwhile.
    """
    try:
        for _look in range(LOOKS):
            if _write(source) or not _stands(source):
                return
        with transaction.atomic():
            if _is_to_write(source):
                _back_to_preview(source, str(CHANGED))
    except Exception:
        source.refresh_from_db()
        if source.status == Import.Status.APPLYING:
            stopped = _("L’écriture s’est arrêtée sur une panne : rien n’est écrit.")
            _back_to_preview(source, stopped)
        raise


@transaction.atomic
def _write(source: Import) -> bool:
    """Write what was seen; return False, nothing written, when what is known is not the same."""
    reader = readers()[source.reader]
    if not _is_to_write(source):
        return True  # the same job ran twice: the other run wrote
    reader.hold(source.options)
    if session_of(source, reader).basis != source.basis:
        return False
    if not verdict_of(source, source.owner, localdate()):
        _back_to_preview(source, str(CHANGED))
        return True
    reader.write(rows_written(source), source.options, source.owner)
    source.applied_at = now()
    source.save(update_fields=["applied_at"])
    move(source, Import.Status.APPLIED, actor=source.owner, **tally_of(source))
    _tell_owner(source)
    later(INDEX_JOB, source.pk)
    return True


def _stands(source: Import) -> bool:
    """Judge the rows anew, a few at a time; back to the preview when it would not say the same."""
    session, seen = session_of(source, readers()[source.reader]), tally_of(source)
    for batch in judged_again(source, session):
        with transaction.atomic():
            if not _is_to_write(source):
                return False
            save_again(batch, JUDGED)
    with transaction.atomic():
        if not _is_to_write(source):
            return False
        source.basis = session.basis
        source.save(update_fields=["basis"])
        if tally_of(source) != seen:
            _back_to_preview(source, str(CHANGED))
    return source.status == Import.Status.APPLYING


def _is_to_write(source: Import) -> bool:
    held = Import.objects.select_for_update().get(pk=source.pk)
    return held.status == Import.Status.APPLYING


def index_written(source: Import) -> None:
    """Make what an import wrote found by its words, and what was taken back found no more."""
    model, written = readers()[source.reader].model, targets_of(source)
    search.index_again(model, written)
    search.index_around(model, written)


@contextmanager
def at_work() -> Iterator[None]:
    """Let it be known that an import is under way, until it ends or its process dies."""
    with _lock().open("w") as stream:
        flock(stream, LOCK_SH)
        yield


def free_interrupted(waiting: Collection[int]) -> None:
    """Give back to their owners the imports that nobody is at work on, those that wait aside.

    Were one of them under way all the same, it would find it taken back, and write nothing.
    """
    with _lock().open("w") as stream, suppress(BlockingIOError):
        flock(stream, LOCK_EX | LOCK_NB)
        left = Import.objects.filter(status__in=Import.BUSY).exclude(pk__in=waiting)
        for source in left.select_related("owner"):
            asked = Trace.of(source).filter(verb__in=ASKED).first()
            if asked is None or asked.left_at < now() - JUST_ASKED:
                _free(source)


@transaction.atomic
def _free(source: Import) -> None:
    if Import.objects.select_for_update().get(pk=source.pk).status != source.status:
        return
    if source.status == Import.Status.READING:
        source.stored.delete(save=True)
        _give_up(source, _("La lecture a été interrompue : envoyez de nouveau ce fichier."))
    else:
        sentence = _("L’écriture a été interrompue et rien n’est écrit : recommencez.")
        _back_to_preview(source, sentence)


def _lock() -> Path:
    return Path(settings.DATA_DIR) / ".imports-en-cours"


def _give_up(source: Import, sentence: str) -> None:
    source.rows.all().delete()
    source.problem = sentence[:500]
    source.save(update_fields=["problem"])
    move(source, Import.Status.FAILED, actor=source.owner)
    _tell_owner(source)


def _back_to_preview(source: Import, sentence: str) -> None:
    source.problem = sentence
    source.save(update_fields=["problem"])
    move(source, Import.Status.READ, actor=source.owner)
    _tell_owner(source)


def _tell_owner(source: Import) -> None:
    """Tell the owner how it ended when it took long enough for her to have gone elsewhere."""
    asked = Trace.of(source).filter(verb__in=ASKED).first()
    if asked is None or now() - asked.left_at < LONG:
        return
    tell_news(
        [source.owner],
        News.IMPORT,
        "imports/mails/import_done.txt",
        source,
        key=f"import:{source.pk}:{asked.pk}",
    )
