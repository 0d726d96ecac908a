"""What people are told: once, after the fact, and how it went."""

import smtplib
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.template import engines
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jonction.core import delivery
from jonction.core.models import Message
from jonction.core.outbox import post_letter, tell
from jonction.core.verdicts import Refused
from tests.factories import PersonFactory

LETTER = "essai.txt"
DATABASE_JOBS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


class RefusingServer(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise smtplib.SMTPServerDisconnected("fermé")


@pytest.fixture(autouse=True)
def _a_template(monkeypatch):
    """Serve one letter from memory: its first line is the subject."""
    engine = engines["django"].engine
    letter = engine.from_string("Réunion de {{ body }}\n\nBonjour {{ person.name }},\nà mardi.\n")
    found = engine.get_template
    monkeypatch.setattr(
        engine, "get_template", lambda name: letter if name == LETTER else found(name)
    )


def queued(**facts):
    return Message.objects.create(address="a@example.org", subject="Objet", body="Texte", **facts)


def states():
    return list(Message.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.django_db(transaction=True)
def test_people_are_told_after_the_action_has_held():
    person = PersonFactory(name="L’équipe d’à côté", email="cote@example.org")

    with transaction.atomic():
        tell([person], LETTER, {"body": "L’Anse & <environs>"}, key="reunion:1")
        before = list(mail.outbox)

    assert before == []
    assert [(m.subject, m.body, m.to) for m in mail.outbox] == [
        (
            "Réunion de L’Anse & <environs>",
            "Bonjour L’équipe d’à côté,\nà mardi.\n",
            ["cote@example.org"],
        )
    ]
    assert states() == ["sent"]


@pytest.mark.django_db(transaction=True)
def test_an_action_that_is_refused_tells_nobody():
    def action():
        with transaction.atomic():
            tell([PersonFactory()], LETTER, {}, key="reunion:1")
            raise Refused("Trop tard.")

    with pytest.raises(Refused):
        action()

    assert (states(), mail.outbox) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_the_same_thing_is_told_once_to_each_person():
    first, second = PersonFactory(), PersonFactory()

    tell([first], LETTER, {}, key="reunion:1")
    tell([first, second, PersonFactory(email=None)], LETTER, {}, key="reunion:1")

    assert [m.to for m in mail.outbox] == [[first.email], [second.email]]


@pytest.mark.django_db(transaction=True)
def test_one_job_is_planned_for_all_the_mails_of_an_action(settings):
    settings.TASKS = DATABASE_JOBS

    tell(PersonFactory.create_batch(3), LETTER, {}, key="reunion:1")

    assert [job.task_path for job in DBTaskResult.objects.all()] == ["jonction.core.jobs.deliver"]
    assert states() == ["queued"] * 3


@pytest.mark.django_db
def test_a_refusal_of_the_server_is_tried_again_later_and_later(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    message, now, pauses = queued(), timezone.now(), []

    with time_machine.travel(now, tick=False) as clock:
        while due := delivery.deliver_messages():
            pauses.append(due - timezone.now())
            clock.move_to(due)

    message.refresh_from_db()
    assert pauses == [timedelta(minutes=n) for n in (1, 2, 4, 8, 16)]
    assert (message.status, message.attempts, message.is_uncertain) == ("failed", 6, False)


@pytest.mark.django_db
def test_a_mail_whose_worker_died_is_uncertain_and_never_sent_again():
    message = queued()
    delivery.claim(message.pk)

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        delivery.deliver_messages()

    message.refresh_from_db()
    assert (message.status, message.is_uncertain, mail.outbox) == ("failed", True, [])


@pytest.mark.django_db
def test_the_text_of_a_code_is_forgotten_once_sent():
    post_letter(None, "a@example.org", "code", subject="Code", body="ABC-DEF", is_secret=True)

    delivery.deliver_messages()

    assert [m.body for m in mail.outbox] == ["ABC-DEF"]
    assert list(Message.objects.values_list("status", "body")) == [("sent", "")]


@pytest.mark.django_db
def test_the_text_of_a_code_is_forgotten_after_a_quarter_of_an_hour_even_unsent():
    post_letter(None, "a@example.org", "code", subject="Code", body="ABC-DEF", is_secret=True)

    with time_machine.travel(timezone.now() + timedelta(minutes=15), tick=False):
        delivery.forget_secrets()
        kept = list(Message.objects.values_list("body", flat=True))
        delivery.deliver_messages()

    assert kept == [""]
    assert (states(), mail.outbox) == (["failed"], [])


@pytest.mark.django_db(transaction=True)
def test_a_code_comes_with_the_job_that_forgets_it(settings):
    settings.TASKS = DATABASE_JOBS

    post_letter(None, "a@example.org", "code", subject="Code", body="ABC-DEF", is_secret=True)

    job = DBTaskResult.objects.get(task_path="jonction.core.jobs.forget_secrets")
    assert job.run_after == Message.objects.get().forget_at


def race(claim):
    """Let two workers find the same mail queued, then each try to take and send it."""
    pk, both_have_seen, failures = queued().pk, Barrier(2), []

    def worker():
        try:
            seen = Message.objects.get(pk=pk)
            both_have_seen.wait(timeout=20)
            if claim(seen):
                delivery.send(pk)
        except Exception as error:  # noqa: BLE001 - told to the thread of the test
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    return len(mail.outbox)


def naive_claim(seen):
    """Trust what was read: the very fault that the conditional update prevents."""
    if seen.status != "queued":
        return False
    seen.status = "sending"
    seen.save(update_fields=["status"])
    return True


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends():
    assert race(lambda seen: delivery.claim(seen.pk)) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_two_workers_would_send_twice():
    assert race(naive_claim) == 2
