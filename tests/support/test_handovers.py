"""A hand-over: drawn from the rows, finished by whoever leaves, handed, read, followed (R4)."""

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile

from jonction.core.models import Attachment, Message, Trace
from jonction.core.verdicts import Refused
from jonction.support.actions import handover as actions
from jonction.support.actions.mandate import end_mandate
from jonction.support.actions.resource import announce_departure
from jonction.support.continuity import continuity_of
from jonction.support.models import HandOver
from jonction.support.queries.handover import handovers_visible_to, handovers_waiting_for
from jonction.support.reminders import remind_of_handovers
from tests.factories import (
    TODAY,
    DeadlineFactory,
    HandOverFactory,
    MandateFactory,
    MilestoneFactory,
    PersonFactory,
    RequirementFactory,
    ResourceFactory,
    SeatFactory,
)
from tests.support.test_actions import log
from tests.support.test_mandates import alliance_coordinator, coordinator_of
from tests.support.test_pages import signed_in
from tools.messages import printed

pytestmark = pytest.mark.django_db
SENSITIVE = "Deux organismes ne se parlent plus depuis l’automne."


def prepared(mandate=None):
    mandate = mandate or MandateFactory()
    return actions.prepare_handover(mandate, actor=mandate.resource.person, today=TODAY)


def handed(**facts):
    handover = prepared()
    alliance = handover.mandate.resource.alliance
    handover.successor = ResourceFactory(alliance=alliance)
    for name, value in facts.items():
        setattr(handover, name, value)
    handover.save()
    leaver = handover.mandate.resource.person
    return actions.give_handover(handover, actor=leaver, today=TODAY)


def edited(handover, **changes):
    facts = {"contacts": [], "promises": [], "changes": {}, "version": handover.version}
    actor = handover.mandate.resource.person
    return actions.edit_handover(handover, actor=actor, today=TODAY, **{**facts, **changes})


def test_the_file_is_drawn_from_the_rows():
    mandate = MandateFactory(process__body__contact="Coordination, 418 555-0111")
    seat = SeatFactory(body=mandate.process.body)
    MilestoneFactory(process=mandate.process, name="Forum", on=TODAY + timedelta(days=10))
    MilestoneFactory(process=mandate.process, name="Trop loin", on=TODAY + timedelta(days=61))
    DeadlineFactory(process=mandate.process, name="Dépôt")
    for name, days in (("Portrait", -5), ("Plan", 20), ("Bilan", 61)):
        due = {"anchor": "fixed", "offset_days": 0, "fixed_on": TODAY + timedelta(days=days)}
        RequirementFactory(alliance=mandate.process.body.alliance, name=name, **due)
    log(mandate, follow_up="Rappeler la mairie")
    log(mandate, follow_up="Rappeler la mairie")
    log(mandate)
    Attachment.objects.create(
        subject=mandate.process,
        owner=mandate.resource.person,
        name="Guide.pdf",
        media_type="application/pdf",
        size=1,
        file=ContentFile(b"x", "guide"),
    )

    handover = prepared(mandate)

    assert printed(handover.ahead).splitlines() == [
        "18 novembre 2026\u00a0: à remettre au bailleur, en retard\u00a0: Portrait",
        "30 novembre 2026\u00a0: Dépôt",
        "3 décembre 2026\u00a0: Forum",
        "13 décembre 2026\u00a0: à remettre au bailleur\u00a0: Plan",
        "29 décembre 2026\u00a0: fin prévue de l’étape plan d’action",
        "30 décembre 2026\u00a0: début de l’étape appels de projets",
    ]
    assert "Plan d’action\u00a0: en cours, prévue du 30 septembre 2026" in handover.stages
    assert handover.documents == "Guide.pdf"
    assert [(c.name, c.reach) for c in handover.contacts.all()] == [
        (mandate.process.body.name, "Coordination, 418 555-0111"),
        (seat.person.name, ""),
    ]
    assert [p.text for p in handover.promises.all()] == ["Rappeler la mairie"]


def test_a_mandate_that_ends_and_a_departure_ask_for_it_once():
    mandate = MandateFactory()
    person = mandate.resource.person

    announce_departure(
        mandate.resource, actor=person, today=TODAY, leaves_on=TODAY + timedelta(days=40)
    )
    end_mandate(mandate, actor=person, today=TODAY, on=TODAY, word="Nouveau poste")

    assert [h.reason for h in HandOver.objects.all()] == ["departure"]


