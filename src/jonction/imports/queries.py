"""What a person sees of imports: her own alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from jonction.accounts.models import Person
from jonction.core.verdicts import Verdict, no
from jonction.imports.models import Import, Match, Row
from jonction.imports.readers import Reader, Unknown, readers
from jonction.imports.reading import session_of

Scopes = Mapping[str, Sequence[str]]


def imports_visible_to(person: Person) -> QuerySet[Import]:
    return Import.objects.filter(owner=person)


def reader_named(name: str) -> Reader | None:
    return readers().get(name)


def label_of(name: str) -> str:
    """Return what people call this sort of file; its code when no area reads it any more."""
    reader = readers().get(name)
    return str(reader.label) if reader else name


def verdict_of(source: Import, actor: Person, today: date) -> Verdict:
    """Say whether the reader of this import lets the person go on with it."""
    reader = readers().get(source.reader)
    return reader.verdict(actor, source.options, today) if reader else no(source.reader)


def tally_of(source: Import) -> dict[str, int]:
    """Return how many rows of each verdict."""
    counted = source.rows.order_by().values_list("verdict").annotate(n=Count("pk"))
    found = dict(counted)
    return {verdict: found.get(verdict, 0) for verdict in Row.Verdict.values}


def reason_of(reader: Reader, column: str, sentence: str) -> str:
    """Return why a row is refused, after the name of its column when one is to blame."""
    label = reader.label_of(column)
    return _("{column} : {reason}").format(column=label, reason=sentence) if label else sentence


def rows_to_write(source: Import) -> QuerySet[Row]:
    """Return what the file adds or changes."""
    return source.rows.filter(verdict__in=[Row.Verdict.NEW, Row.Verdict.CHANGED]).order_by()


def unknown_names(source: Import) -> list[Unknown]:
    """Return the names that nothing known bears, the most frequent first."""
    refused = source.rows.filter(verdict=Row.Verdict.REFUSED).values_list("problems", flat=True)
    names = Counter(problems[0][2] for problems in refused if problems and problems[0][2])
    if not names:
        return []
    session = session_of(source, readers()[source.reader])
    return [Unknown(name, session.candidates(name)) for name, _ in names.most_common(50)]


def scopes_of(person: Person, today: date) -> Scopes:
    """Return, for each sort of file, within what `person` may bring such files in."""
    return {reader.name: reader.scopes(person, today) for reader in readers().values()}


def matches_visible_to(person: Person, today: date) -> QuerySet[Match]:
    """Return the names recognised in the files that `person` could bring in too."""
    return matches_within(scopes_of(person, today))


def matches_within(scopes: Scopes) -> QuerySet[Match]:
    within = Q(pk__in=())
    for reader, several in scopes.items():
        within |= Q(reader=reader, scope__in=several)
    return Match.objects.filter(within)


def things_within(scopes: Scopes) -> dict[tuple[str, int], str]:
    """Return what those names may stand for, in words."""
    return {
        (name, target): words
        for name, several in scopes.items()
        for target, words in readers()[name].things(several).items()
    }


def keepers_within(scopes: Scopes) -> list[str]:
    """Return, for each sort of file that one may bring in, who keeps its names."""
    return [str(readers()[name].keepers) for name, several in scopes.items() if several]
