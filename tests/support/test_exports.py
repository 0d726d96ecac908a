"""A list leaves the page as it is read there: what is hidden stays hidden, what is filtered too."""

import tracemalloc
from datetime import timedelta
from io import BytesIO

import pytest

from jonction.core.tables.reading import open_table
from jonction.support.models import Intervention
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    PersonFactory,
    SeatFactory,
)
from tests.support.test_actions import log
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db

LISTS = ["journal", "besoins", "mandats", "ressources"]


def exported(client, noun, **asked):
    page = client.get(f"/accompagnement/{noun}/", {"format": "csv", **asked})
    table = open_table(BytesIO(b"".join(page.streaming_content)), "liste.csv")
    return [row.values for row in table.rows]


@pytest.fixture
def mandate():
    mandate = MandateFactory()
    log(mandate, text="Portrait du territoire")
    NeedFactory(process=mandate.process, text="Préparer l’appel")
    return mandate


@pytest.mark.parametrize("noun", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_each_list_leaves_in_each_format(client, mandate, noun, kind):
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get(f"/accompagnement/{noun}/", {"format": kind})

    table = open_table(BytesIO(b"".join(page.streaming_content)), f"liste.{kind}")
    assert len(list(table.rows)) == 1


@pytest.mark.parametrize("noun", LISTS)
def test_an_observer_and_a_stranger_export_nothing(client, mandate, noun):
    table = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    observer = SeatFactory(body=table, role="observer").person

    for person in (observer, PersonFactory()):
        assert exported(signed_in(client, person), noun) == []


def test_an_export_is_filtered_as_its_page_is(client, mandate):
    NeedFactory(process=mandate.process, text="Autre chose", status="declined")
    signed_in(client, coordinator_of(mandate.process.body))

    opened = exported(client, "besoins")
    words = exported(client, "besoins", etat="tous", mots="autre")
    declined = exported(client, "besoins", etat="declined")

    assert [row[0] for row in opened] == ["Préparer l’appel"]
    assert [row[0] for row in words] == [row[0] for row in declined] == ["Autre chose"]


def test_no_text_leaves_as_a_formula(client, mandate):
    NeedFactory(process=mandate.process, text="=1+1")
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get("/accompagnement/besoins/", {"format": "csv"})

    assert ";=1+1" not in b"".join(page.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("noun", LISTS)
def test_an_address_that_says_nonsense_is_a_page(client, mandate, noun):
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get(
        f"/accompagnement/{noun}/",
        {
            "format": "exe",
            "tri": "password",
            "apres": "x",
            "du": "zzz",
            "etat": "x",
            "mots": "\x00",
        },
    )

    assert page.status_code == 200


@pytest.mark.parametrize("noun", ["besoins", "mandats", "ressources"])
def test_no_list_of_people_is_ordered_by_hours(client, mandate, noun):
    signed_in(client, coordinator_of(mandate.process.body))

    page = client.get(f"/accompagnement/{noun}/")

    assert "tri=heures" not in page.text
    assert "tri=-heures" not in page.text


def test_a_long_journal_leaves_a_few_lines_at_a_time(client, mandate):
    signed_in(client, coordinator_of(mandate.process.body))

    def peak_with(more):
        same = {"resource": mandate.resource, "process": mandate.process, "quarters": 4}
        days = (TODAY - timedelta(days=n) for n in range(more))
        Intervention.objects.bulk_create(Intervention(text="Relance", on=on, **same) for on in days)
        page = client.get("/accompagnement/journal/", {"format": "csv"})
        tracemalloc.start()
        lines = sum(chunk.count(b"\n") for chunk in page.streaming_content)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return lines, peak

    few, many = peak_with(5_000), peak_with(5_000)

    assert (few[0], many[0]) == (5_002, 10_002)
    assert many[1] < few[1] * 1.3
