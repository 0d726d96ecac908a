"""A long round is read by pages, by territory and by state, and decided from where one is."""

import re

import pytest
from django.conf import settings

from jonction.support.models import Proposal
from tests.factories import AllianceFactory, NeedFactory, ResourceFactory
from tests.support.rounds import FIRST, LAST, a_need, asked_of, computed, coordinator_of

pytestmark = pytest.mark.django_db


def a_long_round(count, client):
    """Return a round with that many pairs in each of two territories, and its address."""
    alliance = AllianceFactory()
    needs = [a_need(alliance, name, quarters_per_week=4) for name in ("La Mitis", "La Matanie")]
    coordinator = coordinator_of(alliance)
    asked = computed(asked_of(alliance, coordinator))
    giver = ResourceFactory(alliance=alliance, name="Ginette Lavoie")
    for need in needs:
        more = NeedFactory.create_batch(count, process=need.process, text="Animer le comité")
        Proposal.objects.bulk_create(
            Proposal(
                round=asked, need=one, resource=giver, quarters_per_week=4, starts_on=FIRST,
                ends_on=LAST, reasons=[],
            )
            for one in more
        )  # fmt: skip
    client.force_login(coordinator, backend=settings.AUTHENTICATION_BACKENDS[0])
    return asked, asked.get_absolute_url()


def lines(page):
    return re.findall(r'id="proposition-(\d+)"', page.text)


def test_a_long_round_is_read_fifty_pairs_at_a_time(client):
    _asked, address = a_long_round(40, client)

    first, second = client.get(address), client.get(f"{address}?page=2")
    beyond = client.get(f"{address}?page=99")

    assert [len(lines(page)) for page in (first, second, beyond)] == [50, 30, 30]
    assert len({*lines(first), *lines(second)}) == 80
    assert "?page=2#propositions" in first.text
    assert "80 propositions." in first.text
    # what is adopted for a territory is not what the page shows of it
    assert "Adopter les 40 propositions à décider" in second.text.replace("\u00a0", " ")


@pytest.mark.parametrize("wrong", ["territoire=x", "etat=x", "page=-1", f"page={'9' * 40}"])
def test_an_address_said_wrongly_shows_the_beginning(client, wrong):
    _asked, address = a_long_round(6, client)

    assert len(lines(client.get(f"{address}?{wrong}"))) == 12


def test_a_round_is_narrowed_to_a_territory_and_a_state(client):
    asked, address = a_long_round(6, client)
    place = asked.alliance.territories.get(name="La Mitis")
    there = asked.proposals.filter(need__process__body__territory=place)
    Proposal.objects.filter(pk=there[0].pk).update(status="refused")

    page = client.get(f"{address}?territoire={place.pk}&etat=proposed")

    assert {int(pk) for pk in lines(page)} == {one.pk for one in there if one.status == "proposed"}
    assert f'<option value="{place.pk}" selected>La Mitis' in page.text
    assert "Enlever les filtres" in page.text


def test_whoever_decides_in_the_list_goes_on_from_there(client):
    _asked, address = a_long_round(40, client)
    pk = lines(client.get(f"{address}?page=2"))[3]

    done = client.post(
        f"/accompagnement/jumelage/propositions/{pk}/adopter/", {"liste": "?page=2&x=//evil.ca"}
    )

    assert done.url == f"{address}?page=2#proposition-{pk}"
    assert Proposal.objects.get(pk=pk).status == "adopted"


def test_one_comes_back_from_a_pair_to_where_it_stands(client):
    _asked, address = a_long_round(40, client)
    pk = lines(client.get(f"{address}?page=2"))[3]
    pair = client.get(f"/accompagnement/jumelage/propositions/{pk}/")

    back = client.get(f"{address}?autour={pk}")

    assert f'href="{address}?autour={pk}#proposition-{pk}"' in pair.text
    assert pk in lines(back)
    assert 'name="liste" value="?page=2"' in back.text


@pytest.mark.parametrize("count", [6, 60])
def test_a_round_costs_as_many_questions_however_long(client, count, django_assert_num_queries):
    _asked, address = a_long_round(count, client)
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)
