"""Who may send what was written without network."""

from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import YES, Verdict, no
from jonction.support.queries.field import writer_of


def can_note_from_field(actor: Person, *, writer: str) -> Verdict:
    """R2: a note belongs to who wrote it: no other account sends it from the same phone.

    What it says is then judged as any line of the journal.
    """
    if writer != writer_of(actor):
        return no(_("Ces notes ont été écrites sous un autre compte : lui seul peut les envoyer."))
    return YES
