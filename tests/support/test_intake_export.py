"""The triage leaves as a table: the order, the criteria, and who waits too long (S7, R2)."""

from datetime import timedelta

import pytest

from tests.factories import TODAY, NeedFactory, ProcessFactory
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db
ONLY_LATER = "weight_urgency=0&weight_equity=0&weight_deadline=0&weight_stage=1"


@pytest.fixture
def path(client):
    process = ProcessFactory()
    late = [("received", TODAY - timedelta(days=50)), ("admissible", TODAY - timedelta(days=30))]
    NeedFactory(process=process, status="admissible", text="Plus tard", urgency="later", steps=late)
    NeedFactory(process=process, status="admissible", text="Tout de suite", urgency="now")
    NeedFactory(process=process, status="received", text="À admettre")
    NeedFactory(process=process, status="closed", text="Fermé")
    signed_in(client, alliance_coordinator(process.body.alliance))
    return f"/accompagnement/besoins/tri/{process.body.alliance_id}/"


def lines(client, address):
    table = b"".join(client.get(address)).decode("utf-8-sig")
    return [line.split(";") for line in table.splitlines()]


def test_it_follows_the_order_of_the_page_and_says_each_criterion(client, path):
    headers, *rows = lines(client, f"{path}export.csv")

    assert headers[-4:] == [
        "Urgence (sur 100)",
        "Besoin du territoire (sur 100)",
        "Échéance proche (sur 100)",
        "Étape (sur 100)",
    ]
    assert [(row[1], row[3], row[7]) for row in rows] == [
        ("1", "Tout de suite", "non"),
        ("2", "Plus tard", "oui"),
        ("", "À admettre", "non"),
    ]
    assert [row[8] for row in rows] == ["100", "0", ""]


def test_weights_that_are_tried_are_those_of_the_file(client, path):
    page = client.get(f"{path}?{ONLY_LATER}").text

    rows = lines(client, f"{path}export.csv?{ONLY_LATER}")[1:]

    assert f"export.csv?{ONLY_LATER.replace('&', '&amp;')}" in page
    assert [row[1] for row in rows] == ["1", "1", ""]


def test_another_kind_of_file_is_not_found(client, path):
    assert client.get(f"{path}export.pdf").status_code == 404


def test_a_long_wait_is_read_by_its_oldest_and_taken_along_whole(client):
    process = ProcessFactory()
    for rank in range(32):
        NeedFactory(
            process=process,
            status="received",
            text=f"Besoin n° {rank:02d}",
            asked_on=TODAY - timedelta(days=5 if rank else 6),
        )
    signed_in(client, alliance_coordinator(process.body.alliance))
    here = f"/accompagnement/besoins/tri/{process.body.alliance_id}/"

    page = client.get(here).text

    assert page.count("Besoin n° ") == 30
    assert "Besoin n° 00" in page
    assert "Ils sont 32 en tout" in page
    assert len(lines(client, f"{here}export.csv")) == 33
