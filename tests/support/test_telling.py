"""Who is told of what, by which mail, and who is not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail

from jonction.accounts.models import Item
from jonction.accounts.telling import send_digests
from jonction.core.models import Message
from jonction.core.verdicts import Refused
from jonction.support.actions import mandate as mandates
from jonction.support.actions import need as needs
from jonction.support.actions.resource import announce_departure
from jonction.support.continuity import watch
from jonction.support.models import Alert
from jonction.support.queries.access import watched_processes
from tests.factories import (
    TODAY,
    BodyFactory,
    MandateFactory,
    NeedFactory,
    PersonFactory,
    ProcessFactory,
    ResourceFactory,
    SeatFactory,
)
from tests.support.test_mandates import alliance_coordinator, coordinator_of, propose

pytestmark = pytest.mark.django_db

ASKED = {
    "text": "Dettes de Ginette",
    "level": "local",
    "stages": ["calls"],
    "dimensions": ["management"],
    "mode": "one_off",
    "quarters_per_week": 4,
    "starts_on": TODAY,
    "ends_on": TODAY,
    "urgency": "now",
}


def told():
    """Return who was written what, oldest first."""
    rows = Message.objects.order_by("pk").values_list("person__name", "subject")
    return sorted(rows)


def raise_in(process, actor):
    return needs.raise_need(process, actor=actor, today=TODAY, **ASKED)


def test_a_proposal_is_told_to_its_person_and_the_answer_to_who_proposed():
    need = NeedFactory(asked_by__name="Asselin")
    proposer = coordinator_of(need.process.body)
    coordinator_of(need.process.body)
    resource = ResourceFactory(alliance=need.process.body.alliance)

    mandate = propose(need, resource, proposer)
    proposed = told()
    mandates.accept_mandate(mandate, actor=resource.person, today=TODAY)

    first = [
        (resource.person.name, "Un mandat vous est proposé"),
        ("Asselin", "Quelqu’un est proposé pour votre demande"),
    ]
    assert proposed == sorted(first)
    assert told() == sorted(
        [
            *first,
            (proposer.name, "Le mandat proposé est accepté"),
            ("Asselin", "Quelqu’un répond à votre demande"),
        ]
    )


def test_who_proposed_and_left_is_told_nothing_and_the_coordination_is():
    need = NeedFactory(asked_by__email=None)
    seat = SeatFactory(body=need.process.body, role="coordinator")
    resource = ResourceFactory(alliance=need.process.body.alliance)
    mandate = propose(need, resource, seat.person)
    seat.ends_on = TODAY - timedelta(days=1)
    seat.save()
    successor = coordinator_of(need.process.body)
    Message.objects.all().delete()

    mandates.decline_mandate(mandate, actor=resource.person, today=TODAY, word="Déjà prise")

    assert told() == [(successor.name, "Le mandat proposé est décliné")]


def test_a_pause_a_return_and_an_end_are_told_to_the_other_side():
    mandate = MandateFactory()
    person, coordinator = mandate.resource.person, coordinator_of(mandate.process.body)

    mandates.suspend_mandate(mandate, actor=person, today=TODAY, word="Congé")
    mandates.resume_mandate(mandate, actor=coordinator, today=TODAY)
    mandates.suspend_mandate(mandate, actor=person, today=TODAY)
    mandates.end_mandate(mandate, actor=person, today=TODAY, on=TODAY, word="Autre poste")

    assert told() == sorted(
        [
            (coordinator.name, "Un mandat est suspendu"),
            (person.name, "Un mandat reprend"),
            (coordinator.name, "Un mandat est suspendu"),
            (coordinator.name, "Un mandat est terminé"),
        ]
    )


def test_an_end_to_come_is_told_with_its_day():
    mandate = MandateFactory()
    coordinator_of(mandate.process.body)

    mandates.end_mandate(
        mandate,
        actor=mandate.resource.person,
        today=TODAY,
        on=TODAY + timedelta(days=20),
        word="Autre poste",
    )

    letter = Message.objects.get()
    assert letter.subject == "La fin d’un mandat est fixée"
    assert "finira le 13 décembre 2026" in letter.body


def test_a_need_is_told_to_the_body_and_acknowledged():
    process = ProcessFactory()
    coordinator = coordinator_of(process.body)
    alliance_coordinator(process.body.alliance)
    member = SeatFactory(body=process.body).person

    raise_in(process, member)

    assert told() == sorted(
        [
            (coordinator.name, "Un besoin d’accompagnement est déposé"),
            (member.name, "Votre demande est bien reçue"),
        ]
    )


def test_without_a_coordination_the_need_is_told_to_the_alliance():
    process = ProcessFactory()
    coordinator = alliance_coordinator(process.body.alliance)
    member = SeatFactory(body=process.body).person

    raise_in(process, member)

    assert (coordinator.name, "Un besoin d’accompagnement est déposé") in told()


def test_a_mail_says_where_and_why_and_nothing_that_only_the_page_may_show():
    process = ProcessFactory(name="Démarche de La Matanie")
    coordinator = coordinator_of(process.body)

    need = raise_in(process, SeatFactory(body=process.body, person__name="Ginette Roy").person)

    letter = Message.objects.get(person=coordinator)
    assert letter.body == (
        f"Bonjour {coordinator.name},\n\n"
        "Quelqu’un demande de l’accompagnement dans la démarche "
        "«\u00a0Démarche de La Matanie\u00a0». "
        "Ce qui est demandé se lit sur sa page, où vous pouvez proposer un mandat ou répondre.\n\n"
        "Voir la page\u00a0:\n"
        f"http://127.0.0.1:8000/accompagnement/besoins/{need.pk}/\n\n"
        "Vous recevez ce courriel parce que vous coordonnez cette démarche.\n"
        "Choisir mes nouvelles\u00a0: http://127.0.0.1:8000/compte/#nouvelles\n\n"
        "Jonction\n"
    )


@pytest.mark.parametrize(
    ("status", "action", "subject"),
    [
        ("admissible", needs.decline_need, "Votre demande n’est pas retenue"),
        ("in_progress", needs.meet_need, "Votre demande a reçu sa réponse"),
        ("received", needs.close_need, "Votre demande est fermée"),
    ],
)
def test_who_asked_is_told_what_became_of_her_need(status, action, subject):
    need = NeedFactory(status=status)

    action(need, actor=coordinator_of(need.process.body), today=TODAY, answer="Secret de table")

    letter = Message.objects.get()
    assert (letter.person, letter.subject) == (need.asked_by, subject)
    assert "Secret" not in letter.body


def test_a_need_that_loses_its_mandate_says_so_to_who_asked():
    need = NeedFactory(status="in_progress")
    mandate = MandateFactory(process=need.process, need=need)

    mandates.end_mandate(
        mandate, actor=mandate.resource.person, today=TODAY, on=TODAY, word="Autre poste"
    )

    assert told() == [(need.asked_by.name, "Votre demande attend de nouveau quelqu’un")]


def test_nobody_is_told_of_her_own_answer():
    need = NeedFactory()
    needs.close_need(need, actor=need.asked_by, today=TODAY, answer="Plus besoin")

    assert told() == []


def test_a_refused_gesture_tells_nobody():
    need = NeedFactory()
    coordinator_of(need.process.body)

    with pytest.raises(Refused):
        needs.decline_need(need, actor=PersonFactory(), today=TODAY, answer="non")
    with pytest.raises(Refused):
        raise_in(need.process, PersonFactory())

    assert told() == []


def test_a_departure_is_told_to_the_coordination_of_the_alliance_without_name_or_date():
    resource = ResourceFactory(name="Luce Tremblay")
    coordinator = alliance_coordinator(resource.alliance)
    coordinator_of(BodyFactory(alliance=resource.alliance))
    facts = {"actor": resource.person, "today": TODAY}

    announce_departure(resource, **facts, leaves_on=TODAY + timedelta(days=40))
    announce_departure(resource, **facts, leaves_on=TODAY + timedelta(days=40))
    announce_departure(resource, **facts, leaves_on=None)

    assert told() == [
        (coordinator.name, "Un départ annoncé est retiré"),
        (coordinator.name, "Un départ est annoncé"),
    ]
    assert [word in m.body for m in Message.objects.all() for word in ("Luce", "janvier")] == [
        False
    ] * 4


def seen_by(process):
    watch([process], today=TODAY)
    return Item.objects.order_by("person", "pk")


def test_breaks_newly_foreseen_wait_for_one_mail_a_day(django_capture_on_commit_callbacks):
    process = ProcessFactory(name="Démarche de La Mitis")
    coordinators = [coordinator_of(process.body), alliance_coordinator(process.body.alliance)]
    SeatFactory(body=process.body, role="member")

    count = seen_by(process).count()
    again = seen_by(process).count()
    with django_capture_on_commit_callbacks(execute=True):
        send_digests(TODAY)
        send_digests(TODAY)

    alerts = Alert.objects.count()
    assert alerts > 1
    assert (count, again) == (2 * alerts, 2 * alerts)
    assert sorted(m.to for m in mail.outbox) == sorted([c.email] for c in coordinators)
    assert {m.subject for m in mail.outbox} == {f"Ce matin : {alerts} nouvelles"}
    assert mail.outbox[0].body.count("Démarche de La Mitis") == alerts
    gone = Alert.objects.filter(breaks_on__lte=TODAY).count()
    assert gone == 1
    assert mail.outbox[0].body.count("Rupture depuis le") == gone
    assert mail.outbox[0].body.count("Rupture prévue le") == alerts - gone


def test_a_break_closed_or_a_seat_ended_before_the_morning_is_told_to_nobody():
    process = ProcessFactory()
    seat = SeatFactory(body=process.body, role="coordinator")
    still = coordinator_of(process.body)
    seen_by(process)
    seat.ends_on = TODAY - timedelta(days=1)
    seat.save()
    kept = Alert.objects.order_by("pk").first()
    Alert.objects.exclude(pk=kept.pk).update(closed_on=TODAY)

    send_digests(TODAY)

    letter = Message.objects.get()
    assert (letter.person, letter.subject) == (still, "Ce matin : 1 nouvelle")


def test_the_alerts_of_many_processes_cost_the_same(django_assert_max_num_queries):
    def cost(count):
        alliance = BodyFactory(level="regional").alliance
        processes = [ProcessFactory(body__alliance=alliance) for _ in range(count)]
        alliance_coordinator(alliance)
        ids = [process.pk for process in processes]
        with django_assert_max_num_queries(20) as spent:
            watch(list(watched_processes().filter(pk__in=ids)), today=TODAY)
        return len(spent)

    cost(1)  # the kinds of things are then known

    assert cost(1) == cost(10)


def test_at_night_a_mail_waits_for_the_morning_of_the_place():
    islands = ProcessFactory()
    region = islands.body.alliance.region
    region.time_zone = "America/Halifax"
    region.save()
    need = NeedFactory(process=islands, asked_by__email=None)
    resource = ResourceFactory(alliance=need.process.body.alliance)
    coordinator = coordinator_of(need.process.body)

    with time_machine.travel(datetime(2026, 11, 23, 20, 30, tzinfo=ZoneInfo("America/Toronto"))):
        propose(need, resource, coordinator)

    assert Message.objects.get().due_at == datetime(
        2026, 11, 24, 7, tzinfo=ZoneInfo("America/Halifax")
    )
