import pytest

from jonction.engines.words import fold
from jonction.territories.actions import load_places
from jonction.territories.models import Place
from jonction.territories.queries import counties_by_name, legal_zones, places_below

pytestmark = pytest.mark.django_db


def test_the_regions_and_the_mrc_of_quebec_load_once():
    assert load_places() == 123  # the province, 17 regions, 104 MRC, Blanc-Sablon
    assert load_places() == 0


def test_an_mrc_bears_a_true_apostrophe_and_is_known_by_either():
    load_places()

    assert not Place.objects.filter(name__contains="'").exists()
    assert Place.objects.get(name="L’Île-d’Orléans") == counties_by_name()[fold("L'Île-d'Orléans")]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Communauté maritime des Îles-de-la-Madeleine", "America/Halifax"),
        ("Blanc-Sablon", "America/Blanc-Sablon"),
        ("Le Golfe-du-Saint-Laurent", "America/Toronto"),
        ("La Mitis", "America/Toronto"),
    ],
)
def test_a_place_keeps_the_legal_time_of_the_nearest_place_that_says_one(name, zone):
    load_places()
    place = Place.objects.get(name=name)
    quarter = Place(code="X1", name="Un quartier", sort_key="un quartier", kind="municipality")
    Place.objects.add_child(place, instance=quarter)

    zones = legal_zones(Place.objects.filter(name__in=[name, "Un quartier"]))

    assert set(zones.values()) == {zone}
    assert len(zones) == 2


def test_legal_times_are_read_in_one_query(django_assert_num_queries):
    load_places()
    places = list(Place.objects.all())

    with django_assert_num_queries(1):
        legal_zones(places)


def test_the_page_of_a_place_names_its_legal_time(client):
    load_places()

    assert "heure normale de l’Atlantique" in client.get("/territoires/98005/").text
    assert "heure de l’Est" in client.get("/territoires/R09/").text


def test_places_follow_the_french_alphabet():
    load_places()

    names = [place.name for place in places_below(Place.objects.get(code="R05"))]

    assert names == sorted(names, key=lambda n: n.replace("É", "E").replace("è", "e").casefold())
