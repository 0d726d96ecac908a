"""The receipts of notes, which had their own table, are found among those of all pages."""

from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from jonction.core.models import Receipt
from tests.factories import MandateFactory
from tests.migrations.steps import migrate
from tests.support.test_actions import log

KEPT, TAKEN_BACK, PAGE = (UUID(int=n) for n in (1, 2, 3))


def notes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, line_id FROM support_fieldreceipt ORDER BY digest")
        return cursor.fetchall()


def receipts():
    rows = Receipt.objects.order_by("token")
    return [(row.token, row.digest, row.subject) for row in rows]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_whole_again")
def test_the_receipts_of_notes_go_back_to_their_table_and_come_forward_again():
    mandate = MandateFactory()
    person, line, gone = mandate.resource.person, log(mandate), log(mandate)
    facts = {"person": person}
    Receipt.objects.create(token=KEPT, digest="a", subject=line, **facts)
    Receipt.objects.create(token=TAKEN_BACK, digest="b", subject=gone, **facts)
    Receipt.objects.create(token=PAGE, subject=mandate, **facts)
    gone.shares.all().delete()
    gone.delete()
    before = receipts()

    migrate([("support", "0026_mandate_extensions")])
    there = notes()
    call_command("migrate", verbosity=0, interactive=False)

    assert there == [("a", line.pk), ("b", None)]
    assert receipts() == before
    assert before == [(KEPT, "a", line), (TAKEN_BACK, "b", None), (PAGE, "", mandate)]
