import re

import pytest
from django.core import mail

from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_one_signs_in_with_the_code_received_by_mail(client):
    person = PersonFactory(email="chantal@example.org")
    assert "Votre courriel" in client.get("/compte/login/").text

    asked = client.post("/compte/login/code/", {"email": "chantal@example.org"})
    code = re.search(r"^\s*([A-Z0-9][A-Z0-9-]{4,})\s*$", mail.outbox[0].body, re.MULTILINE)[1]
    entered = client.post(asked.url, {"code": code})

    assert entered.url == "/bureau/"
    assert client.get("/bureau/").context["user"] == person


def test_an_unknown_address_is_answered_alike_and_opens_nothing(client):
    asked = client.post("/compte/login/code/", {"email": "inconnue@example.org"})

    assert asked.status_code == 302
    assert client.get("/bureau/").status_code == 302


def test_nobody_registers_alone(client):
    page = client.get("/compte/signup/")

    assert "<form" not in page.text.split("<main")[1]
