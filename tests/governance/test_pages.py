import pytest
from django.conf import settings

from jonction.governance.models import Alliance, Body, Organisation, Seat
from jonction.territories.models import Place
from tests.factories import (
    AllianceFactory,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    TerritoryFactory,
    a_region,
)
from tests.governance.test_rules import a_table
from tools.messages import printed

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def an_mrc(code="080", name="La Matanie"):
    place = Place(code=code, name=name, sort_key=name.casefold(), kind="mrc")
    return Place.objects.add_child(a_region(), instance=place)


def thresholds(**changes):
    fields = {
        "name": "Alliance",
        "lookahead_weeks": 12,
        "gap_weeks": 6,
        "tolerance_weeks": 2,
        "floor_quarters": 4,
        "floor_weeks": 8,
        "version": 1,
    }
    return {**fields, **changes}


def test_a_visitor_reads_who_concerts_and_how_many_sit_without_a_name(client):
    seat = SeatFactory(person__name="Ginette Lavoie", role="member")

    listed = client.get("/concertations/").text
    page = client.get(f"/concertations/instances/{seat.body.pk}/").text

    assert seat.body.alliance.name in listed
    assert printed("Membre : 1") in page
    assert "Ginette Lavoie" not in page
    assert "Les noms sont montrés" in page


@pytest.mark.parametrize(
    ("role", "sees"), [("member", True), ("observer", False), ("researcher", False)]
)
def test_names_are_for_those_who_sit(client, role, sees):
    seat = SeatFactory(person__name="Ginette Lavoie")
    reader = SeatFactory(body=seat.body, role=role).person

    page = signed_in(client, reader).get(f"/concertations/instances/{seat.body.pk}/").text

    assert ("Ginette Lavoie" in page) is sees


def test_the_coordination_of_the_alliance_reads_the_names_of_every_table(client):
    table, _, regional = a_table()
    SeatFactory(body=table, person__name="Ginette Lavoie", ends_on="2026-05-01")

    page = signed_in(client, regional).get(f"/concertations/instances/{table.pk}/").text

    assert "Ginette Lavoie" in page
    assert "terminé" in page


def test_a_person_found_takes_a_seat_for_an_organisation(client):
    table, local, _ = a_table()
    found = SeatFactory(person__name="Ginette Lavoie", body__alliance=table.alliance).person
    organisation = OrganisationFactory(name="Maison des familles", neq="1144556677")
    address = f"/concertations/instances/{table.pk}/sieges/nouveau/?q=lavoie"
    signed_in(client, local)

    searched = client.get(address).text
    page = client.post(
        address,
        {
            "person": found.pk,
            "role": "member",
            "organisation": "maison DES familles",
            "starts_on": "2026-11-01",
        },
    )

    seat = Seat.objects.get(person=found, body=table)
    assert "Ginette Lavoie" in searched
    assert page.url == f"/concertations/instances/{table.pk}/"
    assert (seat.organisation, seat.ends_on) == (organisation, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"new_name": ""}, "Choisissez une personne trouvée ou écrivez un nom."),
        ({"organisation": "Inconnu"}, "Aucun organisme n’est reconnu sous « Inconnu »"),
        ({"starts_on": "2026-02-31"}, "date valide"),
        ({"ends_on": "2026-10-01"}, "La fin vient avant le début."),
        ({"role": "roi"}, "roi"),
        ({"organisation": "Maison", "is_citizen": "on"}, "pour un organisme ou à titre citoyen"),
    ],
)
def test_a_wrong_seat_is_answered_in_french_and_keeps_what_was_typed(client, typed, sentence):
    table, local, _ = a_table()
    OrganisationFactory(name="Maison")
    fields = {"new_name": "Rose Lavoie", "role": "member", "starts_on": "2026-11-01", **typed}

    page = signed_in(client, local).post(
        f"/concertations/instances/{table.pk}/sieges/nouveau/", fields
    )

    assert page.status_code == 422
    assert printed(sentence) in page.text
    assert f'name="new_name" value="{fields["new_name"]}"' in page.text or not fields["new_name"]
    assert not Seat.objects.filter(person__name="Rose Lavoie").exists()


