"""Every address x every role. An address that the table does not know fails."""

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver

from tests.factories import BodyFactory, MandateFactory, PersonFactory, SeatFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db

ROLES = ["visitor", "person", "writer", "body", "alliance", "observer"]
# what a GET answers, in the order of ROLES; 302 sends to the sign-in page, 405 wants a POST
TABLE = {
    "": [200] * 6,
    "bureau/": [302, 200, 200, 200, 200, 200],
    "sante/": [200] * 6,
    "demo/connexion/": [405] * 6,
    "territoires/": [200] * 6,
    "territoires/<str:code>/": [200] * 6,
    "demarches/": [200] * 6,
    "demarches/<int:pk>/": [200] * 6,
    "accompagnement/couverture/": [302, 200, 200, 200, 200, 200],
    "accompagnement/couverture/<int:pk>/": [302, 404, 200, 200, 200, 200],
    "accompagnement/journal/": [302, 200, 200, 200, 200, 200],
    "accompagnement/journal/noter/": [302, 405, 405, 405, 405, 405],
    "accompagnement/journal/<int:pk>/": [302, 404, 200, 200, 200, 404],
    "accompagnement/journal/<int:pk>/retirer/": [302, 405, 405, 405, 405, 405],
}


def addresses(patterns, prefix=""):
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def ours():
    return {a for a in addresses(get_resolver().url_patterns) if not a.startswith("compte/")}


def test_every_address_has_its_line_in_the_table():
    assert ours() == set(TABLE)


@pytest.mark.parametrize("address", TABLE)
def test_each_role_finds_what_the_table_says(client, address):
    mandate = MandateFactory()
    line = log(mandate)
    body = mandate.process.body
    table = BodyFactory(alliance=body.alliance, level="regional")
    people = {
        "visitor": None,
        "person": PersonFactory(),
        "writer": mandate.resource.person,
        "body": SeatFactory(body=body, role="coordinator").person,
        "alliance": SeatFactory(body=table, role="coordinator").person,
        "observer": SeatFactory(body=table, role="observer").person,
    }
    pk = line.pk if "journal" in address else mandate.process.pk
    path = "/" + address.replace("<int:pk>", str(pk)).replace("<str:code>", "R01")

    answers = []
    for role in ROLES:
        client.logout()
        if people[role]:
            client.force_login(people[role], backend=settings.AUTHENTICATION_BACKENDS[0])
        answers.append(client.get(path).status_code)

    assert answers == TABLE[address]
