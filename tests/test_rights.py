"""Every address x every role. An address that no table knows fails.

Each area keeps its own table in `tests/<area>/rights.py`: `TABLE` gives, for each address, what a
GET answers in the order of ROLES (302 sends to the sign-in page, 405 wants a POST), and
`found(address, world)` the values that fill the address.
"""

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver

from tests.factories import BodyFactory, MandateFactory, PersonFactory, SeatFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db

ROLES = ["visitor", "person", "writer", "body", "alliance", "observer"]
AREAS = [
    import_module(f"tests.{path.parent.name}.rights")
    for path in sorted(Path(__file__).parent.glob("*/rights.py"))
]
TABLE = {address: (answers, area) for area in AREAS for address, answers in area.TABLE.items()}


def addresses(patterns, prefix=""):
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if getattr(pattern.urlconf_name, "__name__", "").startswith("allauth."):
                continue  # tests/accounts/test_sign_in.py walks them
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def ours():
    return set(addresses(get_resolver().url_patterns))


def a_world():
    """Return one of each thing, in one Alliance, and the people of each role around it."""
    mandate = MandateFactory()
    body = mandate.process.body
    table = BodyFactory(alliance=body.alliance, level="regional")
    return SimpleNamespace(
        mandate=mandate,
        line=log(mandate),
        process=mandate.process,
        body=body,
        table=table,
        people={
            "visitor": None,
            "person": PersonFactory(),
            "writer": mandate.resource.person,
            "body": SeatFactory(body=body, role="coordinator").person,
            "alliance": SeatFactory(body=table, role="coordinator").person,
            "observer": SeatFactory(body=table, role="observer").person,
        },
    )


def test_every_address_has_its_line_in_a_table():
    assert ours() == set(TABLE)


@pytest.mark.parametrize("address", TABLE)
def test_each_role_finds_what_the_table_says(client, address):
    expected, area = TABLE[address]
    world = a_world()
    path = "/" + address
    for name, value in area.found(address, world).items():
        path = path.replace(name, str(value))

    answers = []
    for role in ROLES:
        client.logout()
        if world.people[role]:
            client.force_login(world.people[role], backend=settings.AUTHENTICATION_BACKENDS[0])
        answers.append(client.get(path).status_code)

    assert answers == expected