def test_nobody_hands_over_to_nobody():
    handover = prepared()

    with pytest.raises(Refused, match="Choisissez d’abord"):
        actions.give_handover(handover, actor=handover.mandate.resource.person, today=TODAY)


def test_it_is_handed_read_and_followed_and_each_is_told():
    handover = handed()
    leaver, successor = handover.mandate.resource.person, handover.successor.person

    actions.acknowledge_handover(handover, actor=successor, today=TODAY)
    before = remind_of_handovers(today=TODAY + timedelta(days=29))
    due = remind_of_handovers(today=TODAY + timedelta(days=30))
    again = remind_of_handovers(today=TODAY + timedelta(days=31))
    actions.follow_handover(
        handover, actor=successor, today=TODAY + timedelta(days=31), follow_up="Les clés"
    )

    assert HandOver.objects.get().status == "followed"
    assert (before, due, again) == (0, 1, 1)
    assert [(m.person, m.template.rpartition("/")[2]) for m in Message.objects.order_by("pk")] == [
        (successor, "handover_handed.txt"),
        (leaver, "handover_read.txt"),
        (successor, "handover_due.txt"),
        (leaver, "handover_followed.txt"),
    ]
    assert [t.verb for t in Trace.objects.order_by("pk")][-3:] == [
        "support.handover.handed",
        "support.handover.read",
        "support.handover.followed",
    ]


def test_what_was_handed_no_longer_changes():
    handover = handed()

    with pytest.raises(Refused, match="il reste comme il a été remis"):
        edited(handover, changes={"stages": "autre"})


def test_only_whoever_takes_over_gives_the_receipt():
    handover = handed()

    with pytest.raises(Refused, match="prend la relève"):
        actions.acknowledge_handover(handover, actor=handover.mandate.resource.person, today=TODAY)


def test_the_coordination_writes_for_whoever_has_no_account_only():
    mandate = MandateFactory()
    hers = prepared(mandate)
    coordinator = coordinator_of(mandate.process.body)
    gone = MandateFactory(resource__person=None, process=mandate.process)
    written = actions.prepare_handover(gone, actor=coordinator, today=TODAY)

    actions.edit_handover(
        written,
        actor=coordinator,
        today=TODAY,
        version=written.version,
        changes={"sensitive": SENSITIVE},
        contacts=[],
        promises=[],
    )

    with pytest.raises(Refused, match="celui de la personne qui part"):
        actions.drop_handover(hers, actor=coordinator, today=TODAY)
    assert HandOver.objects.get(pk=written.pk).sensitive == SENSITIVE


def test_who_sees_which_file():
    handover = prepared()
    body = handover.mandate.process.body
    successor = ResourceFactory(alliance=handover.mandate.resource.alliance)
    HandOver.objects.update(successor=successor)
    people = {
        "leaver": handover.mandate.resource.person,
        "successor": successor.person,
        "body": coordinator_of(body),
        "alliance": alliance_coordinator(body.alliance),
        "member": SeatFactory(body=body).person,
        "observer": SeatFactory(body=body, role="observer").person,
        "stranger": PersonFactory(),
    }

    draft = {n for n, p in people.items() if handovers_visible_to(p, TODAY).exists()}
    actions.give_handover(HandOver.objects.get(), actor=people["leaver"], today=TODAY)
    given = {n for n, p in people.items() if handovers_visible_to(p, TODAY).exists()}

    assert draft == {"leaver", "body", "alliance"}
    assert given == {"leaver", "body", "alliance", "successor"}


@pytest.mark.parametrize("kind", ["page", "docx"])
@pytest.mark.parametrize("is_shared", [False, True])
def test_sensitive_points_are_read_by_the_two_concerned_and_by_whom_they_let_in(
    client, kind, is_shared
):
    handover = handed(sensitive=SENSITIVE, is_sensitive_shared=is_shared)
    people = [
        handover.mandate.resource.person,
        handover.successor.person,
        coordinator_of(handover.mandate.process.body),
    ]
    path = handover.get_absolute_url() + ("dossier.docx" if kind == "docx" else "")

    read = []
    for person in people:
        answer = signed_in(client, person).get(path)
        text = answer.text if kind == "page" else words_of(answer.content)
        read.append(SENSITIVE in text)

    assert read == [True, True, is_shared]


def words_of(content):
    return "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)


def test_whoever_comes_back_and_prepares_again_finds_the_file_begun(client):
    handover = prepared()
    signed_in(client, handover.mandate.resource.person)

    again = client.post(f"/accompagnement/passations/preparer/{handover.mandate_id}/", follow=True)

    assert again.redirect_chain == [(handover.get_absolute_url(), 302)]
    assert "déjà en préparation" in again.text
    assert HandOver.objects.count() == 1


