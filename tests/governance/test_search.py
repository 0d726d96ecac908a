"""What is written through the pages is found at once, by its words of today."""

import pytest

from jonction.core.search.matching import groups
from jonction.cycle.actions import open_process
from jonction.engines.words import question
from jonction.governance import actions
from tests.factories import TODAY, BodyFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


def found(text, person=None):
    return {group.name for group in groups(question(text), person, TODAY)}


def coordinator():
    return SeatFactory(role="coordinator", body__level="regional").person


def test_an_organisation_is_found_by_its_name_and_by_its_new_name_once_edited():
    actor = coordinator()
    facts = {"name": "Café de l’Érable", "neq": "1140000000"}
    made = actions.create_organisation(actor=actor, today=TODAY, facts=facts)

    assert found("erable", actor) == found("1140000000", actor) == {"governance.organisation"}
    actions.edit_organisation(
        made, actor=actor, today=TODAY, version=made.version, changes={"name": "Café du Quai"}
    )
    assert (found("erable", actor), found("quai", actor)) == (set(), {"governance.organisation"})


def test_a_visitor_finds_no_organisation():
    actions.create_organisation(actor=coordinator(), today=TODAY, facts={"name": "Café du Quai"})

    assert found("quai") == set()
    assert found("quai", PersonFactory()) == {"governance.organisation"}


def test_a_body_and_its_process_are_found_as_soon_as_they_are_written():
    regional = BodyFactory(level="regional")
    actor = SeatFactory(role="coordinator", body=regional).person
    facts = {"name": "Table des Plateaux", "level": "local"}
    body = actions.create_body(regional.alliance, actor=actor, today=TODAY, facts=facts)
    open_process(body, actor=actor, today=TODAY, name="Démarche des Aboiteaux")

    assert found("plateaux") == {"governance.body"}
    assert found("aboiteaux") == {"cycle.process"}
