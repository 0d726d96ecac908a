"""Whoever doubts a cell or an index finds on the page why it is so, and what would mend it."""

from datetime import date

import pytest

from jonction.support.continuity import continuity_by_dimension, continuity_of, foreseen_of
from jonction.support.coverage import coverage_of
from jonction.support.worst import rows_of, worst_of
from tests.factories import TODAY, MandateFactory
from tests.support.test_actions import log
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db

PLANNING = {"etape": "planning", "dimension": "governance"}


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-11-20", "Étape en cours\u00a0: c’est le jugement du 20 novembre 2026."),
        ("2027-02-01", "c’est le jugement de son dernier jour, le 29 décembre 2026."),
        ("2026-01-15", "Étape à venir\u00a0: elle est jugée d’un bout à l’autre."),
    ],
)
def test_a_cell_says_of_which_day_it_is_judged_and_leads_to_the_method(client, on, said):
    process = MandateFactory().process
    signed_in(client, coordinator_of(process.body))

    page = client.get(f"/accompagnement/couverture/{process.pk}/", {**PLANNING, "date": on}).text

    assert said in page
    assert f"/accompagnement/couverture/alliance/{process.body.alliance_id}/methode/#" in page


def test_a_stage_that_is_over_is_said_so_above_its_column(client):
    process = MandateFactory().process
    signed_in(client, coordinator_of(process.body))

    page = client.get(f"/accompagnement/couverture/{process.pk}/", {"date": "2027-02-01"}).text

    assert printed("Terminée : Plan d’action") in page
    assert printed("Maintenant : Appels de projets") in page


def test_the_method_gives_each_clause_in_order_with_the_thresholds_of_the_alliance(client):
    process = MandateFactory(process__body__alliance__gap_weeks=9).process
    signed_in(client, coordinator_of(process.body))

    page = client.get(
        f"/accompagnement/couverture/alliance/{process.body.alliance_id}/methode/"
    ).text

    clauses = ["no_stage", "waived", "far_ahead", "nobody_now", "nobody_coming", "one_person"]
    places = [page.index(f'id="{clause}"') for clause in clauses]
    assert places == sorted(places)
    assert "personne n’est intervenu depuis 9 semaines" in page
    assert "moins de la moitié de 9 semaines" in page


def test_holes_of_what_is_over_are_not_what_to_look_at_first():
    process = MandateFactory().process
    cells = coverage_of([process], None, on=date(2040, 1, 1))

    assert any(cell.status == "hole" for cell in cells)
    assert worst_of(rows_of(cells, date(2040, 1, 1))) == []


def test_support_is_not_asked_for_a_stage_that_is_over(client):
    process = MandateFactory(dimensions=["governance"]).process
    signed_in(client, coordinator_of(process.body))
    page = f"/accompagnement/couverture/{process.pk}/?dimension=communication&etape="
    over, running = (client.get(page + stage).text for stage in ("mobilisation", "planning"))

    asking = f"deposer/?demarche={process.pk}"

    assert "Étape terminée" in over
    assert "Étape en cours" in running
    assert (over.count(asking), running.count(asking)) == (0, 1)
    assert "on n’y demande plus d’accompagnement" in over


def test_a_picture_is_taken_away_as_of_the_day_that_its_page_shows(client):
    process = MandateFactory().process
    signed_in(client, coordinator_of(process.body))
    base = f"/accompagnement/couverture/{process.pk}"

    page = client.get(f"{base}/?date=2026-11-20").text

    day = "niveau=local&amp;date=2026-11-20&amp;forme="
    for name, kind in (("grille", "png"), ("heures", "png"), ("heures", "csv")):
        assert f'href="{base}/image/{name}/?{day}{kind}"' in page


def test_the_index_of_a_dimension_counts_only_what_serves_it(client):
    held = MandateFactory(dimensions=["governance"], starts_on=date(2026, 4, 1))
    log(held)

    found = dict(continuity_by_dimension(held.process, today=TODAY))
    whole = continuity_of([held.process], today=TODAY)[held.process.pk]

    assert found["gouvernance"].index == whole.index
    assert found["communication"].index < whole.index
    signed_in(client, coordinator_of(held.process.body))
    page = client.get(f"/accompagnement/continuite/{held.process.pk}/").text
    assert "Dimension par dimension" in page


def test_a_break_leads_to_a_need_and_a_mandate_with_all_its_dimensions(client):
    mandate = MandateFactory(dimensions=["governance"])
    process = mandate.process
    [one, *_] = foreseen_of([process], today=TODAY)
    assert len(one.breaking.dimensions) > 1
    signed_in(client, coordinator_of(process.body))

    page = client.get(f"/accompagnement/continuite/{process.pk}/").text
    start = page.index("/accompagnement/mandats/proposer/?")
    address = page[start : page.index('"', start)].replace("&amp;", "&")
    form = client.get(address).context["form"]

    assert form.initial["dimensions"] == list(one.breaking.dimensions)
    assert form.initial["process"] == process.pk
    assert form.initial["quarters_per_week"] == one.breaking.closing[0].quarters_per_week
