import pytest
from django.conf import settings
from django.core.management import call_command

from tests.factories import MandateFactory, ProcessFactory
from tests.support.test_actions import log

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_the_words_asked_are_marked_and_nothing_typed_becomes_a_tag(client):
    mandate = MandateFactory()
    log(mandate, text="<b>Pauvreté</b> et logement")

    page = signed_in(client, mandate.resource.person).get("/recherche/", {"q": "pauvrete <i>"})
    page = client.get("/recherche/", {"q": "logement pauvr"})

    assert "&lt;b&gt;<mark>Pauvreté</mark>&lt;/b&gt; et <mark>logement</mark></a>" in page.text
    assert 'value="logement pauvr"' in page.text


def test_a_visitor_searches_too_and_learns_nothing_of_what_is_reserved(client):
    log(MandateFactory(process__name="Délicate"), text="Note réservée", audience="open")
    call_command("reindex")

    page = client.get("/recherche/", {"q": "délicate"})
    reserved = client.get("/recherche/", {"q": "réservée"})
    kind = client.get("/recherche/", {"q": "réservée", "genre": "support.intervention"})

    assert "<mark>Délicate</mark>" in page.text
    assert "Rien ne correspond" in reserved.text
    assert "Se connecter pour chercher aussi" in reserved.text
    assert "Note" not in reserved.text + kind.text
    assert kind.context["listing"].count == 0


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("q=a", "C’est trop court pour chercher"),
        ("q=zzz&genre=support.secret", "Rien ne correspond"),
        ("q=zzz&genre=cycle.process&apres=zzz", "Cette page de la liste n’existe pas"),
    ],
)
def test_a_question_without_answer_is_answered_in_a_sentence(client, address, sentence):
    assert sentence in client.get(f"/recherche/?{address}").text


def test_a_page_without_question_says_nothing_yet(client):
    page = client.get("/recherche/")

    assert (page.status_code, "trop court" in page.text) == (200, False)


def test_all_results_of_one_kind_are_read_page_by_page(client):
    for rank in range(45):
        ProcessFactory(name=f"Visite {rank}")
    call_command("reindex")

    first = client.get("/recherche/", {"q": "visite"})
    pages = [client.get("/recherche/", {"q": "visite", "genre": "cycle.process"})]
    while link := pages[-1].context["listing"].next_link:
        pages.append(client.get(f"/recherche/{link}"))

    assert "genre=cycle.process" in first.text
    assert [len(page.context["hits"]) for page in pages] == [20, 20, 5]
    assert len({hit.url for page in pages for hit in page.context["hits"]}) == 45


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("kind", ["", "support.intervention"])
def test_the_page_costs_the_same_for_one_result_or_many(
    client, django_assert_max_num_queries, kind, count
):
    mandate = MandateFactory(process__name="Visite")
    for _ in range(count):
        log(mandate, text="Visite", quarters=1)
    call_command("reindex")
    signed_in(client, mandate.resource.person)

    with django_assert_max_num_queries(8):
        page = client.get("/recherche/", {"q": "visite", "genre": kind})

    assert "<mark>Visite</mark>" in page.text
