"""How an action tells people something: a row written with it, a mail once it has held."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.template import Context, engines
from django.utils import timezone, translation

from jonction.core import jobs
from jonction.core.models import Message

LONGEST_SUBJECT = 200
SECRET_LIVES = timedelta(minutes=15)


def tell(
    people: Iterable[Any],
    template: str,
    context: Mapping[str, Any],
    *,
    key: str,
    due: Callable[[Any], datetime] | None = None,
) -> None:
    """Write to each person who has an e-mail, once for this `key`.

    Call it inside the transaction of the action: a refusal takes the mails back with the rest.
    The first line of the template is the subject; `person` is added to its context; `due` says
    from when on the mail of a person may leave.
    """
    messages = []
    for person in people:
        if person.email:
            subject, text = letter(template, {**context, "person": person})
            messages.append(
                Message(
                    person=person,
                    address=person.email,
                    template=template,
                    subject=subject,
                    body=text,
                    key=f"{key}:{person.pk}",
                    due_at=due(person) if due else timezone.now(),
                )
            )
    _post(messages)


def post_letter(
    person: Any, address: str, template: str, *, subject: str, body: str, is_secret: bool
) -> None:
    """Send a letter already written; a secret one (a code, a link that opens) is soon forgotten."""
    message = Message(person=person, address=address, template=template, subject=subject, body=body)
    if is_secret:
        message.forget_at = timezone.now() + SECRET_LIVES
    _post([message])


@transaction.atomic
def _post(messages: list[Message]) -> None:
    # what was already said under the same key is dropped, even when said twice at once
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    forgets = max((m.forget_at for m in messages if m.forget_at), default=None)
    if messages:
        transaction.on_commit(lambda: jobs.plan_delivery(forgets), robust=True)


def absolute(path: str) -> str:
    """Return the whole address of a page, for somebody who reads it in a mail."""
    return urljoin(settings.SITE_ADDRESS, path)


def letter(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return the subject and the body in the language of its `person`, as plain text: nothing is
    escaped for HTML."""
    language = getattr(context.get("person"), "language", "") or settings.LANGUAGE_CODE
    plain = engines["django"].engine.get_template(template)  # type: ignore[attr-defined]
    with translation.override(language):
        written = plain.render(Context(dict(context), autoescape=False)).strip()
    subject, _newline, body = written.partition("\n")
    return " ".join(subject.split())[:LONGEST_SUBJECT], body.strip() + "\n"
