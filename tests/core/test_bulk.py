"""Rows written without objects say what objects would have said."""

import pytest
from django.db import transaction
from django.utils import timezone

from jonction.core.bulk import insert_rows, moment, take_keys, update_rows
from jonction.core.models import Message, Run
from tests.factories import TODAY

pytestmark = pytest.mark.django_db

NAMES = ["id", "routine", "on", "planned_at"]


def test_rows_are_read_back_as_they_were_given_whatever_their_characters():
    texts = ["l’été", "tab\tet \\N", 'deux\nlignes ; "guillemets"', ""]
    keys = take_keys(Run, len(texts))

    rows = zip(keys, texts, strict=True)
    insert_rows(
        Run, NAMES, ((pk, text, TODAY.isoformat(), moment(timezone.now())) for pk, text in rows)
    )

    read = Run.objects.order_by("pk").values_list("pk", "routine", "on", "planned_at")
    assert list(read) == [
        (pk, text, TODAY, timezone.now()) for pk, text in zip(keys, texts, strict=True)
    ]


def test_a_key_taken_is_never_given_again():
    with transaction.atomic():
        first = take_keys(Run, 3)
        at = moment(timezone.now())
        insert_rows(Run, NAMES, ((pk, f"essai {pk}", TODAY.isoformat(), at) for pk in first))
    Run.objects.all().delete()

    later = [Run.objects.create(routine="autre", on=TODAY).pk, *take_keys(Run, 2)]

    assert first == sorted(set(first))
    assert set(first) & set(later) == set()


def test_rows_change_by_their_key_and_may_forget():
    two = [
        Message.objects.create(address="a@b.ca", template="x", subject=word, body="", sent_at=at)
        for word, at in (("un", timezone.now()), ("deux", None))
    ]

    update_rows(Message, ["subject", "sent_at"], [("trois", None, two[0].pk)])

    read = Message.objects.order_by("pk").values_list("subject", "sent_at")
    assert list(read) == [("trois", None), ("deux", None)]
