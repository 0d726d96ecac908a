import pytest

from jonction.territories.actions import load_places
from jonction.territories.models import Place
from jonction.territories.queries import places_below

pytestmark = pytest.mark.django_db


def test_the_regions_and_the_mrc_of_quebec_load_once():
    assert load_places() == 122  # the province, 17 regions, 104 MRC and equivalents
    assert load_places() == 0


def test_the_islands_keep_atlantic_time():
    load_places()

    zones = set(Place.objects.exclude(time_zone="America/Toronto").values_list("name", "time_zone"))

    assert zones == {("Communauté maritime des Îles-de-la-Madeleine", "America/Halifax")}


def test_places_follow_the_french_alphabet():
    load_places()

    names = [place.name for place in places_below(Place.objects.get(code="R05"))]

    assert names == sorted(names, key=lambda n: n.replace("É", "E").replace("è", "e").casefold())
