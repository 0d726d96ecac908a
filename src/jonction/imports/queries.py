"""What a person sees of imports: her own alone."""

from collections import Counter
from datetime import date

from django.db.models import Count, QuerySet

from jonction.accounts.models import Person
from jonction.core.verdicts import Verdict, no
from jonction.imports.models import Import, Row
from jonction.imports.readers import Reader, Unknown, readers
from jonction.imports.reading import session_of


def imports_visible_to(person: Person) -> QuerySet[Import]:
    return Import.objects.filter(owner=person)


def reader_named(name: str) -> Reader | None:
    return readers().get(name)


def verdict_of(source: Import, actor: Person, today: date) -> Verdict:
    """Say whether the reader of this import lets the person go on with it."""
    reader = readers().get(source.reader)
    return reader.verdict(actor, source.options, today) if reader else no(source.reader)


def tally_of(source: Import) -> dict[str, int]:
    """Return how many rows of each verdict."""
    counted = source.rows.order_by().values_list("verdict").annotate(n=Count("pk"))
    found = dict(counted)
    return {verdict: found.get(verdict, 0) for verdict in Row.Verdict.values}


def unknown_names(source: Import) -> list[Unknown]:
    """Return the names that nothing known bears, the most frequent first."""
    refused = source.rows.filter(verdict=Row.Verdict.REFUSED).values_list("problems", flat=True)
    names = Counter(problems[0][2] for problems in refused if problems and problems[0][2])
    if not names:
        return []
    session = session_of(source, readers()[source.reader])
    return [Unknown(name, session.candidates(name)) for name, _ in names.most_common(50)]
