import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.core.versions import changes_since, rewrite
from jonction.governance.models import Body
from tests.factories import BodyFactory, PersonFactory, TerritoryFactory, a_region
from tools.messages import printed

pytestmark = pytest.mark.django_db


def test_writing_counts_a_version_and_traces_the_fields_without_their_values():
    body = BodyFactory(name="Avant", contact="418 555-0100")

    changed = rewrite(
        body, {"name": "Après", "contact": "418 555-0100"}, version=1, actor=PersonFactory()
    )

    body.refresh_from_db()
    assert (changed, body.name, body.version) == (["name"], "Après", 2)
    trace = Trace.objects.get()
    assert (trace.verb, trace.facts) == (
        "governance.body.edited",
        {"fields": ["name"], "version": 2},
    )


def test_nothing_is_written_when_nothing_differs():
    territory = TerritoryFactory()
    territory.places.add(a_region())

    assert rewrite(territory, {"places": [a_region()]}, version=1, actor=PersonFactory()) == []
    assert Trace.objects.count() == 0


def test_the_second_of_two_writings_is_refused_and_changes_nothing():
    body = BodyFactory(name="Avant")
    read_before = Body.objects.get(pk=body.pk)
    rewrite(body, {"name": "Premier"}, version=1, actor=PersonFactory())

    with pytest.raises(Refused, match="vient de modifier"):
        rewrite(read_before, {"name": "Second"}, version=1, actor=PersonFactory())

    assert Body.objects.get().name == "Premier"
    assert Trace.objects.count() == 1


def test_what_changed_is_told_field_by_field_with_its_last_writer():
    body = BodyFactory(name="Avant", level="local", contact="418 555-0100")
    first, second = PersonFactory(name="Marie Roy"), PersonFactory(name="Luc Côté")
    rewrite(body, {"name": "Milieu", "level": "regional"}, version=1, actor=first)
    rewrite(body, {"name": "Après", "contact": ""}, version=2, actor=second)

    assert changes_since(body, 1) == [
        printed("Luc Côté a changé « nom », qui dit maintenant : Après."),
        printed("Marie Roy a changé « niveau », qui dit maintenant : processus régional."),
        printed("Luc Côté a changé « qui appeler », qui dit maintenant : rien."),
    ]
    assert changes_since(body, 3) == []
