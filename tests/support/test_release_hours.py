"""The hours that a release gives end with it, in the same gesture or by one button."""

from datetime import timedelta

import pytest

from jonction.core.verdicts import Refused
from jonction.support.actions import directory as actions
from jonction.support.models import Capacity, ReleaseAgreement
from tests.factories import TODAY, ReleaseFactory
from tests.support.test_mandates import alliance_coordinator
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BEFORE, AFTER = TODAY - 30 * DAY, TODAY + 60 * DAY


def given(**facts):
    """Return a release agreed, with its hours offered, and who coordinates."""
    facts = {"starts_on": BEFORE, "ends_on": AFTER, "quarters_per_week": 28, **facts}
    release = ReleaseFactory(**facts)
    coordinator = alliance_coordinator(release.resource.alliance)
    actions.agree_release(release, actor=coordinator, today=TODAY, is_offered=True)
    return release, coordinator


def offered():
    return list(Capacity.objects.values_list("quarters_per_week", "starts_on", "ends_on"))


def test_a_release_that_ends_takes_its_hours_along_when_that_is_asked(client):
    release, coordinator = given()
    Capacity.objects.create(
        resource=release.resource,
        quarters_per_week=8,
        starts_on=AFTER + DAY,
        ends_on=AFTER + 9 * DAY,
    )
    page = signed_in(client, coordinator).get(release.get_absolute_url())

    client.post(
        f"{release.get_absolute_url()}terminer/",
        {"terminer-word": "Poste coupé", "terminer-are_hours_ended": "on"},
    )

    assert "Ne plus offrir les heures qui en viennent" in page.text
    hours = printed("7 h par semaine, du 24 octobre 2026 au 22 janvier 2027")
    assert hours in printed(page.text)
    assert offered() == [(28, BEFORE, TODAY), (8, AFTER + DAY, AFTER + 9 * DAY)]


def test_hours_that_nobody_gives_any_more_are_shown_and_ended_by_one_button(client):
    release, coordinator = given()
    signed_in(client, coordinator)
    client.post(f"{release.get_absolute_url()}terminer/", {"terminer-word": "Poste coupé"})
    page = client.get(release.get_absolute_url())

    client.post(f"{release.get_absolute_url()}heures/")

    assert "Heures offertes qui ne tiennent plus" in printed(page.text)
    assert offered() == [(28, BEFORE, TODAY)]
    after = client.get(release.get_absolute_url())
    assert "Heures offertes" not in after.text
    assert client.post(f"{release.get_absolute_url()}heures/").status_code == 409


def test_a_renewal_refused_leaves_the_hours_of_the_agreement_before_it(client):
    release, coordinator = given()
    facts = {"actor": coordinator, "today": TODAY}
    renewal = actions.renew_release(release, **facts, ends_on=AFTER + 300 * DAY)
    Capacity.objects.update(ends_on=AFTER + 300 * DAY)  # said in advance
    page = signed_in(client, coordinator).get(renewal.get_absolute_url())

    actions.refuse_release(renewal, **facts, word="Gel des postes", are_hours_ended=True)

    assert "Heures offertes qui en viennent" in printed(page.text)
    assert offered() == [(28, BEFORE, AFTER)]


def test_hours_that_stand_are_neither_shown_as_lost_nor_ended(client):
    release, coordinator = given()
    refused = ReleaseFactory(resource=release.resource, quarters_per_week=28)
    facts = {"actor": coordinator, "today": TODAY}

    with pytest.raises(Refused, match="tient encore"):
        actions.end_release_hours(release, **facts)
    actions.refuse_release(refused, **facts, word="Non", are_hours_ended=True)

    assert offered() == [(28, BEFORE, AFTER)]
    page = signed_in(client, coordinator).get(refused.get_absolute_url())
    assert "Heures offertes" not in page.text


def test_another_release_of_as_many_hours_keeps_them_offered():
    release, coordinator = given()
    other = ReleaseFactory(
        resource=release.resource, quarters_per_week=28, starts_on=BEFORE, ends_on=AFTER
    )
    facts = {"actor": coordinator, "today": TODAY}
    actions.agree_release(other, **facts)

    actions.end_release(release, **facts, word="Une autre la remplace", are_hours_ended=True)

    assert offered() == [(28, BEFORE, AFTER)]
    assert ReleaseAgreement.objects.get(pk=release.pk).ends_on == TODAY
