"""Find entries by their words, among those that a person may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import OrderBy, RawSQL
from django.db.models.functions import RowNumber
from django.utils.functional import Promise

from jonction.core.lists.filters import Broad
from jonction.core.lists.keyset import keys_of, ordering
from jonction.core.search.models import SearchEntry
from jonction.core.search.sources import Source, sources
from jonction.engines.words import Question, marked, question

FEW = 500  # rows that a condition may name one by one
SURELY_MANY = 20 * FEW  # what a database that guesses must expect before it is believed
MOST = 1_000  # above, the exact count is nobody's need and would cost a reading of all
FIRST = 5
BEST_FIRST = ["-in_title", "-dated"]
QUERIES = {
    "sqlite": "SELECT rowid FROM core_searchwords WHERE core_searchwords MATCH %s",
    "postgresql": "SELECT id FROM core_searchentry WHERE words @@ %s::tsquery",
}
# told that a few are enough, PostgreSQL would read the table from its start, to its end for rare words
FIRST_OF = {
    "sqlite": "{} LIMIT {}",
    "postgresql": "WITH found AS MATERIALIZED ({}) SELECT id FROM found LIMIT {}",
}
EXPECTED = "EXPLAIN (FORMAT JSON) {}"
COUNTED = "SELECT count(*) FROM ({} LIMIT {})"
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, cut into pieces so that a page can mark the words asked."""

    url: str
    title: Pieces
    text: Pieces
    dated: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """The first results of one kind, and how many there are, up to `MOST`."""

    name: str
    kind: str | Promise
    count: int
    hits: list[Hit]

    @property
    def is_more(self) -> bool:
        return self.count > len(self.hits)

    @property
    def is_uncounted(self) -> bool:
        return self.count > self.most

    @property
    def most(self) -> int:
        return MOST


def groups(asked: Question, person: Any, today: date) -> list[Group]:
    """Return what answers, grouped by kind in the order of the house, in one query.

    What the person may not see is set aside before anything is counted.
    """
    kinds = Q(pk__in=())
    for source in sources().values():
        kinds |= _first(source, asked, person, today)
    ranked = SearchEntry.objects.filter(kinds).annotate(
        in_title=_in_title(asked),
        count=Window(Count("pk"), partition_by="kind"),
        rank=Window(RowNumber(), partition_by="kind", order_by=_order()),
    )
    entries = list(ranked.filter(rank__lte=FIRST).order_by("rank"))
    return [
        Group(name, source.kind, mine[0].count, [hit(entry, asked) for entry in mine])
        for name, source in sources().items()
        if (mine := [entry for entry in entries if entry.kind == name])
    ]


def entries_of(source: Source, asked: Question, person: Any, today: date) -> QuerySet[SearchEntry]:
    """Return the entries of one kind that answer, among what the person may see."""
    first = _first(source, asked, person, today)
    return SearchEntry.objects.filter(first).annotate(in_title=_in_title(asked))


def hit(entry: SearchEntry, asked: Question) -> Hit:
    return Hit(entry.url, marked(entry.title, asked), marked(entry.text, asked), entry.dated)


def among(model: Any, text: str) -> Q:
    """Return the condition of a list's text filter: the rows of `model` that `text` finds.

    Few rows are named outright: no database guesses how many answer, and one that guesses many
    walks a million lines to find three. Under a word that many hold, the list is walked until a
    page is full, and each row looks at its own entry.
    """
    asked = question(text)
    if asked is None:
        return Q()
    kind = model._meta.label_lower
    if not _is_common(asked, kind):
        first = SearchEntry.objects.filter(pk__in=_words(asked, kind=kind, most=FEW + 1))
        few = list(first.order_by().values_list("object_id", flat=True))
        if len(few) <= FEW:
            return Q(pk__in=few)
    own = SearchEntry.objects.filter(object_id=OuterRef("pk"), kind=kind)
    return Broad(_holds(own, asked))


