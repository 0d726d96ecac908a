"""What a territory starts from: discussed, signed, superseded, and read by whom it should be."""

from datetime import timedelta

import pytest

from jonction.core.models import Trace
from jonction.core.verdicts import Refused
from jonction.support.actions.profile import (
    abandon_profile,
    adopt_profile,
    appraise_factor,
    open_profile,
)
from jonction.support.models import Appraisal, StartingProfile
from tests.factories import TODAY, BodyFactory, MandateFactory, SeatFactory, TerritoryFactory
from tests.support.profiles import DISSENT, WORDS, signed_profile
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in

pytestmark = pytest.mark.django_db


def a_body():
    territory = TerritoryFactory()
    return BodyFactory(alliance=territory.alliance, territory=territory)


def a_draft(body=None, value=3):
    body = body or a_body()
    coordinator = coordinator_of(body)
    profile = open_profile(body, actor=coordinator, today=TODAY)
    Appraisal.objects.filter(profile=profile, factor="release").update(value=value)
    return profile, coordinator


def sign(profile, actor, **changes):
    facts = {"signed_on": TODAY, "present": 11, **changes}
    return adopt_profile(profile, actor=actor, today=TODAY, **facts)


def test_a_profile_is_drafted_signed_and_superseded_by_the_next():
    first, coordinator = a_draft()
    sign(first, coordinator)
    second, _ = a_draft(first.body)
    sign(second, coordinator_of(first.body))

    assert dict(StartingProfile.objects.values_list("pk", "status")) == {
        first.pk: "superseded",
        second.pk: "adopted",
    }
    verbs = [trace.verb for trace in Trace.objects.order_by("pk")]
    assert verbs == [
        "support.startingprofile.draft",
        "support.startingprofile.adopted",
        "support.startingprofile.draft",
        "support.startingprofile.superseded",
        "support.startingprofile.adopted",
    ]


def test_a_signed_profile_is_never_written_again():
    profile, coordinator = a_draft()
    appraisal = profile.appraisals.first()
    sign(profile, coordinator)

    with pytest.raises(Refused, match="il ne change plus"):
        appraise_factor(appraisal, actor=coordinator, today=TODAY, version=1, changes={"value": 5})
    with pytest.raises(Refused, match="il ne change plus"):
        abandon_profile(profile, actor=coordinator, today=TODAY)
    assert Appraisal.objects.get(pk=appraisal.pk).value is None


def test_an_abandoned_draft_leaves_the_place_to_another():
    profile, coordinator = a_draft()
    abandon_profile(profile, actor=coordinator, today=TODAY)

    open_profile(profile.body, actor=coordinator, today=TODAY)

    assert StartingProfile.objects.filter(status="draft").count() == 1


def test_a_second_draft_is_refused():
    profile, coordinator = a_draft()

    with pytest.raises(Refused, match="déjà ouvert"):
        open_profile(profile.body, actor=coordinator, today=TODAY)


@pytest.mark.parametrize(
    ("value", "changes", "sentence"),
    [
        (None, {}, "Aucun facteur"),
        (3, {"signed_on": TODAY + timedelta(days=1)}, "dans l’avenir"),
    ],
)
def test_what_cannot_be_signed_says_why(value, changes, sentence):
    profile, coordinator = a_draft(value=value)

    with pytest.raises(Refused, match=sentence):
        sign(profile, coordinator, **changes)


def test_a_signature_does_not_come_before_the_profile_in_force():
    first, coordinator = a_draft()
    sign(first, coordinator)
    second, other = a_draft(first.body)

    with pytest.raises(Refused, match="plus récent"):
        sign(second, other, signed_on=TODAY - timedelta(days=30))


def test_a_body_without_territory_has_no_profile():
    body = BodyFactory()

    with pytest.raises(Refused, match="pas de territoire"):
        open_profile(body, actor=coordinator_of(body), today=TODAY)


def test_the_coordination_of_the_alliance_reads_and_does_not_write():
    profile, _ = a_draft()
    above = alliance_coordinator(profile.body.alliance)

    with pytest.raises(Refused, match="tenu par la coordination de l’instance"):
        sign(profile, above)


def test_each_person_reads_as_much_as_she_may(client):
    body = a_body()
    profile = signed_profile(body)
    regional = BodyFactory(alliance=body.alliance, level="regional")
    elsewhere = MandateFactory(process__body__alliance=body.alliance)
    readers = {
        "member": SeatFactory(body=body).person,
        "alliance": coordinator_of(regional),
        "elsewhere": elsewhere.resource.person,
        "observer": SeatFactory(body=regional, role="observer").person,
        "researcher": SeatFactory(body=regional, role="researcher").person,
    }

    read = {}
    for role, person in readers.items():
        page = signed_in(client, person).get(profile.get_absolute_url()).text
        read[role] = ("4, beaucoup" in page, WORDS in page, DISSENT in page)

    assert read == {
        "member": (True, True, True),
        "alliance": (True, True, True),
        "elsewhere": (True, False, False),
        "observer": (True, False, False),
        "researcher": (True, False, False),
    }


