"""The index of the search can be taken away and made again: each engine has its own."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.core.test_search import a_process, found
from tests.migrations.steps import migrate


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_whole_again")
def test_the_index_can_be_taken_away_and_made_again():
    a_process("Démarche de la pauvreté")

    migrate([("core", "0002_messages_and_attachments")])
    tables = connection.introspection.table_names()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("reindex")

    assert [name for name in tables if "search" in name] == []
    assert found("pauvrete") == {"cycle.process": ["Démarche de la pauvreté"]}
