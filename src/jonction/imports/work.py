"""The two long pieces of work: reading a file, and writing what was seen."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from jonction.accounts.news import News
from jonction.accounts.telling import tell_news
from jonction.core.models import Trace
from jonction.core.states import move
from jonction.core.tables.limits import NotATable
from jonction.imports.models import Import, Row
from jonction.imports.queries import tally_of, verdict_of
from jonction.imports.readers import readers
from jonction.imports.reading import read_again, read_file

LONG = timedelta(minutes=1)
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
    """Write in one transaction; a crash leaves nothing written and the preview as it was."""
    try:
        with transaction.atomic():
            _write(source)
    except Exception:
        source.refresh_from_db()
        _back_to_preview(source, _("L’écriture s’est arrêtée sur une panne : rien n’est écrit."))
        raise


def _write(source: Import) -> None:
    """Write what was seen, or nothing when what is known has changed meanwhile."""
    held = Import.objects.select_for_update().get(pk=source.pk)
    if held.status != Import.Status.APPLYING:
        return  # the same job ran twice: the other run wrote
    reader = readers()[source.reader]
    reader.hold(source.options)
    seen = tally_of(source)
    read_again(source)
    if not verdict_of(source, source.owner, localdate()) or tally_of(source) != seen:
        sentence = _("Les données ont changé depuis l’aperçu : relisez-le, puis écrivez.")
        _back_to_preview(source, sentence)
        return
    rows = source.rows.filter(verdict__in=WRITTEN).order_by("line", "pk")
    reader.write(rows.iterator(chunk_size=500), source.options, source.owner)
    source.applied_at = now()
    source.save(update_fields=["applied_at"])
    move(source, Import.Status.APPLIED, actor=source.owner, **seen)
    _tell_owner(source)


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