def test_the_values_of_a_small_room_do_not_leave_the_alliance(client):
    body = a_body()
    profile = signed_profile(body, present=4)
    regional = BodyFactory(alliance=body.alliance, level="regional")
    inside, observer = coordinator_of(regional), SeatFactory(body=regional, role="observer").person

    pages = [
        signed_in(client, person).get(address).text
        for person in (inside, observer)
        for address in (profile.get_absolute_url(), "/accompagnement/profils/")
    ]

    assert ["4, beaucoup" in pages[0], "4, beaucoup" in pages[2]] == [True, False]
    assert ["<td>4</td>" in pages[1], "<td>4</td>" in pages[3]] == [True, False]


def test_a_draft_is_read_by_its_body_and_the_coordination_of_the_alliance_only(client):
    profile, coordinator = a_draft()
    regional = BodyFactory(alliance=profile.body.alliance, level="regional")
    people = [
        coordinator,
        coordinator_of(regional),
        SeatFactory(body=BodyFactory(alliance=profile.body.alliance)).person,
        SeatFactory(body=regional, role="observer").person,
    ]

    answers = [
        signed_in(client, person).get(profile.get_absolute_url()).status_code for person in people
    ]

    assert answers == [200, 200, 404, 404]


def test_the_workshop_goes_from_one_factor_to_the_next_and_ends_on_the_whole(client):
    profile, coordinator = a_draft()
    signed_in(client, coordinator)
    address = f"/accompagnement/profils/{profile.pk}/atelier/{{}}/"
    said = {"value": "2", "words": "Peu de monde.", "dissent": "", "version": "1"}

    first = client.post(address.format("community_capital"), said)
    last = client.post(address.format("release"), {**said, "value": ""})

    assert first.url == address.format("resources")
    assert last.url == profile.get_absolute_url()
    written = Appraisal.objects.exclude(words="").values_list("factor", "value", "words")
    assert list(written) == [
        ("community_capital", 2, "Peu de monde."),
        ("release", None, "Peu de monde."),
    ]


def test_two_who_write_the_same_factor_are_told(client):
    profile, coordinator = a_draft()
    signed_in(client, coordinator)
    address = f"/accompagnement/profils/{profile.pk}/atelier/resources/"
    said = {"value": "2", "words": "", "dissent": "", "version": "1"}

    client.post(address, said)
    second = client.post(address, {**said, "value": "5"})

    assert second.status_code == 422
    assert "a changé pendant que vous écriviez" in second.text
    assert Appraisal.objects.get(factor="resources").value == 2


def test_signing_through_the_page_asks_for_the_date_and_the_room(client):
    profile, coordinator = a_draft()
    signed_in(client, coordinator)
    address = f"{profile.get_absolute_url()}adopter/"

    refused = client.post(address, {"adopter-signed_on": "2026-11-20", "adopter-present": "0"})
    done = client.post(address, {"adopter-signed_on": "2026-11-20", "adopter-present": "12"})

    assert (refused.status_code, done.status_code) == (422, 302)
    profile.refresh_from_db()
    assert (profile.status, profile.present) == ("adopted", 12)


def test_the_paper_kit_holds_the_five_questions(client):
    body = a_body()
    signed_in(client, coordinator_of(body))

    page = client.get(f"/accompagnement/profils/instance/{body.pk}/trousse/").text

    assert page.count('class="card sheet') == 7
    assert [n for n in range(1, 6) if f"Feuille {n} sur 5" not in page] == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_or_many(client, django_assert_num_queries, count):
    body = a_body()
    for _ in range(count):
        territory = TerritoryFactory(alliance=body.alliance)
        signed_profile(BodyFactory(alliance=body.alliance, territory=territory))
    signed_in(client, alliance_coordinator(body.alliance))

    with django_assert_num_queries(7):
        client.get("/accompagnement/profils/")


@pytest.mark.parametrize(("present", "shown"), [(11, "2"), (3, "")])
def test_the_profiles_leave_as_they_are_shown(client, present, shown):
    body = a_body()
    profile, coordinator = a_draft(body, value=2)
    sign(profile, coordinator, present=present)
    observer = SeatFactory(
        body=BodyFactory(alliance=body.alliance, level="regional"), role="observer"
    ).person
    signed_in(client, observer)

    page = client.get("/accompagnement/profils/export.csv")

    headers, row = b"".join(page).decode("utf-8-sig").splitlines()
    said = dict(zip(headers.split(";"), row.split(";"), strict=True))
    assert said["Territoire"] == body.territory.name
    assert said["Volonté des institutions de dégager leurs professionnels"] == shown
    assert said["Signé le"] == TODAY.isoformat()
    assert client.get("/accompagnement/profils/export.pdf").status_code == 404
