"""The pages of organisations: found, written, read by their people."""

from decimal import Decimal
from io import BytesIO

import pytest

from jonction.core.tables.reading import open_table
from jonction.governance.models import Membership, Organisation
from jonction.territories.models import Place
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
)
from tests.governance.test_pages import an_mrc, signed_in
from tests.governance.test_rules import a_table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sought", ["etincelle", "ÉTINCELLE", "1144", "matane etincelle"])
def test_an_organisation_is_found_by_its_name_or_neq(client, sought):
    OrganisationFactory(name="L’Étincelle de Matane", neq="1144556677")
    OrganisationFactory(name="Le Phare")

    page = (
        signed_in(client, PersonFactory()).get("/concertations/organismes/", {"mots": sought}).text
    )

    assert "L’Étincelle de Matane" in page
    assert "Le Phare" not in page


def test_organisations_are_found_by_mrc_and_shown_by_pages(client):
    mrc = an_mrc()
    OrganisationFactory.create_batch(31, place=mrc)
    OrganisationFactory(name="Ailleurs")

    page = signed_in(client, PersonFactory()).get("/concertations/organismes/", {"mrc": "080"})
    second = client.get(f"/concertations/organismes/{page.context['listing'].next_link}")

    assert "31 lignes." in page.text.replace("\u00a0", " ")
    assert [len(p.context["listing"].rows) for p in (page, second)] == [30, 1]
    assert "Ailleurs" not in page.text + second.text


@pytest.mark.parametrize(
    ("size", "found"),
    [("small", ["Petit"]), ("medium", ["Moyen"]), ("large", ["Grand"]), ("unknown", ["Inconnu"])],
)
def test_organisations_are_found_by_size(client, size, found):
    for name, budget in (("Petit", 99_999), ("Moyen", 100_000), ("Grand", 500_000)):
        OrganisationFactory(name=name, annual_budget=budget)
    OrganisationFactory(name="Inconnu")
    signed_in(client, PersonFactory())

    page = client.get("/concertations/organismes/", {"taille": size})

    assert [o.name for o in page.context["listing"].rows] == found
    assert "de 100 000 $ à 500 000 $" in " ".join(page.text.split())


def test_organisations_sort_as_french_does_in_both_orders(client):
    for name in ("Zénith", "Étincelle", "Eau vive", "abri"):
        OrganisationFactory(name=name)
    signed_in(client, PersonFactory())

    found = [
        [
            o.name
            for o in client.get("/concertations/organismes/", {"tri": sort}).context["listing"].rows
        ]
        for sort in ("nom", "-nom")
    ]

    assert found[0] == ["abri", "Eau vive", "Étincelle", "Zénith"]
    assert found[1] == found[0][::-1]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_organisations_found_leave_as_a_file_in_which_nothing_is_a_formula(client, kind):
    mrc = an_mrc()
    OrganisationFactory(name="=HYPERLINK(1)", place=mrc, annual_budget=Decimal(120_000))
    OrganisationFactory(name="Ailleurs")
    signed_in(client, PersonFactory())

    page = client.get("/concertations/organismes/", {"mrc": "080", "format": kind})

    file = page.getvalue()
    table = open_table(BytesIO(file), f"organismes.{kind}")
    rows = [row.values for row in table.rows]
    assert table.headers == ["Nom", "NEQ", "Type", "MRC", "Budget annuel"]
    assert [(len(rows), row[3], float(row[4].replace(",", "."))) for row in rows] == [
        (1, "La Matanie", 120_000)
    ]
    assert rows[0][0] == "=HYPERLINK(1)"
    assert kind != "csv" or b"'=HYPERLINK(1)" in file


@pytest.mark.parametrize(
    ("neq", "sentence"),
    [("12345", "Un NEQ a dix chiffres."), ("1144556677", "Un organisme porte déjà ce NEQ.")],
)
def test_a_wrong_neq_is_told_and_what_was_typed_is_kept(client, neq, sentence):
    _, local, _ = a_table()
    OrganisationFactory(neq="1144556677")

    page = signed_in(client, local).post(
        "/concertations/organismes/nouveau/", {"name": "Le Phare", "neq": neq, "version": 1}
    )

    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="Le Phare"' in page.text
    assert Organisation.objects.count() == 1


def test_an_organisation_is_registered_with_spaces_in_its_neq(client):
    _, local, _ = a_table()

    signed_in(client, local).post(
        "/concertations/organismes/nouveau/",
        {"name": "Le Phare", "neq": "11 4455 6677", "version": 1},
    )

    assert Organisation.objects.get().neq == "1144556677"


def test_the_names_of_an_organisation_are_for_its_people(client):
    owner = MembershipFactory(person__name="Ginette Lavoie")
    address = f"/concertations/organismes/{owner.organisation.pk}/"

    inside = signed_in(client, owner.person).get(address).text
    outside = signed_in(client, PersonFactory()).get(address).text

    assert "Ginette Lavoie</th>" in inside
    assert "Ginette Lavoie" not in outside


def test_an_owner_gives_and_ends_an_access(client):
    owner, person = MembershipFactory(), PersonFactory(email="luc@example.org")
    typed = {"email": "Luc@example.org", "role": "writer", "starts_on": "2026-11-01"}
    address = f"/concertations/organismes/{owner.organisation.pk}/acces/nouveau/"
    signed_in(client, owner.person)

    unknown = client.post(address, {**typed, "email": "personne@ailleurs.org"})
    client.post(address, typed)
    given = Membership.objects.get(person=person)
    client.post(f"/concertations/acces/{given.pk}/terminer/", {"on": "2026-11-23"})

    given.refresh_from_db()
    assert unknown.status_code == 422
    assert "Aucune personne n’est connue sous ce courriel." in unknown.text
    assert (given.role, str(given.ends_on)) == ("writer", "2026-11-23")


def test_an_organisation_changes_its_own_sheet(client):
    owner = MembershipFactory()

    signed_in(client, owner.person).post(
        f"/concertations/organismes/{owner.organisation.pk}/modifier/",
        {"name": "Le Phare", "phone": "418 555-0100", "version": 1},
    )

    assert Organisation.objects.get().phone == "418 555-0100"


def test_the_coordination_reads_an_organisation_within_the_budget(
    client, django_assert_max_num_queries
):
    _, _, regional = a_table()
    owner = MembershipFactory(person__name="Ginette Lavoie")
    signed_in(client, regional)

    with django_assert_max_num_queries(12):
        page = client.get(owner.organisation.get_absolute_url())

    assert "Ginette Lavoie" in page.text


def test_an_organisation_without_a_place_is_kept_where_it_sits(client):
    organisation = OrganisationFactory()
    membership = MembershipFactory(organisation=organisation)
    regional = {
        code: BodyFactory(alliance=AllianceFactory(region=a_region(code)), level="regional")
        for code in ("R09", "R10")
    }
    here, elsewhere = (
        SeatFactory(body=body, role="coordinator").person for body in regional.values()
    )
    pages = [
        f"{organisation.get_absolute_url()}modifier/",
        f"/concertations/acces/{membership.pk}/terminer/",
    ]

    def answers(person):
        return [signed_in(client, person).get(page).status_code for page in pages]

    assert answers(here) == answers(elsewhere) == [200, 200]  # it sits nowhere yet
    SeatFactory(body=regional["R09"], organisation=organisation, role="member")
    assert answers(here) == [200, 200]
    assert answers(elsewhere) == [409, 404]


def a_region(code):
    return Place.objects.add_root(
        instance=Place(code=code, name=code, sort_key=code, kind="region")
    )