def _is_common(asked: Question, kind: str) -> bool:
    """Say whether one word is surely held by many, without reading who holds it.

    PostgreSQL is asked how many rows it expects: of several words it would know nothing. SQLite
    reads the first that hold the whole word: those it has in order, where it gathers all that
    begin alike before it gives one (4 ms).
    """
    if asked.stems:
        return False
    ask = QUERIES[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            said = _tsquery(asked, kind=kind, title=False)
            cursor.execute(EXPECTED.format(ask), [said])
            return bool(cursor.fetchone()[0][0]["Plan"]["Plan Rows"] > SURELY_MANY)
        said = _fts5(asked, kind=kind, title=False, begun=False)
        cursor.execute(COUNTED.format(ask, FEW + 1), [said])
        return bool(cursor.fetchone()[0] > FEW)


def _first(source: Source, asked: Question, person: Any, today: date) -> Q:
    """Return the last `MOST` entries whose title answers, and as many that answer elsewhere.

    Sorting a hundred thousand lines to show five would cost seconds: the walk stops as soon as
    it has enough that the person may see.
    """
    seen = source.visible_to(person, today).order_by().filter(pk=OuterRef("object_id"))
    found = SearchEntry.objects.filter(Exists(seen)).order_by("-pk").values("pk")
    titles = found.filter(pk__in=_words(asked, kind=source.name, title=True))[: MOST + 1]
    others = found.filter(pk__in=_words(asked, kind=source.name))[: MOST + 1]
    return Q(pk__in=titles) | Q(pk__in=others)


def _in_title(asked: Question) -> Case:
    return Case(When(pk__in=_words(asked, title=True), then=Value(1)), default=Value(0))


def _order() -> list[OrderBy]:
    return ordering(keys_of(SearchEntry, BEST_FIRST), backwards=False)


def _holds(entries: QuerySet[SearchEntry], asked: Question) -> Subquery:
    """Say of one entry whether it holds every word: read one by one, no index serves.

    It is a value and not a condition, so that no plan may join a million entries instead.
    """
    words = "' ' || title_words || ' ' || text_words || ' ' LIKE %s"
    held = " AND ".join([words] * len(asked.stems) + [f"({words} OR {words})"])
    whole = [f"% {root} %" for root in [*asked.stems, asked.root]]
    said = RawSQL(held, [*whole, f"% {asked.last}%"], BooleanField())  # noqa: S611 - our own text
    return Subquery(entries.values_list(said))


def _words(asked: Question, *, kind: str = "", title: bool = False, most: int = 0) -> RawSQL:
    """Return the ids of the entries that hold every word, in the language of the database.

    With `most`, of that many at most: the index is then read no further.

    The words are letters and digits alone (engines.words): they can close no quotation mark.
    """
    write = _tsquery if connection.vendor == "postgresql" else _fts5
    said = write(asked, kind=kind, title=title)
    first = FIRST_OF[connection.vendor].format(QUERIES[connection.vendor], most)
    return RawSQL(first if most else QUERIES[connection.vendor], [said])  # noqa: S611 - our own text


def _fts5(asked: Question, *, kind: str, title: bool, begun: bool = True) -> str:
    columns = "title_words" if title else "title_words text_words"
    whole = [f'"{root}"' for root in asked.stems]
    last = f'("{asked.root}" OR "{asked.last}" *)' if begun else f'"{asked.root}"'
    words = " AND ".join([*whole, last])
    said = f"{{{columns}}} : ({words})"
    return f'{said} AND kind : "{kind}"' if kind else said


def _tsquery(asked: Question, *, kind: str, title: bool) -> str:
    weights = "A" if title else "AB"
    whole = [f"'{root}':{weights}" for root in asked.stems]
    words = [*whole, f"('{asked.root}':{weights} | '{asked.last}':*{weights})"]
    return " & ".join([f"'{kind}'", *words] if kind else words)
