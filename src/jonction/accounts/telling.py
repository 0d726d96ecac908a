"""How people are told of what concerns them: at once, in the digest of the morning, or never.

Whoever may not read the thing is not told about it; a mail says that something happened and where,
and the page decides who reads the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.shortcuts import resolve_url
from django.utils import timezone

from jonction.accounts.hours import leaves_at
from jonction.accounts.models import Item, NewsChoice, Person
from jonction.accounts.news import USUAL, News, Pace
from jonction.core.outbox import absolute, letter, tell
from jonction.core.subjects import may_read, readable_ids

DIGEST = "accounts/mails/digest.txt"
LONGEST_DIGEST = 40
KEPT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest to come."""

    person: Person
    about: models.Model
    title: str
    url: str
    key: str


@transaction.atomic
def tell_news(
    people: Iterable[Person | None],
    kind: News,
    template: str,
    about: models.Model,
    *,
    key: str,
    zone: str = "",
    **context: Any,
) -> None:
    """Tell each person once for this `key`, as she chose; call it inside the action."""
    unique = {p.pk: p for p in people if p and p.email and p.is_active}
    readers = [p for p in unique.values() if may_read(p, about)]
    paces = _paces(kind, readers)
    path = resolve_url(about)
    context |= {"about": about, "link": absolute(path), "choices": absolute("/compte/#nouvelles")}
    tell(
        [p for p in readers if paces[p.pk] == Pace.NOW],
        template,
        context,
        key=key,
        due=lambda p: leaves_at(p, timezone.now(), zone),
    )
    later = [p for p in readers if paces[p.pk] == Pace.DIGEST]
    _set_aside(
        kind,
        [Line(p, about, letter(template, context | {"person": p})[0], path, key) for p in later],
    )


@transaction.atomic
def tell_in_the_morning(kind: News, lines: Sequence[Line]) -> None:
    """Keep these lines for the digest of the morning: for news that come many at once."""
    paces = _paces(kind, [line.person for line in lines])
    _set_aside(kind, [line for line in lines if paces[line.person.pk] != Pace.NEVER])


def send_digests(on: date) -> None:
    """Send to each person what waits for her, in one mail, once for that day."""
    waiting = Item.objects.filter(told_on=None).order_by().values_list("person", flat=True)
    for pk in sorted(set(waiting)):
        _send_digest(pk, on)
    old = timezone.now() - KEPT
    Item.objects.filter(told_on__isnull=False, said_at__lt=old).delete()


@transaction.atomic
def _send_digest(pk: int, on: date) -> None:
    """Take the lines that wait; what the person may read no more, or is over, is left out."""
    person = Person.objects.select_for_update().get(pk=pk)
    if person.items.filter(told_on=on).exists():
        return  # the digest of that day has left: the rest waits for the next
    items = list(person.items.filter(told_on=None).select_related("content_type"))
    readable = _readable(person, items)
    shown = [item for item in items if item.pk in readable]
    person.items.filter(pk__in=[item.pk for item in items]).update(told_on=on)
    if not shown or not person.is_active:
        return
    context = {
        "lines": [(item.title, absolute(item.url)) for item in shown[:LONGEST_DIGEST]],
        "count": len(shown),
        "more": max(len(shown) - LONGEST_DIGEST, 0),
        "desk": absolute("/bureau/"),
        "choices": absolute("/compte/#nouvelles"),
    }
    due = leaves_at(person, timezone.now())
    tell([person], DIGEST, context, key=f"digest:{on}", due=lambda _person: due)


def _readable(person: Person, items: Sequence[Item]) -> set[int]:
    seen = {
        kind.pk: readable_ids(
            person, kind.model_class(), {i.object_id for i in items if i.content_type == kind}
        )
        for kind in {item.content_type for item in items}
    }
    return {item.pk for item in items if item.object_id in seen[item.content_type_id]}


def _paces(kind: News, people: Iterable[Person]) -> dict[int, str]:
    ids = {person.pk for person in people}
    chosen = NewsChoice.objects.filter(kind=kind, person__in=ids).values_list("person", "pace")
    return dict.fromkeys(ids, USUAL[kind].value) | dict(chosen)


def _set_aside(kind: News, lines: Iterable[Line]) -> None:
    Item.objects.bulk_create(
        [
            Item(
                person=line.person,
                kind=kind,
                content_type=ContentType.objects.get_for_model(line.about),
                object_id=line.about.pk,
                title=line.title[:200],
                url=line.url,
                key=f"{line.key}:{line.person.pk}",
            )
            for line in lines
        ],
        ignore_conflicts=True,  # said already under the same key, even twice at once
    )
