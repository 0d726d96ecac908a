"""What is said twice at the same instant is said once."""

import pytest

from jonction.accounts.models import Item, NewsChoice
from jonction.accounts.news import News
from jonction.accounts.telling import send_digests, tell_news
from jonction.core.models import Message, Run
from jonction.core.schedule import plan_routine
from jonction.support.continuity import watch
from jonction.support.models import Alert
from tests.factories import TODAY, MandateFactory, ProcessFactory, SeatFactory
from tests.races.meeting import meet

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = "support/mails/mandate_proposed.txt"


def saying(mandate):
    def gesture():
        tell_news([mandate.resource.person], News.MANDATE, LETTER, mandate, key="essai:1")

    return lambda: gesture


def test_the_same_news_said_twice_at_once_is_one_mail():
    mandate = MandateFactory()

    outcome = meet(*[saying(mandate)] * 2)

    assert (outcome, Message.objects.count()) == (["done", "done"], 1)


def test_the_same_line_kept_twice_at_once_is_one_line():
    mandate = MandateFactory()
    NewsChoice.objects.create(person=mandate.resource.person, kind=News.MANDATE, pace="digest")

    outcome = meet(*[saying(mandate)] * 2)

    assert (outcome, Item.objects.count()) == (["done", "done"], 1)


def test_two_workers_send_one_digest():
    mandate = MandateFactory()
    NewsChoice.objects.create(person=mandate.resource.person, kind=News.MANDATE, pace="digest")
    saying(mandate)()()

    outcome = meet(*[lambda: lambda: send_digests(TODAY)] * 2)

    assert (outcome, Message.objects.count()) == (["done", "done"], 1)


def test_two_workers_plan_a_routine_once():
    path = "jonction.accounts.jobs.send_digests"

    outcome = meet(*[lambda: lambda: plan_routine(path, TODAY)] * 2)

    assert (outcome, Run.objects.count()) == (["done", "done"], 1)


def test_two_watches_at_once_tell_each_break_once():
    process = ProcessFactory()
    SeatFactory(body=process.body, role="coordinator")

    meet(*[lambda: lambda: watch([process], today=TODAY)] * 2)

    assert Item.objects.count() == Alert.objects.count() > 0
