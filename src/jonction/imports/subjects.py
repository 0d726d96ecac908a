"""What news of imports are about: one's own."""

from datetime import date

from django.db.models import QuerySet

from jonction.accounts.models import Person
from jonction.core.subjects import Subject
from jonction.imports.models import Import
from jonction.imports.queries import imports_visible_to


def _own(person: Person, on: date) -> QuerySet[Import]:  # noqa: ARG001 - one's own on any day
    return imports_visible_to(person)


SUBJECTS = [Subject(Import, "", _own)]