def test_two_letters_are_too_few_to_look_for_somebody(client):
    table, local, _ = a_table()
    signed_in(client, local)
    address = f"/concertations/instances/{table.pk}/sieges/nouveau/?q="

    assert "Écrivez au moins trois lettres." in client.get(f"{address}gi").text
    assert "Personne n’a été trouvé" in client.get(f"{address}ginette").text


def test_a_menu_without_choice_says_to_choose(client):
    regional = a_table()[2]
    signed_in(client, regional)

    page = client.get("/concertations/organismes/nouveau/").text

    assert '<option value="" selected>Choisir…</option>' in page
    assert "-----" not in page


def test_somebody_who_was_not_found_cannot_be_chosen_by_a_number(client):
    table, local, _ = a_table()
    stranger = PersonFactory()

    page = signed_in(client, local).post(
        f"/concertations/instances/{table.pk}/sieges/nouveau/",
        {"person": stranger.pk, "role": "member", "starts_on": "2026-11-01"},
    )

    assert page.status_code == 422
    assert not Seat.objects.filter(person=stranger).exists()


def test_a_seat_is_ended_on_its_page(client):
    table, local, _ = a_table()
    seat = SeatFactory(body=table)

    signed_in(client, local).post(
        f"/concertations/sieges/{seat.pk}/terminer/", {"on": "2026-11-30"}
    )

    assert str(Seat.objects.get(pk=seat.pk).ends_on) == "2026-11-30"


def test_the_page_says_why_the_last_coordinator_stays(client):
    table, local, _ = a_table()
    seat = table.seats.get(person=local)

    page = signed_in(client, local).get(f"/concertations/sieges/{seat.pk}/terminer/")

    assert page.status_code == 409
    assert "L’instance n’aurait plus de coordination" in page.text


def test_a_territory_covers_several_places_of_the_region(client):
    table, _, regional = a_table()
    west, east = an_mrc("080", "La Matanie"), an_mrc("090", "La Mitis")
    other = Place.objects.add_root(
        instance=Place(code="R09", name="Côte-Nord", sort_key="cote-nord", kind="region")
    )
    address = f"/concertations/{table.alliance.pk}/territoires/nouveau/"
    signed_in(client, regional)

    refused = client.post(address, {"name": "Est", "places": [other.pk], "version": 1})
    client.post(address, {"name": "Est", "places": [west.pk, east.pk], "version": 1})

    territory = table.alliance.territories.get()
    assert refused.status_code == 422
    assert 'value="Est"' in refused.text
    assert {p.name for p in territory.places.all()} == {"La Matanie", "La Mitis"}
    assert "La Mitis" in client.get(table.alliance.get_absolute_url()).text


def test_thresholds_say_what_they_do_and_the_envelope_reads_french_amounts(client):
    table, _, regional = a_table()
    OrganisationFactory(name="MRC de La Matanie")
    address = f"/concertations/{table.alliance.pk}/modifier/"
    signed_in(client, regional)

    form = client.get(address).text
    client.post(
        address,
        thresholds(
            floor_weeks=10,
            tolerance_weeks=0,
            envelope="1 250 000,50",
            mandataire="mrc de la matanie",
            cosigners="MRC de La Matanie\n",
        ),
    )

    alliance = Alliance.objects.get(pk=table.alliance.pk)
    assert "sur ce nombre de dernières semaines" in form
    assert (alliance.floor_weeks, str(alliance.envelope)) == (10, "1250000.50")
    assert alliance.tolerance_weeks == 0
    assert "ne baisse pas l’indice de continuité" in form
    assert alliance.mandataire.name == "MRC de La Matanie"
    assert [o.name for o in alliance.cosigners.all()] == ["MRC de La Matanie"]
    again = client.get(address).text
    assert "MRC de La Matanie" in again
    assert 'value="1250000,50"' in again


def test_a_threshold_of_zero_weeks_is_refused_with_what_was_typed(client):
    table, _, regional = a_table()

    page = signed_in(client, regional).post(
        f"/concertations/{table.alliance.pk}/modifier/", thresholds(gap_weeks=0, name="Nouveau nom")
    )

    assert page.status_code == 422
    assert 'value="Nouveau nom"' in page.text
    assert Alliance.objects.get(pk=table.alliance.pk).gap_weeks == 6


