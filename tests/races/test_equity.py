"""What two people who appraise a territory could break together."""

import pytest

from jonction.core.versions import rewrite
from jonction.support.actions.equity import set_method
from jonction.support.actions.profile import adopt_profile, appraise_factor, open_profile
from jonction.support.models import Appraisal, EquityMethod, StartingProfile
from tests.factories import TODAY, BodyFactory, TerritoryFactory
from tests.races.meeting import meet
from tests.support.lands import FACTS
from tests.support.test_mandates import alliance_coordinator, coordinator_of

pytestmark = pytest.mark.django_db(transaction=True)


def a_draft(territory=None):
    """Return a draft with one value, and who holds the pen."""
    territory = territory or TerritoryFactory()
    body = BodyFactory(alliance=territory.alliance, territory=territory)
    coordinator = coordinator_of(body)
    profile = open_profile(body, actor=coordinator, today=TODAY)
    Appraisal.objects.filter(profile=profile, factor="release").update(value=3)
    return profile, coordinator


def signing(profile, actor):
    facts = {"signed_on": TODAY, "present": 9}
    return lambda: adopt_profile(profile, actor=actor, today=TODAY, **facts)


def test_two_who_open_a_draft_at_once_have_one():
    territory = TerritoryFactory()
    body = BodyFactory(alliance=territory.alliance, territory=territory)
    coordinator = coordinator_of(body)

    def opens():
        return lambda: open_profile(body, actor=coordinator, today=TODAY)

    assert meet(opens, opens) == ["done", "Refused"]
    assert StartingProfile.objects.count() == 1


def test_what_is_being_signed_is_not_written_meanwhile():
    profile, coordinator = a_draft()
    appraisal = profile.appraisals.get(factor="release")

    def writes():
        return lambda: appraise_factor(
            appraisal, actor=coordinator, today=TODAY, version=1, changes={"value": 5}
        )

    assert meet(lambda: signing(profile, coordinator), writes) == ["done", "Refused"]
    assert Appraisal.objects.get(pk=appraisal.pk).value == 3


def test_without_the_lock_a_signed_value_would_change():
    profile, coordinator = a_draft()
    appraisal = profile.appraisals.get(factor="release")

    def writes():
        return lambda: rewrite(appraisal, {"value": 5}, version=1, actor=coordinator)

    meet(lambda: signing(profile, coordinator), writes)

    assert StartingProfile.objects.get().status == "adopted"
    assert Appraisal.objects.get(pk=appraisal.pk).value == 5


def test_two_bodies_of_a_territory_that_sign_at_once_leave_one_profile_in_force():
    first, one = a_draft()
    second, other = a_draft(first.territory)

    met = meet(lambda: signing(first, one), lambda: signing(second, other))

    assert met == ["done", "done"]
    assert dict(StartingProfile.objects.values_list("pk", "status")) == {
        first.pk: "superseded",
        second.pk: "adopted",
    }


def test_two_methods_chosen_at_once_are_two_versions():
    alliance = TerritoryFactory().alliance
    coordinator = alliance_coordinator(alliance)

    def chooses():
        return lambda: set_method(alliance, actor=coordinator, today=TODAY, **FACTS)

    assert meet(chooses, chooses) == ["done", "done"]
    assert sorted(EquityMethod.objects.values_list("number", flat=True)) == [1, 2]
