"""Keep the index true: one thing at a time by its action, or all of it by `manage reindex`."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import override

from jonction.core.search.models import SearchEntry
from jonction.core.search.sources import Source, sources
from jonction.engines.words import indexed

BATCH, AT_ONCE = 2_000, 500
SHOWN = ["title", "text", "url", "dated", "title_words", "text_words"]


def index(thing: Model) -> None:
    """Make a thing found by its words of today; an action calls it when it writes one."""
    _write([_entry(sources()[thing._meta.label_lower], thing)])


def index_if_found(thing: Model) -> None:
    """Do the same for a thing of any model: most are not looked for."""
    if thing._meta.label_lower in sources():
        index(thing)


def unindex(thing: Model) -> None:
    SearchEntry.objects.filter(kind=thing._meta.label_lower, object_id=thing.pk).delete()


def index_again(model: type[Model], keys: Iterable[int]) -> None:
    """Make many things found by their words of today, and those that are gone found no more.

    A few at a time, each few in a transaction of its own: nobody waits long to write.
    """
    source = sources().get(model._meta.label_lower)
    remaining = iter(keys)
    while source and (batch := list(islice(remaining, AT_ONCE))):
        things = _read(source, model._base_manager.filter(pk__in=batch))
        with transaction.atomic():
            _write([_entry(source, thing) for thing in things])
            gone = set(batch) - {thing.pk for thing in things}
            SearchEntry.objects.filter(kind=source.name, object_id__in=gone).delete()


def is_read_by_others(model: type[Model]) -> bool:
    """Say whether the words of other things name those of that model."""
    return any(_paths_to(model, source) for source in sources().values())


def index_around(model: type[Model], keys: Collection[int]) -> None:
    """Do the same for whatever is found by the names of these things: what they are home to…"""
    for source in sources().values():
        for path in _paths_to(model, source):
            around = source.model._base_manager.filter(**{f"{path}__in": keys}).order_by("pk")
            index_again(source.model, list(around.values_list("pk", flat=True)))


def _paths_to(model: type[Model], source: Source) -> list[str]:
    paths = (*source.related, *source.many)
    ends = dict.fromkeys(paths, source.model)
    for path in paths:
        for name in path.split("__"):
            ends[path] = cast("type[Model]", ends[path]._meta.get_field(name).related_model)
    return [path for path, end in ends.items() if end is model]


def reindex() -> Iterator[tuple[Source, int]]:
    """Write every entry again and drop those of things gone; tell how many after each batch.

    Search keeps answering meanwhile. Batches follow the primary key: memory does not grow, and no
    reading stays open that would hold back the writers.
    """
    SearchEntry.objects.exclude(kind__in=sources()).delete()
    for source in sources().values():
        done, last = 0, 0
        while batch := _batch(source, last):
            _write([_entry(source, thing) for thing in batch])
            done, last = done + len(batch), batch[-1].pk
            yield source, done
        here = source.model._base_manager.filter(pk=OuterRef("object_id"))
        SearchEntry.objects.filter(~Exists(here), kind=source.name).delete()


def _batch(source: Source, last: int) -> list[Any]:
    things = source.model._base_manager.filter(pk__gt=last).order_by("pk")
    return list(_read(source, things)[:BATCH])


def _read(source: Source, things: QuerySet[Any]) -> QuerySet[Any]:
    return things.select_related(*source.related).prefetch_related(*source.many)


def _entry(source: Source, thing: Any) -> SearchEntry:
    # whoever writes may read the site in another language: the index has one
    with override(settings.LANGUAGE_CODE):
        title, text = source.title(thing), source.text(thing)
    return SearchEntry(
        kind=source.name,
        object_id=thing.pk,
        title=title[:500],
        text=text,
        url=source.url(thing),
        dated=source.dated(thing),
        title_words=indexed(title),
        text_words=indexed(text),
    )


def _write(entries: list[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["object_id", "kind"],
        update_fields=SHOWN,
    )