def test_the_page_of_edition_keeps_rows_and_takes_away_the_emptied_ones(client):
    handover = prepared()
    SeatFactory(body=handover.mandate.process.body)
    client = signed_in(client, handover.mandate.resource.person)
    page = client.get(f"{handover.get_absolute_url()}ecrire/").text

    answer = client.post(
        f"{handover.get_absolute_url()}ecrire/",
        {
            "version": handover.version,
            "stages": "Plan d’action : en cours",
            "gens-TOTAL_FORMS": 2,
            "gens-INITIAL_FORMS": 0,
            "gens-0-name": "Anaïs",
            "gens-0-reach": "Le matin, au téléphone",
            "promesses-TOTAL_FORMS": 1,
            "promesses-INITIAL_FORMS": 0,
        },
    )

    assert "Comment la joindre" in page
    assert answer.url == handover.get_absolute_url()
    assert [(c.name, c.reach) for c in handover.contacts.all()] == [
        ("Anaïs", "Le matin, au téléphone")
    ]


def test_a_row_without_a_name_is_refused_and_everything_typed_stays(client):
    handover = prepared()
    client = signed_in(client, handover.mandate.resource.person)

    answer = client.post(
        f"{handover.get_absolute_url()}ecrire/",
        {
            "version": handover.version,
            "sensitive": SENSITIVE,
            "gens-TOTAL_FORMS": 1,
            "gens-INITIAL_FORMS": 0,
            "gens-0-reach": "Le soir",
            "promesses-TOTAL_FORMS": 1,
            "promesses-INITIAL_FORMS": 0,
            "promesses-0-text": "Rappeler",
            "promesses-0-since": "32 janvier",
        },
    )

    assert answer.status_code == 422
    assert "Écrivez le nom, ou videz cette ligne." in answer.text
    assert SENSITIVE in answer.text
    assert "Le soir" in answer.text
    assert HandOver.objects.get().sensitive == ""


def test_two_people_who_write_the_same_file_lose_nothing():
    handover = prepared()
    mine, other = HandOver.objects.get(), HandOver.objects.get()
    edited(mine, changes={"ahead": "Forum"}, promises=[{"text": "Rappeler", "since": None}])

    with pytest.raises(Refused, match="Quelqu’un vient de modifier"):
        edited(other, changes={"ahead": "Rien"})

    assert [p.text for p in handover.promises.all()] == ["Rappeler"]


def test_drawing_again_keeps_people_and_sensitive_points():
    handover = prepared()
    contact = {"name": "Anaïs", "quality": "", "reach": "Le matin"}
    edited(handover, changes={"sensitive": SENSITIVE, "stages": "à refaire"}, contacts=[contact])

    actions.refresh_handover(
        HandOver.objects.get(), actor=handover.mandate.resource.person, today=TODAY
    )

    again = HandOver.objects.get()
    assert "à refaire" not in again.stages
    assert (again.sensitive, again.contacts.get().name) == (SENSITIVE, "Anaïs")


def test_the_share_of_hand_overs_received_is_part_of_continuity():
    process = MandateFactory(ends_on=TODAY, status="ended").process
    received = HandOverFactory(
        mandate=MandateFactory(process=process, ends_on=TODAY, status="ended"), status="read"
    )
    HandOverFactory(mandate=process.mandates.exclude(pk=received.mandate_id).get())

    found = continuity_of([process], today=TODAY)[process.pk]

    assert found.handover_share == pytest.approx(0.5)


def test_what_waits_is_on_the_page_of_whoever_it_waits_for():
    handover = handed()
    successor = handover.successor.person

    to_read = handovers_waiting_for(successor, TODAY).count()
    actions.acknowledge_handover(handover, actor=successor, today=TODAY)
    resting = handovers_waiting_for(successor, TODAY).count()
    due = handovers_waiting_for(successor, TODAY + timedelta(days=30)).count()

    assert (to_read, resting, due) == (1, 0, 1)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_or_many(client, django_assert_num_queries, count):
    first = MandateFactory()
    coordinator = alliance_coordinator(first.process.body.alliance)
    for _ in range(count):
        HandOverFactory(
            mandate=MandateFactory(process=first.process), prepared_on=date(2026, 11, 1)
        )
    signed_in(client, coordinator)

    with django_assert_num_queries(7):
        page = client.get("/accompagnement/passations/").text

    assert page.count('<th scope="row">') == count
