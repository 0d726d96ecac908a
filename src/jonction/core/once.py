"""A page sent twice adds one thing: a thumb that taps twice, a page sent again after a slow answer.

The form carries a number that its page chose. What is sent leaves a receipt, unique by person, by
number and by words; when the same comes again, the receipt answers with what was made the first
time. Other words under the same number are another thing. A note written without network brings a
number of its own, and words that are compared by whoever takes it in (`support.field`).

The receipt is written first: of two sendings at once, the second waits for what the first makes.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext as _

from jonction.core.gestures import attempt
from jonction.core.models import Receipt
from jonction.core.verdicts import Refused

# as long as a phone may keep a note, and more than any page stays open
KEPT = timedelta(days=400)
NOT_SAID = ("csrfmiddlewaretoken",)


def number_field(initial: Any = uuid4) -> forms.UUIDField:
    return forms.UUIDField(widget=forms.HiddenInput, required=False, initial=initial)


class SentOnce(forms.Form):
    """A form that adds something; its page says which one it is."""

    once = number_field()


def attempt_once(
    sender: Any, form: forms.BaseForm, action: Callable[..., Any], *subject: Any, **facts: Any
) -> Any:
    """Run the action as `attempt` does, or answer with what the same page already made."""

    def acted(*args: Any, once: UUID | None = None, **said: Any) -> Any:  # noqa: ARG001 - it is read below
        return made_once(sender, form, partial(action, *args, **said))

    return attempt(form, acted, *subject, **facts)


def made_once(person: Any, form: forms.BaseForm, make: Callable[[], Any]) -> Any:
    """Make it, unless this page, in these words, already did; then return what it made."""
    number = form.cleaned_data.pop("once", None)
    if number is None:
        return make()
    receipt, made = receive(person, uuid5(number, _words(form)), make)
    if made is None and not (made := receipt.subject or receipt.url):
        raise Refused(
            _("Cette page a déjà été envoyée, et ce qu’elle avait ajouté a été retiré depuis.")
        )
    return made


@transaction.atomic
def receive(
    person: Any, token: UUID, make: Callable[[], Any], *, digest: str = ""
) -> tuple[Receipt, Any]:
    """Return the receipt of that number, and what was made now: None when it was there already."""
    receipt, is_first = Receipt.objects.get_or_create(
        person=person, token=token, defaults={"digest": digest}
    )
    if not is_first:
        return receipt, None
    made = make()
    if isinstance(made, models.Model):
        receipt.subject = made
    else:
        receipt.url = str(made)
    receipt.save()
    return receipt, made


def forget_receipts(on: date) -> None:
    """Let go of those that nobody will send again."""
    Receipt.objects.filter(received_at__date__lt=on - KEPT).delete()


def _words(form: forms.BaseForm) -> str:
    """Return all that was sent, so that the same words under the same number are known again."""
    data: Any = form.data
    sent: Any = sorted(form.files.items())
    said = [(name, data.getlist(name)) for name in sorted(data) if name not in NOT_SAID]
    files = [(name, file.name, file.size) for name, file in sent]
    return repr((said, files))
