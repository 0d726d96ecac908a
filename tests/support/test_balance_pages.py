"""The pages of balance: what they say, what they give to take away, what they never show."""

import re
from datetime import date

import pytest
from django.conf import settings

from tests.factories import BodyFactory, MandateFactory, ResourceFactory, SeatFactory
from tests.support.test_actions import log
from tests.support.test_balance import a_table_of, in_a_territory
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db
NAMES = ("territoires", "etapes", "postures", "trimestres", "resultats")


def page_of(mandate, more=""):
    return f"/accompagnement/equilibre/{mandate.process.body.alliance_id}/{more}"


def outsider(client, mandate):
    """Sign in somebody who only observes the Alliance."""
    table = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    seat = SeatFactory(body=table, role="observer")
    client.force_login(seat.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)).replace("\xa0", " ")


def test_the_page_says_what_lacks_with_its_threshold_and_no_cause(client):
    mandate = in_a_territory()
    log(mandate, quarters=80, posture="coordination")
    signed_in(client, mandate.resource.person)

    page = words_of(client.get(page_of(mandate)))

    assert "Médiation et relais : aucune heure" in page
    assert "100 % des heures ; lourde au-delà de 50 %" in page
    assert "La coordination prend 100 % des heures, au-delà de 40 %" in page
    assert "rien ici ne dit que l’un cause l’autre" in page
    assert "les projets déposés et financés, et la participation" in page


def test_the_page_says_what_is_not_there_yet(client):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    page = words_of(client.get(page_of(mandate, "?annee=2025")))

    assert "Aucune heure au journal sur cette période" in page
    assert "Aucune étape échue dans cette période" in page


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_each_picture_leaves_with_its_data(client, name, kind):
    mandate = in_a_territory()
    stage = mandate.process.stages.get(kind="priorities")
    stage.real_from, stage.real_to = stage.planned_from, stage.planned_to
    stage.save()
    log(mandate, quarters=80)
    signed_in(client, mandate.resource.person)

    answer = client.get(page_of(mandate, f"image/{name}/?forme={kind}"))

    assert f".{kind}" in answer.headers["Content-Disposition"]
    assert len(answer.content) > 60


@pytest.mark.parametrize("address", ["image/rien/", "export.pdf"])
def test_what_is_not_offered_is_not_found(client, address):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    assert client.get(page_of(mandate, address)).status_code == 404


def test_the_export_holds_a_row_for_each_territory_then_the_alliance(client):
    mandate = in_a_territory()
    log(mandate, quarters=80, posture="support")
    signed_in(client, mandate.resource.person)

    answer = b"".join(client.get(page_of(mandate, "export.csv"))).decode("utf-8-sig")

    rows = [line.split(";") for line in answer.splitlines()]
    assert [row[0] for row in rows] == ["Territoire", "La Mitis", "Toute l’Alliance"]
    assert dict(zip(rows[0], rows[1], strict=True)) | {
        "Heures": "20",
        "Soutien logistique et structuration (%)": "100",
        "Posture : accompagnement (%)": "100",
    } == dict(zip(rows[0], rows[1], strict=True))


def test_nobody_is_named_whatever_leaves_the_page(client):
    first = a_table_of(3)
    other = MandateFactory(
        process=first.process,
        resource=ResourceFactory(alliance=first.process.body.alliance, name="Zénon Zoé"),
    )
    log(other, quarters=80, posture="expertise")
    signed_in(client, first.resource.person)

    said = client.get(page_of(first)).text
    said += b"".join(client.get(page_of(first, "export.csv"))).decode()
    for name in NAMES[:4]:
        for kind in ("csv", "svg"):
            said += client.get(page_of(first, f"image/{name}/?forme={kind}")).content.decode()

    assert "Zénon" not in said
    assert first.resource.name not in said


def test_from_outside_only_years_that_are_over_and_no_small_cell(client):
    mandate = in_a_territory(starts_on=date(2025, 4, 1))
    log(mandate, on=date(2025, 9, 9), quarters=80)
    outsider(client, mandate)

    usual = words_of(client.get(page_of(mandate)))
    now = words_of(client.get(page_of(mandate, "?annee=2026")))
    whole = words_of(client.get(page_of(mandate, "?periode=plan")))

    for page in (usual, now, whole):
        assert "du 1er avril 2025 au 31 mars 2026" in page
        assert "Trop peu de ressources pour montrer des heures" in page
    assert client.get(page_of(mandate, "image/territoires/")).status_code == 404


def test_from_outside_what_rests_on_enough_people_is_shown(client):
    mandate = in_a_territory(starts_on=date(2025, 4, 1))
    process, alliance = mandate.process, mandate.process.body.alliance
    for _ in range(3):
        resource = ResourceFactory(alliance=alliance)
        one = MandateFactory(process=process, resource=resource, starts_on=date(2025, 4, 1))
        log(one, on=date(2025, 9, 9), quarters=40, posture="support")
    outsider(client, mandate)

    page = words_of(client.get(page_of(mandate)))

    assert "30 h notées au journal" in page
    assert "Médiation et relais : aucune heure" in page
    assert "Heures par étape à temps" not in page


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ("", "du 1er octobre 2025 au 23 novembre 2026"),
        ("?annee=2026", "du 1er avril 2026 au 23 novembre 2026"),
        ("?annee=2024", "du 1er avril 2024 au 31 mars 2025"),
        ("?annee=1999", "du 1er octobre 2025 au 23 novembre 2026"),
    ],
)
def test_a_period_is_made_of_whole_quarters(client, asked, period):
    mandate = MandateFactory()
    signed_in(client, mandate.resource.person)

    assert period in words_of(client.get(page_of(mandate, asked)))


def test_the_whole_plan_begins_on_its_first_quarter(client):
    mandate = MandateFactory()
    plan = mandate.process.body.alliance.plan
    plan.starts_on = date(2024, 6, 21)
    plan.save()
    signed_in(client, mandate.resource.person)

    page = words_of(client.get(page_of(mandate, "?periode=plan")))

    assert "du 1er avril 2024 au 23 novembre 2026" in page


def test_a_thin_part_is_under_a_heavy_one(client):
    mandate = MandateFactory()
    table = BodyFactory(alliance=mandate.process.body.alliance, level="regional")
    seat = SeatFactory(body=table, role="coordinator")
    client.force_login(seat.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    address = f"/accompagnement/hypotheses/{table.alliance_id}/"
    form = client.get(address).context["form"]
    said = {name: form[name].value() for name in form.fields} | {"thin_percent": 60}

    page = client.post(address, said)

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["thin_percent"])


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_line_or_thirty(
    client, django_assert_max_num_queries, count
):
    mandate = in_a_territory()
    for _ in range(count):
        log(mandate, quarters=1)
    signed_in(client, mandate.resource.person)

    with django_assert_max_num_queries(20):
        client.get(page_of(mandate))
