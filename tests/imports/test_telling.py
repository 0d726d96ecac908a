"""The owner of a long import is told how it ended; a short one says it on the page alone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from jonction.core.models import Message, Trace
from jonction.imports.models import Import
from jonction.imports.work import read_rows
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("seconds", "told"), [(59, 0), (60, 1)])
def test_a_file_read_for_long_is_told_to_its_owner_even_when_it_failed(seconds, told):
    person = PersonFactory()
    source = Import.objects.create(reader="journal", owner=person, file_name="zoe.csv")
    source.stored.save("zoe", ContentFile(b"\x00\x01 rien"))
    Trace.leave(person, "imports.import.reading", source)

    with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
        read_rows(source)

    found = [(m.person, m.subject, "zoe.csv" in m.body) for m in Message.objects.all()]
    assert source.status == "failed"
    assert found == [(person, "Votre fichier n’a pas pu être lu", False)] * told
