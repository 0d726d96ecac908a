"""The two long pieces of work: reading a file, and writing what was seen."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jonction.accounts.news import News
from jonction.accounts.telling import tell_news
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.tables.limits import NotATable
from jonction.imports.models import Import, Row
from jonction.imports.queries import tally_of, verdict_of
from jonction.imports.readers import readers
from jonction.imports.reading import JUDGED, judged_again, read_file, save_again, session_of

LONG = timedelta(minutes=1)
LOOKS = 5  # somebody may write in the same journal at each look
CHANGED = gettext_lazy("Les données ont changé depuis l’aperçu : relisez-le, puis écrivez.")
ASKED = ["imports.import.reading", "imports.import.applying"]
WRITTEN = [Row.Verdict.NEW, Row.Verdict.CHANGED]


def read_rows(source: Import) -> None:
    """Read the file of an import just started; a file that cannot be read says why.

    Batches are written as they come, so that the page shows how far it went.
    """
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
            if _write(source):
                return
            _look_again(source)
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
    rows = source.rows.filter(verdict__in=WRITTEN).order_by("line", "pk").defer("cells", "problems")
    reader.write(rows.iterator(chunk_size=500), source.options, source.owner)
    source.applied_at = now()
    source.save(update_fields=["applied_at"])
    move(source, Import.Status.APPLIED, actor=source.owner, **tally_of(source))
    _tell_owner(source)
    return True


def _look_again(source: Import) -> None:
    """Judge the rows anew, a few at a time; go back to the preview when it would not say the same."""
    session, seen = session_of(source, readers()[source.reader]), tally_of(source)
    for batch in judged_again(source, session):
        with transaction.atomic():
            if not _is_to_write(source):
                return
            save_again(batch, JUDGED)
    with transaction.atomic():
        if not _is_to_write(source):
            return
        source.basis = session.basis
        source.save(update_fields=["basis"])
        if tally_of(source) != seen:
            _back_to_preview(source, str(CHANGED))


def _is_to_write(source: Import) -> bool:
    held = Import.objects.select_for_update().get(pk=source.pk)
    return held.status == Import.Status.APPLYING


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
