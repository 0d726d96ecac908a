"""A mandate is extended in one gesture, and only if the person agrees."""

from datetime import date, timedelta

import pytest

from jonction.core.models import Message, Trace
from jonction.core.verdicts import Refused
from jonction.support.actions import mandate as actions
from jonction.support.actions.resource import offer_capacity
from jonction.support.continuity import foreseen_of
from jonction.support.extension import best_end
from jonction.support.models import HandOver, Mandate
from tests.factories import (
    TODAY,
    MandateFactory,
    PersonFactory,
    ReleaseFactory,
)
from tests.support.test_mandates import coordinator_of
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db

# the stages of the factory: planning until 2026-12-29, calls until 2027-03-30
STAGE_ENDS = date(2027, 3, 30)


@pytest.fixture
def mandate():
    return MandateFactory(
        ends_on=date(2026, 12, 18),
        dimensions=["governance", "management", "operations", "communication"],
    )


@pytest.fixture
def coordinator(mandate):
    return coordinator_of(mandate.process.body)


def asked(mandate, coordinator, until=STAGE_ENDS):
    return actions.extend_mandate(mandate, actor=coordinator, today=TODAY, until=until)


def breaks(mandate):
    return [one.breaking.breaks_on for one in foreseen_of([mandate.process], today=TODAY)]


def test_an_extension_moves_the_end_once_the_person_agrees(mandate, coordinator):
    extension = asked(mandate, coordinator)
    before = Mandate.objects.get(pk=mandate.pk).ends_on
    broken = breaks(mandate)

    actions.accept_mandate(extension, actor=mandate.resource.person, today=TODAY)

    after = Mandate.objects.get(pk=mandate.pk)
    assert (before, after.ends_on, after.status) == (date(2026, 12, 18), STAGE_ENDS, "active")
    assert Mandate.objects.get(pk=extension.pk).status == "joined"
    assert (bool(broken), breaks(mandate)) == (True, [])
    line = Trace.of(mandate).get(verb="support.mandate.extended")
    assert line.facts == {"was": "2026-12-18", "until": "2027-03-30"}


def test_the_same_is_asked_as_is_held(mandate, coordinator):
    extension = asked(mandate, coordinator)

    names = ("process", "resource", "level", "stages", "dimensions", "mode", "quarters_per_week")
    assert {n: getattr(extension, n) for n in names} == {n: getattr(mandate, n) for n in names}
    assert (extension.status, extension.starts_on) == ("proposed", date(2026, 12, 19))


def test_who_declines_stops_as_foreseen(mandate, coordinator):
    extension = asked(mandate, coordinator)

    actions.decline_mandate(
        extension, actor=mandate.resource.person, today=TODAY, word="Autre poste"
    )

    assert Mandate.objects.get(pk=mandate.pk).ends_on == date(2026, 12, 18)
    assert Mandate.objects.get(pk=extension.pk).word == "Autre poste"
    assert asked(mandate, coordinator).pk != extension.pk


def test_it_is_asked_once_at_a_time_and_may_be_taken_back(mandate, coordinator):
    extension = asked(mandate, coordinator)

    with pytest.raises(Refused, match="attend déjà sa réponse"):
        asked(mandate, coordinator, date(2027, 1, 15))
    actions.withdraw_mandate(extension, actor=coordinator, today=TODAY)

    assert asked(mandate, coordinator, date(2027, 1, 15)).ends_on == date(2027, 1, 15)


def test_nobody_extends_for_somebody_who_can_sign_in(mandate, coordinator):
    extension = asked(mandate, coordinator)

    with pytest.raises(Refused, match="La réponse appartient"):
        actions.accept_mandate(extension, actor=coordinator, today=TODAY)


def test_the_person_is_asked_and_who_asked_is_told(
    mandate, coordinator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        extension = asked(mandate, coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        actions.accept_mandate(extension, actor=mandate.resource.person, today=TODAY)

    assert list(Message.objects.order_by("pk").values_list("person", "subject")) == [
        (mandate.resource.person.pk, "Une prolongation de mandat vous est proposée"),
        (coordinator.pk, "La prolongation proposée est acceptée"),
    ]
    said = Message.objects.get(person=coordinator).body
    assert "il finit maintenant le 30 mars 2027" in said


def test_hours_beyond_those_offered_are_shown_then_refused(client, mandate, coordinator):
    facts = {"actor": mandate.resource.person, "today": TODAY}
    days = {"starts_on": TODAY, "ends_on": date(2027, 12, 31)}
    offer_capacity(mandate.resource, **facts, quarters_per_week=40, **days)
    MandateFactory(
        resource=mandate.resource,
        process=mandate.process,
        quarters_per_week=30,
        starts_on=date(2027, 2, 1),
    )
    page = signed_in(client, coordinator).get(f"{mandate.get_absolute_url()}prolonger/")
    extension = asked(mandate, coordinator)

    with pytest.raises(Refused) as refusal:
        actions.accept_mandate(extension, **facts)

    reason = (
        f"À partir du 1er février 2027, {mandate.resource} serait à 11,5 h par semaine "
        "pour 10 h offertes."
    )
    assert str(refusal.value) == printed(reason)
    shown = [
        (one.starts_on, one.ends_on, before, one.promised, one.offered, one.is_over)
        for one, before in page.context["hours"]
    ]
    assert shown == [
        (date(2026, 12, 19), date(2027, 1, 31), 0, 16, 40, False),
        (date(2027, 2, 1), STAGE_ENDS, 30, 46, 40, True),
    ]
    assert printed(reason) in page.text


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("proposed", "attend encore sa réponse"),
        ("suspended", "suspendu"),
        ("ended", "fermé"),
        ("declined", "fermé"),
        ("joined", "fermé"),
    ],
)
def test_only_an_active_mandate_is_extended(mandate, coordinator, status, reason):
    Mandate.objects.filter(pk=mandate.pk).update(status=status)

    with pytest.raises(Refused, match=reason):
        asked(mandate, coordinator)

    assert Mandate.objects.count() == 1


