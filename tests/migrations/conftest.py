"""What goes back comes forward again: the next test needs the whole database."""

import pytest
from django.core.management import call_command


@pytest.fixture
def _whole_again():
    yield
    call_command("migrate", verbosity=0, interactive=False)