def test_the_second_of_two_people_is_told_what_changed_and_keeps_what_was_typed(client):
    table, _, regional = a_table()
    address = f"/concertations/instances/{table.pk}/modifier/"
    signed_in(client, regional)
    typed = {"name": "Table de La Matanie", "level": "local", "contact": "", "version": 1}
    client.post(address, {**typed, "name": "Table Matanie"})

    told = client.post(address, typed)

    assert told.status_code == 422
    assert "Cette fiche a changé pendant que vous écriviez." in told.text
    assert (
        printed(f"{regional.name} a changé « nom », qui dit maintenant : Table Matanie.")
        in told.text
    )
    assert 'value="Table de La Matanie"' in told.text
    assert Body.objects.get(pk=table.pk).name == "Table Matanie"

    client.post(address, {**typed, "version": told.context["form"]["version"].value()})

    assert Body.objects.get(pk=table.pk).name == "Table de La Matanie"


def test_the_same_edition_sent_twice_is_done_once_and_names_nobody(client):
    table, _, regional = a_table()
    address = f"/concertations/instances/{table.pk}/modifier/"
    signed_in(client, regional)
    typed = {"name": "Table Matanie", "level": "local", "contact": "", "version": 1}
    first = client.post(address, typed)
    kept = Body.objects.get(pk=table.pk)

    again = client.post(address, typed)

    assert (again.status_code, again.url) == (302, first.url)
    assert Body.objects.get(pk=table.pk).version == kept.version == 2


def test_two_bodies_of_an_alliance_do_not_share_a_name(client):
    table, _, regional = a_table()

    page = signed_in(client, regional).post(
        f"/concertations/{table.alliance.pk}/instances/nouvelle/",
        {"name": table.name, "level": "local", "version": 1},
    )

    assert page.status_code == 422
    assert "Ce nom est déjà pris dans cette Alliance." in page.text


@pytest.mark.parametrize("address", ["/concertations/", "/concertations/organismes/"])
def test_an_empty_list_says_what_would_be_there(client, address):
    signed_in(client, PersonFactory())

    page = client.get(address, {"mots": "introuvable", "mrc": "???", "tri": "rien", "apres": "x"})

    assert page.status_code == 200
    assert 'class="empty"' in page.text
    assert "Enlever les filtres" in page.text


def test_a_place_shows_the_bodies_that_cover_it_and_not_the_others(client):
    mrc = an_mrc()
    territory = TerritoryFactory()
    territory.places.add(mrc)
    here = BodyFactory(alliance=territory.alliance, territory=territory, name="Table Matanie")
    elsewhere = TerritoryFactory(alliance=territory.alliance)
    elsewhere.places.add(an_mrc("090", "La Mitis"))
    BodyFactory(alliance=territory.alliance, territory=elsewhere, name="Table Mitis")
    regional = BodyFactory(alliance=territory.alliance, level="regional", name="Table régionale")

    page = client.get("/concertations/territoire/080/")

    assert {b.name for b in page.context["bodies"]} == {here.name, regional.name}
    assert [a.name for a in page.context["alliances"]] == [territory.alliance.name]
    assert client.get("/concertations/territoire/inconnu/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_for_one_or_thirty(client, django_assert_max_num_queries, count):
    table, local, _ = a_table()
    for rank in range(count):
        territory = TerritoryFactory(alliance=table.alliance)
        territory.places.add(an_mrc(f"0{rank:02d}", f"MRC {rank}"))
        SeatFactory(body=table, organisation=OrganisationFactory(place=territory.places.get()))
        BodyFactory(alliance=table.alliance, territory=territory)
        AllianceFactory(plan=table.alliance.plan)
        MembershipFactory(organisation=Organisation.objects.first())
    signed_in(client, local)
    organisation = Organisation.objects.first()

    for path, most in [
        ("/concertations/", 6),
        (table.alliance.get_absolute_url(), 10),
        (table.get_absolute_url(), 9),
        ("/concertations/organismes/", 8),
        (organisation.get_absolute_url(), 12),
        ("/concertations/territoire/R01/", 6),
    ]:
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