@pytest.mark.parametrize(
    ("until", "reason"),
    [
        (date(2026, 12, 18), "va déjà jusqu’au 18 décembre 2026"),
        (date(2026, 12, 1), "va déjà jusqu’au 18 décembre 2026"),
        (date(2029, 4, 1), "Le plan de l’Alliance finit le 31 mars 2029"),
        (date(2028, 7, 1), "La libération de"),
        (date(2028, 9, 1), "part le 1er août 2028"),
    ],
)
def test_an_end_that_cannot_hold_is_refused_with_its_day(
    client, mandate, coordinator, until, reason
):
    resource = mandate.resource
    if "libération" in reason:
        ReleaseFactory(resource=resource, status="agreed", ends_on=date(2028, 6, 30))
    if "part" in reason:
        resource.leaves_on = date(2028, 8, 1)
        resource.save()
    address = f"{mandate.get_absolute_url()}prolonger/"

    page = signed_in(client, coordinator).post(address, {"until": until.isoformat()})

    assert page.status_code == 422
    assert reason in page.text
    assert f'value="{until.isoformat()}"' in page.text
    assert Mandate.objects.count() == 1


def test_a_day_already_past_is_not_asked(mandate, coordinator):
    mandate.ends_on = TODAY - timedelta(days=20)
    mandate.save()

    with pytest.raises(Refused, match="est passé"):
        asked(mandate, coordinator, TODAY - timedelta(days=3))


def test_only_the_coordination_asks(mandate):
    for person in (mandate.resource.person, PersonFactory()):
        with pytest.raises(Refused, match="prolongé par la coordination"):
            asked(mandate, person)


def test_a_mandate_shortened_meanwhile_is_not_extended_by_an_old_offer(mandate, coordinator):
    extension = asked(mandate, coordinator)
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=date(2026, 12, 10))

    with pytest.raises(Refused, match="a changé depuis"):
        actions.accept_mandate(
            Mandate.objects.get(pk=extension.pk), actor=mandate.resource.person, today=TODAY
        )

    assert Mandate.objects.get(pk=mandate.pk).ends_on == date(2026, 12, 10)


def test_who_ends_a_mandate_takes_back_what_would_extend_it(mandate, coordinator):
    extension = asked(mandate, coordinator)

    actions.end_mandate(
        mandate,
        actor=mandate.resource.person,
        today=TODAY,
        on=TODAY + timedelta(days=3),
        word="Autre poste",
    )

    assert Mandate.objects.get(pk=extension.pk).status == "withdrawn"
    assert HandOver.objects.get().mandate == mandate


def test_the_end_offered_fills_the_hole_else_ends_the_stages(mandate):
    other = MandateFactory(process=mandate.process, ends_on=date(2026, 12, 24), stages=["planning"])
    after_all = MandateFactory(process=mandate.process, ends_on=date(2027, 6, 30))

    assert best_end(mandate, today=TODAY) == STAGE_ENDS
    assert best_end(other, today=TODAY) == date(2026, 12, 29)
    assert best_end(after_all, today=TODAY) == date(2027, 9, 29)


def test_from_the_break_to_the_answer(client, mandate, coordinator):
    signed_in(client, coordinator)
    link = f"{mandate.get_absolute_url()}prolonger/?jusqua=2027-03-30"
    places = [f"/accompagnement/continuite/{mandate.process.pk}/", "/bureau/"]
    linked = [link in client.get(place).text for place in places]
    form = client.get(link).context["form"]

    looked = client.post(link, {"until": "2027-03-29", "regarder": "1"})
    none_yet = Mandate.objects.count()
    client.post(link, form.initial)
    extension = Mandate.objects.get(extends=mandate)
    shown = client.get(mandate.get_absolute_url()).text
    again = client.get(link).text
    signed_in(client, mandate.resource.person)
    told = client.post(f"{extension.get_absolute_url()}accepter/", follow=True).text

    assert linked == [True, True]
    assert (looked.status_code, none_yet) == (200, 1)
    assert "attend sa réponse" in shown
    assert "attend déjà sa réponse" in again
    assert "prolongation faite" in told
    assert Mandate.objects.get(pk=mandate.pk).ends_on == STAGE_ENDS


def test_a_member_reads_why_she_does_not_extend(client, mandate):
    page = signed_in(client, mandate.resource.person).get(f"{mandate.get_absolute_url()}prolonger/")

    assert "prolongé par la coordination" in page.text
    assert '<form class="stack card"' not in page.text


def test_an_address_without_a_day_offers_the_best_one(client, mandate, coordinator):
    address = f"{mandate.get_absolute_url()}prolonger/"

    page = signed_in(client, coordinator).get(address, {"jusqua": "2026-02-31"})

    assert page.context["form"].initial == {"until": STAGE_ENDS}
