"""The page of a process says what its funder asks of it: late, due soon, ready (S8)."""

from datetime import timedelta

import pytest

from jonction.support.actions import filing as actions
from tests.factories import TODAY, PersonFactory, ProcessFactory, RequirementFactory, SeatFactory
from tests.support.test_filings import asked, write
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db
TITLE = "<h2>Ce que le bailleur demande</h2>"
LIST = "/accompagnement/exigences/"


def fixed(process, name, days):
    facts = {"anchor": "fixed", "fixed_on": TODAY + timedelta(days=days), "offset_days": 0}
    return RequirementFactory(alliance=process.body.alliance, name=name, **facts)


def test_what_is_late_due_soon_and_ready_is_on_the_page_of_the_process(client):
    process = ProcessFactory()
    coordinator = coordinator_of(process.body)
    fixed(process, "Bilan", -2)
    fixed(process, "Plan", 20)
    fixed(process, "Rapport", 200)
    ready = write(process, fixed(process, "Portrait", 40), coordinator)
    actions.ready_filing(ready, actor=coordinator, today=TODAY)

    page = printed(signed_in(client, coordinator).get(process.get_absolute_url()).text)

    shown = page.split(TITLE)[1].split("</section>")[0]
    assert [word in shown for word in ("en retard", "dû bientôt", "prêt")] == [True] * 3
    assert [name in shown for name in ("Bilan", "Plan", "Portrait", "Rapport")] == [True] * 3 + [
        False
    ]
    assert printed("Tout ce que le bailleur demande ici : 4 exigences") in shown
    assert f"{LIST}?etat=tous&amp;demarche={process.pk}" in shown


def test_a_process_of_which_nothing_presses_says_so(client):
    process = ProcessFactory()
    fixed(process, "Rapport", 200)

    page = signed_in(client, SeatFactory(body=process.body).person).get(process.get_absolute_url())

    assert "Rien ne presse." in page.text.split(TITLE)[1].split("</section>")[0]


def test_whoever_does_not_take_part_is_not_told_where_the_answers_are(client):
    process, _requirement = asked()

    visitor = client.get(process.get_absolute_url()).text
    stranger = signed_in(client, PersonFactory()).get(process.get_absolute_url()).text

    assert (TITLE in visitor, TITLE in stranger) == (False, False)


def test_the_list_and_its_export_keep_to_one_process(client):
    one = ProcessFactory(name="Table de l’Anse")
    other = ProcessFactory(name="Table des Lacs", body__alliance=one.body.alliance)
    fixed(one, "Bilan", -2)
    signed_in(client, alliance_coordinator(one.body.alliance))

    page = client.get(f"{LIST}?etat=tous&demarche={one.pk}").text
    csv = client.get(f"{LIST}?etat=tous&demarche={one.pk}&format=csv").getvalue().decode()
    whole = client.get(f"{LIST}?etat=tous").text
    unknown = client.get(f"{LIST}?etat=tous&demarche=999999").text

    assert f"{LIST}{one.pk}/" in page
    assert f"{LIST}{other.pk}/" not in page
    assert (one.name in csv, other.name in csv) == (True, False)
    assert f"{LIST}{other.pk}/" in whole
    assert f"{LIST}{other.pk}/" in unknown


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_process_costs_the_same_for_one_or_many(
    client, django_assert_max_num_queries, count
):
    process = ProcessFactory()
    for rank in range(count):
        fixed(process, f"Demande {rank}", rank)
    signed_in(client, coordinator_of(process.body))

    with django_assert_max_num_queries(12):
        client.get(process.get_absolute_url())
