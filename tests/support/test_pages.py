import pytest
from django.conf import settings

from jonction.support.models import Intervention
from tests.factories import BodyFactory, MandateFactory, SeatFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def typed(mandate, **changes):
    fields = {
        "text": "Aide au budget",
        "process": mandate.process.pk,
        "on": "2026-11-20",
        "quarters": "1h30",
        "stages": ["planning"],
        "dimensions": ["management"],
        "audience": "body",
    }
    return {**fields, **changes}


def test_what_is_typed_is_noted_in_quarter_hours(client):
    mandate = MandateFactory()

    page = signed_in(client, mandate.resource.person).post(
        "/accompagnement/journal/noter/", typed(mandate), follow=True
    )

    assert Intervention.objects.get().quarters == 6
    assert "C’est noté." in page.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quarters": "beaucoup"}, "n’est pas une durée"),
        ({"quarters": "25 h"}, "Une journée a 24 heures"),
        ({"quarters": "-1"}, "plus grande que zéro"),
        ({"on": "2026-02-31"}, "date valide"),
    ],
)
def test_a_wrong_entry_is_answered_in_french_and_nothing_typed_is_lost(client, changes, sentence):
    mandate = MandateFactory()

    page = signed_in(client, mandate.resource.person).post(
        "/accompagnement/journal/noter/", typed(mandate, **changes)
    )

    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="Aide au budget"' in page.text
    assert Intervention.objects.count() == 0


def test_a_refusal_of_the_rule_keeps_what_was_typed_too(client):
    mandate = MandateFactory()

    page = signed_in(client, mandate.resource.person).post(
        "/accompagnement/journal/noter/", typed(mandate, on="2026-11-24")
    )

    assert page.status_code == 422
    assert "dans l’avenir" in page.text
    assert 'value="Aide au budget"' in page.text


def test_a_cell_says_why_and_shows_what_lies_behind_it(client):
    mandate = MandateFactory()
    log(mandate, text="Portrait du territoire")
    log(mandate, text="Note à moi seul", audience="mine")
    coordinator = SeatFactory(body=mandate.process.body, role="coordinator").person

    page = signed_in(client, coordinator).get(
        f"/accompagnement/couverture/{mandate.process.pk}/?etape=planning&dimension=governance"
    )

    assert "Une seule personne tient tout" in page.text
    assert "Portrait du territoire" in page.text
    assert "Note à moi seul" not in page.text
    assert "1 ligne réservée compte dans ce temps." in page.text


def test_an_observer_sees_the_totals_and_no_name(client):
    mandate = MandateFactory(resource__name="Ginette Lavoie")
    log(mandate, text="Portrait du territoire", audience="open")
    table = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    observer = SeatFactory(body=table, role="observer").person

    page = signed_in(client, observer).get(
        f"/accompagnement/couverture/{mandate.process.pk}/?etape=planning&dimension=governance"
    )

    assert "1 personne" in page.text
    assert "Ginette Lavoie" not in page.text
    assert "Portrait du territoire" not in page.text


@pytest.mark.parametrize("date", ["2026-02-31", "demain"])
def test_a_date_that_does_not_exist_shows_today(client, date):
    mandate = MandateFactory()

    page = signed_in(client, mandate.resource.person).get(
        f"/accompagnement/couverture/{mandate.process.pk}/?date={date}"
    )

    assert 'value="2026-11-23"' in page.text


@pytest.mark.parametrize("path", ["/bureau/", "/accompagnement/couverture/"])
@pytest.mark.parametrize("count", [1, 30])
def test_a_page_costs_the_same_for_one_process_or_thirty(
    client, django_assert_max_num_queries, path, count
):
    body = BodyFactory(level="regional")
    for _ in range(count):
        log(MandateFactory(process__body__alliance=body.alliance))
    signed_in(client, SeatFactory(body=body, role="coordinator").person)

    with django_assert_max_num_queries(20):
        page = client.get(path)

    assert page.status_code == 200
