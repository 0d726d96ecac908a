"""Who supports is found by name, home, territory and skills, by whoever may read of it."""

import pytest
from django.core.management import call_command
from django.utils.translation import override

from jonction.accounts.actions import forget_person, give_consent, withdraw_consent
from jonction.core.models import SearchEntry
from jonction.core.search import index_again
from jonction.core.search.matching import groups
from jonction.engines.words import question
from jonction.governance.actions import create_territory, edit_organisation, edit_territory
from jonction.support.actions import directory, resource
from jonction.support.models import Resource
from tests.factories import (
    TODAY,
    AllianceFactory,
    OrganisationFactory,
    PersonFactory,
    ResourceFactory,
    SeatFactory,
)
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def found(text, person=None):
    """Return how many resources answer, and the address of the first."""
    for group in groups(question(text), person, TODAY):
        if group.name == "support.resource":
            return group.count, group.hits[0].url
    return 0, ""


def added(**facts):
    alliance = AllianceFactory()
    actor = alliance_coordinator(alliance)
    facts = {"kind": "consultant", "email": "", "home": None, "territories": [], **facts}
    return resource.add_resource(alliance, actor=actor, today=TODAY, **facts), actor


def described(known, actor, **facts):
    facts = {"languages": [], "base": None, "is_published": False, "affinities": [], **facts}
    return directory.describe_resource(
        known, actor=actor, today=TODAY, version=known.version, **facts
    )


def test_a_resource_is_found_by_its_name_home_and_skills_as_soon_as_they_are_said():
    known, actor = added(name="Zélie Aubut", home=OrganisationFactory(name="CDC des Battures"))
    skill = {"stage": "review", "dimension": "communication", "function": "", "grade": 2}
    described(known, actor, skills=[skill])
    here = (1, known.get_absolute_url())

    for text in ("aubut", "battures", "zelie bilan", "communication", "consultante"):
        assert found(text, actor) == here, text
    facts = {"name": "Zélie Roy", "kind": "private", "home": None, "territories": []}
    resource.edit_resource(known, actor=actor, today=TODAY, version=known.version, **facts)
    assert found("roy", actor) == here
    assert [found(text, actor) for text in ("aubut", "battures")] == [(0, "")] * 2
    described(known, actor, skills=[])
    assert found("bilan", actor) == (0, "")


def test_the_words_are_french_whatever_the_language_of_whoever_writes():
    with override("en"):
        known, actor = added(name="Zélie Aubut")

    assert found("consultante", actor)[0] == 1
    call_command("reindex")
    assert found("consultante", actor)[0] == 1
    assert "consultante" in SearchEntry.objects.get(kind="support.resource").text
    assert known.name == "Zélie Aubut"


def test_only_who_takes_part_in_the_alliance_finds_a_resource_that_is_not_published():
    known = ResourceFactory(name="Zélie Aubut")
    elsewhere = alliance_coordinator(AllianceFactory())
    observer = SeatFactory(role="observer", body__alliance=known.alliance).person
    call_command("reindex")

    for person in (None, PersonFactory(), elsewhere, observer):
        assert found("aubut", person) == (0, "")
    for person in (known.person, alliance_coordinator(known.alliance)):
        assert found("aubut", person)[0] == 1


def test_everybody_finds_whoever_agreed_to_be_published_until_the_agreement_ends(client):
    known = ResourceFactory(name="Zélie Aubut")
    call_command("reindex")
    give_consent(known.person, actor=known.person, purpose="directory")

    count, address = found("aubut")
    page = client.get(address, follow=True)

    assert (count, page.redirect_chain) == (1, [(f"/accompagnement/repertoire/{known.pk}/", 302)])
    assert found("aubut", PersonFactory()) == (1, address)
    withdraw_consent(known.person, actor=known.person, purpose="directory")
    assert (found("aubut"), found("aubut", PersonFactory())) == ((0, ""), (0, ""))
    assert client.get(address).url.startswith("/compte/login/")
    assert signed_in(client, PersonFactory()).get(address).status_code == 404


def test_a_body_taken_out_of_the_directory_and_who_left_are_found_by_no_visitor():
    known, actor = added(name="Table des Aboiteaux")
    described(known, actor, skills=[], is_published=True)
    assert found("aboiteaux")[0] == 1

    described(known, actor, skills=[], is_published=False)
    assert (found("aboiteaux")[0], found("aboiteaux", actor)[0]) == (0, 1)
    Resource.objects.update(is_published=True, leaves_on="2026-11-22")
    assert found("aboiteaux")[0] == 0


def test_a_person_forgotten_is_found_under_her_name_no_more():
    known = ResourceFactory(name="Zélie Aubut")
    keeper = alliance_coordinator(known.alliance)
    call_command("reindex")
    assert found("aubut", keeper)[0] == 1

    forget_person(known.person, actor=known.person, today=TODAY)

    assert found("aubut", keeper)[0] == 0
    assert not SearchEntry.objects.filter(title__contains="Aubut").exists()


@pytest.mark.parametrize("count", [1, 30])
def test_indexing_costs_the_same_for_one_resource_or_many(django_assert_num_queries, count):
    for known in ResourceFactory.create_batch(count):
        known.skills.create(stage="review")
    keys = list(Resource.objects.values_list("pk", flat=True))

    with django_assert_num_queries(6):
        index_again(Resource, keys)


def test_a_resource_is_found_by_the_new_names_of_what_it_belongs_to(
    django_capture_on_commit_callbacks,
):
    home = OrganisationFactory(name="CDC des Battures")
    known, actor = added(name="Zélie Aubut", home=home)
    facts = {"name": "Pays des Monts", "places": []}
    territory = create_territory(known.alliance, actor=actor, today=TODAY, facts=facts)
    facts = {"name": known.name, "kind": known.kind, "home": home, "territories": [territory]}
    resource.edit_resource(known, actor=actor, today=TODAY, version=1, **facts)
    once = {"actor": actor, "today": TODAY, "version": 1}

    with django_capture_on_commit_callbacks(execute=True):
        edit_organisation(home, changes={"name": "CDC des Phares"}, **once)
        edit_territory(territory, changes={"name": "Pays des Vallons"}, **once)

    here = (1, known.get_absolute_url())
    assert [found(text, actor) for text in ("phares", "vallons")] == [here, here]
    assert [found(text, actor) for text in ("battures", "monts")] == [(0, ""), (0, "")]
