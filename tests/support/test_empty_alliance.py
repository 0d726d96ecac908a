"""An Alliance where nothing is open yet: its coordination is not told that she does not coordinate."""

import pytest

from tests.factories import BodyFactory
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def alliance(client):
    regional = BodyFactory(level="regional")
    signed_in(client, coordinator_of(regional))
    return regional.alliance


def test_the_weights_are_chosen_before_the_first_process_opens(client, alliance):
    path = f"/accompagnement/besoins/tri/{alliance.pk}/"

    listed = client.get("/accompagnement/besoins/tri/").text

    assert path in listed
    assert "/accompagnement/besoins/tri/" in client.get("/accompagnement/besoins/").text
    assert client.get(path).text.count("Rien n’attend ici.") == 3
    assert client.get(f"{path}poids/").status_code == 200
    assert client.get(f"{path}delais/").status_code == 200


def test_a_mandate_asks_first_for_a_process(client, alliance):
    page = client.get("/accompagnement/mandats/proposer/").text

    assert "Aucune démarche où proposer un mandat" in page
    assert "Ce geste appartient à la coordination" not in page
